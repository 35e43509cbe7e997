# METADATA
# title: Jobs run code that Git keeps
# description: >-
#   A job that runs a notebook out of somebody's folder runs whatever that person saved
#   last. There is no version to go back to when a change breaks the data, no review before
#   it, and when the workspace is lost or the person's account is removed, the process that
#   others rely on is gone with it.
# related_resources:
# - ref: https://docs.databricks.com/aws/en/jobs/configure-job#git
#   description: Use Git with Databricks jobs
# - ref: https://docs.databricks.com/aws/en/dev-tools/bundles/
#   description: Databricks Asset Bundles
# custom:
#   severity: high
#   profile: minimal
#   kinds: [job, data_pipeline]
#   guide: [25, 37, 40]
#   fix: >-
#     Give the job a git_source with a tag or commit, let a bundle deploy the notebook with
#     the job, or manage it with databricks_notebook whose source is a file of this
#     repository. Where another process controls changes, declare change_control.
#   tags: [git]
package rules.scripts.job_code_not_in_git

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.source_kind", "message": message} if {
	some a in judged
	a.settings.source_kind.value == "workspace"
	message := sprintf("%s runs code from a path of the workspace that nothing in this repository fills", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.source_kind", "message": message} if {
	some a in judged
	a.settings.source_kind.state == "unknown"
	message := sprintf("Whether the code that %s runs is in Git is unknown because %s", [a.address, a.settings.source_kind.why])
}

unknown contains {"asset": a.id, "at": "settings.source_kind", "message": message} if {
	some a in judged
	a.settings.source_kind.value == "git_folder"
	message := sprintf("Which version of its code %s runs is unknown because its Git folder holds what somebody pulled last", [a.address])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in unkept

judged := [a | some a in unkept; not delivery.excuse(a)]

unkept := [a | some a in input.assets; loose(a.settings.source_kind)]

loose(fact) if fact.state == "unknown"

loose(fact) if fact.value in {"workspace", "git_folder"}
