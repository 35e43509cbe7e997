# METADATA
# title: Lifecycle rules keep versions and copies as long as is promised elsewhere
# description: >-
#   A lifecycle rule that saves money on versions or on a copy also decides how far back
#   anybody can go. Point-in-time restore of a storage account works with versions: it
#   promises fourteen days, and a rule that deletes versions after three leaves three. A
#   replica whose objects are deleted after a month is a copy of last month, not of the
#   store. The promise and the rule stand in different resources, often in different
#   files, and nobody sees that they contradict each other until a restore.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/point-in-time-restore-overview
#   description: Point-in-time restore for block blobs
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-and-other-bucket-configs.html
#   description: Lifecycle rules and replication
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   guide: [18, 21, 22]
#   fix:
#     all: >-
#       Raise the days of the lifecycle rule to those of the promise, or lower the
#       promise. Give a copy the same lifecycle rules as its original, or longer
#       ones.
#     azure: >-
#       Raise delete_after_days_since_creation of version in
#       azurerm_storage_management_policy (daysAfterCreationGreaterThan in Bicep and
#       ARM) to restore_policy.days, or lower the promise. Give a copy the same
#       lifecycle rules as its original, or longer ones.
#     aws: >-
#       Raise the days of the lifecycle rule to those of the promise, or lower the
#       promise. Give a copy the same lifecycle rules as its original, or longer
#       ones: expiration.days in aws_s3_bucket_lifecycle_configuration.
#   tags: [backup, lifecycle]
package rules.platform.versions_expire_early

import data.rules.lib.words

deny contains {"asset": a.id, "at": at(i), "message": message} if {
	some a in expiring
	some i, expiry in a.expiries
	expiry.target == "noncurrent"
	expiry.scope == "whole"
	days := promised(a)
	expiry.days.value < days
	message := sprintf("Versions of %s are deleted after %s, and its point-in-time restore promises %s", [a.address, words.days(expiry.days.value), words.days(days)])
}

deny contains {"asset": a.id, "at": at(i), "message": message} if {
	some a in expiring
	some i, expiry in a.expiries
	emptied(a, expiry)
	source := longer_lived(a, expiry)
	message := sprintf("%s is the copy of %s and is emptied after %s, while the original keeps its data", [a.address, source.address, words.days(expiry.days.value)])
}

unknown contains {"asset": a.id, "at": at(i), "message": message} if {
	some a in expiring
	some i, expiry in a.expiries
	expiry.days.state == "unknown"
	expiry.scope == "whole"
	limits(a, expiry)
	message := sprintf("Whether %s keeps what it promises is unknown because %s", [a.address, expiry.days.why])
}

expiring := [a | some a in input.assets; a.expiries[0]]

promised(a) := max([means.window_days.value |
	some means in a.protections.point_in_time_restore.means
	means.state == "on"
])

emptied(a, expiry) if {
	a.replica_of[0]
	expiry.target == "current"
	expiry.scope == "whole"
}

limits(a, expiry) if {
	expiry.target == "noncurrent"
	promised(a)
}

limits(a, expiry) if emptied(a, expiry)

# longer_lived is the original that certainly keeps its data longer than its copy.
longer_lived(a, expiry) := sources[0] if {
	sources := [source |
		some id in a.replica_of
		source := input.by_id[id]
		every own in source.expiries {
			keeps(own, expiry.days.value)
		}
	]
}

keeps(own, _) if own.target != "current"

keeps(own, days) if own.days.value > days

at(i) := sprintf("expiries.%d", [i])
