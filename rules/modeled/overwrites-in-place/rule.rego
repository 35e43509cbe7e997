# METADATA
# title: Runs do not write over the only modelled data
# description: >-
#   A model is trained on what was prepared yesterday, and judged by comparing. A run that
#   writes its result over the last one leaves nothing to compare with and nothing to go
#   back to when it went wrong, and a wrong result is consumed before anybody looks. Every
#   run writes a complete set to a place of its own, or the place keeps what was there.
# related_resources:
# - ref: https://docs.databricks.com/delta/history.html
#   description: Table history of Delta Lake
# - ref: https://learn.microsoft.com/azure/storage/blobs/versioning-overview
#   description: Blob versioning
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [modeled]
#   guide: [45, 46]
#   fix:
#     all: >-
#       Put the date or the ID of the run into the path, write a Delta table, which
#       keeps its versions, or turn versioning on for the store.
#     azure: >-
#       Put the date or the ID of the run into the path, in Data Factory a
#       folderPath with formatDateTime(pipeline().TriggerTime, 'yyyy-MM-dd'), write
#       a Delta table, which keeps its versions, or set versioning_enabled = true in
#       blob_properties of azurerm_storage_account (isVersioningEnabled: true of
#       blobServices in Bicep and ARM).
#     aws: >-
#       Put the date or the ID of the run into the path, write a Delta table, which
#       keeps its versions, or add aws_s3_bucket_versioning with status = "Enabled".
#     google: >-
#       Put the date or the ID of the run into the path, write a Delta table, which
#       keeps its versions, or set versioning { enabled = true } on
#       google_storage_bucket.
#   tags: [backup]
package rules.modeled.overwrites_in_place

import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": sprintf("flows.%s.write", [flow.id]), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	flow := loads.overwriting(a)[0]
	message := sprintf("%s writes over the modelled data in %s, and nothing keeps what was there: %s", [flow.address, a.address, products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("%s writes over the modelled data in %s, and whether anything keeps what was there is unknown because %s", [loads.overwriting(a)[0].address, a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in replaced

replaced := [a |
	some a in input.assets
	loads.overwriting(a)[0]
	not restore.restorable(a)
	not restore.unseen(a)
]

judged := [a | some a in replaced; not products.excuses[a.id]]
