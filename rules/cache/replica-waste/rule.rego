# METADATA
# title: Caches are not replicated to another region
# description: >-
#   After the loss of a region a cache is created again from its code and filled from the
#   model, as it is after every load. A replica that runs all year saves that one load and
#   costs a second cache of the most expensive kind. It pays only where filling the cache
#   takes longer than users can wait.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-geo-replication
#   description: Geo-replication of Azure Cache for Redis
# custom:
#   severity: info
#   kinds: [cache]
#   stages: [cache]
#   guide: [1, 63, 64]
#   fix:
#     azure: >-
#       Remove the linked server or the geo-replication group, and let the
#       deployment create the cache in the other region when it is needed. If
#       filling it takes longer than the time in which it has to be back, suppress
#       the rule and write that time down.
#     aws: >-
#       Remove the global datastore (aws_elasticache_global_replication_group), and
#       let the deployment create the cache in the other region when it is needed.
#       If filling it takes longer than the time in which it has to be back,
#       suppress the rule and write that time down.
#   tags: [cost]
package rules.cache.replica_waste

deny contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in judged
	replica := replicas(a)[0]
	replica.means.state == "on"
	message := sprintf("Cache %s pays for a replica in another region (%s) although it can be created and loaded again there", [a.address, replica.means.by])
}

unknown contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in judged
	replica := replicas(a)[0]
	replica.means.state == "unknown"
	message := sprintf("Whether the replica of cache %s is in another region is unknown because %s", [a.address, replica.means.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in replicated
	not input.platform.data_platform
	message := sprintf("%s is no cache of a data platform, so it may be filled in other ways than by loads", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in replicated
	count(judged_originals(a)) > 0
	message := sprintf("%s is itself the replica of %s", [a.address, judged_originals(a)[0]])
}

# A pair that replicates both ways is one decision, reported once.
judged_originals(a) := [input.by_id[id].address |
	some id in a.replica_of
	id < a.id
]

replicated := [a | some a in input.assets; count(replicas(a)) > 0]

judged := [a |
	some a in replicated
	input.platform.data_platform
	count(judged_originals(a)) == 0
]

# replicas lists the copies that other caches keep, what is certain first.
replicas(a) := array.concat(
	[replica | some replica in written(a); replica.means.state == "on"],
	[replica | some replica in written(a); replica.means.state == "unknown"],
)

written(a) := [{"at": sprintf("protections.geo_replication.means.%d", [i]), "means": means} |
	some i, means in a.protections.geo_replication.means
	means.mechanism in {"redis.geo_replication", "elasticache.global_datastore"}
]
