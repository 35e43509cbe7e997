# METADATA
# title: Only processes may delete enriched data
# description: >-
#   Enriched data is made by processes alone, which is why it needs no backup: what is
#   wrong is corrected in the process and made again. That holds as long as nobody deletes
#   it by hand, and permissions are what rules that out. A person or a group with a role
#   that may delete is one wrong selection away from recomputing months of data. Where
#   deleted data can be undeleted the rule is content.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/assign-azure-role-data-access
#   description: Assign an Azure role for access to blob data
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-access-control
#   description: Access control lists in Azure Data Lake Storage
# - ref: https://cloud.google.com/storage/docs/access-control/iam-roles
#   description: IAM roles for Cloud Storage
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   stages: [enriched]
#   guide: [23, 26]
#   fix:
#     all: >-
#       Give people a role that only reads, and the identity of the pipeline the one
#       that writes. Or keep what is deleted: versioning or soft delete on the
#       store.
#     azure: >-
#       Give people the role Storage Blob Data Reader, and the identity of the
#       pipeline the one that writes, with principal_type = "ServicePrincipal"
#       (principalType: 'ServicePrincipal' in Bicep and ARM). Or keep what is
#       deleted: delete_retention_policy in blob_properties of the account
#       (deleteRetentionPolicy in Bicep and ARM).
#     google: >-
#       Give people roles/storage.objectViewer, and the service account of the
#       pipeline the role that writes. Or keep what is deleted: versioning { enabled
#       = true } or soft_delete_policy on google_storage_bucket.
#   tags: [permissions]
package rules.enriched.people_may_delete

import data.rules.lib.lake

deny contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in judged
	a.settings.people_may_delete.value == true
	a.recovery.delete.survives == "no"
	message := sprintf("People, and not only processes, may delete enriched data in %s, and nothing brings it back", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in judged
	a.settings.people_may_delete.state == "unknown"
	message := sprintf("Whether people may delete enriched data in %s is unknown because %s", [a.address, a.settings.people_may_delete.why])
}

unknown contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in judged
	a.settings.people_may_delete.value == true
	a.recovery.delete.survives == "unknown"
	message := sprintf("Whether anything brings back what people may delete from enriched store %s is unknown because %s", [a.address, a.recovery.delete.why])
}

exempt contains {"asset": a.id, "message": lake.excuses.enriched[a.id]} if some a in deletable

exempt contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in deletable
	a.recovery.delete.survives == "yes"
	message := sprintf("What people may delete from %s can be brought back", [a.address])
}

deletable := [a |
	some a in input.assets
	object.get(a.settings.people_may_delete, "value", true)
]

judged := [a |
	some a in deletable
	a.recovery.delete.survives != "yes"
	not lake.excuses.enriched[a.id]
]
