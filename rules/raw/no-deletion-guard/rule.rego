# METADATA
# title: Something keeps raw stores from being deleted
# description: >-
#   Soft delete, versions and point-in-time restore live inside the store and go with
#   it. A storage account, a database or a table is deleted with one command or one
#   wrong plan, data included, unless a lock, a deletion protection or prevent_destroy
#   refuses. S3 and Cloud Storage refuse by themselves while a bucket holds objects, so
#   the rule has nothing to say about buckets.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
#   description: Lock your resources to protect your infrastructure
# - ref: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   description: The lifecycle meta-argument, prevent_destroy
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
#   description: Deletion protection of tables
# custom:
#   severity: low
#   profile: strict
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [21, 26]
#   fix:
#     all: >-
#       Turn deletion protection on, or write lifecycle { prevent_destroy = true }
#       in Terraform.
#     azure: >-
#       Lock the account or its resource group with level CanNotDelete
#       (azurerm_management_lock in Terraform, Microsoft.Authorization/locks in
#       Bicep and ARM), or write lifecycle { prevent_destroy = true } in Terraform.
#     aws: >-
#       Turn deletion protection on (deletion_protection = true on RDS and Aurora,
#       deletion_protection_enabled = true on DynamoDB), or write lifecycle {
#       prevent_destroy = true } in Terraform, as for a bucket.
#     google: >-
#       Turn deletion protection on (deletion_protection_enabled = true in the
#       settings of Cloud SQL), or write lifecycle { prevent_destroy = true } in
#       Terraform, as for a bucket.
#   remedies: [protect-from-deletion, prevent-destroy, lock-against-deletion]
#   tags: [guard]
package rules.raw.no_deletion_guard

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": "protections.delete_guard", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Nothing keeps raw store %s from being deleted: %s", [a.address, reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether anything keeps raw store %s from being deleted is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.asides[a.id]} if some a in deletable

deletable := [a |
	some a in input.assets
	a.protections.delete_guard.state in {"off", "unknown"}
	not guarded(a)
]

judged := [a | some a in deletable; not stores.asides[a.id]]

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
