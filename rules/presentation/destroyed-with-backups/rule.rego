# METADATA
# title: Deleting a warehouse leaves its backups
# description: >-
#   The backups that a database service makes by itself belong to the server or the instance:
#   whoever deletes that deletes them. They undo a wrong load and do not outlive a wrong
#   terraform destroy, a cleaned-up resource group or an attacker. Either something refuses
#   the deletion, or a copy stays that does not belong to the server.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/long-term-retention-overview
#   description: Long-term retention of Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html
#   description: Retaining automated backups
# - ref: https://cloud.google.com/sql/docs/mysql/deletion-protection
#   description: Preventing the deletion of an instance
# custom:
#   severity: medium
#   kinds: [database, database_server, table]
#   stages: [presentation]
#   guide: [32]
#   fix:
#     all: >-
#       Let something refuse the deletion, or keep a copy that does not belong to
#       the server.
#     azure: >-
#       Lock the server or its resource group with level CanNotDelete
#       (azurerm_management_lock; Microsoft.Authorization/locks in Bicep and ARM),
#       or keep a copy that stays: long_term_retention_policy on Azure SQL, a vault
#       for PostgreSQL and MySQL.
#     aws: >-
#       Set deletion_protection = true on RDS and Aurora, or keep a copy that stays:
#       skip_final_snapshot = false or delete_automated_backups = false on RDS,
#       skip_final_snapshot = false on Redshift.
#     google: >-
#       Set deletion_protection_enabled = true in the settings of
#       google_sql_database_instance, or keep a copy that stays:
#       retain_backups_on_delete = true.
#   remedies: [protect-from-deletion, keep-backups-after-deletion, take-final-snapshot]
#   tags: [backup, guard]
package rules.presentation.destroyed_with_backups

import data.rules.lib.fate
import data.rules.lib.guards
import data.rules.lib.loads
import data.rules.lib.products

deny contains {"asset": a.id, "at": fate.going(a)[0].at, "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Deleting %s deletes the backups of this presentation store too, and nothing refuses it: %s", [fate.deletion(a), guards.reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether the backups of presentation store %s outlive it is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in bound

exempt contains {"asset": a.id, "message": products.elsewhere(a)} if {
	some a in bound
	not products.excuses[a.id]
	reloaded(a)
}

bound := [a |
	some a in input.assets
	guards.takes_backups(a)
	not guards.guarded(a)
]

judged := [a | some a in bound; not products.excuses[a.id]; not reloaded(a)]

# The sets of its loads outlive a database.
reloaded(a) if loads.reloads[a.id].state == "kept"

doubts(a) := array.concat(fate.undecided(a), guards.doubts(a))
