package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// databaseInstance is one server or database under the protection of a policy of
// a Backup vault.
type databaseInstance struct {
	source                 backupSource
	vault, subject, policy attr
}

// backupSource is a kind of data that a Backup vault can take.
type backupSource struct {
	// datasource is ARM's word for it.
	datasource, service, segment string
	kind                         model.Kind
	// terraform is the type of the instance, argument the one that names its
	// subject, policyType the type of its policy.
	terraform, argument, policyType string
}

// backupSources lists the databases that can be taken (ARM reference,
// Microsoft.DataProtection/backupVaults/backupInstances: datasourceType; azurerm
// documentation). azurerm removed that of PostgreSQL's single server in version 5.
func backupSources() []backupSource {
	const instance, policyOf = "azurerm_data_protection_backup_instance_", "azurerm_data_protection_backup_policy_"
	return []backupSource{
		{
			"microsoft.dbforpostgresql/flexibleservers", "postgresql", "flexibleServers", model.DatabaseServer,
			instance + "postgresql_flexible_server", "server_id", policyOf + "postgresql_flexible_server",
		},
		{
			"microsoft.dbformysql/flexibleservers", "mysql", "flexibleServers", model.DatabaseServer,
			instance + "mysql_flexible_server", "server_id", policyOf + "mysql_flexible_server",
		},
		{
			"microsoft.dbforpostgresql/servers/databases", "postgresql", "databases", model.Database,
			instance + "postgresql", "database_id", policyOf + "postgresql",
		},
		{"microsoft.documentdb/databaseaccounts", cosmosService, "databaseAccounts", model.Database, "", "", ""},
	}
}

func databaseInstances() draft.Mapper {
	types := []string{armBackupInstance}
	for _, source := range backupSources() {
		if source.terraform != "" {
			types = append(types, source.terraform)
		}
	}
	return draft.Mapper{Service: "data_protection", Types: inAllForms(types...), Attach: managed(attachDatabaseInstance)}
}

func readDatabaseInstance(r *resource.Resource) (databaseInstance, bool) {
	arm, isInstance := armOf(r, armBackupInstance)
	for _, source := range backupSources() {
		switch {
		case r.Type == source.terraform:
			return databaseInstance{
				source: source, vault: attrOf(r, "vault_id"), subject: attrOf(r, source.argument), policy: attrOf(r, "backup_policy_id"),
			}, true
		case isInstance && strings.EqualFold(arm.at("properties.dataSourceInfo.datasourceType").text(), source.datasource):
			return databaseInstance{
				source: source, vault: arm.parent, subject: arm.at("properties.dataSourceInfo.resourceID"), policy: arm.at("properties.policyInfo.policyId"),
			}, true
		}
	}
	return databaseInstance{}, false
}

// attachDatabaseInstance states the copies of a database in a vault.
func attachDatabaseInstance(d *draft.Draft, r *resource.Resource) {
	instance, ok := readDatabaseInstance(r)
	if !ok {
		return
	}
	subject := ofService(find(d, r, instance.source.segment, instance.source.kind, instance.subject), instance.source.service)
	if subject.asset == nil {
		doubt(d, r, subject, []model.Kind{instance.source.kind}, []string{model.Backup})
		return
	}
	points := databasePoints(d, instance)
	f := feature{state: points.state, why: points.why, at: instance.subject.At, days: points.days}
	vault := findVault(d, r, instance.vault)
	means := inVault(d, inPlace(subject.asset, r, "azure.backup_database", f), vault, subject.asset)
	means.Interval = points.interval
	if vault.asset != nil {
		d.Relate(subject.asset, "backed_up_by", vault.asset, instance.vault.At)
	}
	protect(d, subject.asset, r, model.Backup, means)
}

// databasePoints reads what the policy of an instance keeps in the vault. The
// copies are made even where their number cannot be read.
func databasePoints(d *draft.Draft, instance databaseInstance) pointSet {
	points := openPoints(instance.policy)
	found := d.Resources.Referents(instance.policy.Value, instance.source.policyType, armBackupPolicy, azapiResource)
	if len(found) == 1 && found[0].Mode == resource.Managed {
		if read, ok := policyOf(found[0]); ok {
			points = read.vaulted
		} else if found[0].Type == instance.source.policyType {
			at := func(path string) attr { return attrOf(found[0], path) }
			kept := at("default_retention_duration").orElse(at("default_retention_rule.life_cycle.duration"))
			schedule := at("backup_repeating_time_intervals")
			points = pointsOf(kept, schedule)
		}
	}
	if points.state == model.Undecided {
		points.state, points.why = model.On, ""
	}
	return points
}

// pointsOf reads one tier with a schedule.
func pointsOf(kept, schedule attr) pointSet { return points(kept, &schedule) }
