# METADATA
# title: Notebooks are files in Git
# description: >-
#   A notebook whose text is encoded into the configuration that deploys it is in Git by
#   letter only: nobody can read a change to it, compare two versions, or run it in a copy
#   of the platform before it reaches production. It is edited in the workspace instead, and
#   the next deployment takes those edits away.
# related_resources:
# - ref: https://registry.terraform.io/providers/databricks/databricks/latest/docs/resources/notebook
#   description: databricks_notebook
# custom:
#   severity: medium
#   kinds: [notebook]
#   guide: [40, 50]
#   fix: >-
#     Export the notebook as a file, commit it and deploy it with source, or with
#     content_base64 = filebase64("notebooks/load.py").
#   tags: [git]
package rules.scripts.not_in_git

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.in_git", "message": message} if {
	some a in judged
	a.settings.in_git.value == false
	message := sprintf("Notebook %s is deployed from text in the configuration and not from a file that people can change and compare", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.in_git", "message": message} if {
	some a in judged
	a.settings.in_git.state == "unknown"
	message := sprintf("Whether notebook %s is a file in Git is unknown because %s", [a.address, a.settings.in_git.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in encoded

judged := [a | some a in encoded; not delivery.excuse(a)]

encoded := [a | some a in input.assets; loose(a.settings.in_git)]

loose(fact) if fact.state == "unknown"

loose(fact) if fact.value == false
