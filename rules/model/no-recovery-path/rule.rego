# METADATA
# title: What is loaded as a whole can be loaded in another region
# description: >-
#   A product that is filled by full loads needs no replica of its own, because it can be
#   created and loaded in another region, if what it is loaded from is there. When the lake
#   is in the lost region alone, and the product too, there is nothing to load and nothing
#   to load into until the region is back. Either a second product is loaded all the time,
#   or the folder of the loads has a copy elsewhere and waits.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# custom:
#   severity: high
#   profile: minimal
#   kinds: [database, database_server, table]
#   stages: [model]
#   guide: [54]
#   fix:
#     all: >-
#       Keep the loads on a store with a copy in another region, or give the product
#       a replica or backups there.
#     azure: >-
#       Keep the loads on a geo-redundant account (account_replication_type = "GRS";
#       sku.name Standard_GRS in Bicep and ARM), or give the product a failover
#       group, a replica or backups in another region.
#     aws: >-
#       Keep the loads in a bucket that aws_s3_bucket_replication_configuration
#       copies into another region, or give the product a replica or backups there.
#     google: >-
#       Keep the loads in a bucket with a dual-region or multi-region location, or
#       give the product a replica or backups in another region.
#   tags: [disaster-recovery, replication]
package rules.model.no_recovery_path

import data.rules.lib.copies
import data.rules.lib.feeds
import data.rules.lib.loads
import data.rules.lib.products

deny contains {"asset": a.id, "at": products.place_of_uncopied(a), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	not feeds.stage_of(exposed(a)[0], feeds.copied)
	message := sprintf("Neither %s nor %s, from which it is loaded as a whole, has a copy in another region", [a.address, exposed(a)[0].address])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s can be loaded in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in uncopied

exempt contains {"asset": a.id, "message": products.reloadable[a.id]} if {
	some a in uncopied
	not products.excuses[a.id]
}

exempt contains {"asset": a.id, "message": message} if {
	some a in uncopied
	not products.excuses[a.id]
	loads.reloads[a.id].state != "kept"
	message := sprintf("presentation/full-load-without-dated-copy judges from what %s can be loaded again", [a.address])
}

exempt contains {"asset": a.id, "message": feeds.elsewhere(exposed(a)[0], feeds.copied)} if {
	some a in judged
	count(doubts(a)) == 0
}

uncopied := [a |
	some a in input.assets
	loads.reloads[a.id]
	not copies.certain(a)
	not copies.alone[a.id]
]

judged := [a |
	some a in uncopied
	loads.reloads[a.id].state == "kept"
	not products.excuses[a.id]
	not products.reloadable[a.id]
]

# exposed lists the stores of its loads that have no copy in another region.
exposed(a) := [store |
	some id in loads.reloads[a.id].stores
	store := input.by_id[id]
	not copies.certain(store)
]

doubts(a) := array.concat(copies.doubts(a), [{"at": "", "why": doubt.why} |
	some store in exposed(a)
	not feeds.stage_of(store, feeds.copied)
	some doubt in copies.doubts(store)
])
