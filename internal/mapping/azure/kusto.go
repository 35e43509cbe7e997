package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	kustoService     = "data_explorer"
	armKusto         = "microsoft.kusto/clusters"
	armKustoDatabase = "microsoft.kusto/clusters/databases"
	armKustoFollower = "microsoft.kusto/clusters/attacheddatabaseconfigurations"
	// A Synapse workspace runs clusters of its own.
	armKustoPool         = "microsoft.synapse/workspaces/kustopools"
	armKustoPoolDatabase = "microsoft.synapse/workspaces/kustopools/databases"
	kustoSegment         = "clusters"
	kustoPoolSegment     = "kustoPools"

	// settingAutoStop says whether an idle cluster stops by itself.
	settingAutoStop = "auto_stop"
	// settingHotCache is how long data stays in fast storage, in days.
	settingHotCache = "hot_cache_days"
)

// kustoCluster is a cluster of Azure Data Explorer in neutral terms.
type kustoCluster struct {
	name, location, tags attr
	sku, zones, autoStop attr
	// workspace is set for a cluster of Synapse.
	workspace attr
}

// kustoDatabase is a database of a cluster.
type kustoDatabase struct {
	name, cluster, location attr
	// keep and cache are ISO 8601 durations; data is deleted after keep.
	keep, cache attr
	// kind is ReadWrite or ReadOnlyFollowing.
	kind attr
}

func kustoClusters() draft.Mapper {
	return draft.Mapper{
		Service: kustoService,
		Types:   inAllForms(armKusto, armKustoPool, "azurerm_kusto_cluster"),
		Declare: managed(declareKusto),
		Attach:  managed(placeKustoPool),
	}
}

func readKusto(r *resource.Resource) (kustoCluster, bool) {
	if r.Type == "azurerm_kusto_cluster" {
		at := func(path string) attr { return attrOf(r, path) }
		return kustoCluster{
			name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku.name"), zones: at("zones"),
			autoStop: at("auto_stop_enabled"),
		}, true
	}
	arm, ok := armOf(r, armKusto, armKustoPool)
	cluster := kustoCluster{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), zones: arm.at("zones"),
		autoStop: arm.at("properties.enableAutoStop"),
	}
	if armTypeOf(r) == armKustoPool {
		cluster.workspace = arm.parent
	}
	return cluster, ok && !arm.update
}

// placeKustoPool puts a cluster of Synapse into its workspace.
func placeKustoPool(d *draft.Draft, r *resource.Resource) {
	cluster, ok := readKusto(r)
	if a := d.Asset(r.ID); ok && a != nil && !cluster.workspace.IsAbsent() {
		placeIn(a, ofService(find(d, r, "workspaces", model.Workspace, cluster.workspace), synapseService))
	}
}

// declareKusto states what a cluster decides: its zones alone. Data Explorer has
// no backups and replicates nothing to another region (Microsoft Learn, Business
// continuity and disaster recovery for Azure Data Explorer).
func declareKusto(d *draft.Draft, r *resource.Resource) {
	cluster, ok := readKusto(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.DatabaseServer, provider, kustoService, cluster.name.Value)
	a.Region = draft.Text(cluster.location.Value)
	d.Tag(a, cluster.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(cluster.sku.Value))
	// azurerm documentation, kusto_cluster: auto_stop_enabled is true by default.
	d.Set(a, settingAutoStop, flag(cluster.autoStop, true).fact())
	stateZoneList(d, a, r, cluster.zones, "kusto.zones")
	d.Lacks(a, model.GeoReplication, "Data Explorer copies nothing to another region", a.At, true)
	for _, protection := range []string{model.Backup, model.PointInTimeRestore} {
		d.Lacks(a, protection, "Data Explorer has no backups of its own", a.At, true)
	}
	stateDestroyGuard(d, a, r)
}

// stateZoneList states zone redundancy where a list names the zones.
func stateZoneList(d *draft.Draft, a *model.Asset, r *resource.Resource, zones attr, mechanism string) {
	f := feature{state: model.On, at: zones.At, days: model.AbsentFact(zones.At)}
	names, complete := zones.Strings()
	switch {
	case zones.IsAbsent():
		d.Lacks(a, model.ZoneRedundancy, zones.name+" is not set", zones.At, true)
		return
	case !complete:
		f = f.undecided(firstWhy(zones))
	case len(names) < 2:
		d.Lacks(a, model.ZoneRedundancy, zones.name+" names "+strings.Join(append([]string{"one zone at most"}, names...), ": "), zones.At, false)
		return
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, mechanism, f)))
}

func kustoDatabases() draft.Mapper {
	return draft.Mapper{
		Service: kustoService,
		Types:   inAllForms(armKustoDatabase, armKustoPoolDatabase, "azurerm_kusto_database"),
		Declare: managed(declareKustoDatabase),
		Attach:  managed(placeKustoDatabase),
	}
}

func readKustoDatabase(r *resource.Resource) (kustoDatabase, bool) {
	if r.Type == "azurerm_kusto_database" {
		at := func(path string) attr { return attrOf(r, path) }
		return kustoDatabase{
			name: at("name"), cluster: at("cluster_name"), location: at("location"), keep: at("soft_delete_period"), cache: at("hot_cache_period"),
			kind: attr{Value: resource.Value{At: r.At}, name: "kind"},
		}, true
	}
	arm, ok := armOf(r, armKustoDatabase, armKustoPoolDatabase)
	return kustoDatabase{
		name: arm.name, cluster: arm.parent, location: arm.location, kind: arm.at("kind"),
		keep: arm.at("properties.softDeletePeriod"), cache: arm.at("properties.hotCachePeriod"),
	}, ok && !arm.update
}

// declareKustoDatabase states when data is deleted. The soft delete period is how
// long data is kept and no way to undelete it (azurerm documentation,
// kusto_database: forever unless it is written).
func declareKustoDatabase(d *draft.Draft, r *resource.Resource) {
	database, ok := readKustoDatabase(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.Database, provider, kustoService, database.name.Value)
	a.Region = draft.Text(database.location.Value)
	if !database.cache.IsAbsent() {
		d.Set(a, settingHotCache, retentionDays(database.cache))
	}
	if !database.keep.IsAbsent() {
		a.Expiries = append(a.Expiries, model.Expiry{Target: "current", Days: retentionDays(database.keep), Scope: model.Whole, At: database.keep.At})
	}
	if strings.EqualFold(database.kind.text(), "ReadOnlyFollowing") {
		stateReplica(d, a, "a read-only view of another cluster's database ("+database.kind.says()+")", database.kind.At)
	}
	stateDestroyGuard(d, a, r)
}

func placeKustoDatabase(d *draft.Draft, r *resource.Resource) {
	database, ok := readKustoDatabase(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	segment := kustoSegment
	if armTypeOf(r) == armKustoPoolDatabase {
		segment = kustoPoolSegment
	}
	cluster := findServer(d, r, kustoService, segment, database.cluster)
	placeIn(a, cluster)
	if cluster.asset == nil {
		stateOpenServer(d, a, cluster, openMechanism{model.ZoneRedundancy, "kusto.zones"})
	}
}

// kustoFollowers maps clusters that follow databases of others: they read the
// storage of their leader and keep no copy (Microsoft Learn, Use follower
// databases).
func kustoFollowers() draft.Mapper {
	return draft.Mapper{
		Service: kustoService,
		Types:   inAllForms(armKustoFollower, "azurerm_kusto_attached_database_configuration"),
		Attach:  managed(attachKustoFollower),
	}
}

func attachKustoFollower(d *draft.Draft, r *resource.Resource) {
	// cluster_resource_id until azurerm 4, cluster_id from 5 on.
	leader, database := attrOf(r, "cluster_id").orElse(attrOf(r, "cluster_resource_id")), attrOf(r, "database_name")
	if r.Type != "azurerm_kusto_attached_database_configuration" {
		arm, ok := armOf(r, armKustoFollower)
		if !ok {
			return
		}
		leader, database = arm.at("properties.clusterResourceId"), arm.at("properties.databaseName")
	}
	cluster := findServer(d, r, kustoService, kustoSegment, leader).asset
	if cluster == nil {
		return
	}
	for _, a := range databasesOf(d, cluster) {
		if name := a.Name.Text(); name == "" || database.text() != name && database.text() != "*" {
			continue
		}
		f := feature{at: leader.At, days: model.AbsentFact(leader.At)}.off("a follower reads the storage of its leader and keeps no copy")
		protect(d, a, r, model.GeoReplication, following(inPlace(a, r, "kusto.follower", f)))
	}
}
