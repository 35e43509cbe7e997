# METADATA
# title: Rules for the default branch are enforced
# description: >-
#   A ruleset that only evaluates, or a policy that does not block, reads like protection
#   and stops nothing: the branch can still be deleted or rewritten. Rules are often
#   introduced this way to see whom they would hit, and then forgotten.
# related_resources:
# - ref: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
#   description: Enforcement of rulesets in GitHub
# - ref: https://learn.microsoft.com/azure/devops/repos/git/branch-policies
#   description: Branch policies in Azure Repos
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [40, 41]
#   fix:
#     github: >-
#       Set enforcement = "active" in the ruleset.
#     azuredevops: >-
#       Leave enabled and blocking of the branch policy true.
#   remedies: [enforce-branch-rules]
#   tags: [guard, git]
package rules.scripts.ruleset_not_enforced

import data.rules.lib.branches
import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("protections.branch_protection.means.%d", [i]), "message": message} if {
	some a in managed
	i := branches.unenforced(a)
	means := a.protections.branch_protection.means[i]
	message := sprintf("%s does not protect the default branch of %s: %s", [means.by, a.address, means.why])
}

unknown contains {"asset": a.id, "at": sprintf("protections.branch_protection.means.%d", [i]), "message": message} if {
	some a in managed
	i := branches.undecided(a)
	means := a.protections.branch_protection.means[i]
	message := sprintf("Whether %s protects the default branch of %s is unknown because %s", [means.by, a.address, means.why])
}

exempt contains {"asset": a.id, "message": mirrors.itself(a)} if some a in input.assets

managed := [a | some a in input.assets; not mirrors.itself(a)]
