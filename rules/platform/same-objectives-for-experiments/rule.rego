# METADATA
# title: Experiments and refined processes have objectives of their own
# description: >-
#   What data scientists try out and what the business runs every night are stored side by
#   side, and are worth protecting to a different degree. An experiment may be lost for a
#   day; a refined model feeds processes that cannot wait. One pair of objectives for both
#   is either too dear for the experiments or too loose for the rest, and mostly a sign
#   that nobody asked.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/manage/protect-recover
#   description: Protect and recover in the Cloud Adoption Framework
# custom:
#   severity: info
#   profile: strict
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [sandbox]
#   guide: [36]
#   fix: >-
#     Declare rpo and rto for the stage sandbox that its users would accept, and leave the
#     tight ones to the stages modeled and model.
#   tags: [objectives]
package rules.platform.same_objectives_for_experiments

import data.rules.lib.products

deny contains {"asset": a.id, "at": "declared.rto_hours", "message": message} if {
	some a in judged
	refined[[a.declared.rpo_hours.value, a.declared.rto_hours.value]]
	message := sprintf("%s holds experiments and has the objectives of the refined %s", [a.address, refined[[a.declared.rpo_hours.value, a.declared.rto_hours.value]]])
}

unknown contains {"asset": a.id, "at": open(a), "message": message} if {
	some a in judged
	open(a)
	count(refined) > 0
	message := sprintf("Whether experiments in %s have objectives of their own is unknown because %s", [a.address, a.declared[trim_prefix(open(a), "declared.")].why])
}

judged := [a |
	some a in input.assets
	a.declared.rpo_hours
	a.declared.rto_hours
	not products.excuses[a.id]
]

# refined names, by objectives, one store of refined processes that has them.
refined[objectives] := min(addresses) if {
	some objectives, addresses in grouped
}

grouped[[a.declared.rpo_hours.value, a.declared.rto_hours.value]] contains a.address if {
	some a in input.by_id
	some stage in a.stages
	stage in {"modeled", "model"}
}

open(a) := "declared.rpo_hours" if {
	a.declared.rpo_hours.state == "unknown"
} else := "declared.rto_hours" if {
	a.declared.rto_hours.state == "unknown"
}
