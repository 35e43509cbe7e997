# METADATA
# title: Something keeps presentation stores from being deleted
# description: >-
#   Restoring a table is routine, restoring a warehouse that was deleted with its server is
#   a project: firewall rules, users, connections of reports, and sometimes a ticket to the
#   service. One lock or deletion protection turns a wrong click or a wrong plan into an
#   error message.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
#   description: Lock your resources to protect your infrastructure
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
#   description: Deleting a DB instance, deletion protection
# custom:
#   severity: low
#   profile: strict
#   kinds: [object_store, container, database, database_server, table]
#   stages: [presentation]
#   guide: [32]
#   fix:
#     all: >-
#       Write lifecycle { prevent_destroy = true } in Terraform.
#     azure: >-
#       Lock the server, the account or its resource group with level CanNotDelete
#       (azurerm_management_lock in Terraform, Microsoft.Authorization/locks in
#       Bicep and ARM), or write lifecycle { prevent_destroy = true } in Terraform.
#     aws: >-
#       Set deletion_protection = true on RDS and Aurora,
#       deletion_protection_enabled = true on DynamoDB, or write lifecycle {
#       prevent_destroy = true } in Terraform.
#     google: >-
#       Set deletion_protection_enabled = true in the settings of
#       google_sql_database_instance, or write lifecycle { prevent_destroy = true }
#       in Terraform.
#   remedies: [protect-from-deletion, prevent-destroy, lock-against-deletion]
#   tags: [guard]
package rules.presentation.no_deletion_guard

import data.rules.lib.guards
import data.rules.lib.products

deny contains {"asset": a.id, "at": "protections.delete_guard", "message": message} if {
	some a in judged
	count(guards.doubts(a)) == 0
	message := sprintf("Nothing keeps presentation store %s from being deleted: %s", [a.address, guards.reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := guards.doubts(a)[0]
	message := sprintf("Whether anything keeps presentation store %s from being deleted is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in deletable

exempt contains {"asset": a.id, "message": message} if {
	some a in deletable
	not products.excuses[a.id]
	guards.takes_backups(a)
	message := sprintf("presentation/destroyed-with-backups judges what the deletion of %s takes along", [a.address])
}

deletable := [a | some a in input.assets; not guards.guarded(a)]

judged := [a | some a in deletable; not products.excuses[a.id]; not guards.takes_backups(a)]
