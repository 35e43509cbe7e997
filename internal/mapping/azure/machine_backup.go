package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	armProtectedItem  = "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems"
	armRecoveryPolicy = "microsoft.recoveryservices/vaults/backuppolicies"
)

// protectedMachine is a virtual machine that a Recovery Services vault backs up.
type protectedMachine struct {
	machine, vault, policy, state attr
}

func machineBackups() draft.Mapper {
	return draft.Mapper{
		Service: recoveryService,
		Types:   inAllForms(armProtectedItem, "azurerm_backup_protected_vm"),
		Attach:  managed(attachMachineBackup),
	}
}

func readProtectedMachine(r *resource.Resource) (protectedMachine, bool) {
	if r.Type == "azurerm_backup_protected_vm" {
		return protectedMachine{
			machine: attrOf(r, "source_vm_id"), vault: attrOf(r, "recovery_vault_name"),
			policy: attrOf(r, "backup_policy_id"), state: attrOf(r, "protection_state"),
		}, true
	}
	arm, ok := armOf(r, armProtectedItem)
	return protectedMachine{
			machine: arm.at("properties.sourceResourceId").orElse(arm.at("properties.virtualMachineId")), vault: arm.parent,
			policy: arm.at("properties.policyId"), state: arm.at("properties.protectionState"),
		}, ok && slices.ContainsFunc(machineItems, func(kind string) bool {
			return strings.EqualFold(kind, arm.at("properties.protectedItemType").text())
		})
}

// machineItems are the types of items that are virtual machines (ARM reference,
// vaults/backupFabrics/protectionContainers/protectedItems).
var machineItems = []string{"Microsoft.Compute/virtualMachines", "AzureIaaSVMProtectedItem"}

func attachMachineBackup(d *draft.Draft, r *resource.Resource) {
	item, ok := readProtectedMachine(r)
	if !ok {
		return
	}
	found := findMachine(d, r, item.machine)
	if found.asset == nil {
		doubt(d, r, found, []model.Kind{model.VirtualMachine}, []string{model.Backup})
		return
	}
	points := readMachinePolicy(d, item.policy)
	f := feature{state: model.On, at: item.machine.At, days: points.days}
	// azurerm documentation, backup_protected_vm: protection_state is computed
	// when it is not written; the machine is then protected.
	switch state := item.state.text(); {
	case item.state.IsAbsent(), state == "Protected", state == "IRPending", state == "ProtectionConfigured":
	case state == "BackupsSuspended", state == "ProtectionStopped", state == "ProtectionPaused":
		f = f.off(item.state.says() + ", so no new backups are made")
		f.at = item.state.At
	default:
		f = f.undecided(unresolved(item.state))
		f.at = item.state.At
	}
	means := inPlace(found.asset, r, "azure.backup_vm", f)
	means.Interval = points.interval
	vault := findVaultOf(d, r, item.vault)
	means = inVault(d, means, vault, found.asset)
	protect(d, found.asset, r, model.Backup, means)
	if vault.asset != nil {
		d.Relate(found.asset, "backed_up_by", vault.asset, item.vault.At)
	}
}

// findVaultOf resolves a Recovery Services vault, by name in azurerm and as the
// ancestor of what it holds in ARM.
func findVaultOf(d *draft.Draft, r *resource.Resource, vault attr) target {
	found := find(d, r, "vaults", model.BackupVault, vault)
	name := idSegment(idText(vault), "vaults")
	if found.asset != nil || name == "" || strings.ContainsRune(name, resource.Hole) {
		return found
	}
	// The fabric and the containers of a vault between it and an item need not
	// be declared.
	vault.Value = resource.StringAt(vault.At, name)
	return find(d, r, "vaults", model.BackupVault, vault)
}

// readMachinePolicy reads how often machines are backed up and for how long.
func readMachinePolicy(d *draft.Draft, policy attr) pointSet {
	found := d.Resources.Referents(policy.Value, "azurerm_backup_policy_vm", armRecoveryPolicy, azapiResource)
	if len(found) != 1 || found[0].Mode != resource.Managed {
		return openPoints(policy)
	}
	r := found[0]
	if r.Type == "azurerm_backup_policy_vm" {
		return pointSet{
			state: model.On, days: countedDays(attrOf(r, "retention_daily.count"), attrOf(r, "retention_weekly.count")),
			interval: machineInterval(attrOf(r, "backup.frequency"), attrOf(r, "backup.hour_interval")), at: policy.At,
		}
	}
	arm, ok := armOf(r, armRecoveryPolicy)
	if !ok {
		return openPoints(policy)
	}
	return pointSet{
		state: model.On, days: scheduledDays(arm, "properties.retentionPolicy"), interval: scheduledInterval(arm), at: policy.At,
	}
}

// scheduledDays is how long a policy in the ARM shape keeps its most frequent
// points.
func scheduledDays(arm armResource, retention string) model.Fact {
	for _, schedule := range []string{".dailySchedule", ".weeklySchedule"} {
		count := arm.at(retention + schedule + ".retentionDuration.count")
		if count.IsAbsent() {
			continue
		}
		unit := arm.at(retention + schedule + ".retentionDuration.durationType")
		number, known := count.AsNumber()
		days, ok := durationDays[strings.ToLower(unit.text())]
		switch {
		case !known:
			return draft.Number(count.Value)
		case !ok:
			return model.UnknownFact(openText(unit, "a unit of time"), unit.At)
		default:
			return model.KnownFact(number*days, count.At)
		}
	}
	none := arm.at(retention)
	return model.UnknownFact(unresolved(none), none.At)
}

// durationDays are the units in which policies count (ARM reference,
// RetentionDuration), the least that each may come to.
var durationDays = map[string]float64{"days": 1, "weeks": 7, "months": 28, "years": 365}

// scheduledInterval is the time between two backups of a policy in the ARM shape.
func scheduledInterval(arm armResource) model.Fact {
	schedule := "properties.schedulePolicy."
	return machineInterval(arm.at(schedule+"scheduleRunFrequency"), arm.at(schedule+"hourlySchedule.interval"))
}

// countedDays is how long a policy keeps its most frequent points.
func countedDays(daily, weekly attr) model.Fact {
	if !daily.IsAbsent() {
		return draft.Number(daily.Value)
	}
	if weeks, known := weekly.AsNumber(); known {
		return model.KnownFact(7*weeks, weekly.At)
	}
	return model.UnknownFact(unresolved(weekly), weekly.At)
}

// machineInterval is the time between two backups of a machine, in hours.
func machineInterval(frequency, hours attr) model.Fact {
	switch strings.ToLower(frequency.text()) {
	case "daily":
		return model.KnownFact(24.0, frequency.At)
	case "weekly":
		return model.KnownFact(168.0, frequency.At)
	case "hourly":
		return draft.Number(hours.Value)
	default:
		return model.UnknownFact(openText(frequency, "a frequency of backups"), frequency.At)
	}
}
