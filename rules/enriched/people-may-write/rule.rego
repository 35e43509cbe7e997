# METADATA
# title: Only processes write enriched data
# description: >-
#   Whatever somebody changes in enriched data by hand is lost with the next run, or it is
#   in no run and cannot be made again: either way the data is no longer what the process
#   makes of raw data. A correction belongs into the process or into its sources. Who may
#   delete data here may also write it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/assign-azure-role-data-access
#   description: Assign an Azure role for access to blob data
# - ref: https://cloud.google.com/storage/docs/access-control/iam-roles
#   description: IAM roles for Cloud Storage
# custom:
#   severity: low
#   kinds: [object_store, container]
#   stages: [enriched]
#   guide: [23]
#   profile: strict
#   fix:
#     all: >-
#       Give people a role that only reads, and the identity of the pipeline the one
#       that writes.
#     azure: >-
#       Give people a role that only reads (Storage Blob Data Reader), and the
#       identity of the pipeline the one that writes, with principal_type =
#       "ServicePrincipal" (principalType: 'ServicePrincipal' in Bicep and ARM).
#     google: >-
#       Give people a role that only reads (roles/storage.objectViewer), and the
#       service account of the pipeline the one that writes.
#   tags: [permissions]
package rules.enriched.people_may_write

import data.rules.lib.lake

deny contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in judged
	a.settings.people_may_delete.value == true
	message := sprintf("People may change enriched data in %s by hand, and no run makes the same of it again", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in judged
	a.settings.people_may_delete.state == "unknown"
	message := sprintf("Whether people may change enriched data in %s by hand is unknown because %s", [a.address, a.settings.people_may_delete.why])
}

exempt contains {"asset": a.id, "message": lake.excuses.enriched[a.id]} if some a in writable

exempt contains {"asset": a.id, "at": "settings.people_may_delete", "message": message} if {
	some a in writable
	a.recovery.delete.survives != "yes"
	message := sprintf("enriched/people-may-delete judges who may write to %s and delete from it", [a.address])
}

writable := [a |
	some a in input.assets
	object.get(a.settings.people_may_delete, "value", true)
]

judged := [a |
	some a in writable
	a.recovery.delete.survives == "yes"
	not lake.excuses.enriched[a.id]
]
