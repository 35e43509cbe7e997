package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	armReplicatedItem   = "microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems"
	armReplicaFabric    = "microsoft.recoveryservices/vaults/replicationfabrics"
	armReplicaContainer = "microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers"
)

// replicatedMachine is a virtual machine that Azure Site Recovery copies.
type replicatedMachine struct {
	machine, fabric attr
}

func siteRecovery() draft.Mapper {
	return draft.Mapper{
		Service: recoveryService,
		Types:   inAllForms(armReplicatedItem, "azurerm_site_recovery_replicated_vm"),
		Attach:  managed(attachReplicatedMachine),
	}
}

func readReplicatedMachine(r *resource.Resource) (replicatedMachine, bool) {
	if r.Type == "azurerm_site_recovery_replicated_vm" {
		return replicatedMachine{machine: attrOf(r, "source_vm_id"), fabric: attrOf(r, "target_recovery_fabric_id")}, true
	}
	arm, ok := armOf(r, armReplicatedItem)
	details := "properties.providerSpecificDetails."
	return replicatedMachine{machine: arm.at(details + "fabricObjectId"), fabric: arm.at(details + "recoveryContainerId")}, ok
}

// attachReplicatedMachine states a copy in another region. It follows every
// change within minutes and keeps recovery points for at most 15 days
// (Microsoft Learn, Azure to Azure disaster recovery architecture).
func attachReplicatedMachine(d *draft.Draft, r *resource.Resource) {
	item, ok := readReplicatedMachine(r)
	if !ok {
		return
	}
	found := findMachine(d, r, item.machine)
	if found.asset == nil {
		doubt(d, r, found, []model.Kind{model.VirtualMachine}, []string{model.GeoReplication})
		return
	}
	region := fabricRegion(d, item.fabric)
	f := feature{state: model.On, at: item.machine.At, days: model.AbsentFact(item.machine.At)}
	switch draft.SameRegion(found.asset.Region, region) {
	case model.Yes:
		f = f.off("the recovery fabric is in the machine's own region")
	case model.Maybe:
		f = f.undecided(firstText(region.Why, found.asset.Region.Why, "the region of the recovery fabric is not written"))
	}
	means := following(inPlace(found.asset, r, "azure.site_recovery", f))
	means.Region, means.OtherRegion = region, draft.OtherRegion(found.asset.Region, region)
	protect(d, found.asset, r, model.GeoReplication, means)
}

// fabricRegion reads the region of the fabric that machines fail over to.
func fabricRegion(d *draft.Draft, fabric attr) model.Fact {
	named := fabric.Value
	for range 2 { // the fabric itself, or a container in it
		for _, r := range d.Resources.Referents(named, "azurerm_site_recovery_fabric", armReplicaFabric, armReplicaContainer, azapiResource) {
			if r.Type == "azurerm_site_recovery_fabric" {
				return draft.Text(attrOf(r, "location").Value)
			}
			if arm, ok := armOf(r, armReplicaFabric); ok {
				return draft.Text(arm.at("properties.customDetails.location").Value)
			}
			if container, ok := armOf(r, armReplicaContainer); ok {
				named = container.parent.Value
			}
		}
	}
	return model.UnknownFact("the recovery fabric is in no scanned file", fabric.At)
}
