package recoverymap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
)

// outlineOf lists groups and names: "raw: a, b".
func outlineOf(m *Map) (lines []string) {
	for _, g := range m.Groups {
		lines = append(lines, g.Name+": "+strings.Join(band{g.Rows}.names(), ", "))
	}
	return lines
}

func TestGroupsStandInTheOrderDataFlows(t *testing.T) {
	want := []string{
		"source: pg-stock, sqldb-orders",
		"ingest: evh-clicks",
		"raw: stretaillake/raw-clicks, stretaillake/raw-orders, stretaillake/raw-stock",
		"enriched: stretaillake/enriched",
		"curated: stretaillake/curated",
		"presentation: sqlpool-mart",
		"model: as-sales",
		"cache: redis-prices",
		"scripts: retail",
		"infrastructure: kv-retail, stfunctions",
		"copies: bv-retail, stretailcopy",
	}
	if diff := cmp.Diff(want, outlineOf(retail().atlas().Maps[0])); diff != "" {
		t.Error(diff)
	}
}

func TestContainersAndTheirAccount(t *testing.T) {
	undelete := by(model.SoftDelete, "azure.blob_soft_delete", 0, 14)
	cases := []struct {
		name string
		make func(*builder)
		want []string
	}{
		{"containers like their account are counted there", func(b *builder) {
			st := b.add(model.ObjectStore, "azure storage", "st")
			b.add(model.Container, "azure storage", "a", within(st))
			b.add(model.Container, "azure storage", "b", within(st))
		}, []string{"unclassified: st"}},
		{"a container that survives more is shown", func(b *builder) {
			st := b.add(model.ObjectStore, "azure storage", "st")
			b.add(model.Container, "azure storage", "a", within(st), undelete)
			b.add(model.Container, "azure storage", "b", within(st))
		}, []string{"unclassified: st, st/a"}},
		{"an account whose containers are all classified is not", func(b *builder) {
			st := b.add(model.ObjectStore, "azure storage", "st", staged(model.Raw))
			b.add(model.Container, "azure storage", "a", within(st), staged(model.Raw))
			b.add(model.Container, "azure storage", "b", within(st), staged(model.Curated))
		}, []string{"raw: st/a", "curated: st/b"}},
		{"one that holds more than classified containers is", func(b *builder) {
			st := b.add(model.ObjectStore, "azure storage", "st")
			b.add(model.Container, "azure storage", "a", within(st), staged(model.Raw))
			b.add(model.Container, "azure storage", "b", within(st))
		}, []string{"raw: st/a", "unclassified: st"}},
		{"a server only holds its databases", func(b *builder) {
			server := b.add(model.DatabaseServer, "azure sql", "server")
			b.add(model.Database, "azure sql", "db", within(server))
		}, []string{"unclassified: server/db"}},
		{"workspaces and pipelines hold no data", func(b *builder) {
			b.add(model.Workspace, "azure data_factory", "adf")
			b.add(model.DataPipeline, "azure data_factory", "load")
		}, nil},
		{"two stages: the earlier one counts", func(b *builder) {
			b.add(model.ObjectStore, "aws s3", "lake", staged(model.Curated, model.Raw))
		}, []string{"raw: lake"}},
		{"stores that replicate into each other are no copies", func(b *builder) {
			x := b.add(model.ObjectStore, "aws s3", "x")
			y := b.add(model.ObjectStore, "aws s3", "y", related(replicates, x))
			related(replicates, y)(x)
		}, []string{"unclassified: x, y"}},
		{"a store for logs is infrastructure unless somebody declared its data", func(b *builder) {
			logs := func(a *model.Asset) { a.Settings["purpose"] = model.KnownFact("logs", a.At) }
			b.add(model.ObjectStore, "aws s3", "access", staged(model.Raw), logs)
			b.add(model.ObjectStore, "aws s3", "clicks", logs, func(a *model.Asset) {
				a.Stages = []model.StageFact{{Stage: model.Raw, Confidence: model.High, At: a.At}}
			})
		}, []string{"raw: clicks", "infrastructure: access"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := build("p")
			c.make(b)
			var got []string
			for _, m := range b.atlas().Maps {
				got = append(got, outlineOf(m)...)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNamesThatSeveralShareAreToldApart(t *testing.T) {
	b := build("p")
	for _, root := range []string{"infra/eu/lake", "infra/us/lake", "old"} {
		a := b.add(model.ObjectStore, "aws s3", "raw")
		a.Root, a.ID = root, root+"#raw"
	}
	want := []string{"unclassified: raw (eu/lake), raw (us/lake), raw (old)"}
	if diff := cmp.Diff(want, outlineOf(b.atlas().Maps[0])); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownStaysUnknown(t *testing.T) {
	b := build("p")
	b.add(model.StateStore, "terraform state", "state", func(a *model.Asset) {
		a.Protections[model.SoftDelete] = model.Protection{State: model.Undecided, Why: "the bucket is elsewhere", At: a.At}
	})
	row := b.atlas().Maps[0].Groups[0].Rows[0]
	c, _ := row.cell(model.DeleteFault)
	if c.Answer != Open || c.Why != "the bucket is elsewhere" {
		t.Errorf("got %s: %s", c.Answer, c.Why)
	}
	if c, _ := row.cell(model.ZoneFault); c.Answer != Gap {
		t.Errorf("zone: got %s, want a gap", c.Answer)
	}
}

func TestEnvironmentsAreKeptApart(t *testing.T) {
	fresh := func() *builder {
		b := build("p")
		shared := b.add(model.Database, "azure sql", "erp")
		b.add(model.Repository, "github repository", "p")
		for _, name := range []string{"prod", "dev"} {
			a := b.add(model.ObjectStore, "azure storage", "st"+name, staged(model.Raw))
			a.Environment = name
			if name == "prod" {
				b.flow("Load", full, shared, a, "")
			}
		}
		return b
	}
	var got []string
	for _, m := range fresh().atlas().Maps {
		got = append(got, m.Environment+" "+strings.Join(outlineOf(m), "; "))
	}
	want := []string{"prod raw: stprod; unclassified: erp", "dev raw: stdev", " scripts: p; unclassified: erp"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	b := fresh()
	b.atlas()
	chosen := Build(Source{Model: b.model, Environment: "prod"})
	if got := outlineOf(chosen.Maps[0]); len(chosen.Maps) != 1 || strings.Join(got, "; ") != "raw: stprod; scripts: p; unclassified: erp" {
		t.Errorf("got %q", got)
	}
}
