package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	databricksService = "databricks"
	armDatabricks     = "microsoft.databricks/workspaces"
)

func databricksWorkspaces() draft.Mapper {
	return draft.Mapper{
		Service: databricksService,
		Types:   inAllForms(armDatabricks, "azurerm_databricks_workspace"),
		Declare: managed(declareDatabricks),
	}
}

// declareDatabricks states the redundancy of the workspace's own storage. Default:
// azurerm documentation, databricks_workspace (custom_parameters.
// storage_account_sku_name Standard_GRS). Its copy cannot be reached before
// Microsoft fails the account over, so it is a setting and no protection. A
// serverless workspace has no storage of its own (ARM reference,
// Microsoft.Databricks/workspaces, computeMode).
func declareDatabricks(d *draft.Draft, r *resource.Resource) {
	name, location, tags, serverless := attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags"), false
	sku := attrOf(r, "custom_parameters.storage_account_sku_name")
	if r.Type != "azurerm_databricks_workspace" {
		arm, ok := armOf(r, armDatabricks)
		if !ok || arm.update {
			return
		}
		name, location, tags = arm.name, arm.location, arm.tags
		sku = arm.at("properties.parameters.storageAccountSkuName.value")
		serverless = strings.EqualFold(arm.at("properties.computeMode").text(), "Serverless")
	}
	a := declareWorkspace(d, r, databricksService, name, location, tags)
	if !serverless {
		d.Set(a, "storage_redundancy", draft.Or(draft.Text(sku.Value), "Standard_GRS"))
	}
	d.Lacks(a, model.GeoReplication, "no failover group names the workspace", r.At, true)
}
