package recovery

import (
	"fmt"
	"testing"

	"github.com/drlint/drlint/internal/model"
)

// platform is a model whose stores are named by letters and lie in one region.
type platform struct{ model.Model }

func (p *platform) store(id, region string, protections map[string][]model.Means) *model.Asset {
	a := store(protections)
	a.ID, a.Address, a.Region = id, "store."+id, model.KnownFact(region, at(0))
	a.Declared = map[string]model.Fact{}
	p.Assets = append(p.Assets, a)
	return a
}

func (p *platform) load(from, to string, mode model.Fact) {
	p.Flows = append(p.Flows, model.Flow{ID: fmt.Sprint(len(p.Flows)), From: from, To: to, Mode: mode, At: at(5)})
}

var (
	full        = model.KnownFact(string(model.FullLoad), at(6))
	incremental = model.KnownFact(string(model.IncrementalLoad), at(6))
	unreadable  = model.UnknownFact("a notebook decides", at(6))
)

func geo() map[string][]model.Means {
	return map[string][]model.Means{model.GeoReplication: {means("azure.grs")}}
}

// TestWhatSurvivesUpstreamIsLoadedAgain walks raw → enriched → curated, of which
// only raw has a copy in another region.
func TestWhatSurvivesUpstreamIsLoadedAgain(t *testing.T) {
	p := &platform{}
	curated := p.store("c", "westeurope", nil)
	enriched := p.store("b", "westeurope", nil)
	p.store("a", "westeurope", geo())
	p.load("b", "c", full)
	p.load("a", "b", full)
	enriched.Declared[model.RecreateHours] = model.KnownFact(3.0, at(7))
	curated.Declared[model.LoadHours] = model.KnownFact(2.0, at(7))
	Compute(&p.Model)
	got := curated.Recovery[model.RegionFault]
	hours, _ := got.Rebuild.RPOHours.Number()
	if got.Survives != model.No || got.Rebuild.Possible != model.Yes || hours != 0.25 || got.Rebuild.RPOBasis != "typical" {
		t.Errorf("got %+v, want no survival and a rebuild a usual quarter of an hour old", got)
	}
	if takes, _ := got.Rebuild.Hours.Number(); takes != 5 {
		t.Errorf("takes %v hours, want 3 for what it is loaded from and 2 for itself", takes)
	}
	if got := got.Rebuild.From; len(got) != 1 || got[0] != "b" {
		t.Errorf("from %v, want b", got)
	}
	if got := curated.Recovery[model.CompromiseFault].Rebuild; got.Possible != model.No {
		t.Errorf("compromise: got %+v, want no rebuild: nothing upstream is locked", got)
	}
	if got := curated.Recovery[model.DeleteFault].Rebuild; got.Possible != model.Yes {
		t.Errorf("delete: got %+v, want a rebuild: only one store is hit", got)
	}
}

func TestRebuildNeedsEveryLoad(t *testing.T) {
	other := func(p *platform) { p.store("x", "westeurope", nil); p.load("x", "b", full) }
	cases := []struct {
		name   string
		mode   model.Fact
		adjust func(*platform, *model.Asset)
		want   model.Tri
	}{
		{"increments", incremental, nil, model.No},
		{"increments of a source that never forgets", incremental, func(_ *platform, a *model.Asset) {
			a.Declared[model.SourceKeepsDays] = model.KnownFact(model.Forever, at(7))
		}, model.Yes},
		{"increments that are declared to be repeatable", incremental, func(_ *platform, a *model.Asset) { a.Declared[model.Recreatable] = model.KnownFact(true, at(7)) }, model.Yes},
		{"a full load of what cannot be read again", full, func(_ *platform, a *model.Asset) { a.Declared[model.Recreatable] = model.KnownFact(false, at(7)) }, model.No},
		{"a load that nobody can read", unreadable, nil, model.Maybe},
		{"a load of which a mode is declared", unreadable, func(_ *platform, a *model.Asset) { a.Declared[model.DeclaredLoad] = model.KnownFact("full", at(7)) }, model.Yes},
		{"one of two places is gone", full, func(p *platform, _ *model.Asset) { other(p) }, model.No},
		{"one of two places is outside", full, func(p *platform, _ *model.Asset) { p.load("", "b", full) }, model.Maybe},
		{"one of two places is in another region", full, func(p *platform, _ *model.Asset) {
			other(p)
			p.Assets[2].Region = model.KnownFact("northeurope", at(8))
		}, model.Yes},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := &platform{}
			p.store("a", "westeurope", geo())
			b := p.store("b", "westeurope", nil)
			p.load("a", "b", c.mode)
			if c.adjust != nil {
				c.adjust(p, b)
			}
			Compute(&p.Model)
			got := b.Recovery[model.RegionFault].Rebuild
			if got == nil {
				t.Fatal("nothing is said about a rebuild")
			}
			if got.Possible != c.want || got.Possible != model.Yes && got.Why == "" {
				t.Errorf("got %q (%s), want %q", got.Possible, got.Why, c.want)
			}
		})
	}
}

func TestFlowsInACircleBringNothingBack(t *testing.T) {
	p := &platform{}
	a, b := p.store("a", "westeurope", nil), p.store("b", "westeurope", nil)
	p.load("a", "b", full)
	p.load("b", "a", full)
	p.load("a", "a", full)
	Compute(&p.Model)
	for _, asset := range []*model.Asset{a, b} {
		if got := asset.Recovery[model.RegionFault].Rebuild.Possible; got != model.No {
			t.Errorf("%s: got %q, want no", asset.ID, got)
		}
	}
}

// TestACopyIsAsOldAsItsOldestHop puts backups into a vault whose own copy in
// another region is a day and a half old.
func TestACopyIsAsOldAsItsOldestHop(t *testing.T) {
	vault := func(p *platform, crossRegion bool) {
		v := p.store("vault", "westeurope", map[string][]model.Means{model.GeoReplication: {means("azure.vault_redundancy", func(m *model.Means) { m.OtherRegion = model.Yes })}})
		v.Kind, v.Settings["cross_region_restore"] = model.BackupVault, model.KnownFact(crossRegion, at(9))
	}
	daily := means("azure.backup_vm", window(30), func(m *model.Means) {
		m.Interval, m.Target = model.KnownFact(24.0, at(1)), "vault"
	})
	for crossRegion, want := range map[bool]model.Tri{true: model.Yes, false: model.No} {
		p := &platform{}
		a := p.store("vm", "westeurope", map[string][]model.Means{model.Backup: {daily}})
		vault(p, crossRegion)
		Compute(&p.Model)
		for _, fault := range []model.Fault{model.RegionFault, model.ZoneFault} {
			got := a.Recovery[fault]
			hours, _ := got.RPOHours.Number()
			if got.Survives != want || want == model.Yes && (hours != 36 || len(got.Through) != 1 || got.RPOBasis != "typical") {
				t.Errorf("%s with cross-region restore %t: got %+v", fault, crossRegion, got)
			}
		}
		if hours, _ := a.Recovery[model.DestroyFault].RPOHours.Number(); hours != 24 {
			t.Errorf("destroy: %v hours, want 24", hours)
		}
	}
}

func TestCopiesThatLeadInACircleEnd(t *testing.T) {
	p := &platform{}
	to := func(id string) map[string][]model.Means {
		return map[string][]model.Means{model.GeoReplication: {means("s3.replication", func(m *model.Means) { m.Target = id })}}
	}
	a := p.store("a", "eu-west-1", to("b"))
	p.store("b", "eu-west-1", to("a"))
	Compute(&p.Model)
	if got := a.Recovery[model.RegionFault]; got.Survives != model.No {
		t.Errorf("got %+v, want no", got)
	}
}

// large is a platform of many stores in chains of ten, raw to cache.
func large(stores int) *model.Model {
	p := &platform{}
	for i := range stores {
		protections := map[string][]model.Means{model.SoftDelete: {means("azure.blob_soft_delete", window(14))}}
		if i%10 == 0 {
			protections[model.GeoReplication] = []model.Means{means("azure.grs")}
		}
		p.store(fmt.Sprintf("s%05d", i), "westeurope", protections)
		if i%10 > 0 {
			p.load(fmt.Sprintf("s%05d", i-1), fmt.Sprintf("s%05d", i), full)
		}
	}
	return &p.Model
}

func BenchmarkCompute(b *testing.B) {
	m := large(10_000)
	for b.Loop() {
		Compute(m)
	}
}
