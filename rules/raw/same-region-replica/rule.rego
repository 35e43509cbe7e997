# METADATA
# title: Replicas of raw data are in another region
# description: >-
#   A replica of raw data exists so that something is left when the region of the lake
#   is lost. One that lies in the same region costs as much and is lost together with
#   the original. The mistake hides well: replication is written and enabled, and only
#   the regions of the two stores show that it protects nothing.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   description: Replicating objects within and across Regions
# - ref: https://learn.microsoft.com/azure/storage/blobs/object-replication-overview
#   description: Object replication for block blobs
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [22]
#   fix:
#     azure: >-
#       Create the destination of the replication in another region and keep the
#       rest: the azurerm_storage_account or its Bicep resource with another
#       location.
#     aws: >-
#       Create the destination of the replication in another region and keep the
#       rest: the aws_s3_bucket with a provider whose region is another one.
#     google: >-
#       Create the destination of the replication in another region and keep the
#       rest: the google_storage_bucket with another location.
#   tags: [disaster-recovery, replication]
package rules.raw.same_region_replica

import data.rules.lib.copies
import data.rules.lib.stores

deny contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	some replica in copies.misplaced(a)
	message := sprintf("The copy of raw store %s that %s keeps is in the same region%s and is lost together with it", [a.address, replica.means.by, name(replica.means.region)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether the copy of raw store %s is in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in misplaced

exempt contains {"asset": a.id, "at": "protections.geo_replication", "message": copies.elsewhere(a)} if {
	some a in input.assets
	a.protections.geo_replication.state == "unknown"
	copies.speakers[a.id] != "raw/same-region-replica"
}

misplaced := [a | some a in input.assets; copies.speakers[a.id] == "raw/same-region-replica"]

judged := [a | some a in misplaced; not stores.excuses[a.id]]

name(region) := sprintf(", %s,", [region.value])

name(region) := "" if region.state != "known"
