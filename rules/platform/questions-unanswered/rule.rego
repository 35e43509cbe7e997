# METADATA
# title: The four questions that decide about a backup are answered for every store
# description: >-
#   Whether a store of the lake needs a backup follows from four answers: can its data be
#   created again, do the sources keep it for as long, what costs less, and how long does
#   creating it take. None of them is in the configuration, and each of them is known to
#   the team that runs the processes. Written down, they let drlint say what is missing and
#   what is paid for in vain instead of assuming the worst. Where data cannot be created
#   again, the first answer is enough.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/manage/protect-recover
#   description: Protect and recover in the Cloud Adoption Framework
# custom:
#   severity: info
#   profile: strict
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [raw, enriched, curated, presentation, modeled]
#   guide: [19a, 19b, 19c, 19d]
#   fix: >-
#     Declare for the stage or the store in .drlint.yaml what the message names, for
#     instance recreatable, source-keeps, recreate, recreate-cost and backup-cost.
#   tags: [objectives]
package rules.platform.questions_unanswered

import data.rules.lib.objectives
import data.rules.lib.products

deny contains {"asset": a.id, "at": "", "message": message} if {
	some key, stores in alike
	a := input.by_id[min(stores)]
	message := sprintf("Of %s nobody says %s", [objectives.with_others(a, count(stores), key[0]), key[1]])
}

unknown contains {"asset": a.id, "at": "declared.recreatable", "message": message} if {
	some a in judged
	unreadable(a)
	message := sprintf("Whether %s can be created again is unknown because %s", [a.address, a.declared.recreatable.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in unanswered

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
	not unreadable(a)
}

judged := [a | some a in unanswered; not products.excuses[a.id]]

unanswered := [a |
	some a in input.assets
	not a.declared.recreatable.value == false
	missing(a) != ""
]

unreadable(a) if a.declared.recreatable.state == "unknown"

# missing words what nobody declares; mostly that is everything.
missing(a) := everything if {
	a.declared == {}
} else := concat(", ", unsaid(a))

everything := concat(", ", unsaid({"declared": {}}))

unsaid(a) := array.flatten([
	["whether it can be created again (recreatable)" | not a.declared.recreatable.value],
	["how long its sources keep the data (source-keeps)" | not a.declared.source_keeps_days],
	["what creating it again costs (recreate-cost)" | not a.declared.recreate_cost],
	["what its backup costs (backup-cost)" | not a.declared.backup_cost],
	["how long creating it again takes (recreate)" | not a.declared.recreate_hours],
])
