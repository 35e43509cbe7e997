package declaration

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func line(n int) source.Range { return source.Range{File: ".drlint.yaml", Start: n, End: n + 1} }

func day(text string) time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return day
}

// store is an account of a region with its protections off.
func store(id string, kind model.Kind, within string, stages ...model.Stage) *model.Asset {
	at := source.Range{File: "infra/main.tf", Start: 1, End: 2}
	a := &model.Asset{
		ID: id, Kind: kind, Address: id, Name: model.KnownFact(id, at), Within: within, At: at, Tags: map[string]string{},
		Region: model.KnownFact("West Europe", at), Settings: map[string]model.Fact{}, Protections: map[string]model.Protection{},
	}
	for _, name := range model.ProtectionsOf(kind) {
		a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: at}
	}
	for _, stage := range stages {
		a.Stages = append(a.Stages, model.StageFact{Stage: stage})
	}
	return a
}

func says(name string, value any, s Selector, until string) Entry {
	e := Entry{Section: "facts", Select: s, Owner: "lake team", By: ".drlint.yaml:3", At: line(3), Facts: []Stated{{Name: name, Fact: model.KnownFact(value, line(4))}}}
	if until != "" {
		e.Until = day(until)
	}
	return e
}

func attests(protection, until string, s Selector, adjust func(*Attestation)) Entry {
	t := &Attestation{
		Protection: protection, What: "vault", Where: "backup.contoso.com", Region: model.AbsentFact(line(5)), Window: model.AbsentFact(line(5)),
		Every: model.AbsentFact(line(5)), Locked: model.Maybe, OtherAccount: model.Maybe, RepeatsDeletions: model.Maybe,
	}
	if adjust != nil {
		adjust(t)
	}
	return Entry{Section: "attestations", Select: s, Owner: "operations", By: ".drlint.yaml:5", At: line(5), Until: day(until), Attests: t}
}

func TestSelectors(t *testing.T) {
	lake := store("lake", model.ObjectStore, "")
	lake.Tags["zone"] = "data-eu"
	raw, gold := store("raw", model.Container, "lake", model.Raw), store("gold", model.Container, "lake", model.Curated)
	erp := store("erp", model.Connection, "")
	erp.Settings["host"] = model.KnownFact("ERP.corp.contoso.com", line(1))
	m := &model.Model{Assets: []*model.Asset{erp, gold, lake, raw}}
	cases := []struct {
		name string
		s    Selector
		want []string
	}{
		{"nothing", Selector{}, nil},
		{"a stage", Selector{Stage: model.Raw}, []string{"raw"}},
		{"what lies within", Selector{Address: "lake"}, []string{"gold", "lake", "raw"}},
		{"of what lies within, one stage", Selector{Name: "lake", Stage: model.Curated}, []string{"gold"}},
		{"the tag of the outer one", Selector{Tag: "zone=data-*"}, []string{"gold", "lake", "raw"}},
		{"a kind", Selector{Kind: model.Container}, []string{"gold", "raw"}},
		{"all keys", Selector{Kind: model.Container, Name: "r*"}, []string{"raw"}},
		{"a host", Selector{Host: "*.corp.contoso.com"}, []string{"erp"}},
		{"any host", Selector{Host: "*"}, []string{"erp"}},
		{"a file", Selector{Path: "adf/**"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, a := range c.s.chosen(m, outerOf(m)) {
				got = append(got, a.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFacts(t *testing.T) {
	raw := Selector{Stage: model.Raw}
	cases := []struct {
		name    string
		tags    map[string]string
		entries []Entry
		want    model.Fact
		lapsed  []model.Lapsed
	}{
		{"declared", nil, []Entry{says(model.RPOHours, 4.0, raw, "")}, model.KnownFact(4.0, line(4)), nil},
		{"the last day counts", nil, []Entry{says(model.RPOHours, 4.0, raw, "2026-05-01")}, model.KnownFact(4.0, line(4)), nil},
		{"a later entry wins", nil, []Entry{says(model.RPOHours, 4.0, raw, ""), says(model.RPOHours, 1.0, raw, "")}, model.KnownFact(1.0, line(4)), nil},
		{
			"lapsed", nil, []Entry{says(model.RPOHours, 4.0, raw, ""), says(model.RPOHours, 1.0, raw, "2026-04-30")},
			model.UnknownFact("the declaration of lake team ended on 2026-04-30", line(4)),
			[]model.Lapsed{{What: model.RPOHours, Owner: "lake team", Until: "2026-04-30", At: line(3)}},
		},
		{"renewed", nil, []Entry{says(model.RPOHours, 1.0, raw, "2026-04-30"), says(model.RPOHours, 4.0, raw, "")}, model.KnownFact(4.0, line(4)), nil},
		{"a tag", map[string]string{"RPO": "15 min"}, nil, model.KnownFact(0.25, source.Range{File: "infra/main.tf", Start: 1, End: 2}), nil},
		{"declared and tagged", map[string]string{"rpo": "15 min"}, []Entry{says(model.RPOHours, 4.0, raw, "")}, model.KnownFact(4.0, line(4)), nil},
		{
			"a tag that cannot be read", map[string]string{"rpo": "gold"}, nil,
			model.UnknownFact(`tag rpo is "gold", which is no length of time such as "4h" or "30 days"`, source.Range{File: "infra/main.tf", Start: 1, End: 2}), nil,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := store("raw", model.ObjectStore, "", model.Raw)
			a.Tags = c.tags
			problems := Apply(&model.Model{Assets: []*model.Asset{a}}, Declarations{Entries: c.entries}, day("2026-05-01"))
			if diff := cmp.Diff(c.want, a.Declared[model.RPOHours]); diff != "" || len(problems) > 0 {
				t.Error(diff, problems)
			}
			if diff := cmp.Diff(c.lapsed, a.Lapsed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTagsOfTheAccountHoldForItsContainers(t *testing.T) {
	lake, raw := store("lake", model.ObjectStore, ""), store("raw", model.Container, "lake", model.Raw)
	lake.Tags = map[string]string{"DR_Region": "northeurope", "Load-Mode": "Full", "owner": "lake team"}
	raw.Tags = map[string]string{"owner": "ingest team"}
	Apply(&model.Model{Assets: []*model.Asset{lake, raw}}, Declarations{}, time.Time{})
	want := map[string]model.Fact{
		model.RecoveryRegion: model.KnownFact("northeurope", lake.At), model.DeclaredLoad: model.KnownFact("full", lake.At), model.Owner: model.KnownFact("ingest team", raw.At),
	}
	if diff := cmp.Diff(want, raw.Declared); diff != "" {
		t.Error(diff)
	}
}

func TestAttestations(t *testing.T) {
	lake, raw := store("lake", model.ObjectStore, ""), store("raw", model.Container, "lake", model.Raw)
	m := &model.Model{Assets: []*model.Asset{lake, raw}}
	Apply(m, Declarations{Entries: []Entry{attests(model.Backup, "2026-05-01", Selector{Name: "lake"}, func(t *Attestation) {
		t.Region, t.Window = model.KnownFact("northeurope", line(6)), model.KnownFact(30.0, line(6))
	})}}, day("2026-05-01"))
	got := raw.Protections[model.Backup]
	if got.State != model.On || got.Scope != model.Whole || got.At != line(5) || got.Why != "" {
		t.Errorf("backup is %+v", got)
	}
	want := model.Means{
		Mechanism: "declared.backup", State: model.On, Scope: model.Whole, By: ".drlint.yaml:5", At: line(5),
		Why:    "operations declares until 2026-05-01: vault (backup.contoso.com)",
		Window: model.KnownFact(30.0, line(6)), Region: model.KnownFact("northeurope", line(6)),
		Interval:    model.UnknownFact("its declaration does not say how often it is made", line(5)),
		OtherRegion: model.Yes, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.No,
	}
	if diff := cmp.Diff([]model.Means{want}, got.Means); diff != "" {
		t.Error(diff)
	}
}

func TestAttestationOfARealOneStaysBehindIt(t *testing.T) {
	a := store("raw", model.ObjectStore, "", model.Raw)
	provided := model.Protection{State: model.On, Scope: model.Whole, At: line(9), Means: []model.Means{{Mechanism: "s3.versioning", State: model.On, Scope: model.Whole}}}
	a.Protections[model.Versioning] = provided
	Apply(&model.Model{Assets: []*model.Asset{a}}, Declarations{Entries: []Entry{attests(model.Versioning, "2026-05-01", Selector{Name: "raw"}, nil)}}, day("2026-05-01"))
	got := a.Protections[model.Versioning]
	if got.At != provided.At || len(got.Means) != 2 || got.Means[0].Mechanism != "s3.versioning" {
		t.Errorf("versioning is %+v", got)
	}
}

func TestAttestationsLapse(t *testing.T) {
	a := store("raw", model.ObjectStore, "", model.Raw)
	m := &model.Model{Assets: []*model.Asset{a}}
	old := attests(model.Backup, "2026-04-30", Selector{Name: "raw"}, nil)
	Apply(m, Declarations{Entries: []Entry{old}}, day("2026-05-01"))
	got := a.Protections[model.Backup]
	if got.State != model.Off || got.Why != "the declaration of operations ended on 2026-04-30" || got.At != line(5) || got.Means[0].State != model.Off {
		t.Errorf("backup is %+v", got)
	}
	if diff := cmp.Diff([]model.Lapsed{{What: model.Backup, Owner: "operations", Until: "2026-04-30", At: line(5)}}, a.Lapsed); diff != "" {
		t.Error(diff)
	}
	for _, entries := range [][]Entry{
		{old, attests(model.Backup, "2026-06-30", Selector{Name: "raw"}, nil)},
		{attests(model.Backup, "2026-06-30", Selector{Name: "raw"}, nil), old},
	} {
		a := store("raw", model.ObjectStore, "", model.Raw)
		Apply(&model.Model{Assets: []*model.Asset{a}}, Declarations{Entries: entries}, day("2026-05-01"))
		if a.Protections[model.Backup].State != model.On || a.Lapsed != nil {
			t.Errorf("of two attestations one counts: %+v, %v", a.Protections[model.Backup], a.Lapsed)
		}
	}
}

func TestTheScannedRepository(t *testing.T) {
	own, other := store("platform", model.Repository, ""), store("reports", model.Repository, "")
	own.Settings["self"] = model.KnownFact(true, own.At)
	m := &model.Model{Assets: []*model.Asset{own, other}}
	Apply(m, Declarations{Entries: []Entry{attests(model.MirrorCopy, "2026-05-01", Selector{}, func(t *Attestation) { t.Locked = model.Yes })}}, day("2026-05-01"))
	for _, name := range []string{model.MirrorCopy, model.UndeletableCopy} {
		if own.Protections[name].State != model.On || other.Protections[name].State != model.Off {
			t.Errorf("%s is %s here and %s there", name, own.Protections[name].State, other.Protections[name].State)
		}
	}
}

func TestUnused(t *testing.T) {
	guarded := attests(model.DestroyGuard, "2026-05-01", Selector{Name: "lake"}, nil)
	m := &model.Model{Assets: []*model.Asset{store("lake", model.ObjectStore, ""), store("raw", model.Container, "lake")}}
	problems := Apply(m, Declarations{Entries: []Entry{
		says(model.RPOHours, 4.0, Selector{Name: "pond"}, ""), attests(model.MirrorCopy, "2026-05-01", Selector{Name: "lake"}, nil), guarded,
	}}, day("2026-05-01"))
	var got []string
	for _, p := range problems {
		got = append(got, p.Code+": "+p.Summary)
	}
	want := []string{"config/unused: this entry of facts changes nothing: it matches no asset", "config/unused: this entry of attestations changes nothing: it matches no asset"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if m.Assets[0].Protections[model.DestroyGuard].State != model.On || m.Assets[1].Protections[model.DestroyGuard].State != model.Off {
		t.Error("what keeps a block from being destroyed keeps no other block")
	}
}
