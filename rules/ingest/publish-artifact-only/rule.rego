# METADATA
# title: The source of pipelines is kept, not only what publishing made of it
# description: >-
#   Publishing writes one large template from the pipelines that people edit. It can be
#   deployed again, but nobody can work on it: it holds no folders, no history of single
#   objects and no unpublished work, and a factory cannot be connected to it. When the
#   repository with the source is lost or was never there, the next change starts from a
#   generated file.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/source-control
#   description: Source control in Azure Data Factory
# custom:
#   severity: medium
#   kinds: [data_pipeline]
#   guide: [8, 9]
#   fix: >-
#     Commit the collaboration branch of the factory or workspace as well, with its folders
#     pipeline, dataset, linkedService and trigger, and let the pipeline build the template
#     from them.
#   tags: [git]
package rules.ingest.publish_artifact_only

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.generated", "message": message} if {
	some a in judged
	a.maybe == ""
	message := sprintf("Only the template that publishing wrote is kept of pipeline %s, not the source that people edit", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.generated", "message": message} if {
	some a in judged
	a.maybe != ""
	message := sprintf("Whether the source of pipeline %s is missing is unknown because %s", [a.address, a.maybe])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in generated

judged := [a | some a in generated; not delivery.excuse(a)]

generated := [a | some a in input.assets; a.settings.generated.value == true]
