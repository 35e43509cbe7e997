# What several rules ask about the rules that protect branches.
package rules.lib.branches

# unenforced is the rule for the default branch that is written and switched off,
# where no other rule takes its place.
unenforced(a) := indexes[0] if {
	a.protections.branch_protection.state == "off"
	indexes := [i |
		some i, means in a.protections.branch_protection.means
		means.state == "off"
		contains(means.why, "stops nothing")
	]
}

# undecided is the rule that can be switched off and may be.
undecided(a) := indexes[0] if {
	a.protections.branch_protection.state == "unknown"
	indexes := [i |
		some i, means in a.protections.branch_protection.means
		means.state == "unknown"
		regex.match(`_ruleset\.|_branch_policy_`, means.by)
	]
}
