# METADATA
# title: The configuration of ingest is kept in Git
# description: >-
#   Ingest keeps no data, but what it does is its configuration: pipelines, connections,
#   triggers. In a service that works without a repository, every click in its portal
#   replaces what was there, and a change that breaks the nightly load cannot be taken
#   back. When the service itself is deleted, or has to be built again in another region,
#   nothing says what was in it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/source-control
#   description: Source control in Azure Data Factory
# - ref: https://learn.microsoft.com/azure/synapse-analytics/cicd/source-control
#   description: Source control in Synapse Studio
# custom:
#   severity: high
#   kinds: [workspace]
#   guide: [8, 9, 11, 12]
#   fix: >-
#     Connect the development instance to a repository: github_configuration or
#     vsts_configuration of azurerm_data_factory, github_repo or azure_devops_repo of
#     azurerm_synapse_workspace, repoConfiguration in Bicep and ARM. Or commit its JSON
#     (pipeline, linkedService, trigger) here and publish it with a pipeline. Where another
#     repository holds it, or another process controls changes, say so under change-control
#     in .drlint.yaml.
#   tags: [git]
package rules.ingest.config_not_in_git

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.git", "message": message} if {
	some a in judged
	a.settings.git.value == "none"
	code_is_here
	a.service == "data_factory"
	message := sprintf("%s is not connected to Git and none of its pipelines is in this repository, which holds those of other services, so its configuration exists in the service alone", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.git", "message": message} if {
	some a in judged
	a.settings.git.value == "none"
	why := doubt(a)
	message := sprintf("Whether the configuration of %s is in Git is unknown because it is not connected to Git itself and %s", [a.address, why])
}

# doubt says who else may hold the configuration.
doubt(a) := "this repository holds no code of pipelines; another one may hold and publish it" if {
	not code_is_here
} else := "it may serve queries only, and have no pipelines" if {
	a.service == "synapse"
}

unknown contains {"asset": a.id, "at": "settings.git", "message": message} if {
	some a in judged
	a.settings.git.state == "unknown"
	message := sprintf("Whether the configuration of %s is in Git is unknown because %s", [a.address, a.settings.git.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in uncontrolled

judged := [a | some a in uncontrolled; not delivery.excuse(a)]

uncontrolled := [a |
	some a in input.assets
	a.service in {"data_factory", "synapse"}
	not a.settings.git_layout
	not connected(a)
	not a.service in kept
]

# code_is_here tells a repository of the whole platform from one that holds its
# infrastructure only.
code_is_here if {
	some a in input.by_id
	a.kind == "data_pipeline"
	not a.example
}

# kept are the services whose pipelines are in this repository, are published by
# one of its pipelines, or come from an instance that is connected to Git.
kept := delivery.whats | {a.service |
	some a in input.by_id
	keeps(a)
}

keeps(a) if {
	a.kind == "data_pipeline"
	not a.example
}

keeps(a) if {
	a.kind == "workspace"
	a.settings.git_layout.value == true
	not a.example
}

keeps(a) if {
	a.kind == "workspace"
	connected(a)
}

connected(a) if a.settings.git.value in {"github", "azure_devops"}
