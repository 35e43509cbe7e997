# METADATA
# title: A pipeline deploys the infrastructure of the platform
# description: >-
#   Infrastructure code shows its worth on the day when everything has to be built again,
#   and it works then only if it is run all the time. What people deploy from their own
#   machines drifts from the code, needs their credentials and their versions of the tools,
#   and waits for them. A pipeline that deploys every change is the rehearsed way back,
#   after a change that broke the platform as well as in another region.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-resource-manager/bicep/deploy-github-actions
#   description: Deploy Bicep files by using GitHub Actions
# - ref: https://developer.hashicorp.com/terraform/tutorials/automation/github-actions
#   description: Automate Terraform with GitHub Actions
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [12, 15, 49]
#   fix: >-
#     Add a workflow or pipeline that runs terraform apply, az deployment group create,
#     databricks bundle deploy or their like on every change of the main branch, with the
#     region and the environment as parameters.
#   tags: [disaster-recovery, git]
package rules.infrastructure.no_deploy_pipeline

import data.rules.lib.delivery

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	not delivery.unread
	not remote_runs
	message := sprintf("No pipeline of this repository deploys its infrastructure code, %s among it", [built[0]])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	not remote_runs
	message := sprintf("Whether a pipeline deploys the infrastructure code of this repository is unknown because %s", [delivery.unread])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	message := sprintf("Whether something deploys the infrastructure code of this repository is unknown because its state is kept by %s, which may run it on every change", [remote_runs])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in undeployed

exempt contains {"asset": a.id, "message": message} if {
	some a in undeployed
	count(built) == 0
	message := "This repository names nothing that it deploys; its code may be a library for others"
}

judged := [a |
	some a in undeployed
	not delivery.excuse(a)
	count(built) > 0
]

undeployed := [a |
	some a in input.assets
	a.settings.self.value == true
	count(delivery.whats & {"infrastructure", "databricks"}) == 0
]

# built lists what code of this repository makes, under a name of its own: what
# has none may belong to a library of modules.
built := [a.address |
	some a in input.by_id
	a.kind in made
	a.name.state == "known"
	not a.settings.git_layout
	not a.example
]

made := {
	"object_store", "database", "database_server", "table", "event_stream",
	"key_vault", "workspace", "virtual_machine", "backup_vault", "job",
}

# remote_runs names a service that keeps state and can run the code by itself.
remote_runs := [a.settings.backend.value |
	some a in input.by_id
	a.kind == "state_store"
	a.settings.backend.value in {"remote", "cloud"}
][0]
