# METADATA
# title: Machines of the platform can be brought back
# description: >-
#   Beside the services of the cloud, a data platform often has a few machines: for a tool
#   that knows no other way, a licence server, an agent near the data. They are set up by
#   hand more often than anybody admits, and their disks hold what is written down nowhere
#   else. Without a backup the platform waits until somebody remembers how it was done.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/backup-azure-vms-introduction
#   description: Azure VM backup
# - ref: https://learn.microsoft.com/azure/site-recovery/azure-to-azure-quickstart
#   description: Azure Site Recovery
# custom:
#   severity: medium
#   kinds: [virtual_machine]
#   guide: [48]
#   fix: >-
#     Add azurerm_backup_protected_vm with a policy, or in Bicep and ARM a protectedItems
#     resource of a Recovery Services vault. Where a machine is made from code alone, say so
#     with recreatable in .drlint.yaml, or run it in a scale set.
#   tags: [backup]
package rules.infrastructure.vm_not_backed_up

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in judged
	a.protections.backup.state == "off"
	a.protections.geo_replication.state == "off"
	not a.settings.setup_in_code.value
	message := sprintf("Machine %s has no backup: %s", [a.address, reason(a.protections.backup.why)])
}

unknown contains {"asset": a.id, "at": sprintf("protections.%s", [name]), "message": message} if {
	some a in judged
	name := [name | some name in ["backup", "geo_replication"]; a.protections[name].state == "unknown"][0]
	message := sprintf("Whether machine %s can be brought back is unknown because %s", [a.address, a.protections[name].why])
}

unknown contains {"asset": a.id, "at": "settings.setup_in_code", "message": message} if {
	some a in judged
	a.protections.backup.state == "off"
	a.protections.geo_replication.state == "off"
	a.settings.setup_in_code.value
	message := sprintf("Whether machine %s can be brought back is unknown because a script of the code sets it up, and no file says whether its disks hold more: declare recreatable if they do not", [a.address])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in unprotected

judged := [a | some a in unprotected; not excuse(a)]

unprotected := [a |
	some a in input.assets
	not a.protections.backup.state == "on"
	not a.protections.geo_replication.state == "on"
]

excuse(a) := sprintf("%s is made to be thrown away", [a.address]) if {
	a.settings.disposable.value == true
} else := sprintf("%s can be created again, as is declared", [a.address]) if {
	a.declared.recreatable.value == true
} else := sprintf("%s has a backup elsewhere, as is declared", [a.address]) if {
	a.declared.backed_up.value == true
} else := sprintf("%s runs an integration runtime, which ingest/gateway-unprotected judges", [a.address]) if {
	hosts[a.id]
} else := delivery.excuse(a)

hosts contains relation.target if {
	some runtime in input.by_id
	runtime.kind == "integration_runtime"
	some relation in runtime.relations
	relation.type == "runs_on"
}

reason("nothing provides it") := "no vault in the scanned files takes it"

reason(why) := why if why != "nothing provides it"
