# METADATA
# title: Ingest is deployed again rather than kept twice
# description: >-
#   A service that moves data holds none, so a second one in another region protects nothing
#   that code and a pipeline would not bring back within the hour. Meanwhile it is paid for,
#   has to receive every change, and its triggers must not run while the first one works.
#   Where a failover takes minutes, a second instance may be worth it; then it is a choice.
# related_resources:
# - ref: https://learn.microsoft.com/azure/architecture/example-scenario/analytics/pipelines-disaster-recovery
#   description: Disaster recovery for Azure data pipelines
# custom:
#   severity: info
#   kinds: [workspace]
#   guide: [1, 15]
#   fix: >-
#     Keep one instance, give the pipeline that deploys it the region as a parameter, and
#     rehearse deploying it into the recovery region. If the time to recover does not allow
#     that, declare rto for the instances.
#   tags: [cost]
package rules.ingest.standby_instance_waste

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "region", "message": message} if {
	some a in judged
	some id in twins(a)
	id < a.id
	twin := input.by_id[id]
	twin.region.value != a.region.value
	message := sprintf("%s in %s stands beside %s in %s, although ingest keeps no data and can be deployed again", [a.address, a.region.value, twin.address, twin.region.value])
}

unknown contains {"asset": a.id, "at": "region", "message": message} if {
	some a in judged
	some id in twins(a)
	id < a.id
	twin := input.by_id[id]
	open := [one | some one in [a, twin]; one.region.state == "unknown"]
	message := sprintf("Whether %s stands by in another region than %s is unknown because %s", [a.address, twin.address, open[0].region.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in services

judged := [a |
	some a in services
	not delivery.excuse(a)
	not a.declared.rto_hours
]

services := [a |
	some a in input.assets
	a.service in {"data_factory", "synapse"}
	not a.settings.git_layout
]

# twins are the instances of one block, and those whose names differ in the region
# only.
twins(a) := {id |
	some key in keys(a)
	some id in groups[key]
}

groups[key] contains a.id if {
	some a in judged
	some key in keys(a)
}

keys(a) := {concat("|", [a.type, root(a), "block", regex.replace(a.address, `\[[^\]]*\]`, "")])} | {key |
	rest := replace(a.name.value, lower(replace(a.region.value, " ", "")), "")
	rest != a.name.value
	key := concat("|", [a.type, root(a), "name", rest])
}

root(a) := split(a.id, "#")[0]
