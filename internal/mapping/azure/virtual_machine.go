package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	computeService    = "compute"
	armVirtualMachine = "microsoft.compute/virtualmachines"
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
	if arm, ok := armOf(r, armVirtualMachine); ok {
		if arm.update {
			return
		}
		name, location, tags = arm.name, arm.location, arm.tags
	} else if carriesARM(r) {
		return
	}
	a := d.Declare(r, model.VirtualMachine, provider, computeService, name.Value)
	a.Region = draft.Text(location.Value)
	d.Tag(a, tags.Value)
	d.Lacks(a, model.ZoneRedundancy, "a virtual machine runs in one datacenter", r.At, true)
	stateDestroyGuard(d, a, r)
}

// findMachine resolves an attribute to a virtual machine.
func findMachine(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return find(d, r, "virtualMachines", model.VirtualMachine, written...)
}
