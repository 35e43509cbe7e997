# METADATA
# title: Jobs run on clusters that the code makes
# description: >-
#   The ID of a cluster is given by the workspace that made it. A job that names one by its
#   ID depends on something that a person set up: its size, libraries and permissions are
#   in no file, and in a workspace that is built again the ID leads nowhere.
# related_resources:
# - ref: https://docs.databricks.com/aws/en/jobs/compute
#   description: Configure compute for jobs
# custom:
#   severity: low
#   profile: strict
#   kinds: [job]
#   guide: [49]
#   fix: >-
#     Give the job a cluster of its own (job_cluster or new_cluster), run it serverless, or
#     declare the shared cluster as databricks_cluster and refer to it.
#   tags: [disaster-recovery]
package rules.infrastructure.workspace_not_in_code

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.existing_cluster", "message": message} if {
	some a in judged
	message := sprintf("%s runs on the cluster %s, which no file of this repository makes", [a.address, a.settings.existing_cluster.value])
}

unknown contains {"asset": a.id, "at": "settings.existing_cluster", "message": message} if {
	some a in judged
	a.settings.existing_cluster.state == "unknown"
	message := sprintf("Whether the cluster that %s runs on is made by code is unknown because %s", [a.address, a.settings.existing_cluster.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in tied

judged := [a | some a in tied; not delivery.excuse(a)]

tied := [a | some a in input.assets; a.settings.existing_cluster]
