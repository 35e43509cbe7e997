# METADATA
# title: Every store of the lake has a stage
# description: >-
#   What a store needs depends on the stage of its data, and drlint tells the stage by a
#   tag, a declaration or a name. A container that is called "data" tells nothing: no rule
#   of any stage looks at it, and the report is as quiet about it as about one that is well
#   protected. One line says what is in it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/scenarios/cloud-scale-analytics/best-practices/data-lake-zones
#   description: Data lake zones and containers
# custom:
#   severity: info
#   kinds: [object_store, container]
#   guide: [16]
#   profile: strict
#   fix: >-
#     Add the line of the message to .drlint.yaml with the stage of the data (source,
#     ingest, raw, enriched, curated, presentation, modeled, sandbox or archive), or give
#     the account or bucket the tag data-stage.
#   tags: [structure]
package rules.platform.stage_unclassified

import data.rules.lib.lineage
import data.rules.lib.loads

deny contains {"asset": a.id, "message": message} if {
	some a in unclassified
	used(a)
	message := sprintf("Nothing says which stage the data in %s belongs to, so no rule judges it; declare it with \"stages: [{%s, stage: raw}]\", or what else it is", [a.address, glob(a)])
}

unknown contains {"asset": a.id, "at": "settings.hierarchical_namespace", "message": message} if {
	some a in unclassified
	not used(a)
	a.name.state == "known"
	a.settings.hierarchical_namespace.state == "unknown"
	message := sprintf("Whether %s, whose stage nothing says, is a store of the lake is unknown because %s", [a.address, a.settings.hierarchical_namespace.why])
}

unclassified := [a |
	some a in input.assets
	count(a.stages) == 0
	input.platform.data_platform
	not a.settings.purpose
	not a.replica_of[0]
	not within_classified(a)
	not holds_others(a)
]

# used holds for what is certainly a part of the lake: folders are made for data, and
# pipelines move it.
used(a) if a.settings.hierarchical_namespace.value == true

used(a) if loads.into[a.id]

used(a) if lineage.out_of[a.id]

within_classified(a) if input.by_id[a.within].stages[0]

# An account is judged by its containers.
holds_others(a) if {
	some id in a.contains
	input.by_id[id].kind == "container"
}

glob(a) := sprintf("name: %s", [a.name.value]) if {
	a.name.state == "known"
} else := sprintf("address: \"%s\"", [a.address])
