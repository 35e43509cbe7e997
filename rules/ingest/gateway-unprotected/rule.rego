# METADATA
# title: The machine of a self-hosted integration runtime can be brought back
# description: >-
#   A self-hosted integration runtime is the bridge to sources that the cloud cannot reach,
#   and it lives on a machine with its drivers, certificates and credentials. Neither a
#   failover of the factory nor deploying its code again brings that machine back. Without a
#   backup or a second node, losing it stops every load from these sources until somebody
#   has built it anew from memory.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/create-self-hosted-integration-runtime
#   description: Create and configure a self-hosted integration runtime
# - ref: https://learn.microsoft.com/azure/backup/backup-azure-vms-introduction
#   description: Azure VM backup
# custom:
#   severity: medium
#   kinds: [integration_runtime]
#   guide: [13]
#   fix: >-
#     Back the machine up (azurerm_backup_protected_vm, or a protectedItems resource in
#     Bicep and ARM), replicate it with Site Recovery, register a second node on another
#     machine, or run it on a scale set that installs it from code.
#   tags: [backup, disaster-recovery]
package rules.ingest.gateway_unprotected

import data.rules.lib.delivery

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	every machine in machines(a) {
		unprotected(machine)
	}
	message := sprintf("The machine of integration runtime %s, %s, is neither backed up nor replicated, and there is no other node", [a.address, machines(a)[0].address])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	machine := machines(a)[0]
	some name in {"backup", "geo_replication"}
	machine.protections[name].state == "unknown"
	message := sprintf("Whether the machine of integration runtime %s can be brought back is unknown because %s", [a.address, machine.protections[name].why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	a.settings.hosting.value == "self_hosted"
	a.protections.backup.state == "unknown"
	message := sprintf("No scanned file makes the machine of %s; ingest/gateway-undeclared asks who keeps it", [a.address])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in hosted

judged := [a |
	some a in hosted
	not delivery.excuse(a)
	count(machines(a)) == 1
	not certain(machines(a)[0])
]

hosted := [a |
	some a in input.assets
	a.settings.hosting.value == "self_hosted"
	machines(a)[0]
]

machines(a) := [input.by_id[relation.target] |
	some relation in a.relations
	relation.type == "runs_on"
]

certain(machine) if machine.protections.backup.state == "on"

certain(machine) if machine.protections.geo_replication.state == "on"

unprotected(machine) if {
	machine.protections.backup.state == "off"
	machine.protections.geo_replication.state == "off"
}
