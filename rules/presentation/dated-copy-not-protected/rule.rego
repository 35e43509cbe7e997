# METADATA
# title: Dated sets that are the backup of a warehouse are protected themselves
# description: >-
#   Where every load leaves a complete set in the lake, nobody backs the warehouse up any
#   more: the sets are its backup. A backup that anybody can delete by mistake, in a store
#   without versions, without a vault and without a copy anywhere else, is one fault away
#   from being no backup. It takes one protection to make it one: undeletable for a while,
#   backed up, or kept in a second place.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection overview for blobs
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   guide: [34, 53]
#   fix:
#     all: >-
#       Keep versions of the store that holds the sets, back it up into a vault, or
#       replicate it to another region.
#     azure: >-
#       Turn soft delete (delete_retention_policy) or versioning (versioning_enabled
#       = true) on in blob_properties of the account that holds the sets, back it up
#       into a vault, or replicate it to another region (account_replication_type =
#       "GRS"; sku.name Standard_GRS in Bicep and ARM).
#     aws: >-
#       For the bucket that holds the sets add aws_s3_bucket_versioning with status
#       = "Enabled", select it in a backup plan (aws_backup_selection), or replicate
#       it into another region (aws_s3_bucket_replication_configuration).
#     google: >-
#       For the bucket that holds the sets set versioning { enabled = true } on
#       google_storage_bucket, or give it a dual-region or multi-region location.
#   tags: [backup]
package rules.presentation.dated_copy_not_protected

import data.rules.lib.copies
import data.rules.lib.feeds
import data.rules.lib.loads
import data.rules.lib.restore

deny contains {"asset": a.id, "at": feeds.place_of_lost(a), "message": message} if {
	some a in judged
	a.recovery.delete.survives == "no"
	count(copies.doubts(a)) == 0
	message := sprintf("%s holds the dated sets that are the backup of %s, and has neither a backup nor a replica", [a.address, loads.names(loads.holding[a.id])])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := array.concat([doubt | a.recovery.delete.survives == "unknown"; some doubt in restore.doubts(a)], copies.doubts(a))[0]
	message := sprintf("Whether anything protects the dated sets in %s, which are the backup of %s, is unknown because %s", [a.address, loads.names(loads.holding[a.id]), doubt.why])
}

exempt contains {"asset": a.id, "message": feeds.elsewhere(a, feeds.backed)} if some a in exposed

exposed := [a |
	some a in input.assets
	loads.holding[a.id]
	a.recovery.delete.survives != "yes"
	not copies.certain(a)
]

judged := [a | some a in exposed; not feeds.stage_of(a, feeds.backed)]
