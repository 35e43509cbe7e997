package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	redisService       = "redis"
	armRedis           = "microsoft.cache/redis"
	armRedisLink       = "microsoft.cache/redis/linkedservers"
	armRedisEnterprise = "microsoft.cache/redisenterprise"
	armRedisDatabase   = "microsoft.cache/redisenterprise/databases"

	// settingPersistence is "rdb", "aof" or "none".
	settingPersistence = "persistence"
)

// redisCache is a cache in neutral terms.
type redisCache struct {
	name, location, tags attr
	sku, zones           attr
	// rdb and aof switch persistence on.
	rdb, aof attr
	// replicated switches on the second node of a managed cache.
	replicated *attr
}

func redisCaches() draft.Mapper {
	return draft.Mapper{
		Service: redisService,
		// azurerm_redis_enterprise_cluster until azurerm 4, azurerm_managed_redis since 4.
		Types:   inAllForms(armRedis, armRedisEnterprise, "azurerm_redis_cache", "azurerm_managed_redis", "azurerm_redis_enterprise_cluster"),
		Declare: managed(declareRedis),
	}
}

// readRedis reads the three products. ARM writes the switches of the first as
// strings ("true") with hyphens in their names.
func readRedis(r *resource.Resource) (redisCache, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	cache := redisCache{name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku_name"), zones: at("zones")}
	switch r.Type {
	case "azurerm_redis_cache":
		cache.rdb, cache.aof = at("redis_configuration.rdb_backup_enabled"), at("redis_configuration.aof_backup_enabled")
		return cache, true
	case "azurerm_managed_redis":
		cache.rdb = isWritten(at("default_database.persistence_redis_database_backup_frequency"))
		cache.aof = isWritten(at("default_database.persistence_append_only_file_backup_frequency"))
		replicated := at("high_availability_enabled")
		cache.replicated = &replicated
		return cache, true
	case "azurerm_redis_enterprise_cluster":
		return cache, true
	}
	arm, ok := armOf(r, armRedis, armRedisEnterprise)
	if !ok || arm.update {
		return redisCache{}, false
	}
	cache = redisCache{name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), zones: arm.at("zones")}
	if armTypeOf(r) == armRedis {
		cache.sku = arm.at("properties.sku.name")
		cache.rdb, cache.aof = arm.at("properties.redisConfiguration.rdb-backup-enabled"), arm.at("properties.redisConfiguration.aof-backup-enabled")
	} else if zones := cache.zones; zones.IsAbsent() {
		replicated := enabledWord(arm.at("properties.highAvailability"))
		cache.replicated = &replicated
	}
	return cache, true
}

// isWritten turns an argument whose presence is a switch into that switch.
func isWritten(a attr) attr {
	if a.IsKnown() {
		a.Value = resource.BoolAt(a.At, true)
	}
	return a
}

// declareRedis states what a cache has. What it persists is loaded again into the
// same cache only, so it is no backup (Microsoft Learn, Configure data persistence
// for Azure Cache for Redis). Persistence is off by default (azurerm
// documentation, redis_cache: redis_configuration).
func declareRedis(d *draft.Draft, r *resource.Resource) {
	cache, ok := readRedis(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.CacheStore, provider, redisService, cache.name.Value)
	a.Region = draft.Text(cache.location.Value)
	d.Tag(a, cache.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(cache.sku.Value))
	stateRedisZones(d, a, r, cache)
	statePersistence(d, a, r, cache.rdb, cache.aof)
	stateDestroyGuard(d, a, r)
}

// stateRedisZones states zones that are listed, or a second node of a managed
// cache, which the service puts into another zone where the region has one
// (Microsoft Learn, High availability in Azure Managed Redis; on by default).
func stateRedisZones(d *draft.Draft, a *model.Asset, r *resource.Resource, cache redisCache) {
	if cache.replicated == nil {
		stateZoneList(d, a, r, cache.zones, "redis.zones")
		return
	}
	f := flag(*cache.replicated, true)
	if f.state == model.On {
		f = f.undecided("a managed cache spans zones where its region has them, which no file says")
	}
	if f.state == model.Off {
		provide(d, a, r, model.ZoneRedundancy, "redis.zones", f)
		return
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "redis.zones", f)))
}

func statePersistence(d *draft.Draft, a *model.Asset, r *resource.Resource, rdb, aof attr) {
	kind := model.DefaultFact("none", a.At)
	for _, written := range []struct {
		attr
		name string
	}{{rdb, "rdb"}, {aof, "aof"}} {
		f := flag(written.attr, false)
		switch f.state {
		case model.On:
			kind = model.KnownFact(written.name, f.at)
			f = f.off("what a cache persists is loaded into the same cache only")
			protect(d, a, r, model.Backup, inPlace(a, r, "redis.persistence", f))
		case model.Undecided:
			kind = model.UnknownFact(f.why, f.at)
		}
	}
	d.Set(a, settingPersistence, kind)
}

// redisLinks maps the copies of caches in other regions: linked servers of the
// first product, groups of the others.
func redisLinks() draft.Mapper {
	return draft.Mapper{
		Service: redisService,
		Types: inAllForms(armRedisLink, armRedisDatabase, "azurerm_redis_linked_server", "azurerm_managed_redis_geo_replication",
			"azurerm_redis_enterprise_database"),
		Attach: managed(attachRedisLink),
	}
}

// redisLink joins a cache with others.
type redisLink struct {
	cache  attr
	others []attr
	// primary says whether the others are the originals (server_role Primary),
	// mutual that each takes what is written to the other.
	primary, mutual bool
}

func readRedisLink(r *resource.Resource) (redisLink, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_redis_linked_server":
		return redisLink{cache: at("target_redis_cache_name"), others: []attr{at("linked_redis_cache_id")}, primary: at("server_role").text() == "Primary"}, true
	case "azurerm_managed_redis_geo_replication":
		return redisLink{cache: at("managed_redis_id"), others: itemsOf(at("linked_managed_redis_ids")), mutual: true}, true
	case "azurerm_redis_enterprise_database":
		return redisLink{cache: at("cluster_id"), others: itemsOf(at("linked_database_id")), mutual: true}, true
	}
	if arm, ok := armOf(r, armRedisLink); ok {
		return redisLink{
			cache: arm.parent, others: []attr{arm.at("properties.linkedRedisCacheId")}, primary: arm.at("properties.serverRole").text() == "Primary",
		}, true
	}
	arm, ok := armOf(r, armRedisDatabase)
	link := redisLink{cache: arm.parent, mutual: true}
	for _, linked := range arm.at("properties.geoReplication.linkedDatabases").Blocks() {
		link.others = append(link.others, inner(linked, "id"))
	}
	return link, ok
}

func itemsOf(list attr) []attr {
	var items []attr
	for _, item := range list.Blocks() {
		items = append(items, attr{Value: item, name: list.name})
	}
	return items
}

func attachRedisLink(d *draft.Draft, r *resource.Resource) {
	link, ok := readRedisLink(r)
	if !ok {
		return
	}
	if arm, isDatabase := armOf(r, armRedisDatabase); isDatabase {
		if cache := findCache(d, r, arm.parent).asset; cache != nil {
			statePersistence(d, cache, r, arm.at("properties.persistence.rdbEnabled"), arm.at("properties.persistence.aofEnabled"))
		}
	}
	cache := findCache(d, r, link.cache)
	for _, named := range link.others {
		other := findCache(d, r, named)
		if cache.asset == nil || other.asset == cache.asset {
			continue
		}
		if !link.primary {
			linkCaches(d, r, cache.asset, other, named)
		}
		if link.primary || link.mutual {
			linkCaches(d, r, other.asset, cache, named)
		}
	}
}

// linkCaches states the copy that one cache keeps of another.
func linkCaches(d *draft.Draft, r *resource.Resource, original *model.Asset, keeper target, named attr) {
	if original == nil {
		return
	}
	f := feature{state: model.On, at: named.At, days: model.AbsentFact(named.At)}
	protect(d, original, r, model.GeoReplication, copyKeptBy(d, original, r, "redis.geo_replication", f, keeper))
	if keeper.asset != nil {
		d.Relate(original, "replicates_to", keeper.asset, named.At)
	}
}

// findCache resolves a name, an ID or the ID of a database in a managed cache.
func findCache(d *draft.Draft, r *resource.Resource, written attr) target {
	text := strings.ToLower(idText(written))
	segment := "redis"
	if strings.Contains(text, "/redisenterprise/") {
		segment = "redisEnterprise"
	}
	return find(d, r, segment, model.CacheStore, written)
}
