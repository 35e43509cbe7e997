# METADATA
# title: Terraform state keeps earlier versions
# description: >-
#   Every apply overwrites the state. An apply that breaks off, a wrong state rm or two
#   runs at once leave a state that no longer describes what exists, and the way out is
#   the version before. A bucket without versions has none, and the platform is then
#   repaired by hand instead of from code.
# related_resources:
# - ref: https://developer.hashicorp.com/terraform/language/backend/s3
#   description: The s3 backend recommends versioning of the bucket
# - ref: https://developer.hashicorp.com/terraform/language/backend/azurerm
#   description: The azurerm backend
# - ref: https://developer.hashicorp.com/terraform/language/backend/gcs
#   description: The gcs backend
# custom:
#   severity: medium
#   kinds: [state_store]
#   guide: [49]
#   fix: >-
#     Turn versioning on where the state is kept: aws_s3_bucket_versioning with status =
#     "Enabled", versioning_enabled = true in blob_properties of
#     azurerm_storage_account, versioning { enabled = true } on google_storage_bucket.
#     Or move the state to a service that keeps versions by itself, such as HCP
#     Terraform.
#   remedies: [keep-versions]
#   tags: [state, backup]
package rules.infrastructure.state_not_versioned

import data.rules.lib.state

deny contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("The state of %s is kept without earlier versions%s: %s", [state.root(a), store(a), reason(a)])
}

unknown contains {"asset": a.id, "at": doubts(a)[0].at, "message": message} if {
	some [why, _], states in alike
	a := input.by_id[min(states)]
	message := sprintf("Whether the state of %s keeps earlier versions is unknown because %s", [with_others(a, {state.root(input.by_id[id]) | some id in states}), why])
}

exempt contains {"asset": id, "message": message} if {
	some states in alike
	first := min(states)
	message := sprintf("The same is unknown of the state of %s, where it is asked", [state.root(input.by_id[first])])
	some id in states
	id != first
}

exempt contains {"asset": a.id, "message": state.excuse(a)} if some a in overwritten

exempt contains {"asset": a.id, "message": message} if {
	some a in overwritten
	not state.excuse(a)
	a.settings.local.value == true
	message := sprintf("The state of %s is a local file, which infrastructure/state-not-remote judges", [state.root(a)])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in overwritten
	not state.excuse(a)
	a.settings.local.state == "unknown"
	message := sprintf("Where the state of %s is kept is not known, which infrastructure/state-not-remote reports", [state.root(a)])
}

overwritten := [a | some a in input.assets; not kept(a)]

judged := [a | some a in overwritten; not state.excuse(a); a.settings.local.value == false]

# alike groups the states of which the same is not known, as where many root
# modules share one bucket, so that it is asked once.
alike[[doubts(a)[0].why, a.address]] contains a.id if some a in judged

with_others(a, roots) := state.root(a) if {
	count(roots) == 1
} else := sprintf("%s and of one more root module", [state.root(a)]) if {
	count(roots) == 2
} else := sprintf("%s and of %d more root modules", [state.root(a), count(roots) - 1])

# keepers keep a state that an apply overwrites; soft delete does unless the
# account has a hierarchical namespace.
keepers := ["versioning", "backup", "soft_delete"]

kept(a) if {
	some name in keepers
	a.protections[name].state == "on"
	keeps_overwritten(a, name)
}

keeps_overwritten(_, name) if name != "soft_delete"

keeps_overwritten(a, "soft_delete") if not a.settings.hierarchical_namespace

keeps_overwritten(a, "soft_delete") if a.settings.hierarchical_namespace.value == false

# doubts lists what may keep earlier versions, each with its place.
doubts(a) := array.concat(
	[{"at": sprintf("protections.%s", [name]), "why": a.protections[name].why} |
		some name in keepers
		a.protections[name].state == "unknown"
	],
	[{"at": "settings.hierarchical_namespace", "why": a.settings.hierarchical_namespace.why} |
		a.protections.soft_delete.state == "on"
		a.settings.hierarchical_namespace.state == "unknown"
	],
)

# store names what keeps a state.
store(a) := sprintf(" in %s", [input.by_id[a.within].address])

store(a) := "" if a.within == ""

reason(a) := "nothing switches versioning on" if {
	a.protections.versioning.why == "nothing provides it"
} else := a.protections.versioning.why
