# METADATA
# title: Experiments have an owner
# description: >-
#   Where people try things out, nobody can make them back everything up, and mostly nobody
#   should. What is needed instead is somebody who knows what is in there: who says what
#   may be lost, keeps what may not, and is asked before the place is deleted.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-tagging
#   description: Define your tagging strategy
# custom:
#   severity: info
#   profile: strict
#   kinds: [object_store, container, database, file_share]
#   stages: [sandbox]
#   guide: [38, 39]
#   fix: >-
#     Add the tag owner, or declare an owner for the stage sandbox in .drlint.yaml.
#   tags: [declaration]
package rules.scripts.experiment_without_owner

import data.rules.lib.delivery
import data.rules.lib.stores

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	a.maybe == ""
	not a.declared.owner
	message := sprintf("Nobody is named who answers for the experiments in %s", [a.address])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	a.maybe != ""
	message := sprintf("Whether somebody has to answer for the experiments in %s is unknown because %s", [a.address, a.maybe])
}

unknown contains {"asset": a.id, "at": "declared.owner", "message": message} if {
	some a in judged
	a.declared.owner
	message := sprintf("Whether somebody answers for the experiments in %s is unknown because %s", [a.address, a.declared.owner.why])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in input.assets

judged := [a |
	some a in input.assets
	not a.declared.owner.state == "known"
	not excuse(a)
]

excuse(a) := stores.excuses[a.id]

excuse(a) := delivery.excuse(a) if not stores.excuses[a.id]
