package recoverymap

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/source"
)

// builder writes models by hand, for what no short configuration expresses.
type builder struct {
	model *model.Model
	text  string
}

func build(name string) *builder {
	return &builder{model: &model.Model{Platform: model.Platform{Name: name, DataPlatform: true}}, text: strings.Repeat("resource\n", 4000)}
}

func (b *builder) at() source.Range {
	n := len(b.model.Assets) + len(b.model.Flows)
	return source.Range{File: "main.tf", Start: 9 * n, End: 9*n + 8}
}

func (b *builder) add(kind model.Kind, service, name string, adjust ...func(*model.Asset)) *model.Asset {
	provider, service, _ := strings.Cut(service, " ")
	a := &model.Asset{
		ID: ".#" + name, Kind: kind, Provider: provider, Service: service, Address: "x." + name, Root: ".",
		Name: model.KnownFact(name, b.at()), Region: model.KnownFact("westeurope", b.at()), At: b.at(), Body: b.at(),
		Protections: map[string]model.Protection{}, Settings: map[string]model.Fact{},
	}
	for _, name := range model.ProtectionsOf(kind) {
		a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: a.At}
	}
	for _, f := range adjust {
		f(a)
	}
	b.model.Assets = append(b.model.Assets, a)
	return a
}

func staged(stages ...model.Stage) func(*model.Asset) {
	return func(a *model.Asset) {
		for _, s := range stages {
			a.Stages = append(a.Stages, model.StageFact{Stage: s, Basis: "name", Confidence: model.Medium, At: a.At})
		}
	}
}

func within(outer *model.Asset) func(*model.Asset) {
	return func(a *model.Asset) { a.Within, a.ID = outer.ID, outer.ID+"/"+a.Name.Text() }
}

func in(region string) func(*model.Asset) {
	return func(a *model.Asset) { a.Region = model.KnownFact(region, a.At) }
}

// by protects an asset; hours and days of 0 stay absent.
func by(protection, mechanism string, hours, days float64, adjust ...func(*model.Means)) func(*model.Asset) {
	return func(a *model.Asset) {
		fact := func(n float64) model.Fact {
			if n == 0 {
				return model.AbsentFact(a.At)
			}
			return model.KnownFact(n, a.At)
		}
		m := model.Means{
			Mechanism: mechanism, State: model.On, Scope: model.Whole, Window: fact(days), Interval: fact(hours), Region: model.AbsentFact(a.At),
			OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No, At: a.At,
		}
		for _, f := range adjust {
			f(&m)
		}
		p := a.Protections[protection]
		p.State, p.Means = m.State, append(p.Means, m)
		a.Protections[protection] = p
	}
}

func elsewhere(target *model.Asset) func(*model.Means) {
	return func(m *model.Means) { m.OtherRegion, m.Region, m.Target = model.Yes, target.Region, target.ID }
}

func kept(target *model.Asset) func(*model.Means) {
	return func(m *model.Means) { m.Region, m.Target = target.Region, target.ID }
}

func related(kind string, target *model.Asset) func(*model.Asset) {
	return func(a *model.Asset) {
		a.Relations = append(a.Relations, model.Relation{Type: kind, Target: target.ID, At: a.At})
	}
}

func (b *builder) flow(pipeline string, mode model.Fact, from, to *model.Asset, place string) {
	f := model.Flow{ID: fmt.Sprintf("flow%d", len(b.model.Flows)), Address: "pipeline/" + pipeline + "/activities/Copy", Activity: "copy", Mode: mode, At: b.at()}
	if from != nil {
		f.From = from.ID
	} else {
		f.Source = model.KnownFact(place, f.At)
	}
	if to != nil {
		f.To = to.ID
	} else {
		f.Sink = model.KnownFact(place, f.At)
	}
	b.model.Flows = append(b.model.Flows, f)
}

var (
	full        = model.KnownFact("full", source.Range{})
	incremental = model.KnownFact("incremental", source.Range{})
	unclear     = model.UnknownFact("the query reads a watermark that no file sets", source.Range{})
)

func (b *builder) atlas() *Atlas {
	recovery.Compute(b.model)
	return Build(Source{Version: "test", Model: b.model, Sources: source.NewStore(fstest.MapFS{"main.tf": {Data: []byte(b.text)}})})
}

// retail is a whole platform: sources, a lake with three zones in one account,
// a warehouse, a model, a cache, copies in another region and what deploys it.
func retail() *builder {
	b := build("retail")
	vault := b.add(model.BackupVault, "azure data_protection", "bv-retail", in("northeurope"), by(model.SoftDelete, "azure.vault_soft_delete", 0, 14), by(model.Immutability, "azure.vault_immutability", 0, 0, locked))
	orders := b.add(model.Database, "azure sql", "sqldb-orders", staged(model.SourceStage), by(model.PointInTimeRestore, "azuresql.automated_backup", 0, 35), by(model.Backup, "azuresql.geo_restore", 0, 0, other))
	stock := b.add(model.Database, "azure postgresql", "pg-stock", staged(model.SourceStage), by(model.PointInTimeRestore, "azuredb.automated_backup", 0, 7))
	hub := b.add(model.EventStream, "azure event_hub", "evh-clicks", staged(model.Ingest), by(model.ZoneRedundancy, "azure.zrs", 0, 0))
	copyOf := b.add(model.ObjectStore, "azure storage", "stretailcopy", in("northeurope"), by(model.ZoneRedundancy, "azure.zrs", 0, 0))
	account := b.add(model.ObjectStore, "azure storage", "stretaillake", by(model.ZoneRedundancy, "azure.zrs", 0, 0))
	account.Settings["hierarchical_namespace"] = model.KnownFact(true, account.At)
	lake := func(name string, stage model.Stage, more ...func(*model.Asset)) *model.Asset {
		a := b.add(model.Container, "azure storage", name, append([]func(*model.Asset){staged(stage), within(account), by(model.ZoneRedundancy, "azure.zrs", 0, 0), by(model.SoftDelete, "azure.blob_soft_delete", 0, 30)}, more...)...)
		a.Settings["hierarchical_namespace"] = model.KnownFact(true, a.At)
		return a
	}
	backup := by(model.Backup, "azure.backup_data_lake", 24, 30, kept(vault), locked)
	backed := related(backedUp, vault)
	rawOrders := lake("raw-orders", model.Raw, backup, backed, by(model.GeoReplication, "azure.object_replication", 0, 0, elsewhere(copyOf)), related(replicates, copyOf))
	rawClicks := lake("raw-clicks", model.Raw, backup, backed)
	rawStock := lake("raw-stock", model.Raw)
	enriched := lake("enriched", model.Enriched)
	curated := lake("curated", model.Curated, backup, backed)
	mart := b.add(model.Database, "azure synapse", "sqlpool-mart", staged(model.Presentation), by(model.PointInTimeRestore, "synapse.restore_points", 0, 7), by(model.GeoReplication, "synapse.geo_backup", 0, 0, other))
	as := b.add(model.SemanticModel, "azure analysis_services", "as-sales", staged(model.ModelStore))
	cache := b.add(model.CacheStore, "azure redis", "redis-prices", staged(model.Cache))
	b.add(model.Repository, "github repository", "retail", by(model.MirrorCopy, "git.bundle", 24, model.Forever, locked), func(a *model.Asset) { a.Region = model.AbsentFact(a.At) })
	b.add(model.KeyVault, "azure key_vault", "kv-retail", by(model.SoftDelete, "keyvault.soft_delete", 0, 90), by(model.PurgeProtection, "keyvault.purge_protection", 0, 90, locked))
	b.add(model.ObjectStore, "azure storage", "stfunctions", func(a *model.Asset) { a.Settings["purpose"] = model.KnownFact("function_app", a.At) })
	b.flow("LoadOrders", incremental, orders, rawOrders, "")
	b.flow("LoadStock", full, stock, rawStock, "")
	b.flow("Capture", incremental, hub, rawClicks, "")
	b.flow("Clicks", incremental, nil, hub, "shop.example.com/clicks")
	b.flow("Clean", full, rawOrders, enriched, "")
	b.flow("Clean", full, rawClicks, enriched, "")
	b.flow("Clean", full, rawStock, enriched, "")
	b.flow("Curate", full, enriched, curated, "")
	b.flow("Publish", unclear, curated, mart, "")
	b.flow("Refresh", full, mart, as, "")
	b.flow("Warm", full, mart, cache, "")
	b.flow("Export", full, curated, nil, "sftp.partner.example")
	b.flow("Feedback", full, as, orders, "")
	return b
}

func locked(m *model.Means) { m.Locked = model.Yes }
func other(m *model.Means)  { m.OtherRegion = model.Yes }

// large is a platform of many alike and many different stores.
func large(n int) *builder {
	b := build("large")
	stages := []model.Stage{model.SourceStage, model.Raw, model.Enriched, model.Curated, model.Presentation, ""}
	vault := b.add(model.BackupVault, "azure data_protection", "vault")
	var last []*model.Asset
	for i := range n {
		stage := stages[i%len(stages)]
		var adjust []func(*model.Asset)
		if stage != "" {
			adjust = append(adjust, staged(stage))
		}
		if i%4 == 0 {
			adjust = append(adjust, by(model.Versioning, "azure.blob_versioning", 0, float64(10+i%3*10)))
		}
		if i%5 == 0 {
			adjust = append(adjust, by(model.Backup, "azure.backup_blob_vaulted", 24, 30, kept(vault)), related(backedUp, vault))
		}
		adjust = append(adjust, in(fmt.Sprintf("region%d", i%7)))
		a := b.add(model.ObjectStore, "azure storage", fmt.Sprintf("st%03d%s", i, stage), adjust...)
		if len(last) > 5 && stage != model.SourceStage && stage != "" {
			b.flow(fmt.Sprintf("Load%d", i), full, last[i-1-(i*7)%3], a, "")
		}
		last = append(last, a)
	}
	return b
}
