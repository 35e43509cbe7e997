# METADATA
# title: Stores say how much may be lost and how long they may be away
# description: >-
#   Every protection costs something, and whether it is too much or too little is decided
#   by two numbers that no configuration contains: how much data may be lost, and how long
#   it may be away. They differ between raw data that nobody can ask for again and a table
#   that the next run replaces, and refined processes on which others rely need tighter
#   ones. As long as nobody has written them down, each fault is the first time anybody
#   thinks about them.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/manage/protect-recover
#   description: Protect and recover in the Cloud Adoption Framework
# - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/plan-for-disaster-recovery-dr.html
#   description: Plan for disaster recovery on AWS
# custom:
#   severity: info
#   profile: strict
#   kinds: [object_store, container, file_share, database, database_server, table, semantic_model]
#   stages: [raw, enriched, curated, presentation, modeled, model]
#   guide: [1, 37]
#   fix: >-
#     Declare rpo and rto for each stage in .drlint.yaml, or write them as tags rpo and rto
#     on the store. Ask the people who use the data, and use what they would accept rather
#     than what the platform can do.
#   tags: [objectives]
package rules.platform.objectives_undeclared

import data.rules.lib.objectives
import data.rules.lib.products

deny contains {"asset": a.id, "at": "", "message": message} if {
	some key, stores in alike
	a := input.by_id[min(stores)]
	message := sprintf("Of %s nobody says %s", [objectives.with_others(a, count(stores), key[0]), key[1]])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := open(a)
	message := sprintf("%s of %s is unknown because %s", [doubt.what, a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in silent

exempt contains {"asset": id, "message": message} if {
	some key, stores in alike
	first := min(stores)
	message := sprintf("The same is said of %s, for the whole stage %s", [input.by_id[first].address, key[0]])
	some id in stores
	id != first
}

# alike groups the stores of a stage of which the same is missing, so that it is
# said once.
alike[[a.stages[0], missing(a)]] contains a.id if {
	some a in judged
	not open(a)
}

silent := [a |
	some a in input.assets
	not complete(a)
]

judged := [a | some a in silent; not products.excuses[a.id]]

complete(a) if {
	a.declared.rpo_hours.state == "known"
	a.declared.rto_hours.state == "known"
}

missing(a) := "how much may be lost (rpo) and how long it may be away (rto)" if {
	not a.declared.rpo_hours
	not a.declared.rto_hours
} else := "how much may be lost (rpo)" if {
	not a.declared.rpo_hours
} else := "how long it may be away (rto)"

open(a) := {"at": "declared.rpo_hours", "what": "How much may be lost", "why": a.declared.rpo_hours.why} if {
	a.declared.rpo_hours.state == "unknown"
} else := {"at": "declared.rto_hours", "what": "How long the absence may last", "why": a.declared.rto_hours.why} if {
	a.declared.rto_hours.state == "unknown"
}
