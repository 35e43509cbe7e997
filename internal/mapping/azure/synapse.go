package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	synapseService      = "synapse"
	armSynapseWorkspace = "microsoft.synapse/workspaces"
	armSynapsePool      = "microsoft.synapse/workspaces/sqlpools"
)

// synapseWorkspaces maps the workspace itself: what runs in it is mapped where
// its pipelines are.
func synapseWorkspaces() draft.Mapper {
	return draft.Mapper{
		Service: synapseService,
		Types:   inAllForms(armSynapseWorkspace, "azurerm_synapse_workspace"),
		Declare: managed(declareSynapse),
		Attach:  managed(attachSynapse),
	}
}

func declareSynapse(d *draft.Draft, r *resource.Resource) {
	if r.Type == "azurerm_synapse_workspace" {
		a := declareWorkspace(d, r, synapseService, attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags"))
		stateRepository(d, a, terraformRepository(r, "github_repo", "azure_devops_repo"))
		redeployed(d, a, "a Synapse workspace")
		return
	}
	if arm, ok := armOf(r, armSynapseWorkspace); ok && !arm.update && r.Format != "synapse" {
		a := declareWorkspace(d, r, synapseService, arm.name, arm.location, arm.tags)
		stateRepository(d, a, armRepository(arm, "properties.workspaceRepositoryConfiguration"))
		redeployed(d, a, "a Synapse workspace")
	}
}

// attachSynapse relates a workspace to the account of its primary data lake.
func attachSynapse(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	arm, isSynapse := armOf(r, armSynapseWorkspace)
	if a == nil || !isSynapse && r.Type != "azurerm_synapse_workspace" {
		return
	}
	lake := attrOf(r, "storage_data_lake_gen2_filesystem_id")
	written := []attr{lake, accountIn(lake)}
	if isSynapse {
		at := "properties.defaultDataLakeStorage."
		written = []attr{arm.at(at + "resourceId"), accountIn(arm.at(at + "accountUrl"))}
	}
	for _, named := range written {
		if account := findAccount(d, r, named).asset; account != nil {
			d.Relate(a, "stored_on", account, named.At)
			return
		}
	}
}

// sqlPool is a dedicated SQL pool in neutral terms.
type sqlPool struct {
	name, workspace, location, tags attr
	sku, createMode                 attr
	storage                         attr
	geoBackup                       feature
}

func synapsePools() draft.Mapper {
	return draft.Mapper{
		Service: synapseService,
		Types:   inAllForms(armSynapsePool, "azurerm_synapse_sql_pool"),
		Declare: managed(declarePool),
		Attach:  managed(attachPool),
	}
}

func readSQLPool(r *resource.Resource, written policies) (sqlPool, bool) {
	if r.Type == "azurerm_synapse_sql_pool" {
		at := func(path string) attr { return attrOf(r, path) }
		return sqlPool{
			name: at("name"), workspace: at("synapse_workspace_id"), tags: at("tags"),
			location: attr{Value: resource.Value{At: r.At}, name: "location"},
			sku:      at("sku_name"), createMode: at("create_mode"),
			// Required since azurerm 4, GRS before (azurerm documentation, synapse_sql_pool).
			storage: at("storage_account_type"),
			// azurerm documentation, synapse_sql_pool: geo_backup_policy_enabled is true by default.
			geoBackup: flag(at("geo_backup_policy_enabled"), true),
		}, true
	}
	arm, ok := armOf(r, armSynapsePool)
	header := attr{Value: resource.Value{At: arm.header}}
	return sqlPool{
		name: arm.name, workspace: arm.parent, location: arm.location, tags: arm.tags,
		sku: arm.at("sku.name"), createMode: arm.at("properties.createMode"), storage: arm.at("properties.storageAccountType"),
		geoBackup: flag(enabledWord(written.at(armPoolGeoBackup, "state", header)), true),
	}, ok && !arm.update
}

func declarePool(d *draft.Draft, r *resource.Resource) {
	pool, ok := readSQLPool(r, nil)
	if !ok {
		return
	}
	a := d.Declare(r, model.Database, provider, synapseService, pool.name.Value)
	a.Region = draft.Text(pool.location.Value)
	d.Tag(a, pool.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(pool.sku.Value))
	d.Set(a, settingTier, model.DefaultFact(tierDataWarehouse, a.At))
	d.Set(a, settingCreateMode, draft.Or(draft.Text(pool.createMode.Value), createDefault))
	stateDestroyGuard(d, a, r)
}

func attachPool(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	pool, ok := readSQLPool(r, policiesOf(d, a))
	if !ok {
		return
	}
	workspace := ofService(find(d, r, "workspaces", model.Workspace, pool.workspace), synapseService)
	placeIn(a, workspace)
	if workspace.asset == nil {
		stateOpenServer(d, a, workspace)
	}
	stateDedicatedPool(d, a, r, readBackupStorage(pool.storage), pool.geoBackup)
}

// findPool resolves an attribute to a dedicated SQL pool.
func findPool(d *draft.Draft, r *resource.Resource, written attr) target {
	return ofService(find(d, r, "sqlPools", model.Database, written), synapseService)
}

// stateDedicatedPool states what protects a dedicated SQL pool: restore points
// that the service takes every eight hours and keeps for seven days, and one copy
// a day in the paired region (Microsoft Learn, Backup and restore in Azure Synapse
// dedicated SQL pool). Neither interval can be changed, and while the pool is
// paused no points are taken.
func stateDedicatedPool(d *draft.Draft, a *model.Asset, r *resource.Resource, s backupStorage, geo feature) {
	points := feature{state: model.On, at: a.At, days: model.DefaultFact(7.0, a.At), defaulted: true}
	d.Set(a, settingRetention, points.days)
	d.Set(a, settingBackupRedundancy, s.fact())
	for _, protection := range []string{model.Backup, model.PointInTimeRestore} {
		means := inPlace(a, r, "synapse.restore_points", points)
		means.Interval = model.DefaultFact(8.0, a.At)
		protect(d, a, r, protection, means)
	}
	d.Lacks(a, model.ZoneRedundancy, "a dedicated SQL pool has no zone redundancy", a.At, true)
	d.Lacks(a, model.GeoReplication, "a dedicated SQL pool has no replica; a geo-backup is one copy a day", a.At, true)
	geo = geoBackupOf(geo, s)
	d.Set(a, settingGeoBackup, geo.fact())
	if geo.state == model.Off && !geo.written {
		return
	}
	means := inPlace(a, r, "synapse.geo_backup", geo)
	means.Interval = model.DefaultFact(24.0, geo.at)
	means.Region, means.OtherRegion = pairedRegion(geo.at), model.Yes
	protect(d, a, r, model.Backup, means)
}

// geoBackupOf combines the switch with the storage: storage within the region
// keeps no copy elsewhere, whatever the switch says. azurerm refuses the two
// together, its own default included (azurerm provider, synapse_sql_pool).
func geoBackupOf(geo feature, s backupStorage) feature {
	switch {
	case geo.state == model.Off:
		return geo
	case s.elsewhere() == model.No && geo.defaulted:
		geo.state, geo.defaulted, geo.at = model.Off, s.defaulted, s.decides.At
		geo.why = s.decides.says() + ", which keeps backups in one region"
		return geo
	case s.elsewhere() == model.No:
		return geo.off("geo-backup is on, but " + s.decides.says() + ", which keeps backups in one region")
	case s.elsewhere() == model.Maybe:
		geo.at = s.decides.At
		return geo.undecided(s.why)
	default:
		return geo
	}
}
