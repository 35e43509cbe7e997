# METADATA
# title: Destroying the configuration keeps the repository
# description: >-
#   A repository that is managed as code is deleted like any other resource: by a destroy,
#   by a block that is removed, by a change of name that looks harmless in a long plan. Its
#   whole history goes with it. Archiving instead of deleting, or a guard that refuses the
#   plan, turns this mistake into an error message.
# related_resources:
# - ref: https://registry.terraform.io/providers/integrations/github/latest/docs/resources/repository#archive_on_destroy-1
#   description: archive_on_destroy of github_repository
# - ref: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   description: The lifecycle argument prevent_destroy
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [43]
#   fix:
#     all: >-
#       Write lifecycle { prevent_destroy = true } in the resource.
#     github: >-
#       Set archive_on_destroy = true on github_repository.
#     gitlab: >-
#       Set archive_on_destroy = true on gitlab_project.
#   remedies: [archive-on-destroy, prevent-destroy]
#   tags: [guard, git]
package rules.scripts.repository_destroyable

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": "protections.destroy_guard", "message": message} if {
	some a in managed
	a.protections.destroy_guard.state == "off"
	message := sprintf("Destroying %s deletes the repository and its history: %s", [a.address, reason(a.protections.destroy_guard.why)])
}

unknown contains {"asset": a.id, "at": "protections.destroy_guard", "message": message} if {
	some a in managed
	a.protections.destroy_guard.state == "unknown"
	message := sprintf("Whether destroying %s deletes the repository is unknown because %s", [a.address, a.protections.destroy_guard.why])
}

exempt contains {"asset": a.id, "message": mirrors.itself(a)} if some a in input.assets

managed := [a | some a in input.assets; not mirrors.itself(a)]

# reason leaves out what is said already.
reason(why) := "nothing guards it" if {
	why == "destroying the resource deletes the repository"
} else := trim_suffix(why, ", so destroying the resource deletes the repository")
