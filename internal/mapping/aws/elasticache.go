package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	elastiCache = "elasticache"
	memoryDB    = "memorydb"

	// settingPersistence is "rdb" where snapshots are taken, else "none".
	settingPersistence = "persistence"
	// settingDurable is true for a store that services use as their only one.
	settingDurable = "durable"
)

// cacheKind is one of the products that keep data in memory.
type cacheKind struct {
	service, name string
	zones         func(*draft.Draft, *model.Asset, *resource.Resource)
}

func cacheKinds() map[string]cacheKind {
	return map[string]cacheKind{
		"aws_elasticache_cluster":           {elastiCache, "cluster_id", stateCacheZones},
		"aws_elasticache_replication_group": {elastiCache, "replication_group_id", stateCacheZones},
		"aws_elasticache_serverless_cache":  {elastiCache, "name", stateManyZones},
		"aws_memorydb_cluster":              {memoryDB, "name", stateManyZones},
	}
}

func cacheTypes() []string {
	return []string{"aws_elasticache_cluster", "aws_elasticache_replication_group", "aws_elasticache_serverless_cache", "aws_memorydb_cluster"}
}

// declareCache maps a cache. A cluster that belongs to a replication group is a
// member of it and no cache of its own.
func declareCache(d *draft.Draft, r *resource.Resource) {
	if r.Type == "aws_elasticache_cluster" && isSet(r.Attrs.Get("replication_group_id")) != model.No {
		return
	}
	kind := cacheKinds()[r.Type]
	a := begin(d, r, model.CacheStore, kind.service, r.Attrs.Get(kind.name))
	if a == nil {
		return
	}
	d.Inapplicable(a, model.DeleteGuard, "caches have no deletion protection", r.At)
	if kind.service == memoryDB {
		d.Set(a, settingDurable, model.DefaultFact(true, r.At))
	}
	kind.zones(d, a, r)
	engine, _ := r.Attrs.Get("engine").AsString()
	if engine == "memcached" {
		d.Inapplicable(a, model.Backup, "Memcached cannot be saved", r.Attrs.Get("engine").At)
		d.Set(a, settingPersistence, model.KnownFact("none", r.Attrs.Get("engine").At))
		return
	}
	stateCacheSnapshots(d, a, r, kind)
}

// stateCacheSnapshots states the snapshot that the service takes once a day and
// keeps for a number of days: none by default, and 0 turns them off (ElastiCache
// and MemoryDB API references, SnapshotRetentionLimit).
func stateCacheSnapshots(d *draft.Draft, a *model.Asset, r *resource.Resource, kind cacheKind) {
	const argument = "snapshot_retention_limit"
	days := numberOr(r, r.Attrs.Get(argument), 0)
	m := inPlace(a, r, kind.service+".snapshot", days.At)
	m.Window, m.Interval = days, model.DefaultFact(24.0, days.At)
	switch number, known := days.Number(); {
	case !known:
		d.Set(a, settingPersistence, model.UnknownFact(days.Why, days.At))
		protect(d, a, r, model.Backup, undecided(m, days.Why))
	case number > 0:
		d.Set(a, settingPersistence, model.KnownFact("rdb", days.At))
		protect(d, a, r, model.Backup, m)
	default:
		why := argument + " is 0, which takes no snapshots"
		if days.Defaulted {
			why = argument + " is not set and 0 by default, which takes no snapshots"
		}
		d.Set(a, settingPersistence, model.Fact{State: model.Known, Value: "none", Defaulted: days.Defaulted, At: days.At})
		d.Lacks(a, model.Backup, why, days.At, days.Defaulted)
	}
}

// stateCacheZones: nodes in several zones take over from each other where both
// switches are on; nodes of Memcached share nothing (provider documentation,
// version 6, aws_elasticache_replication_group: multi_az_enabled).
func stateCacheZones(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if r.Type != "aws_elasticache_replication_group" {
		d.Lacks(a, model.ZoneRedundancy, "no other node holds the same data", r.At, true)
		return
	}
	stateToggle(d, a, r, toggle{
		protection: model.ZoneRedundancy, mechanism: "elasticache.multi_az", argument: "multi_az_enabled",
		value: r.Attrs.Get("multi_az_enabled"), otherwise: "which may keep all nodes in one zone",
	})
}

// stateManyZones: a serverless cache and the log of MemoryDB span zones by
// themselves (ElastiCache user guide, "Resilience"; MemoryDB developer guide,
// "Multi-AZ").
func stateManyZones(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	m := inPlace(a, r, cacheKinds()[r.Type].service+".zones", r.At)
	m.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, m)
}

// attachGlobalDatastore states what a secondary group in another region is worth
// to the primary one that its global datastore was made from.
func attachGlobalDatastore(d *draft.Draft, r *resource.Resource) {
	joined := r.Attrs.Get("global_replication_group_id")
	secondary := d.Asset(r.ID)
	if secondary == nil || joined.IsAbsent() {
		return
	}
	for _, global := range d.Resources.Referents(joined, "aws_elasticache_global_replication_group") {
		primary := resolve(d, global, global.Attrs.Get("primary_replication_group_id"), model.CacheStore).one()
		if primary == nil || primary == secondary {
			continue
		}
		d.Set(secondary, "role", model.KnownFact("replica", joined.At))
		d.Relate(primary, "replicates_to", secondary, joined.At)
		m := inPlace(primary, r, "elasticache.global_datastore", joined.At)
		m.Region, m.PropagatesDeletes, m.Target = secondary.Region, model.Yes, secondary.ID
		m.OtherRegion, m.OtherAccount = not(sameRegion(primary, secondary)), accountsDiffer(d, primary, r)
		protect(d, primary, r, model.GeoReplication, regionVerdict(m, primary, secondary.Address, secondary.Region))
	}
}
