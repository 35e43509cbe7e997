# METADATA
# title: Refined data is protected better than experiments
# description: >-
#   Experiments may be lost: whoever made one can make it again. Processes that others rely
#   on have promised when they are back and how much may be missing. When both have exactly
#   the same protection, nobody has decided about either, and it is the refined data that
#   pays for that on the day of a fault.
# related_resources:
# - ref: https://learn.microsoft.com/azure/well-architected/reliability/metrics
#   description: Reliability targets
# custom:
#   severity: low
#   profile: strict
#   kinds: [object_store, container, database, file_share]
#   stages: [sandbox]
#   guide: [35, 36, 37]
#   fix: >-
#     Decide about both and write it down: rpo and rto as tags or in .drlint.yaml. Then give
#     the refined data a backup and a copy in another region, and leave the experiments as
#     they are.
#   tags: [objectives]
package rules.scripts.same_policy_for_experiments

import data.rules.lib.delivery
import data.rules.lib.stores

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	count(refined) > 0
	count(open) == 0
	bare(a)
	every other in refined {
		bare(other)
	}
	message := sprintf("Experiments in %s and refined data in %s have the same protection: neither a backup nor a copy in another region", [a.address, refined[0].address])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	bare(a)
	every other in refined {
		not covered(other)
	}
	message := sprintf("Whether refined data is protected better than experiments in %s is unknown because %s", [a.address, open[0]])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not excuse(a)]

excuse(a) := stores.excuses[a.id]

excuse(a) := delivery.excuse(a) if not stores.excuses[a.id]

refined := [a |
	some a in input.by_id
	some stage in a.stages
	stage in {"curated", "modeled", "presentation"}
	a.kind in {"object_store", "container", "database", "table", "file_share"}
	not a.example
	not stores.excuses[a.id]
]

open := [a.protections[name].why |
	some a in refined
	some name in kinds
	a.protections[name].state == "unknown"
]

kinds := ["backup", "geo_replication"]

bare(a) if {
	every name in kinds {
		a.protections[name].state == "off"
	}
}

covered(a) if {
	some name in kinds
	a.protections[name].state == "on"
}
