# METADATA
# title: Failover groups list the databases that they have to copy
# description: >-
#   A failover group copies the databases that it lists and no others. A group without a
#   list gives the second server, the name that clients use and the bill, and after a
#   failover that name leads to a server without data. The mistake stays hidden, because
#   the group itself is healthy and a test of the name succeeds.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
#   description: Failover groups of Azure SQL Database
# custom:
#   severity: high
#   profile: minimal
#   kinds: [database]
#   stages: [presentation]
#   guide: [33]
#   fix: >-
#     List the databases in the group: databases = [azurerm_mssql_database.dwh.id] in
#     Terraform, properties.databases in Bicep and ARM.
#   tags: [disaster-recovery, replication]
package rules.presentation.failover_group_empty

import data.rules.lib.products

deny contains {"asset": a.id, "at": group.at, "message": message} if {
	some a in judged
	every group in products.empty_groups(a) {
		group.means.state == "off"
	}
	group := products.empty_groups(a)[0]
	message := sprintf("Presentation store %s is in no failover group: %s", [a.address, group.means.why])
}

unknown contains {"asset": a.id, "at": group.at, "message": message} if {
	some a in judged
	some group in products.empty_groups(a)
	group.means.state == "unknown"
	message := sprintf("Whether failover group %s copies presentation store %s is unknown because %s", [group.means.by, a.address, group.means.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	products.copying[a.id] == "presentation/failover-group-empty"
}

judged := [a |
	some a in input.assets
	products.copying[a.id] == "presentation/failover-group-empty"
	not products.excuses[a.id]
]
