# METADATA
# title: Raw data is not deleted before it is safe
# description: >-
#   Raw data may be deleted once a curated copy of it exists and is backed up, and no
#   earlier: until then it is what every repair starts from. A rule that deletes by age
#   does not know how far the pipeline got. If it deletes after a few days, a fault in
#   the pipeline that is noticed a little later can no longer be repaired, and where raw
#   data is the long-term record, as it is for devices and events, it is lost for good.
#   Versions and backups of what is deleted count as long as they are kept, and so does a
#   backed-up store that flows fill from it in time; soft delete, which is meant for
#   mistakes, does not.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
#   description: Managing the lifecycle of objects
# - ref: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
#   description: Azure Blob Storage lifecycle management
# - ref: https://cloud.google.com/storage/docs/lifecycle
#   description: Object Lifecycle Management
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [17, 18]
#   fix:
#     azure: >-
#       Raise delete_after_days_since_modification_greater_than in
#       azurerm_storage_management_policy (daysAfterModificationGreaterThan in Bicep
#       and ARM) at least to the time that it takes to notice a fault and to repeat
#       the load, move old data to a colder class instead of deleting it, or keep
#       versions.
#     aws: >-
#       Raise expiration.days in aws_s3_bucket_lifecycle_configuration at least to
#       the time that it takes to notice a fault and to repeat the load, move old
#       data to a colder class instead of deleting it, or keep versions.
#     google: >-
#       Raise the age in lifecycle_rule of google_storage_bucket at least to the
#       time that it takes to notice a fault and to repeat the load, move old data
#       to a colder class instead of deleting it, or keep versions.
#   tags: [backup, lifecycle]
#   settings:
#   - name: least_days
#     default: 7
#     description: The age in days before which no rule may delete raw data.
package rules.raw.expires_too_soon

import data.rules.lib.lake
import data.rules.lib.lineage
import data.rules.lib.stores
import data.rules.lib.words

deny contains {"asset": a.id, "at": at(i), "message": message} if {
	some [a, i, expiry] in early
	expiry.scope == "whole"
	count(doubts(a)) == 0
	in_time(a, expiry) == "no"
	message := sprintf("Raw data in %s is deleted after %s, sooner than the %s in which a fault may go unnoticed", [a.address, words.days(expiry.days.value), words.days(input.settings.least_days)])
}

unknown contains {"asset": a.id, "at": at(i), "message": message} if {
	some a in judged
	some i, expiry in a.expiries
	expiry.target == "current"
	expiry.days.state == "unknown"
	longer(a) < input.settings.least_days
	message := sprintf("Whether raw data in %s is deleted too soon is unknown because %s", [a.address, expiry.days.why])
}

unknown contains {"asset": a.id, "at": at(i), "message": message} if {
	some [a, i, expiry] in early
	message := sprintf("Whether raw data in %s is deleted too soon is unknown because %s", [a.address, open(a, expiry)])
}

exempt contains {"asset": a.id, "at": at(i), "message": message} if {
	some [a, i, expiry] in early
	in_time(a, expiry) == "yes"
	message := sprintf("What is made of %s is in %s, which is backed up, before it is deleted", [a.address, lake.secured[a.id]])
}

exempt contains {"asset": a.id, "at": at(i), "message": stores.excuses[a.id]} if {
	some a in expiring
	some i, expiry in a.expiries
	expiry.target == "current"
}

expiring := [a | some a in input.assets; a.expiries[0]]

judged := [a | some a in expiring; not stores.excuses[a.id]]

at(i) := sprintf("expiries.%d", [i])

# early lists the rules that certainly delete before the time is over, what
# versions and backups certainly add included.
early := [[a, i, expiry] |
	some a in judged
	some i, expiry in a.expiries
	expiry.target == "current"
	expiry.days.value < input.settings.least_days
	expiry.days.value + longer(a) < input.settings.least_days
]

# open says why it cannot be told whether a rule that deletes early deletes too soon.
open(_, expiry) := "it cannot be seen which objects the lifecycle rule covers" if {
	expiry.scope == "unknown"
} else := sprintf("a lifecycle rule deletes a part of it after %s, and that part may not be raw data", [words.days(expiry.days.value)]) if {
	expiry.scope == "partial"
	not transient(expiry.prefixes)
}

open(a, expiry) := doubts(a)[0] if {
	expiry.scope == "whole"
	in_time(a, expiry) == "no"
}

open(a, expiry) := sprintf("it cannot be seen how often %s is read, from which %s is made", [a.address, lake.secured[a.id]]) if {
	expiry.scope == "whole"
	in_time(a, expiry) == "unknown"
}

# in_time says whether raw data is certainly in a later store that is backed up before
# a rule deletes it: everything that reads it runs often enough.
in_time(a, expiry) := "yes" if {
	lake.secured[a.id]
	every flow in lineage.out_of[a.id] {
		flow.interval_hours.value <= expiry.days.value * 24
	}
} else := "no" if {
	not lake.secured[a.id]
} else := "no" if {
	some flow in lineage.out_of[a.id]
	flow.interval_hours.value > expiry.days.value * 24
} else := "unknown"

# transient holds when a rule is limited to folders that say they are not kept.
transient(prefixes) if {
	count(prefixes) > 0
	every prefix in prefixes {
		some word in regex.split(`[^a-z]+`, lower(prefix))
		word in {"tmp", "temp", "temporary", "staging", "scratch", "checkpoint", "checkpoints", "log", "logs"}
	}
}

keeping := ["versioning", "backup", "point_in_time_restore"]

# longer is for how many more days something certainly keeps what a rule deletes.
longer(a) := max(array.concat([0], [days |
	some name in keeping
	some means in a.protections[name].means
	means.state == "on"
	means.scope == "whole"
	days := window(means.window_days)
]))

window(fact) := fact.value if fact.state == "known"

window(fact) := 36500 if fact.state == "absent"

# doubts lists why something may keep what a rule deletes.
doubts(a) := array.concat(
	[a.protections[name].why | some name in keeping; a.protections[name].state == "unknown"],
	[means.window_days.why |
		some name in keeping
		some means in a.protections[name].means
		means.state == "on"
		means.window_days.state == "unknown"
	],
)
