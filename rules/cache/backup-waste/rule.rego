# METADATA
# title: Caches are not backed up
# description: >-
#   A cache holds answers that the model behind it can give again, and it is filled anew
#   after every load. Writing it to disk costs a larger size, storage and latency, and
#   what it wrote can only be read back into the same cache. If data is wrong, the model
#   is rolled back and the cache filled again. A cache that something fills once, and
#   that holds the only copy, is no cache: somebody has to say so.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence
#   description: Data persistence of Azure Cache for Redis
# - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html
#   description: Snapshot and restore of ElastiCache
# custom:
#   severity: info
#   kinds: [cache]
#   stages: [cache]
#   guide: [1, 61, 62, 64]
#   fix:
#     azure: >-
#       Leave rdb_backup_enabled and aof_backup_enabled out of redis_configuration
#       (rdb-backup-enabled and aof-backup-enabled in Bicep and ARM), and keep what
#       fills the cache in Git. If the cache is the only place of its data, declare
#       only-copy for it in .drlint.yaml.
#     aws: >-
#       Leave snapshot_retention_limit out of the ElastiCache or MemoryDB cluster,
#       and keep what fills the cache in Git. If the cache is the only place of its
#       data, declare only-copy for it in .drlint.yaml.
#   tags: [cost]
package rules.cache.backup_waste

deny contains {"asset": a.id, "at": "settings.persistence", "message": message} if {
	some a in judged
	names[a.settings.persistence.value]
	message := sprintf("Cache %s pays for persistence (%s) although what it holds can be loaded again", [a.address, names[a.settings.persistence.value]])
}

unknown contains {"asset": a.id, "at": "settings.persistence", "message": message} if {
	some a in judged
	a.settings.persistence.state == "unknown"
	message := sprintf("Whether cache %s pays for persistence is unknown because %s", [a.address, a.settings.persistence.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in persistent
	not input.platform.data_platform
	message := sprintf("%s is no cache of a data platform, so it may be filled in other ways than by loads", [a.address])
}

exempt contains {"asset": a.id, "at": "declared.only_copy", "message": message} if {
	some a in persistent
	input.platform.data_platform
	sole(a)
	message := sprintf("%s is declared to hold the only copy of its data, so it keeps it", [a.address])
}

names := {"rdb": "snapshots", "aof": "a log of every write"}

persistent := [a |
	some a in input.assets
	a.settings.persistence
	not a.settings.persistence.value == "none"
	not a.settings.durable.value
	not for_free(a)
]

judged := [a | some a in persistent; input.platform.data_platform; not sole(a)]

# ElastiCache keeps one snapshot of each cache for nothing (its price list).
for_free(a) if {
	some means in a.protections.backup.means
	means.mechanism == "elasticache.snapshot"
	means.window_days.value <= 1
}

sole(a) if a.declared.only_copy.value == true
