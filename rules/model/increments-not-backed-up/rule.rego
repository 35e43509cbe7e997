# METADATA
# title: Increments can be loaded again
# description: >-
#   Each partition of a product that loads increments was written from what was new on one
#   day, and a correction may have replaced it later. To take one back, the increment of
#   that day must still exist as it was, so the increments are as worth a backup as the
#   product. Increments that go from the source straight into the product exist nowhere
#   else, and a source that is in use cannot give yesterday's once more.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection overview for blobs
# - ref: https://learn.microsoft.com/azure/data-factory/tutorial-incremental-copy-overview
#   description: Incremental loads in Azure Data Factory
# custom:
#   severity: high
#   kinds: [object_store, container, database, database_server, table]
#   guide: [56]
#   fix:
#     all: >-
#       Write each increment to a folder of its own in the lake and load it from
#       there. Keep versions of these folders, or a backup of them in a vault.
#     azure: >-
#       Write each increment to a folder of its own in the lake and load it from
#       there. Set versioning_enabled = true in blob_properties of
#       azurerm_storage_account (isVersioningEnabled: true of blobServices in Bicep
#       and ARM), or back the containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage.
#     aws: >-
#       Write each increment to a folder of its own in the lake and load it from
#       there. Add aws_s3_bucket_versioning with status = "Enabled", or back the
#       bucket up: select it in a backup plan (aws_backup_selection).
#     google: >-
#       Write each increment to a folder of its own in the lake and load it from
#       there. Set versioning { enabled = true } on google_storage_bucket.
#   remedies: [keep-versions]
#   tags: [backup]
package rules.model.increments_not_backed_up

import data.rules.lib.feeds
import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": feeds.place_of_lost(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("The increments in %s, which %s loads, cannot be restored once they are %s", [a.address, loads.names(loads.feeding[a.id]), replace(restore.lost(a), " and ", " or ")])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether the increments in %s, which %s loads, can be restored is unknown because %s", [a.address, loads.names(loads.feeding[a.id]), doubt.why])
}

exempt contains {"asset": a.id, "message": feeds.elsewhere(a, feeds.backed)} if some a in exposed

exempt contains {"asset": a.id, "message": message} if {
	some a in exposed
	not feeds.stage_of(a, feeds.backed)
	overwritten(a)
	message := sprintf("model/increments-overwritten judges what keeps the increments in %s", [a.address])
}

# A model that loads increments straight from their source.
deny contains {"asset": a.id, "at": sprintf("flows.%s", [flow.id]), "message": message} if {
	some a in straight
	flow := unkept(a)[0]
	message := sprintf("The increments of %s are kept nowhere: %s loads them straight from %s", [a.address, flow.address, flow.source.value])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	loads.modes[a.id] == "incremental"
	"model" in a.stages
}

exposed := [a |
	some a in input.assets
	loads.feeding[a.id]
	feeds.unrestorable(a)
]

judged := [a |
	some a in exposed
	not feeds.stage_of(a, feeds.backed)
	not overwritten(a)
]

overwritten(a) if {
	some flow in loads.overwriting(a)
	flow.mode.value == "incremental"
}

straight := [a |
	some a in input.assets
	loads.modes[a.id] == "incremental"
	"model" in a.stages
	a.kind in {"database", "database_server", "table"}
	not products.excuses[a.id]
]

# unkept lists the flows of what is new that certainly read no files, where nothing
# writes what they read to files.
unkept(a) := [flow |
	some flow in loads.increments(a)
	loads.unfiled(flow)
	count(loads.beside(flow)) == 0
]
