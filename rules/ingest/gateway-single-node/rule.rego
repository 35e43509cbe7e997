# METADATA
# title: A self-hosted integration runtime has more than one node
# description: >-
#   Up to four machines can share one self-hosted integration runtime. With a single one,
#   every restart for updates and every fault of that machine stops all loads that go
#   through it. A second node takes over without anybody doing anything.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/create-self-hosted-integration-runtime
#   description: High availability and scalability of a self-hosted integration runtime
# custom:
#   severity: info
#   profile: strict
#   kinds: [integration_runtime]
#   guide: [13]
#   fix: >-
#     Register a second machine with the key of the same runtime
#     (primary_authorization_key of
#     azurerm_data_factory_integration_runtime_self_hosted, listAuthKeys() in Bicep and
#     ARM), best in another zone.
#   tags: [high-availability]
package rules.ingest.gateway_single_node

import data.rules.lib.delivery

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	count(machines(a)) == 1
	input.by_id[machines(a)[0]].maybe == ""
	message := sprintf("Integration runtime %s has one node, %s, so loads stop whenever that machine does", [a.address, input.by_id[machines(a)[0]].address])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	count(machines(a)) == 0
	a.protections.backup.state == "unknown"
	message := sprintf("How many nodes integration runtime %s has is unknown because %s", [a.address, a.protections.backup.why])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	count(machines(a)) == 1
	maybe := input.by_id[machines(a)[0]].maybe
	maybe != ""
	message := sprintf("How many nodes integration runtime %s has is unknown because %s", [a.address, maybe])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in hosted

judged := [a | some a in hosted; not delivery.excuse(a)]

hosted := [a | some a in input.assets; a.settings.hosting.value == "self_hosted"]

machines(a) := [relation.target | some relation in a.relations; relation.type == "runs_on"]
