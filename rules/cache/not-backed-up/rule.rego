# METADATA
# title: A cache that holds the only copy of its data is backed up
# description: >-
#   Caches are filled again, so nobody backs them up. Some are caches by name alone: they
#   hold counters, sessions, shopping baskets or scores that nothing else writes down. What
#   is in memory only is gone after a failure, a change of size or a flush by mistake.
#   Whoever declares that a cache holds the only copy says that it is a store, and it is
#   judged as one. So is a cluster of MemoryDB, which keeps a log of every write and is
#   made to be the only store of an application, unless somebody declares otherwise.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence
#   description: Data persistence of Azure Cache for Redis
# - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-import-export-data
#   description: Import and export of Azure Cache for Redis
# - ref: https://docs.aws.amazon.com/memorydb/latest/devguide/snapshots-automatic.html
#   description: Automatic snapshots of MemoryDB
# - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
#   description: Automatic backups of ElastiCache
# custom:
#   severity: medium
#   kinds: [cache]
#   stages: [cache]
#   guide: [61, 62, 64]
#   fix:
#     azure: >-
#       Set rdb_backup_enabled = true with a storage account in redis_configuration
#       (rdb-backup-enabled in Bicep and ARM), or write the data to a database as
#       well and declare only-copy: false in .drlint.yaml.
#     aws: >-
#       Set snapshot_retention_limit to the number of days on the ElastiCache or
#       MemoryDB cluster, or write the data to a database as well and declare
#       only-copy: false in .drlint.yaml.
#   remedies: [keep-backups]
#   tags: [backup]
package rules.cache.not_backed_up

deny contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in judged
	a.declared.only_copy.value == true
	count(doubts(a)) == 0
	message := sprintf("%s is declared to hold the only copy of its data, and keeps it in memory alone", [a.address])
}

deny contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in judged
	durable(a)
	count(doubts(a)) == 0
	message := sprintf("%s is a database in memory, and nothing brings back what is deleted in it: %s", [a.address, a.protections.backup.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	durable(a)
	doubt := doubts(a)[0]
	message := sprintf("Whether anything brings back what is deleted in %s, a database in memory, is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	a.declared.only_copy.value == true
	doubt := doubts(a)[0]
	message := sprintf("Whether %s, which is declared to hold the only copy of its data, keeps it is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "at": "declared.only_copy", "message": message} if {
	some a in judged
	a.declared.only_copy.state == "unknown"
	message := sprintf("Whether %s holds the only copy of its data is unknown because %s", [a.address, a.declared.only_copy.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unkept
	not originals(a)[0]
	not said(a)
	not durable(a)
	message := sprintf("What %s holds is loaded again after every change, so it needs no backup", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unkept
	original := originals(a)[0]
	message := sprintf("%s is itself the replica of %s", [a.address, original.address])
}

unkept := [a |
	some a in input.assets
	a.protections.backup.state != "on"
	not persists(a)
]

persists(a) if a.settings.persistence.value in {"rdb", "aof"}

judged := [a | some a in unkept; not originals(a)[0]]

said(a) if a.declared.only_copy.value == true

said(a) if a.declared.only_copy.state == "unknown"

# durable holds for a product that is a store by design, where nobody says whether
# it holds the only copy.
durable(a) if {
	a.settings.durable.value == true
	not a.declared.only_copy
	input.platform.data_platform
}

# Of two caches that replicate into each other one is judged.
originals(a) := [input.by_id[id] | some id in a.replica_of; id < a.id]

place(a) := "settings.persistence" if {
	a.settings.persistence.state == "known"
} else := "protections.backup"

doubts(a) := array.concat(
	[{"at": "settings.persistence", "why": a.settings.persistence.why} | a.settings.persistence.state == "unknown"],
	[{"at": "protections.backup", "why": a.protections.backup.why} | a.protections.backup.state == "unknown"],
)
