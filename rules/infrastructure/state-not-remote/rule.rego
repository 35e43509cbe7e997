# METADATA
# title: Terraform state is kept apart from the machine that applies it
# description: >-
#   The state says which resource of the code is which resource in the cloud. Kept as a
#   file beside the code, it lies on one machine, has one earlier version, and is shared
#   by nobody. When that machine is gone, the platform cannot be repaired or rebuilt
#   from code: everything has to be imported by hand first, in the middle of a disaster.
# related_resources:
# - ref: https://developer.hashicorp.com/terraform/language/backend
#   description: Backend configuration
# - ref: https://developer.hashicorp.com/terraform/language/state/remote
#   description: Remote state
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [state_store]
#   guide: [49, 50]
#   fix: >-
#     Configure a backend that keeps versions: "s3" with a versioned bucket, "azurerm"
#     with a versioned container, "gcs" with a versioned bucket, or HCP Terraform. If the
#     arguments are given when terraform init runs, write the empty backend block.
#   tags: [state]
package rules.infrastructure.state_not_remote

import data.rules.lib.state

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	not mounted(a)
	message := sprintf("The state of %s is lost with the machine that applies it: %s", [state.root(a), a.protections.versioning.why])
}

unknown contains {"asset": a.id, "at": "name", "message": message} if {
	some a in judged
	mounted(a)
	message := sprintf("Whether the state of %s outlives the machine that applies it is unknown because path is %s, and no scanned file says what is mounted there", [state.root(a), a.name.value])
}

unknown contains {"asset": a.id, "at": "settings.local", "message": message} if {
	some a in input.assets
	a.settings.local.state == "unknown"
	not state.excuse(a)
	message := sprintf("Whether the state of %s outlives the machine that applies it is unknown because %s", [state.root(a), a.settings.local.why])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in local

local := [a | some a in input.assets; a.settings.local.value == true]

judged := [a | some a in local; not excuse(a)]

excuse(a) := state.excuse(a) if {
	state.excuse(a)
} else := state.bootstrap(a)

# mounted holds for a path outside the code, which may be a shared drive.
mounted(a) if startswith(a.name.value, "/")

mounted(a) if regex.match(`^([A-Za-z]:)?\\`, a.name.value)
