# METADATA
# title: Jobs run a fixed version of their code
# description: >-
#   A job that takes its code from a branch runs something else after every merge. When a
#   run has spoilt data, the question is which version did that, and the way back is to run
#   the one before: both are one line when the job names a tag or a commit.
# related_resources:
# - ref: https://docs.databricks.com/aws/en/jobs/configure-job#git
#   description: Use Git with Databricks jobs
# custom:
#   severity: low
#   profile: strict
#   kinds: [job]
#   guide: [9, 40]
#   fix: >-
#     Replace branch by tag or commit in git_source, and let a release change it. A bundle
#     that deploys the files with the job fixes them as well.
#   tags: [git]
package rules.scripts.ref_not_pinned

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.git_branch", "message": message} if {
	some a in judged
	message := sprintf("%s runs whatever branch %s holds at the time", [a.address, a.settings.git_branch.value])
}

unknown contains {"asset": a.id, "at": "settings.git_branch", "message": message} if {
	some a in judged
	a.settings.git_branch.state == "unknown"
	message := sprintf("Whether %s runs a fixed version of its code is unknown because %s", [a.address, a.settings.git_branch.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in floating

judged := [a | some a in floating; not delivery.excuse(a)]

floating := [a |
	some a in input.assets
	a.settings.git_branch
	not a.settings.git_tag
	not a.settings.git_commit
]
