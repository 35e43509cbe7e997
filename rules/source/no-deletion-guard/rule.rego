# METADATA
# title: Something keeps systems of record from being deleted
# description: >-
#   A system of record is in use every day, and it often stands in the same subscription
#   and the same state as a platform that is rebuilt and torn down. One wrong destroy, one
#   renamed resource in a plan, and the source of everything downstream is gone for hours
#   at best. A guard that the provider itself enforces makes the mistake an error message.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
#   description: Lock your resources to protect your infrastructure
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
#   description: Deleting a DB instance, deletion protection
# - ref: https://cloud.google.com/sql/docs/mysql/deletion-protection
#   description: Prevent deletion of a Cloud SQL instance
# custom:
#   severity: medium
#   kinds: [object_store, container, database, database_server, table]
#   stages: [source]
#   guide: [3, 4]
#   fix:
#     all: >-
#       Write lifecycle { prevent_destroy = true } in Terraform: it guards at least
#       against a wrong plan.
#     azure: >-
#       Add a lock with level CanNotDelete: azurerm_management_lock in Terraform,
#       Microsoft.Authorization/locks in Bicep and ARM. In Terraform, lifecycle {
#       prevent_destroy = true } guards at least against a wrong plan.
#     aws: >-
#       Set deletion_protection = true on RDS and Aurora,
#       deletion_protection_enabled = true on DynamoDB. In Terraform, lifecycle {
#       prevent_destroy = true } guards at least against a wrong plan.
#     google: >-
#       Set deletion_protection_enabled = true in the settings of
#       google_sql_database_instance. In Terraform, lifecycle { prevent_destroy =
#       true } guards at least against a wrong plan.
#   remedies: [protect-from-deletion, prevent-destroy, lock-against-deletion]
#   tags: [guard]
package rules.source.no_deletion_guard

import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": "protections.delete_guard", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Nothing keeps system of record %s from being deleted: %s", [a.address, reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether anything keeps system of record %s from being deleted is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in deletable

deletable := [a |
	some a in input.assets
	a.protections.delete_guard.state in {"off", "unknown"}
	not guarded(a)
]

judged := [a | some a in deletable; not products.excuses[a.id]]

guarded(a) if a.protections.destroy_guard.state == "on"

# A container is destroyed together with its account or by itself; a guard of the
# account keeps the more likely accident away.
guarded(a) if input.by_id[a.within].protections.destroy_guard.state == "on"

guarded(a) if {
	some means in a.protections.immutability.means
	means.state == "on"
	means.locked == "yes"
}

doubts(a) := [{"at": restore.place(name, a.protections[name]), "why": a.protections[name].why} |
	some name in ["delete_guard", "destroy_guard"]
	a.protections[name].state == "unknown"
]

reason(a) := "it has neither a management lock nor prevent_destroy" if {
	a.provider == "azure"
	a.protections.destroy_guard.state != "inapplicable"
}

reason(a) := "it has no management lock" if {
	a.provider == "azure"
	a.protections.destroy_guard.state == "inapplicable"
}

reason(a) := sprintf("%s, and prevent_destroy is not set", [a.protections.delete_guard.why]) if a.provider != "azure"
