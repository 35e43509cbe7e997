# METADATA
# title: Models that are loaded in time have no replica
# description: >-
#   A product that is loaded as a whole every day holds nothing that the lake does not
#   have. If its region is lost, it is created in another one and loaded again, and when
#   that fits into the time that people can wait, a replica that runs all year buys
#   nothing. It takes a lake that is itself there: replicated to the other region.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/active-geo-replication-overview
#   description: Active geo-replication of Azure SQL Database
# custom:
#   severity: info
#   kinds: [semantic_model, database, database_server, table]
#   stages: [model]
#   guide: [1, 52, 54, 55]
#   fix: >-
#     Remove the failover group or the replica, and let a pipeline create and load the
#     product in the other region. If it serves readers in both regions every day, suppress
#     the rule and say so.
#   tags: [cost, objectives]
package rules.model.replica_waste

import data.rules.lib.copies
import data.rules.lib.loads
import data.rules.lib.objectives
import data.rules.lib.words

deny contains {"asset": a.id, "at": replica(a).at, "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Model %s pays for a replica (%s) although it is loaded again in %s and may be away for %s", [a.address, replica(a).means.by, words.hours(a.declared.reaction_hours.value + a.declared.load_hours.value), words.hours(a.declared.rto_hours.value)])
}

unknown contains {"asset": a.id, "at": replica(a).at, "message": message} if {
	some a in judged
	why := doubts(a)[0]
	message := sprintf("Whether model %s needs its replica (%s) is unknown because %s", [a.address, replica(a).means.by, why])
}

judged := [a |
	some a in input.assets
	replica(a)
	a.declared.rto_hours.value
	objectives.asked(a, "load_hours")
	whole(a)
	fits(a)
	not objectives.feed_lost(a)
]

# replica is the first copy of the product itself in another region.
replica(a) := [{"at": copies.place("geo_replication", i), "means": means} |
	some i, means in a.protections.geo_replication.means
	means.state == "on"
	means.other_region == "yes"
][0]

whole(a) if a.declared.load_mode.value == "full"

whole(a) if {
	not a.declared.load_mode
	a.settings.incremental_refresh.value == false
}

whole(a) if {
	not a.declared.load_mode
	loads.whole(a)
}

# fits holds unless the load certainly takes too long.
fits(a) if {
	not a.declared.reaction_hours.value
	a.declared.load_hours.value <= a.declared.rto_hours.value
}

fits(a) if a.declared.reaction_hours.value + a.declared.load_hours.value <= a.declared.rto_hours.value

doubts(a) := array.flatten([
	[why | why := objectives.unsaid(a)],
	["no scanned file shows what feeds it" | count(objectives.feeds(a)) == 0],
	[why |
		some feed in objectives.feeds(a)
		not copies.certain(feed)
		why := copies.doubts(feed)[0].why
	],
])
