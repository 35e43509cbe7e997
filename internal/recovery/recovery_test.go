package recovery

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func at(offset int) source.Range {
	return source.Range{File: "main.tf", Start: offset, End: offset + 1}
}

func store(means map[string][]model.Means) *model.Asset {
	a := &model.Asset{Kind: model.ObjectStore, Protections: map[string]model.Protection{}, Settings: map[string]model.Fact{}, At: at(0)}
	for _, name := range model.ProtectionsOf(a.Kind) {
		a.Protections[name] = model.Protection{State: model.Off, Means: means[name]}
	}
	return a
}

func means(mechanism string, adjust ...func(*model.Means)) model.Means {
	m := model.Means{
		Mechanism: mechanism, State: model.On, Scope: model.Whole, Window: model.AbsentFact(at(1)), Interval: model.AbsentFact(at(1)),
		Region: model.AbsentFact(at(1)), OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No, At: at(1),
	}
	for _, f := range adjust {
		f(&m)
	}
	return m
}

func window(days float64) func(*model.Means) {
	return func(m *model.Means) { m.Window = model.KnownFact(days, at(1)) }
}

func TestComputeAnswersEachFault(t *testing.T) {
	elsewhere := func(m *model.Means) { m.OtherRegion = model.Yes }
	cases := []struct {
		name      string
		asset     *model.Asset
		fault     model.Fault
		survives  model.Tri
		mechanism string
	}{
		{"nothing", store(nil), model.DeleteFault, model.No, ""},
		{"versions undo a bad run", store(map[string][]model.Means{model.Versioning: {means("s3.versioning", window(30))}}), model.OverwriteFault, model.Yes, "s3.versioning"},
		{"versions end before anybody notices", store(map[string][]model.Means{model.Versioning: {means("s3.versioning", window(1))}}), model.OverwriteFault, model.No, ""},
		{"versions do not survive their bucket", store(map[string][]model.Means{model.Versioning: {means("s3.versioning", window(30))}}), model.DestroyFault, model.No, ""},
		{"replication repeats a bad run", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication", elsewhere)}}), model.OverwriteFault, model.No, ""},
		{"replication survives a region", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication", elsewhere)}}), model.RegionFault, model.Yes, "s3.replication"},
		{"replication within the region does not", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication")}}), model.RegionFault, model.No, ""},
		{"a destination that is not known", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication", func(m *model.Means) { m.OtherRegion = model.Maybe })}}), model.RegionFault, model.Maybe, "s3.replication"},
		{"replication that repeats deletions", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication", elsewhere, func(m *model.Means) { m.PropagatesDeletes = model.Yes })}}), model.DeleteFault, model.No, ""},
		{"a part is not the whole", store(map[string][]model.Means{model.GeoReplication: {means("s3.replication", elsewhere, func(m *model.Means) { m.Scope = model.Partial })}}), model.RegionFault, model.Maybe, "s3.replication"},
		{"soft delete keeps overwritten blobs", store(map[string][]model.Means{model.SoftDelete: {means("azure.blob_soft_delete", window(14))}}), model.OverwriteFault, model.Yes, "azure.blob_soft_delete"},
		{"an unlocked policy yields to stolen credentials", store(map[string][]model.Means{model.Immutability: {means("gcs.retention")}}), model.CompromiseFault, model.No, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			Compute(&model.Model{Assets: []*model.Asset{c.asset}})
			got := c.asset.Recovery[c.fault]
			if got.Survives != c.survives || c.mechanism != "" && got.Mechanism != c.mechanism {
				t.Errorf("got %s by %q (%s), want %s by %q", got.Survives, got.Mechanism, got.Why, c.survives, c.mechanism)
			}
		})
	}
}

func TestHierarchicalNamespaceKeepsNoOverwrittenContent(t *testing.T) {
	a := store(map[string][]model.Means{model.SoftDelete: {means("azure.blob_soft_delete", window(14))}})
	a.Settings["hierarchical_namespace"] = model.KnownFact(true, at(2))
	Compute(&model.Model{Assets: []*model.Asset{a}})
	if got := a.Recovery[model.OverwriteFault].Survives; got != model.No {
		t.Errorf("overwrite: got %s, want no", got)
	}
	if got := a.Recovery[model.DeleteFault].Survives; got != model.Yes {
		t.Errorf("delete: got %s, want yes", got)
	}
}

func TestTheBestOfSeveralMeansAnswers(t *testing.T) {
	daily := means("aws_backup.snapshot", window(35), func(m *model.Means) { m.Interval = model.KnownFact(24.0, at(3)) })
	a := store(map[string][]model.Means{model.Backup: {daily, means("aws_backup.continuous", window(35))}})
	Compute(&model.Model{Assets: []*model.Asset{a}})
	got := a.Recovery[model.DeleteFault]
	if hours, _ := got.RPOHours.Number(); got.Mechanism != "aws_backup.continuous" || hours > 1 || got.RPOBasis != "typical" {
		t.Errorf("got %+v", got)
	}
}

func TestTableRowsAreUniqueAndSourced(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range Table() {
		if seen[row.ID] {
			t.Errorf("%s is there twice", row.ID)
		}
		seen[row.ID] = true
		if row.Source == "" {
			t.Errorf("%s names no source", row.ID)
		}
		if len(row.Covers) > 0 && (row.Basis == "" || row.RTO == "") {
			t.Errorf("%s covers faults without a recovery point and a recovery time", row.ID)
		}
		for fault := range row.Covers {
			if fault == model.OverwriteFault && row.ID == "s3.replication" {
				t.Error("replication never covers overwriting")
			}
		}
	}
}

func TestWhatNothingDecidesIsOpen(t *testing.T) {
	a := store(nil)
	a.Protections[model.GeoReplication] = model.Protection{State: model.Undecided, Why: "var.sku has no default", At: at(4)}
	Compute(&model.Model{Assets: []*model.Asset{a}})
	if got := a.Recovery[model.RegionFault]; got.Survives != model.Maybe || got.Why != "var.sku has no default" || got.At != at(4) {
		t.Errorf("region: got %+v, want unknown because of the variable", got)
	}
	if got := a.Recovery[model.OverwriteFault]; got.Survives != model.No {
		t.Errorf("overwrite: got %+v, want no", got)
	}
}

func TestOpenAnswersDoNotClaimWhatTheyDoNotKnow(t *testing.T) {
	open := means("s3.object_lock_governance", func(m *model.Means) { m.Locked = model.Maybe })
	a := store(map[string][]model.Means{model.Immutability: {open}})
	Compute(&model.Model{Assets: []*model.Asset{a}})
	if got := a.Recovery[model.CompromiseFault]; got.Survives != model.Maybe || got.Why != "nothing states whether administrators can delete the copy" {
		t.Errorf("got %s because %q", got.Survives, got.Why)
	}
}

func TestWindowsAreComparedWithTheTimeToNotice(t *testing.T) {
	cases := []struct {
		name     string
		days     float64
		declared *model.Fact
		want     model.Tri
		why      string
	}{
		{"a third of a day", 1.0 / 3, nil, model.No, "it reaches back 8 hours, and noticing may take 7 days"},
		{"a week", 7, nil, model.Yes, ""},
		{"a day is enough where that is declared", 1, number(24), model.Yes, ""},
		{"a month is needed where that is declared", 14, number(720), model.No, "it reaches back 14 days, and noticing may take 30 days, as declared"},
		{"a declaration that cannot be read", 14, unsure(), model.Maybe, "it reaches back 14 days, and how long a fault goes unnoticed is not known: the declaration has lapsed"},
		{"kept forever, whatever is declared", model.Forever, unsure(), model.Yes, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := store(map[string][]model.Means{model.Versioning: {means("s3.versioning", window(c.days))}})
			if c.declared != nil {
				a.Declared = map[string]model.Fact{model.DetectionHours: *c.declared}
			}
			Compute(&model.Model{Assets: []*model.Asset{a}})
			if got := a.Recovery[model.OverwriteFault]; got.Survives != c.want || got.Why != c.why {
				t.Errorf("got %s because %q, want %s because %q", got.Survives, got.Why, c.want, c.why)
			}
		})
	}
}

func number(value float64) *model.Fact {
	fact := model.KnownFact(value, at(8))
	return &fact
}

func unsure() *model.Fact {
	fact := model.UnknownFact("the declaration has lapsed", at(8))
	return &fact
}

func TestEveryFaultHasItsPlace(t *testing.T) {
	if len(model.Faults) != faultCount {
		t.Errorf("the model has %d faults, and answers have room for %d", len(model.Faults), faultCount)
	}
}
