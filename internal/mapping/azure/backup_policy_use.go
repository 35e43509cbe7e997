package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// policyTakes lists the policies that an instance or a protected item has to name
// before they do anything, with the kinds of assets that they are for.
func policyTakes() map[string]string {
	const protection = "azurerm_data_protection_backup_policy_"
	return map[string]string{
		protection + "blob_storage":               string(model.ObjectStore),
		protection + "data_lake_storage":          string(model.ObjectStore),
		protection + "postgresql_flexible_server": string(model.DatabaseServer),
		protection + "mysql_flexible_server":      string(model.DatabaseServer),
		"azurerm_backup_policy_file_share":        string(model.FileShare),
		"azurerm_backup_policy_vm":                string(model.VirtualMachine),
	}
}

// backupPlansOfVaults declares the policies of vaults as plans.
func backupPlansOfVaults() draft.Mapper {
	types := []string{armBackupPolicy, armRecoveryPolicy}
	for name := range policyTakes() {
		types = append(types, name)
	}
	return draft.Mapper{Service: "backup_policies", Types: inAllForms(types...), Declare: managed(declarePolicy), Attach: managed(attachPolicy)}
}

func declarePolicy(d *draft.Draft, r *resource.Resource) {
	name, takes := attrOf(r, "name"), policyTakes()[r.Type]
	if takes == "" {
		arm, ok := armOf(r, armBackupPolicy, armRecoveryPolicy)
		if !ok || arm.update {
			return
		}
		if name, takes = arm.name, armTakes(arm); takes == "" {
			return
		}
	}
	a := d.Declare(r, model.BackupPlan, provider, "backup_policies", name.Value)
	d.Set(a, "takes", model.KnownFact(takes, r.At))
}

// armTakes reads what a policy of a vault is for (ARM reference,
// backupVaults/backupPolicies: datasourceTypes; vaults/backupPolicies:
// backupManagementType).
func armTakes(arm armResource) string {
	switch strings.ToLower(arm.at("properties.backupManagementType").text()) {
	case "azureiaasvm":
		return string(model.VirtualMachine)
	case "azurestorage":
		return string(model.FileShare)
	}
	for _, item := range arm.at("properties.datasourceTypes").Items {
		text, _ := item.AsString()
		switch text = strings.ToLower(text); {
		case strings.HasPrefix(text, "microsoft.storage/storageaccounts/"):
			return string(model.ObjectStore)
		case strings.HasSuffix(text, "/flexibleservers"):
			return string(model.DatabaseServer)
		}
	}
	return ""
}

// attachPolicy says whether anything in the scan names a policy. An instance
// whose policy cannot be told may mean it.
func attachPolicy(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil || a.Kind != model.BackupPlan {
		return
	}
	uses := policyUses(d)
	switch why := uses.open[r.Root]; {
	case uses.named[r.ID]:
		d.Set(a, "selection", model.KnownFact("some", r.At))
	case why != "":
		d.Set(a, "selection", model.UnknownFact(why, r.At))
	default:
		d.Set(a, "selection", model.KnownFact("none", r.At))
	}
}

// policyUse is what names policies: by their resource IDs, and by root why that
// cannot be told.
type policyUse struct {
	named map[string]bool
	open  map[string]string
}

func policyUses(d *draft.Draft) policyUse {
	type key struct{}
	return draft.Once(d, key{}, func() policyUse {
		found := policyUse{named: map[string]bool{}, open: map[string]string{}}
		for _, r := range d.Resources.All() {
			if r.Mode == resource.NotFollowed {
				found.open[r.Root] = r.Address + " was not followed and may use it"
			}
			found.note(d, r, r.Attrs)
		}
		return found
	})
}

// note gathers what a value refers to, and instances whose policy refers to nothing.
func (p policyUse) note(d *draft.Draft, r *resource.Resource, v resource.Value) {
	if len(v.Refs) > 0 {
		for _, other := range d.Resources.Referents(v) {
			p.named[other.ID] = p.named[other.ID] || other != r
		}
	}
	for _, item := range v.Items {
		p.note(d, r, item)
	}
	for _, field := range v.Fields {
		if strings.Contains(strings.ToLower(field.Name), "policy") && field.Value.IsUnknown() && len(field.Value.Refs) == 0 && p.open[r.Root] == "" {
			p.open[r.Root] = r.Address + " may use it: " + field.Value.Why
		}
		p.note(d, r, field.Value)
	}
}
