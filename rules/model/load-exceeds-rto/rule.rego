# METADATA
# title: Models are loaded in time, or there is a second one
# description: >-
#   A model that is lost with its region can be loaded into a new product from the lake,
#   which needs no second one that runs all year. That is a plan only if it fits: somebody
#   has to notice and decide, and then the load has to finish before people may no longer
#   wait. Where it does not, a second product that is loaded along or replicated is the
#   price of the objective.
# related_resources:
# - ref: https://learn.microsoft.com/azure/analysis-services/analysis-services-bcdr
#   description: High availability of Azure Analysis Services
# - ref: https://learn.microsoft.com/azure/well-architected/reliability/disaster-recovery
#   description: Recovery objectives in Azure architectures
# custom:
#   severity: high
#   kinds: [semantic_model, database, database_server, table]
#   stages: [model]
#   guide: [54, 55, 59]
#   fix: >-
#     Keep a second product in the other region and load it along, or replicate the
#     database (a failover group, a replica). Or make the load faster, by partitions or
#     more capacity, and declare the new load time.
#   tags: [disaster-recovery, objectives]
package rules.model.load_exceeds_rto

import data.rules.lib.copies
import data.rules.lib.objectives
import data.rules.lib.words

deny contains {"asset": a.id, "at": "declared.load_hours", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Loading model %s takes %s%s, it may be away for %s, and there is no second product", [a.address, words.hours(a.declared.load_hours.value), reacting(a), words.hours(a.declared.rto_hours.value)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether model %s is loaded again within %s is unknown because %s", [a.address, words.hours(a.declared.rto_hours.value), doubt.why])
}

judged := [a |
	some a in input.assets
	a.declared.rto_hours.value
	objectives.asked(a, "load_hours")
	not in_time(a)
	not copies.certain(a)
	not objectives.feed_lost(a)
]

in_time(a) if a.declared.reaction_hours.value + a.declared.load_hours.value <= a.declared.rto_hours.value

doubts(a) := array.flatten([
	[{"at": "declared.load_hours", "why": a.declared.load_hours.why} | a.declared.load_hours.state == "unknown"],
	[{"at": "declared.load_hours", "why": why} |
		a.declared.load_hours.value <= a.declared.rto_hours.value
		why := objectives.unsaid(a)
	],
	copies.doubts(a),
])

reacting(a) := sprintf(" after %s of reacting", [words.hours(a.declared.reaction_hours.value)]) if {
	a.declared.reaction_hours.value > 0
} else := ""
