# METADATA
# title: The default branch cannot be deleted or rewritten
# description: >-
#   The history of the default branch is the record of every version that ran. Someone who
#   may force a push there can replace all of it by mistake, and a mirror then repeats it.
#   Rules of the host that refuse deletion and forced pushes cost nothing and stop this
#   accident. GitHub leaves administrators out of branch protection unless it is told
#   otherwise, and accidents happen to them as to everybody else.
# related_resources:
# - ref: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
#   description: Protected branches in GitHub
# - ref: https://learn.microsoft.com/azure/devops/repos/git/branch-policies
#   description: Branch policies in Azure Repos
# - ref: https://docs.gitlab.com/user/project/repository/branches/protected/
#   description: Protected branches in GitLab
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [40, 41]
#   fix:
#     all: >-
#       Protect the default branch from deletion and from forced pushes, for
#       administrators too.
#     github: >-
#       Add github_branch_protection with enforce_admins = true for the default
#       branch, or an active github_repository_ruleset with the rules deletion and
#       non_fast_forward on ~DEFAULT_BRANCH and without actors that bypass it
#       always.
#     gitlab: >-
#       Add gitlab_branch_protection for the default branch.
#     azuredevops: >-
#       Add a branch policy for the default branch.
#   tags: [guard, git]
package rules.scripts.default_branch_unprotected

import data.rules.lib.branches
import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": "protections.branch_protection", "message": message} if {
	some a in managed
	a.protections.branch_protection.state == "off"
	not written(a)
	message := sprintf("The default branch of %s can be deleted or rewritten: %s", [a.address, reason(a.protections.branch_protection)])
}

# GitLab and Azure Repos always leave somebody a way around their rules, so only
# that of GitHub, which can be closed, is reported.
deny contains {"asset": a.id, "at": "protections.branch_protection", "message": message} if {
	some a in managed
	a.provider == "github"
	a.protections.branch_protection.state == "on"
	a.protections.branch_protection.scope == "partial"
	message := sprintf("The protection of the default branch of %s does not bind everybody: %s", [a.address, a.protections.branch_protection.why])
}

unknown contains {"asset": a.id, "at": "protections.branch_protection", "message": message} if {
	some a in managed
	a.protections.branch_protection.state == "unknown"
	not written(a)
	message := sprintf("Whether the default branch of %s can be deleted or rewritten is unknown because %s", [a.address, a.protections.branch_protection.why])
}

exempt contains {"asset": a.id, "at": "protections.branch_protection", "message": message} if {
	some a in managed
	written(a)
	message := sprintf("A rule is written for the default branch of %s, and scripts/ruleset-not-enforced judges it", [a.address])
}

exempt contains {"asset": a.id, "message": mirrors.itself(a)} if some a in input.assets

# An archived repository is read-only: its branches can neither be deleted nor
# pushed to until somebody unarchives it.
exempt contains {"asset": a.id, "at": "settings.archived", "message": message} if {
	some a in input.assets
	archived(a)
	message := sprintf("%s is archived, so nobody can push to its branches or delete them", [a.address])
}

managed := [a | some a in input.assets; not mirrors.itself(a); not archived(a)]

archived(a) if a.settings.archived.value == true

written(a) if branches.unenforced(a) >= 0

written(a) if branches.undecided(a) >= 0

reason(protection) := sprintf("%s does not block%s", [means.by, trim_prefix(means.why, "the rule does not block")]) if {
	some means in protection.means
	startswith(means.why, "the rule does not block")
} else := replace(protection.why, "protects the default branch", "protects it")
