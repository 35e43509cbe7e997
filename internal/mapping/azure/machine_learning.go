package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

const (
	machineLearningService = "machine_learning"
	armMachineLearning     = "microsoft.machinelearningservices/workspaces"
)

func machineLearningWorkspaces() draft.Mapper {
	return draft.Mapper{
		Service: machineLearningService,
		Types:   inAllForms(armMachineLearning, "azurerm_machine_learning_workspace"),
		Declare: managed(declareMachineLearning),
		Attach:  managed(attachMachineLearning),
	}
}

func declareMachineLearning(d *draft.Draft, r *resource.Resource) {
	if r.Type == "azurerm_machine_learning_workspace" {
		a := declareWorkspace(d, r, machineLearningService, attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags"))
		redeployed(d, a, "a workspace")
		return
	}
	if arm, ok := armOf(r, armMachineLearning); ok && !arm.update {
		a := declareWorkspace(d, r, machineLearningService, arm.name, arm.location, arm.tags)
		redeployed(d, a, "a workspace")
	}
}

// attachMachineLearning relates a workspace to the account that holds its
// experiments and models; the workspace has no backup of its own.
func attachMachineLearning(d *draft.Draft, r *resource.Resource) {
	a, account := d.Asset(r.ID), attrOf(r, "storage_account_id")
	if arm, ok := armOf(r, armMachineLearning); ok {
		account = arm.at("properties.storageAccount")
	}
	if a == nil || account.IsAbsent() {
		return
	}
	if found := findAccount(d, r, account); found.asset != nil {
		d.Relate(a, "stored_on", found.asset, account.At)
	}
}
