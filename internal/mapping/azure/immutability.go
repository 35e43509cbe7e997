package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// immutabilityPolicy is a container's time-based retention.
type immutabilityPolicy struct {
	container, days, locked attr
}

func containerImmutability() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armContainerPolicy, "azurerm_storage_container_immutability_policy"),
		Attach:  managed(attachImmutability),
	}
}

func readImmutability(r *resource.Resource) (immutabilityPolicy, bool) {
	if r.Type == "azurerm_storage_container_immutability_policy" {
		return immutabilityPolicy{
			container: attrOf(r, "storage_container_resource_manager_id"),
			days:      attrOf(r, "immutability_period_in_days"),
			locked:    attrOf(r, "locked"),
		}, true
	}
	arm, ok := armOf(r, armContainerPolicy)
	locked := attr{Value: resource.UnknownAt(r.At, "ARM locks an immutability policy by a call, not by a property"), name: "the lock"}
	return immutabilityPolicy{
		container: arm.parent.orElse(arm.scope),
		days:      arm.at("properties.immutabilityPeriodSinceCreationInDays"),
		locked:    locked,
	}, ok
}

// attachImmutability states a container's retention, which works with a
// hierarchical namespace too but not with NFS or SFTP on the account (Microsoft
// Learn, Blob Storage feature support).
func attachImmutability(d *draft.Draft, r *resource.Resource) {
	policy, ok := readImmutability(r)
	if !ok {
		return
	}
	found := findContainer(d, r, policy.container)
	if found.asset == nil {
		doubt(d, r, found, []model.Kind{model.Container}, []string{model.Immutability})
		return
	}
	f := excludedByProtocol(d, found.asset, feature{state: model.On, at: policy.days.At, days: draft.Number(policy.days.Value)})
	means := inPlace(found.asset, r, "azure.immutability", f)
	// azurerm documentation, storage_container_immutability_policy: locked is false by default.
	means.Locked = flag(policy.locked, false).fact().Tri()
	protect(d, found.asset, r, model.Immutability, means)
}

func excludedByProtocol(d *draft.Draft, container *model.Asset, f feature) feature {
	account := d.Asset(container.Within)
	if account == nil {
		return f
	}
	for _, protocol := range []string{settingNFS, settingSFTP} {
		switch fact := account.Settings[protocol]; fact.Tri() {
		case model.Yes:
			return f.off("the account has " + protocol + " on, which excludes immutability policies")
		case model.Maybe:
			f = f.undecided(fact.Why)
		}
	}
	return f
}
