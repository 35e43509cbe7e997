package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	computeService    = "compute"
	armVirtualMachine = "microsoft.compute/virtualmachines"
	// settingDisposable marks a machine that is replaced rather than restored.
	settingDisposable = "disposable"
	// settingSetup tells that code sets a machine up when it is created.
	settingSetup = "setup_in_code"
)

// virtualMachines maps single machines. Scale sets and the machines of clusters
// are replaced, not restored.
func virtualMachines() draft.Mapper {
	return draft.Mapper{
		Service: computeService,
		Types:   inAllForms(armVirtualMachine, "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine"),
		Declare: managed(declareMachine),
	}
}

// declareMachine declares a machine. It runs in one datacenter whatever zone is
// written; what keeps it is attached by vaults.
func declareMachine(d *draft.Draft, r *resource.Resource) {
	name, location, tags := attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags")
	priority, disk := attrOf(r, "priority"), attrOf(r, "os_disk.diff_disk_settings.option")
	setup := []attr{attrOf(r, "custom_data"), attrOf(r, "user_data"), attrOf(r, "os_profile.custom_data")}
	if arm, ok := armOf(r, armVirtualMachine); ok {
		if arm.update {
			return
		}
		name, location, tags = arm.name, arm.location, arm.tags
		priority, disk = arm.at("properties.priority"), arm.at("properties.storageProfile.osDisk.diffDiskSettings.option")
		setup = []attr{arm.at("properties.osProfile.customData"), arm.at("properties.userData")}
	} else if carriesARM(r) {
		return
	}
	a := d.Declare(r, model.VirtualMachine, provider, computeService, name.Value)
	a.Region = draft.Text(location.Value)
	d.Tag(a, tags.Value)
	d.Lacks(a, model.ZoneRedundancy, "a virtual machine runs in one datacenter", r.At, true)
	stateDisposable(d, a, priority, disk)
	stateSetup(d, a, setup)
	stateDestroyGuard(d, a, r)
}

// stateDisposable records that a machine is made to be thrown away: a Spot
// machine, which Azure may evict, or one whose system disk is local to its host
// (ARM reference, Microsoft.Compute/virtualMachines: priority, diffDiskSettings).
func stateDisposable(d *draft.Draft, a *model.Asset, priority, disk attr) {
	switch {
	case strings.EqualFold(priority.text(), "Spot"), strings.EqualFold(priority.text(), "Low"):
		d.Set(a, settingDisposable, model.KnownFact(true, priority.At))
	case strings.EqualFold(disk.text(), "Local"):
		d.Set(a, settingDisposable, model.KnownFact(true, disk.At))
	}
}

// stateSetup records that a machine gets a script of the code when it is created.
// What else is on its disks, no file says.
func stateSetup(d *draft.Draft, a *model.Asset, setup []attr) {
	for _, script := range setup {
		if script.IsUnknown() || script.text() != "" {
			d.Set(a, settingSetup, model.KnownFact(true, script.At))
			return
		}
	}
}

// findMachine resolves an attribute to a virtual machine.
func findMachine(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return find(d, r, "virtualMachines", model.VirtualMachine, written...)
}
