package PACKAGE_test

import data.PACKAGE as rule

# Unit tests are for logic that is tedious to show in configurations; what the
# rule says of real ones stands in examples.txtar.
store(state) := {"id": "a", "address": "store.a", "protections": {"versioning": {"state": state, "why": "nobody says"}}}

test_off_is_denied if {
	some said in rule.deny with input as {"assets": [store("off")]}
	said.asset == "a"
}

test_on_passes if {
	count(rule.deny) == 0 with input as {"assets": [store("on")]}
	count(rule.unknown) == 0 with input as {"assets": [store("on")]}
}

test_unknown_is_no_failure if {
	count(rule.deny) == 0 with input as {"assets": [store("unknown")]}
	count(rule.unknown) == 1 with input as {"assets": [store("unknown")]}
}
