package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// settingDeployment is "flexible" or "single": the generations of Azure Database
// for PostgreSQL and MySQL. Single servers and MariaDB are retired.
const settingDeployment = "deployment"

// openEngine is one of the open-source engines that Azure Database runs.
type openEngine struct {
	service string
	// armServer is the ARM type, segment the one that IDs have.
	armServer, segment, terraform string
	flexible                      bool
}

// openEngines lists the engines. azurerm removed the single servers of MySQL and
// MariaDB in version 4 and that of PostgreSQL in version 5.
func openEngines() []openEngine {
	return []openEngine{
		{"postgresql", "microsoft.dbforpostgresql/flexibleservers", "flexibleServers", "azurerm_postgresql_flexible_server", true},
		{"mysql", "microsoft.dbformysql/flexibleservers", "flexibleServers", "azurerm_mysql_flexible_server", true},
		{"postgresql", "microsoft.dbforpostgresql/servers", "servers", "azurerm_postgresql_server", false},
		{"mysql", "microsoft.dbformysql/servers", "servers", "azurerm_mysql_server", false},
		{"mariadb", "microsoft.dbformariadb/servers", "servers", "azurerm_mariadb_server", false},
	}
}

// openServer is a server of an open-source engine in neutral terms.
type openServer struct {
	engine               openEngine
	name, location, tags attr
	sku, tier            attr
	days, geoBackup      attr
	// standby is SameZone or ZoneRedundant; absent or Disabled without one.
	standby            attr
	createMode, source attr
	// role says that the server follows another one: AsyncReplica, Replica.
	role attr
}

func openServers() draft.Mapper {
	var types []string
	for _, engine := range openEngines() {
		types = append(types, engine.armServer, engine.terraform)
	}
	return draft.Mapper{
		Service: "azure_database",
		Types:   inAllForms(types...),
		Declare: managed(declareOpenServer),
		Attach:  managed(attachOpenReplica),
	}
}

func readOpenServer(r *resource.Resource) (openServer, bool) {
	for _, engine := range openEngines() {
		if r.Type == engine.terraform {
			return terraformOpenServer(r, engine), true
		}
		if arm, ok := armOf(r, engine.armServer); ok {
			return armOpenServer(arm, engine), !arm.update
		}
	}
	return openServer{}, false
}

// terraformOpenServer reads the servers as azurerm versions 1 to 5 write them:
// the replica's original is source_server_id or creation_source_server_id, and
// backups were a block named storage_profile before version 2.
func terraformOpenServer(r *resource.Resource, engine openEngine) openServer {
	at := func(path string) attr { return attrOf(r, path) }
	return openServer{
		engine: engine, name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku_name"),
		days:       at("backup_retention_days").orElse(at("storage_profile.backup_retention_days")),
		geoBackup:  at("geo_redundant_backup_enabled").orElse(enabledWord(at("storage_profile.geo_redundant_backup"))),
		standby:    at("high_availability.mode"),
		createMode: at("create_mode"), source: at("source_server_id").orElse(at("creation_source_server_id")),
		role: at("replication_role"),
	}
}

func armOpenServer(arm armResource, engine openEngine) openServer {
	s := openServer{
		engine: engine, name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), tier: arm.at("sku.tier"),
		days: arm.at("properties.backup.backupRetentionDays"), geoBackup: enabledWord(arm.at("properties.backup.geoRedundantBackup")),
		standby:    arm.at("properties.highAvailability.mode"),
		createMode: arm.at("properties.createMode"), source: arm.at("properties.sourceServerResourceId"),
		role: arm.at("properties.replica.role").orElse(arm.at("properties.replicationRole")),
	}
	if !engine.flexible {
		s.days = arm.at("properties.storageProfile.backupRetentionDays")
		s.geoBackup = enabledWord(arm.at("properties.storageProfile.geoRedundantBackup"))
		s.source = arm.at("properties.sourceServerId")
	}
	return s
}

// isReplica says whether a server follows another one.
func (s openServer) isReplica() bool {
	role := strings.ToLower(s.role.text())
	return strings.EqualFold(s.createMode.text(), "Replica") || strings.HasSuffix(role, "replica")
}

// class is the tier of the server. Terraform begins the name of the size with it:
// "GP_Standard_D2s_v3".
func (s openServer) class() model.Fact {
	tier := sqlTier(s.tier, s.sku)
	if !s.engine.flexible && tier.Text() == tierBurstable {
		tier.Value = tierBasic // what B meant for single servers
	}
	return tier
}

// size is the name of the size in ARM's words.
func (s openServer) size() model.Fact {
	fact := draft.Text(s.sku.Value)
	prefix, rest, _ := strings.Cut(fact.Text(), "_")
	if s.engine.flexible && len(prefix) <= 2 && tiers[strings.ToLower(prefix)] != "" {
		fact.Value = rest
	}
	return fact
}

func declareOpenServer(d *draft.Draft, r *resource.Resource) {
	server, ok := readOpenServer(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.DatabaseServer, provider, server.engine.service, server.name.Value)
	a.Region = draft.Text(server.location.Value)
	d.Tag(a, server.tags.Value)
	setKnown(d, a, settingSKU, server.size())
	setKnown(d, a, settingTier, server.class())
	d.Set(a, settingCreateMode, draft.Or(draft.Text(server.createMode.Value), createDefault))
	deployment := "single"
	if server.engine.flexible {
		deployment = "flexible"
	}
	d.Set(a, settingDeployment, model.KnownFact(deployment, a.At))
	stateStandby(d, a, r, server)
	stateDestroyGuard(d, a, r)
	if server.isReplica() {
		decides := server.createMode
		if !strings.EqualFold(decides.text(), "Replica") {
			decides = server.role
		}
		stateReplica(d, a, "a replica of another server ("+decides.says()+")", decides.At)
		return
	}
	stateOpenBackups(d, a, r, server)
	openRole(d, a, server.createMode, server.source)
}

// stateStandby states a second server that takes over. Only one in another zone
// survives the loss of a zone (Microsoft Learn, High availability in Azure
// Database for PostgreSQL and for MySQL); single servers never had one.
func stateStandby(d *draft.Draft, a *model.Asset, r *resource.Resource, server openServer) {
	mode := server.standby
	f := feature{state: model.On, at: mode.At, days: model.AbsentFact(mode.At)}
	switch word := strings.ToLower(mode.text()); {
	case !server.engine.flexible:
		d.Lacks(a, model.ZoneRedundancy, "a single server is in one zone", a.At, true)
		return
	case mode.IsAbsent():
		d.Lacks(a, model.ZoneRedundancy, mode.name+" is not set, so there is no standby", mode.At, true)
		return
	case word == "disabled":
		d.Lacks(a, model.ZoneRedundancy, mode.says()+", so there is no standby", mode.At, false)
		return
	case word == "samezone":
		d.Lacks(a, model.ZoneRedundancy, mode.says()+", which keeps the standby in the zone of the server", mode.At, false)
		return
	case word != "zoneredundant":
		f = f.undecided(openText(mode, "a mode of high availability"))
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azuredb.zone_redundant", f)))
}

// stateOpenBackups states the automatic backups, which cannot be switched off,
// and their copy in the paired region. Defaults: 7 days and no copy (azurerm
// documentation, mysql_flexible_server and postgresql_server:
// backup_retention_days, geo_redundant_backup_enabled; Microsoft Learn, Backup and
// restore in Azure Database for PostgreSQL).
func stateOpenBackups(d *draft.Draft, a *model.Asset, r *resource.Resource, server openServer) {
	days := keptDays(server.days)
	d.Set(a, settingRetention, days.days)
	for _, protection := range []string{model.Backup, model.PointInTimeRestore} {
		protect(d, a, r, protection, inPlace(a, r, "azuredb.automated_backup", days))
	}
	geo := flag(server.geoBackup, false)
	if geo.state == model.On && !server.engine.flexible && server.class().Text() == tierBasic {
		// Microsoft Learn, Azure Database for PostgreSQL single server: the tier
		// Basic keeps backups in one region.
		geo = geo.off(server.geoBackup.says() + ", but the tier Basic keeps backups in one region")
	}
	d.Set(a, settingGeoBackup, geo.fact())
	if geo.state == model.Off && !geo.written {
		return
	}
	means := inPlace(a, r, "azuredb.geo_backup", geo)
	means.Region, means.OtherRegion = pairedRegion(geo.at), model.Yes
	protect(d, a, r, model.Backup, means)
}

// keptDays reads a retention of 1 to 35 days, 7 unless it is written.
func keptDays(days attr) feature {
	f := feature{state: model.On, at: days.At, days: draft.Or(draft.Number(days.Value), defaultRetention), defaulted: days.IsAbsent()}
	number, known := f.days.Number()
	switch {
	case !known:
		f.days = model.UnknownFact(unresolved(days), f.at)
	case number < 1 || number > maxRetention:
		// The request fails, so the file does not say how long it will be.
		f.days = model.UnknownFact(days.says()+", and backups are kept for 1 to 35 days", f.at)
	}
	return f
}

// attachOpenReplica states on a server the copy that a replica keeps.
func attachOpenReplica(d *draft.Draft, r *resource.Resource) {
	server, ok := readOpenServer(r)
	replica := d.Asset(r.ID)
	if !ok || replica == nil || !server.isReplica() {
		return
	}
	original := findServer(d, r, server.engine.service, server.engine.segment, server.source)
	if original.asset == nil {
		doubt(d, r, original, []model.Kind{model.DatabaseServer}, []string{model.GeoReplication})
		return
	}
	if original.asset == replica {
		return
	}
	f := feature{state: model.On, at: server.source.At, days: model.AbsentFact(server.source.At)}
	d.Relate(original.asset, "replicates_to", replica, server.source.At)
	protect(d, original.asset, r, model.GeoReplication, copyKeptBy(d, original.asset, r, "azuredb.read_replica", f, target{asset: replica, at: server.source.At}))
}
