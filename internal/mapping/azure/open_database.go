package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// openDatabase is a database on a server of an open-source engine, which decides
// everything that protects it.
type openDatabase struct {
	engine       openEngine
	name, server attr
}

// openDatabaseTypes maps the Terraform types to the engine and to the argument
// that names the server.
var openDatabaseTypes = map[string]struct{ terraform, server string }{
	"azurerm_postgresql_flexible_server_database": {"azurerm_postgresql_flexible_server", "server_id"},
	"azurerm_mysql_flexible_database":             {"azurerm_mysql_flexible_server", "server_name"},
	"azurerm_postgresql_database":                 {"azurerm_postgresql_server", "server_name"},
	"azurerm_mysql_database":                      {"azurerm_mysql_server", "server_name"},
	"azurerm_mariadb_database":                    {"azurerm_mariadb_server", "server_name"},
}

func openDatabases() draft.Mapper {
	types := []string{
		"azurerm_postgresql_flexible_server_database", "azurerm_mysql_flexible_database",
		"azurerm_postgresql_database", "azurerm_mysql_database", "azurerm_mariadb_database",
	}
	for _, engine := range openEngines() {
		types = append(types, engine.armServer+"/databases")
	}
	return draft.Mapper{
		Service: "azure_database",
		Types:   inAllForms(types...),
		Declare: managed(declareOpenDatabase),
		Attach:  managed(placeOpenDatabase),
	}
}

func readOpenDatabase(r *resource.Resource) (openDatabase, bool) {
	written, terraform := openDatabaseTypes[r.Type]
	for _, engine := range openEngines() {
		if terraform && engine.terraform == written.terraform {
			return openDatabase{engine: engine, name: attrOf(r, "name"), server: attrOf(r, written.server)}, true
		}
		if arm, ok := armOf(r, engine.armServer+"/databases"); ok {
			return openDatabase{engine: engine, name: arm.name, server: arm.parent}, !arm.update
		}
	}
	return openDatabase{}, false
}

func declareOpenDatabase(d *draft.Draft, r *resource.Resource) {
	if database, ok := readOpenDatabase(r); ok {
		a := d.Declare(r, model.Database, provider, database.engine.service, database.name.Value)
		stateDestroyGuard(d, a, r)
	}
}

func placeOpenDatabase(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	database, ok := readOpenDatabase(r)
	if !ok || a == nil {
		return
	}
	server := findServer(d, r, database.engine.service, database.engine.segment, database.server)
	placeIn(a, server)
	if server.asset == nil {
		stateOpenServer(d, a, server,
			openMechanism{model.ZoneRedundancy, "azuredb.zone_redundant"}, openMechanism{model.GeoReplication, "azuredb.read_replica"},
			openMechanism{model.Backup, "azuredb.automated_backup"}, openMechanism{model.PointInTimeRestore, "azuredb.automated_backup"})
	}
}
