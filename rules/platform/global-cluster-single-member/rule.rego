# METADATA
# title: A global cluster has a member in another region
# description: >-
#   A global database is bought for the day on which a region is lost. With one member it
#   is a regional cluster with another name: the diagram shows a global box, the data is
#   in one place, and the failover that the plan describes has no target.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
#   description: Getting started with Aurora global databases
# - ref: https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
#   description: Amazon DocumentDB global clusters
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [database]
#   stages: [source, raw, enriched, curated, presentation, modeled, model]
#   guide: [22, 33, 59]
#   fix: >-
#     Add a cluster of another region with the same global_cluster_identifier and without
#     master credentials, or remove the global cluster and back up into another region.
#   tags: [disaster-recovery, replication]
package rules.platform.global_cluster_single_member

import data.rules.lib.copies
import data.rules.lib.products

deny contains {"asset": a.id, "at": member.at, "message": message} if {
	some a in judged
	count(open(a)) == 0
	member := copies.alone[a.id][0]
	message := sprintf("%s is in a global cluster and has no copy in another region: %s", [a.address, member.means.why])
}

unknown contains {"asset": a.id, "at": member.at, "message": message} if {
	some a in judged
	member := open(a)[0]
	message := sprintf("Whether the global cluster of %s has a member in another region is unknown because %s", [a.address, member.means.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in single

single := [a | some a in input.assets; copies.alone[a.id]]

judged := [a | some a in single; not products.excuses[a.id]]

open(a) := [member | some member in copies.alone[a.id]; member.means.state == "unknown"]
