# METADATA
# title: Changes run somewhere else before production
# description: >-
#   A branch keeps a change apart while it is written, and a copy of the platform shows what
#   it does to data before it does that for good. Where production is the only place that a
#   pipeline deploys to, every change is tried on the data that people use, and the backup
#   is what finds out.
# related_resources:
# - ref: https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
#   description: Environments for deployment
# - ref: https://docs.databricks.com/aws/en/dev-tools/bundles/deployment-modes
#   description: Deployment modes of bundles
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [12, 37, 41]
#   fix: >-
#     Let the pipeline deploy to a development or test environment first: an earlier stage in
#     Azure Pipelines, a job with another environment that production needs in GitHub
#     Actions, a second target of a bundle.
#   tags: [git]
package rules.scripts.no_environment_before_production

import data.rules.lib.delivery

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	not open_place
	not delivery.unread
	message := sprintf("Pipelines of this repository deploy to %s only, so changes are tried in production", [concat(" and ", places)])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	message := sprintf("Whether changes run anywhere before production is unknown because %s", [open_place])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	not open_place
	message := sprintf("Whether changes run anywhere before production is unknown because %s", [delivery.unread])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in unrehearsed

judged := [a | some a in unrehearsed; not delivery.excuse(a)]

unrehearsed := [a |
	some a in input.assets
	a.settings.self.value == true
	count(places) > 0
	every place in places {
		production(place)
	}
]

places := {deployment.environment.value |
	some pipeline in input.pipelines
	some deployment in pipeline.deploys
}

# open_place says why something may be deployed to another environment.
open_place := [deployment.environment.why |
	some pipeline in input.pipelines
	some deployment in pipeline.deploys
	deployment.environment.state == "unknown"
][0]

production(place) if regex.match(`(^|[^a-z])(prod|production|prd|live)([^a-z]|$)`, lower(place))
