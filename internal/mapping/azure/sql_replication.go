package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// failoverGroup copies databases of one logical server to another.
type failoverGroup struct {
	servers   []attr
	partner   attr
	databases attr
}

func failoverGroups() draft.Mapper {
	return draft.Mapper{
		Service: sqlService,
		// azurerm_sql_failover_group until azurerm 3.
		Types:  inAllForms(armFailoverGroup, "azurerm_mssql_failover_group", "azurerm_sql_failover_group"),
		Attach: managed(attachFailoverGroup),
	}
}

func readFailoverGroup(r *resource.Resource) (failoverGroup, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_mssql_failover_group":
		return failoverGroup{servers: []attr{at("server_id")}, partner: at("partner_server.id"), databases: at("databases")}, true
	case "azurerm_sql_failover_group":
		return failoverGroup{servers: []attr{at("server_name")}, partner: at("partner_servers.id"), databases: at("databases")}, true
	}
	arm, ok := armOf(r, armFailoverGroup)
	return failoverGroup{
		servers: []attr{arm.parent}, partner: arm.at("properties.partnerServers.id"), databases: arm.at("properties.databases"),
	}, ok
}

// attachFailoverGroup states the copies that a group keeps: of the databases
// that it lists, and of no others.
func attachFailoverGroup(d *draft.Draft, r *resource.Resource) {
	group, ok := readFailoverGroup(r)
	if !ok {
		return
	}
	server := findSQLServer(d, r, group.servers...)
	if server.asset == nil {
		doubt(d, r, server, []model.Kind{model.Database}, []string{model.GeoReplication})
		return
	}
	partner := findSQLServer(d, r, group.partner)
	if partner.asset != nil {
		d.Relate(server.asset, "replicates_to", partner.asset, group.partner.At)
	}
	members := databaseMembers(d, r, group.databases, server.asset)
	for _, database := range databasesOf(d, server.asset) {
		if database.Settings[settingRole].Text() == "replica" {
			continue
		}
		f := feature{state: model.On, at: group.databases.At, days: model.AbsentFact(group.databases.At)}
		held, why := members.holds(database)
		switch {
		case members.empty():
			f = f.off(group.databases.name + " of " + r.Address + " is empty, so the group copies nothing")
		case held == model.No:
			f = f.off(group.databases.name + " of " + r.Address + " does not name it")
		case held == model.Maybe:
			f = f.undecided(why)
		}
		protect(d, database, r, model.GeoReplication, keptByPartner(d, database, r, f, partner))
	}
}

// keptByPartner states the copy on the partner of a group, which is in another
// region: Azure refuses one in the same (Microsoft Learn, Overview of business
// continuity: failover groups).
func keptByPartner(d *draft.Draft, original *model.Asset, r *resource.Resource, f feature, partner target) model.Means {
	means := copyKeptBy(d, original, r, "azuresql.failover_group", f, partner)
	if means.OtherRegion == model.Maybe {
		means.OtherRegion, means.State, means.Why = model.Yes, f.state, f.why
	}
	return means
}

// databaseMembers reads a list of databases of a server: names, IDs or
// references (the documentation of azurerm_mssql_failover_group says names, its
// example has IDs).
func databaseMembers(d *draft.Draft, r *resource.Resource, list attr, server *model.Asset) membership {
	m := membership{}
	if list.IsUnknown() {
		m.open = list.Why
	}
	for _, item := range list.Blocks() {
		named := attr{Value: item, name: list.name}
		found := findDatabase(d, r, sqlServerSegment, named)
		text := nameOrID(idText(named), "databases")
		switch {
		case found.asset != nil && found.asset.Within == server.ID:
			m.refs = append(m.refs, found.asset.ID)
		case text != "" && !strings.ContainsRune(text, resource.Hole):
			m.names = append(m.names, text)
		default:
			m.open = unresolved(named)
		}
	}
	return m
}

// sqlSecondaries states on a database the replicas that other databases are.
func sqlSecondaries() draft.Mapper {
	return draft.Mapper{
		Service: sqlService,
		Types:   inAllForms(armSQLDatabase, "azurerm_mssql_database", "azurerm_sql_database"),
		Attach:  managed(attachSecondary),
	}
}

func attachSecondary(d *draft.Draft, r *resource.Resource) {
	database, ok := readSQLDatabase(r, nil)
	replica := d.Asset(r.ID)
	if !ok || replica == nil || !isSecondaryMode(database.origin.mode) {
		return
	}
	source := database.origin.source
	primary := findDatabase(d, r, sqlServerSegment, source)
	if primary.asset == nil {
		doubt(d, r, primary, []model.Kind{model.Database}, []string{model.GeoReplication})
		return
	}
	if primary.asset == replica {
		return
	}
	f := feature{state: model.On, at: source.At, days: model.AbsentFact(source.At)}
	if strings.EqualFold(database.origin.secondary.text(), "Named") {
		// Microsoft Learn, Hyperscale secondary replicas: a named replica shares the
		// storage of its primary.
		f = f.off(database.origin.secondary.says() + ", which shares the storage of its primary")
		f.at = database.origin.secondary.At
	}
	d.Relate(primary.asset, "replicates_to", replica, source.At)
	protect(d, primary.asset, r, model.GeoReplication, copyKeptBy(d, primary.asset, r, "azuresql.geo_replica", f, target{asset: replica, at: source.At}))
}
