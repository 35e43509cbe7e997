# METADATA
# title: Loads do not overwrite raw data
# description: >-
#   Raw data is what every repair starts from, and it is a record only as long as each
#   load is kept beside the ones before. A load that writes to the same path every time
#   replaces yesterday's file with today's: what the source said yesterday is gone, and so
#   is the last good copy when today's file is broken or empty. A path with the date of the
#   run keeps both. Versions or a backup of what is overwritten do as well.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-best-practices
#   description: Best practices for Azure Data Lake Storage, directory structure
# - ref: https://learn.microsoft.com/azure/data-factory/control-flow-expression-language-functions
#   description: Expressions and functions of Data Factory
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, table]
#   stages: [raw]
#   guide: [18, 20, 21]
#   fix:
#     all: >-
#       Put the date or the ID of the run into the path, or append instead of
#       overwriting. Or turn versioning on, or back the store up.
#     azure: >-
#       Put the date or the ID of the run into the path, for instance
#       formatDateTime(pipeline().TriggerTime, 'yyyy/MM/dd') or the window of the
#       trigger in Data Factory, or append instead of overwriting. Or set
#       versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       store up.
#     aws: >-
#       Put the date or the ID of the run into the path, or append instead of
#       overwriting. Or add aws_s3_bucket_versioning with status = "Enabled", or
#       back the bucket up: select it in a backup plan (aws_backup_selection).
#     google: >-
#       Put the date or the ID of the run into the path, or append instead of
#       overwriting. Or set versioning { enabled = true } on google_storage_bucket.
#   tags: [backup, pipelines]
package rules.raw.overwrites_in_place

import data.rules.lib.loads
import data.rules.lib.stores

deny contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	a.recovery.overwrite.survives == "no"
	some flow in loads.overwriting(a)
	message := sprintf("%s overwrites what its last run wrote to raw store %s, and no version or backup keeps that", [flow.address, a.address])
}

unknown contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	a.recovery.overwrite.survives == "unknown"
	some flow in loads.overwriting(a)
	message := sprintf("Whether anything keeps what %s overwrites in raw store %s is unknown because %s", [flow.address, a.address, a.recovery.overwrite.why])
}

unknown contains {"asset": a.id, "at": sprintf("flows.%s.%s", [flow.id, fact]), "message": message} if {
	some a in judged
	some flow in loads.into[a.id]
	fact := open(flow)
	message := sprintf("Whether %s overwrites raw data in %s is unknown because %s", [flow.address, a.address, flow[fact].why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in overwritten

exempt contains {"asset": a.id, "message": message} if {
	some a in overwritten
	a.recovery.overwrite.survives == "yes"
	message := sprintf("What runs overwrite in %s can be restored", [a.address])
}

overwritten := [a |
	some a in input.assets
	some flow in loads.into[a.id]
	perhaps(flow)
]

exempt contains {"asset": a.id, "message": message} if {
	some a in overwritten
	undeclared(a)
	message := sprintf("No scanned file declares the account of %s, which raw/not-backed-up reports", [a.address])
}

judged := [a |
	some a in overwritten
	a.recovery.overwrite.survives != "yes"
	not stores.excuses[a.id]
	not undeclared(a)
]

# undeclared holds for a folder of which only a connection is known.
undeclared(a) if input.by_id[a.within].kind == "connection"

perhaps(flow) if {
	flow.write.value == "overwrite"
	flow.dated.value == false
}

perhaps(flow) if open(flow)

# open is the fact that leaves it open whether a flow overwrites. What code does
# that was not followed is no finding about the store.
open(flow) := "write" if {
	flow.write.state == "unknown"
	not flow.dated.value == true
	flow.activity in {"copy", "data_flow"}
} else := "dated" if {
	flow.write.value == "overwrite"
	flow.dated.state == "unknown"
}

place(flow) := sprintf("flows.%s.write", [flow.id])
