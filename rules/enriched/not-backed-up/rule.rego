# METADATA
# title: Enriched data can be made again
# description: >-
#   A backup of enriched data keeps little that a run cannot make: if something is wrong
#   with it, the process is at fault, and what the process wrote yesterday is just as
#   wrong. So drlint asks for no backup here and says why it is not needed. The exception
#   is data whose raw data is deleted by age: from then on the process has nothing to start
#   from, and unless a later stage is backed up, the enriched copy is the last one.
#   enriched/people-may-delete and enriched/not-rerunnable look at the two other things
#   that this rests on.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
#   description: Azure Blob Storage lifecycle management
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
#   description: Managing the lifecycle of objects
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, table]
#   stages: [enriched]
#   guide: [18, 24, 25]
#   fix: >-
#     Keep raw data for as long as enriched data may have to be made again, back up the
#     curated data that is made of it, or back up the enriched data itself.
#   tags: [backup]
package rules.enriched.not_backed_up

import data.rules.lib.lake
import data.rules.lib.lineage
import data.rules.lib.loads
import data.rules.lib.restore
import data.rules.lib.words

deny contains {"asset": a.id, "at": source.at, "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	source := forgetful[a.id][0]
	source.days.state == "known"
	lost_later(a)
	message := sprintf("Enriched data in %s cannot be made again: %s deletes what it is made of after %s, and nothing later is backed up", [a.address, source.address, words.days(source.days.value)])
}

unknown contains {"asset": a.id, "at": source.at, "message": message} if {
	some a in judged
	source := forgetful[a.id][0]
	why := open(a, source)
	message := sprintf("Whether enriched data in %s can be made again is unknown because %s", [a.address, why])
}

exempt contains {"asset": a.id, "message": lake.excuses.enriched[a.id]} if some a in unrestorable

exempt contains {"asset": a.id, "message": message} if {
	some a in unrestorable
	not forgetful[a.id]
	message := sprintf("%s needs no backup as long as %s can run again and nobody else deletes its data", [a.address, process(a)])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unrestorable
	forgetful[a.id]
	kept_later(a)
	message := sprintf("%s needs no backup: what is made of it is backed up", [a.address])
}

unrestorable := [a | some a in input.assets; not restore.restorable(a)]

judged := [a |
	some a in unrestorable
	forgetful[a.id]
	not lake.excuses.enriched[a.id]
	not kept_later(a)
]

# forgetful lists, by store, the stores that it is made of and that delete by age for
# good, before the enriched data itself goes.
forgetful[a.id] := sources if {
	some a in unrestorable
	sources := [{"at": sprintf("flows.%s.source", [flow.id]), "address": source.address, "days": expiry.days} |
		some flow in loads.into[a.id]
		source := input.by_id[flow.from]
		source.id != a.id
		not restore.restorable(source)
		some expiry in source.expiries
		expiry.target == "current"
		expiry.scope == "whole"
		not sooner(a, expiry)
	]
	sources[0]
}

sooner(a, expiry) if {
	some own in a.expiries
	own.target == "current"
	own.scope == "whole"
	own.days.value <= expiry.days.value
}

kept_later(a) if {
	some id in lineage.later[a.id]
	restore.restorable(input.by_id[id])
}

# lost_later holds when every store that the data gets to is known and certainly loses it.
lost_later(a) if {
	lineage.later[a.id]
	every id in lineage.later[a.id] {
		input.by_id[id].recovery.delete.survives == "no"
	}
}

open(_, source) := source.days.why if source.days.state == "unknown"

open(a, source) := restore.doubts(a)[0].why if {
	source.days.state == "known"
	count(restore.doubts(a)) > 0
}

open(a, source) := sprintf("%s deletes what it is made of after %s, and no scanned file shows a backup of what is made of it", [source.address, words.days(source.days.value)]) if {
	source.days.state == "known"
	count(restore.doubts(a)) == 0
	not lost_later(a)
}

process(a) := [flow.address | some flow in loads.into[a.id]][0] if {
	loads.into[a.id]
} else := "its process"
