package recoverymap

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
)

// fates lists what becomes of each asset of a chapter, in the order told.
func fates(c Chapter) (lines []string) {
	for _, e := range c.Events {
		lines = append(lines, string(e.Happening)+": "+strings.Join(band{e.Rows}.names(), ", "))
	}
	return lines
}

func TestTheNightARegionFails(t *testing.T) {
	night := Tell(retail().atlas(), model.RegionFault)
	var got []string
	for _, c := range night.Chapters {
		got = append(got, c.Region)
		got = append(got, fates(c)...)
	}
	want := []string{
		"westeurope",
		"restored: sqldb-orders",
		"restored: stretaillake/raw-orders",
		"restored: sqlpool-mart",
		"rebuilt: as-sales",
		"rebuilt: redis-prices",
		"lost: pg-stock",
		"lost: evh-clicks",
		"lost: stretaillake/raw-clicks",
		"lost: stretaillake/raw-stock",
		"lost: stretaillake/enriched",
		"lost: stretaillake/curated",
		"lost: stfunctions",
		"northeurope",
		"copy: bv-retail",
		"copy: stretailcopy",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatFlowsBringBack(t *testing.T) {
	geo := by(model.GeoReplication, "azure.grs", 0, 0)
	store := func(b *builder, name string, stage model.Stage, adjust ...func(*model.Asset)) *model.Asset {
		return b.add(model.ObjectStore, "azure storage", name, append(adjust, staged(stage))...)
	}
	cases := []struct {
		name string
		make func(b *builder)
		want []string
		text string
	}{
		{"a chain of full loads", func(b *builder) {
			raw, enriched, curated := store(b, "raw", model.Raw, geo), store(b, "enriched", model.Enriched), store(b, "curated", model.Curated)
			b.flow("Clean", full, raw, enriched, "")
			b.flow("Curate", full, enriched, curated, "")
		}, []string{"restored: raw", "rebuilt: enriched", "rebuilt: curated"}, "curated is loaded again in full from enriched by pipeline Curate; what it is loaded from is usually at most 15 min old."},
		{"increments do not bring back what was", func(b *builder) {
			raw, enriched := store(b, "raw", model.Raw, geo), store(b, "enriched", model.Enriched)
			b.flow("Clean", incremental, raw, enriched, "")
		}, []string{"restored: raw", "lost: enriched"}, "the loads from raw bring only what is new"},
		{"one of two sources is gone", func(b *builder) {
			raw, landing, enriched := store(b, "raw", model.Raw, geo), store(b, "landing", model.Raw), store(b, "enriched", model.Enriched)
			b.flow("Clean", full, raw, enriched, "")
			b.flow("Clean", full, landing, enriched, "")
		}, []string{"restored: raw", "lost: landing", "lost: enriched"}, "only what comes from raw can be loaded again; landing that feeds it is gone as well"},
		{"a load that nobody can judge", func(b *builder) {
			raw, enriched := store(b, "raw", model.Raw, geo), store(b, "enriched", model.Enriched)
			b.flow("Clean", unclear, raw, enriched, "")
		}, []string{"restored: raw", "unknown: enriched"}, "Settled by a full load or a declaration of how pipeline Clean loads (main.tf:3)."},
		{"a source outside the repository", func(b *builder) {
			b.flow("Load", full, nil, store(b, "raw", model.Raw), "erp.example/orders")
		}, []string{"unknown: raw"}, "from erp.example/orders (outside this repository, if it still stands) by pipeline Load: nothing states whether the place that it is loaded from survives."},
		{"what is declared is held against the night", func(b *builder) {
			raw, enriched := store(b, "raw", model.Raw, geo, declaring(0.1, 4)), store(b, "enriched", model.Enriched, declaring(1, 4))
			enriched.Declared[model.RecreateHours] = model.KnownFact(6.0, enriched.At)
			b.flow("Clean", full, raw, enriched, "")
		}, []string{"restored: raw", "rebuilt: enriched"}, "usually at most 15 min old; that takes 6 hours, as declared, later than the 4 hours declared."},
		{"a source in another region stands", func(b *builder) {
			b.flow("Load", full, store(b, "erp", model.SourceStage, in("northeurope")), store(b, "raw", model.Raw), "")
		}, []string{"lost: erp", "rebuilt: raw"}, "from erp by pipeline Load"},
		{"a circle brings nothing back", func(b *builder) {
			x, y := store(b, "x", model.Raw), store(b, "y", model.Raw)
			b.flow("There", full, x, y, "")
			b.flow("Back", full, y, x, "")
		}, []string{"lost: x", "lost: y"}, "y that feeds it is gone as well"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := build("p")
			c.make(b)
			night := Tell(b.atlas(), model.RegionFault)
			var got []string
			for _, chapter := range night.Chapters {
				got = append(got, fates(chapter)...)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			var text bytes.Buffer
			if err := NightText(&text, night, Options{}); err != nil {
				t.Fatal(err)
			}
			if flat := strings.Join(strings.Fields(text.String()), " "); !strings.Contains(flat, c.text) {
				t.Errorf("%q is not told in\n%s", c.text, text.String())
			}
		})
	}
}

// TestOneStoreAtATime: a bad run in one store leaves what it is loaded from.
func TestOneStoreAtATime(t *testing.T) {
	b := build("p")
	x := b.add(model.ObjectStore, "azure storage", "x", staged(model.Raw))
	y := b.add(model.ObjectStore, "azure storage", "y", staged(model.Enriched))
	b.flow("Clean", full, x, y, "")
	want := []string{"rebuilt: y", "lost: x"}
	if diff := cmp.Diff(want, fates(Tell(b.atlas(), model.OverwriteFault).Chapters[0])); diff != "" {
		t.Error(diff)
	}
}

// TestAnAccountGoesWithItsContainers: what is destroyed together is not loaded
// from one another.
func TestAnAccountGoesWithItsContainers(t *testing.T) {
	b := build("p")
	account := b.add(model.ObjectStore, "azure storage", "st")
	x := b.add(model.Container, "azure storage", "x", staged(model.Raw), within(account))
	y := b.add(model.Container, "azure storage", "y", staged(model.Curated), within(account))
	mart := b.add(model.Database, "azure synapse", "mart", staged(model.Presentation))
	b.flow("Curate", full, x, y, "")
	b.flow("Publish", full, y, mart, "")
	atlas := b.atlas()
	for fault, want := range map[model.Fault][]string{
		model.DestroyFault:   {"rebuilt: mart", "lost: st/x", "lost: st/y"},
		model.OverwriteFault: {"rebuilt: st/y", "rebuilt: mart", "lost: st/x"},
	} {
		if diff := cmp.Diff(want, fates(Tell(atlas, fault).Chapters[0])); diff != "" {
			t.Errorf("%s: %s", fault, diff)
		}
	}
}

func TestSettle(t *testing.T) {
	for why, want := range map[string]string{
		"var.replication has no default":                          "a value for it in a variable file of the repository, or a default",
		"bucket is state, which this repository does not declare": "a scan together with the repository that declares it",
		"it depends": "a declaration in .drlint.yaml",
	} {
		if got := settle(Cell{Why: why}, nil); got != want {
			t.Errorf("%s: got %q, want %q", why, got, want)
		}
	}
}
