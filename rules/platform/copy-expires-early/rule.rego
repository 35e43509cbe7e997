# METADATA
# title: A copy is kept as long as its original
# description: >-
#   A plan promises 35 days and copies each recovery point to another region, where it is
#   kept for seven. A bucket is replicated, and a rule on the replica deletes what the
#   original still has. As long as both exist nobody misses anything. On the day on which
#   only the copy is left the promise has shrunk to the shorter number.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
#   description: Copying a backup, its own lifecycle
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
#   description: What does Amazon S3 replicate, lifecycle actions are not replicated
# custom:
#   severity: medium
#   kinds: [object_store, database, database_server, table]
#   stages: [source, raw, enriched, curated, presentation, modeled, model]
#   guide: [21, 22, 32, 33, 57]
#   fix:
#     all: >-
#       Give the replica the lifecycle rules of the original. Where the shorter time
#       is meant, suppress the finding and say so.
#     aws: >-
#       Give lifecycle in copy_action the delete_after of the rule that it is in,
#       and a replica the lifecycle rules of the original. Where the shorter time is
#       meant, suppress the finding and say so.
#   tags: [backup, disaster-recovery]
package rules.platform.copy_expires_early

import data.rules.lib.stores
import data.rules.lib.words

deny contains {"asset": a.id, "at": early.at, "message": message} if {
	some a in judged
	early := gone(a)[0]
	message := sprintf("The copy of %s in %s is deleted after %s, and the original is kept for %s", [a.address, early.place, words.span(early.days), term(early.promised)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	count(gone(a)) == 0
	doubt := doubts(a)[0]
	message := sprintf("Whether the copy of %s is kept as long as the original is unknown because %s", [a.address, doubt.why])
}

judged := [a |
	some a in input.assets
	copied(a)
	not stores.excuses[a.id]
]

copied(a) if {
	some means in a.protections.backup.means
	means.mechanism == "aws_backup.copy"
}

copied(a) if replicas(a)[0]

gone(a) := array.concat(recovery_points(a), objects(a))

# recovery_points are the copies that a plan keeps for less time than what it
# copies. A copy has the rhythm of its rule.
recovery_points(a) := [{"at": sprintf("%s.window_days", [at(i)]), "place": place(means), "days": means.window_days.value, "promised": longest} |
	some i, means in a.protections.backup.means
	means.mechanism == "aws_backup.copy"
	means.state == "on"
	promised := [own.window_days.value | some own in originals(a, means)]
	longest := min(promised)
	means.window_days.value < longest
]

originals(a, copy) := [own |
	some own in a.protections.backup.means
	own.mechanism == "aws_backup.snapshot"
	own.state == "on"
	own.interval_hours.value == copy.interval_hours.value
]

# objects are the replicas whose own rules delete all objects earlier.
objects(a) := [{"at": "", "place": replica.address, "days": days, "promised": kept(a)} |
	some replica in replicas(a)
	days := min([expiry.days.value | some expiry in whole(replica)])
	days < kept(a)
]

# kept is the age at which the original deletes; forever when nothing does.
kept(a) := min([expiry.days.value | some expiry in whole(a)]) if {
	whole(a)[0]
} else := forever

whole(a) := [expiry |
	some expiry in a.expiries
	expiry.target == "current"
	expiry.scope == "whole"
	expiry.days.value
]

replicas(a) := [replica |
	some means in a.protections.geo_replication.means
	means.state == "on"
	replica := input.by_id[means.target]
	replica.kind == "object_store"
]

doubts(a) := array.concat(
	[{"at": sprintf("%s.window_days", [at(i)]), "why": means.window_days.why} |
		some i, means in a.protections.backup.means
		means.mechanism == "aws_backup.copy"
		means.state == "on"
		means.window_days.state == "unknown"
	],
	[{"at": "", "why": sprintf("%s deletes from the copy after a time that is open: %s", [replica.address, expiry.days.why])} |
		some replica in replicas(a)
		some expiry in replica.expiries
		expiry.target == "current"
		expiry.days.state == "unknown"
	],
)

place(means) := input.by_id[means.target].address if {
	input.by_id[means.target]
} else := "the other vault"

at(i) := sprintf("protections.backup.means.%d", [i])

term(days) := "ever" if days >= forever

term(days) := words.span(days) if days < forever

forever := 36500
