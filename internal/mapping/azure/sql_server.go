package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	sqlService       = "sql"
	armSQLServer     = "microsoft.sql/servers"
	armSQLDatabase   = "microsoft.sql/servers/databases"
	armSQLPool       = "microsoft.sql/servers/elasticpools"
	armFailoverGroup = "microsoft.sql/servers/failovergroups"
	sqlServerSegment = "servers"
)

// sqlServers maps logical servers, which hold the names, logins and databases of
// Azure SQL Database and no data.
func sqlServers() draft.Mapper {
	return draft.Mapper{
		Service: sqlService,
		// azurerm_sql_server until azurerm 3.
		Types:   inAllForms(armSQLServer, "azurerm_mssql_server", "azurerm_sql_server"),
		Declare: managed(declareSQLServer),
	}
}

func declareSQLServer(d *draft.Draft, r *resource.Resource) {
	name, location, tags := attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags")
	if isARM(r) || carriesARM(r) {
		arm, ok := armOf(r, armSQLServer)
		if !ok || arm.update {
			return
		}
		name, location, tags = arm.name, arm.location, arm.tags
	}
	a := d.Declare(r, model.DatabaseServer, provider, sqlService, name.Value)
	a.Region = draft.Text(location.Value)
	d.Tag(a, tags.Value)
	for _, protection := range protectionsOfData() {
		d.Inapplicable(a, protection, "a logical server holds no data; its databases are protected one by one", a.At)
	}
	stateDestroyGuard(d, a, r)
}

func findSQLServer(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return findServer(d, r, sqlService, sqlServerSegment, written...)
}
