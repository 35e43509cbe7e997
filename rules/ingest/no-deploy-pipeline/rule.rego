# METADATA
# title: A pipeline publishes what ingest runs
# description: >-
#   Code that somebody publishes by hand from a browser reaches production when they
#   remember to, from whatever branch is open. Then the repository no longer says what
#   runs, and taking back a bad change means knowing which version that was. The same
#   pipeline that publishes every version also publishes to an empty instance in another
#   region, which is how ingest is recovered.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/continuous-integration-delivery
#   description: Continuous integration and delivery in Azure Data Factory
# - ref: https://learn.microsoft.com/azure/synapse-analytics/cicd/continuous-integration-delivery
#   description: Continuous integration and delivery for Synapse
# custom:
#   severity: medium
#   kinds: [workspace]
#   guide: [11, 12, 15]
#   fix: >-
#     Add a workflow or pipeline that builds the template with @microsoft/azure-data-factory-utilities
#     and deploys it (Azure/data-factory-deploy-action, AzureResourceManagerTemplateDeployment
#     with ARMTemplateForFactory.json), or for Synapse the task Synapse workspace deployment.
#     Give it the region and the name of the instance as parameters. Where another process
#     controls changes, declare change_control.
#   tags: [git, disaster-recovery]
package rules.ingest.no_deploy_pipeline

import data.rules.lib.delivery

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	not delivery.unread
	message := sprintf("No pipeline of this repository publishes %s, so what runs is what somebody published by hand", [named(a)])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	message := sprintf("Whether a pipeline publishes %s is unknown because %s", [named(a), delivery.unread])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in unpublished

judged := [a | some a in unpublished; not delivery.excuse(a)]

unpublished := [a |
	some a in input.assets
	a.settings.git_layout.value == true
	a.service in {"data_factory", "synapse"}
	not a.service in delivery.whats
]

named(a) := sprintf("the %s code of %s", [titles[a.service], a.name.value]) if {
	a.name.value
} else := sprintf("the %s code in %s", [titles[a.service], split(a.id, "#")[0]])

titles := {"data_factory": "Data Factory", "synapse": "Synapse"}
