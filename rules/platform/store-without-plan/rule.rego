# METADATA
# title: The backup plan of a stage selects all stores of that stage
# description: >-
#   A backup plan that selects by tag backs up whatever carries the tag, and says
#   nothing about what does not. A store that is added later without the tag is never
#   backed up by the plan, while the others of its stage are, every night. Its own
#   settings (versions, point-in-time recovery) may restore a deleted row, but they are
#   deleted together with the store.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
#   description: Assigning resources to a backup plan by tags
# custom:
#   severity: medium
#   kinds: [object_store, database, table]
#   stages: [source, raw, curated, presentation, modeled, model]
#   guide: [16, 21, 32]
#   profile: strict
#   fix: >-
#     Give the store the tag that the plan chooses by, or exclude it in the code and say
#     why.
#   tags: [backup]
package rules.platform.store_without_plan

import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in judged
	count(undecided(a)) == 0
	chosen := plans(a)[0]
	message := sprintf("Backup plan %s takes %s and leaves out %s, which holds data of the same stage", [chosen.plan, chosen.store, a.address])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := undecided(a)[0]
	message := sprintf("Whether backup plan %s takes %s is unknown because %s", [plans(a)[0].plan, a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in without

# without lists the stores that can be restored by their own settings alone. What
# cannot be restored is judged by the rules of its stage.
without := [a |
	some a in input.assets
	a.provider == "aws"
	plans(a)[0]
	not taken(a)
	restore.restorable(a)
]

judged := [a | some a in without; not products.excuses[a.id]]

# plans lists those that choose other stores of a stage by tag.
plans(a) := [chosen |
	some stage in a.stages
	chosen := first[stage][a.region.value]
]

# first is, by stage and region, one plan and a store that it takes.
first := {stage: {region: sort(found)[0] | some region, found in regions} | some stage, regions in choices}

choices[stage][region] contains {"plan": plan.address, "store": store.address} if {
	some plan in input.by_id
	plan.settings.by_tag.value
	some relation in plan.relations
	relation.type == "selects"
	store := input.by_id[relation.target]
	region := store.region.value
	some stage in store.stages
}

taken(a) if {
	some means in a.protections.backup.means
	means.state == "on"
	means.by != a.address
}

undecided(a) := [{"at": restore.at("backup", i), "why": means.why} |
	some i, means in a.protections.backup.means
	means.state == "unknown"
]
