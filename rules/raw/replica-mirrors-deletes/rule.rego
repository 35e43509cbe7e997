# METADATA
# title: Replicas of raw data do not repeat deletions
# description: >-
#   A second copy helps against a script that deletes too much only while it does not
#   follow. Replication that copies delete markers, or a transfer that removes from the
#   copy what is gone at the source, makes the copy as empty as the original. Versions
#   on both sides soften this, but they expire by the same clock on both. The rule is
#   silent where a backup, a lock or another replica keeps what is deleted.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html
#   description: Replicating delete markers between buckets
# - ref: https://cloud.google.com/storage-transfer/docs/create-transfers
#   description: Storage Transfer Service, deletion options
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [21, 22]
#   fix:
#     aws: >-
#       Set delete_marker_replication { status = "Disabled" } in a rule with a
#       filter, and expire old data in the copy with a lifecycle rule of its own.
#     google: >-
#       Set delete_objects_unique_in_sink = false in transfer_options of
#       google_storage_transfer_job, and expire old data in the copy with a
#       lifecycle rule of its own.
#   tags: [backup, replication]
package rules.raw.replica_mirrors_deletes

import data.rules.lib.stores

deny contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some replica in followers(a)
	message := sprintf("What is deleted from raw store %s is deleted from its copy too: %s repeats deletions, and nothing else keeps them", [a.address, replica.by])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether a copy of raw store %s keeps what is deleted is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in uncertain

exempt contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in input.assets
	some means in a.protections.geo_replication.means
	means.state == "on"
	means.propagates_deletes == "yes"
	not means.mechanism in choosing
	not safe(a)
	message := sprintf("The redundancy of %s always repeats deletions; raw/not-backed-up asks for something that does not", [a.address])
}

exempt contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in input.assets
	a.protections.geo_replication.state == "unknown"
	every means in a.protections.geo_replication.means {
		not means.mechanism in choosing
	}
	message := sprintf("Whether %s has a copy at all is not known, which raw/not-replicated reports", [a.address])
}

# choosing are the mechanisms that can be told whether to repeat deletions.
choosing := {"s3.replication", "s3.replication_time_control", "gcs.transfer"}

uncertain := [a |
	some a in input.assets
	some means in a.protections.geo_replication.means
	means.mechanism in choosing
	means.state != "off"
	means.propagates_deletes != "no"
	not safe(a)
]

judged := [a | some a in uncertain; not stores.excuses[a.id]]

# safe holds when something certainly keeps what is deleted from the whole store.
safe(a) if {
	some name in ["backup", "immutability", "point_in_time_restore"]
	some means in a.protections[name].means
	means.state == "on"
	means.scope == "whole"
}

safe(a) if {
	some means in a.protections.geo_replication.means
	means.state == "on"
	means.scope == "whole"
	means.propagates_deletes == "no"
}

followers(a) := [{"at": place(a, i, means), "by": means.by} |
	some i, means in a.protections.geo_replication.means
	means.state == "on"
	means.mechanism in choosing
	means.propagates_deletes == "yes"
]

# doubts lists what may keep deletions, and replicas that may repeat them.
doubts(a) := array.concat(
	[{"at": sprintf("protections.%s", [name]), "why": a.protections[name].why} |
		some name in ["backup", "immutability", "point_in_time_restore"]
		a.protections[name].state == "unknown"
	],
	[{"at": place(a, i, means), "why": why(means)} |
		some i, means in a.protections.geo_replication.means
		means.state != "off"
		means.mechanism in choosing
		open(means)
	],
)

open(means) if means.state == "unknown"

open(means) if means.propagates_deletes == "unknown"

why(means) := means.why if means.state == "unknown"

why(means) := sprintf("it cannot be seen whether %s repeats deletions", [means.by]) if means.state != "unknown"

# place is the option that makes a transfer follow, which stands with its backup.
place(a, _, means) := sprintf("protections.backup.means.%d", [i]) if {
	means.mechanism == "gcs.transfer"
	some i, backup in a.protections.backup.means
	backup.by == means.by
} else := sprintf("protections.geo_replication.means.%d", [index]) if {
	some index, same in a.protections.geo_replication.means
	same == means
}
