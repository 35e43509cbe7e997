# METADATA
# title: It is declared who keeps the machines of self-hosted integration runtimes
# description: >-
#   The machine behind a self-hosted integration runtime usually stands beside the sources,
#   in a data centre with people and backups of its own. The platform depends on it all the
#   same. Written down once, who keeps it and how answers the question that otherwise comes
#   up in the night when it is gone.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/create-self-hosted-integration-runtime
#   description: Create and configure a self-hosted integration runtime
# custom:
#   severity: info
#   profile: strict
#   kinds: [integration_runtime]
#   guide: [13]
#   fix: >-
#     Attest in .drlint.yaml that the machine has a backup (protection backup of the
#     integration runtime): by whom, where, and until when that is to be looked at again.
#   tags: [declaration]
package rules.ingest.gateway_undeclared

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in judged
	a.maybe == ""
	message := sprintf("Nobody says who keeps the machine of integration runtime %s, which no scanned file makes", [a.address])
}

unknown contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in judged
	a.maybe != ""
	message := sprintf("Whether integration runtime %s needs a machine that somebody keeps is unknown because %s", [a.address, a.maybe])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in unattested

judged := [a | some a in unattested; not delivery.excuse(a)]

unattested := [a |
	some a in input.assets
	a.settings.hosting.value == "self_hosted"
	a.protections.backup.state == "unknown"
]
