# METADATA
# title: What pipelines refer to is in the repository
# description: >-
#   A pipeline runs with the datasets, connections and triggers that it names. One that was
#   made in the portal of the service works there, today. When the code is published to
#   another instance, or the service is built again after a disaster, the publication stops
#   at the first name that no file explains, and nobody remembers what it looked like.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/source-control
#   description: Source control in Azure Data Factory
# custom:
#   severity: medium
#   kinds: [data_pipeline, connection, workspace, job, notebook]
#   guide: [8, 40, 50]
#   fix: >-
#     Export the object from the service and commit its JSON beside the others, commit the
#     notebook or file that a job runs, or correct the name.
#   tags: [git]
package rules.ingest.missing_object

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": sprintf("missing.%d", [i]), "message": message} if {
	some a in judged
	a.maybe == ""
	some i, thing in a.missing
	message := sprintf("%s names the %s %s, which is in no file of this repository", [a.address, thing.what, thing.name])
}

unknown contains {"asset": a.id, "at": sprintf("missing.%d", [i]), "message": message} if {
	some a in judged
	a.maybe != ""
	some i, thing in a.missing
	message := sprintf("Whether %s needs the %s %s, which is in no file of this repository, is unknown because %s", [a.address, thing.what, thing.name, a.maybe])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in incomplete

judged := [a | some a in incomplete; not delivery.excuse(a)]

incomplete := [a | some a in input.assets; a.missing[0]]
