package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

const (
	dataFactoryService = "data_factory"
	armFactory         = "microsoft.datafactory/factories"
)

// dataFactories maps the factory itself. What it holds is mapped where its
// pipelines are.
func dataFactories() draft.Mapper {
	return draft.Mapper{
		Service: dataFactoryService,
		Types:   inAllForms(armFactory, "azurerm_data_factory"),
		Declare: managed(declareFactory),
	}
}

// declareFactory states where a factory keeps its code. A factory in production
// is normally not connected to Git: a pipeline publishes to it (Microsoft Learn,
// Continuous integration and delivery in Azure Data Factory).
func declareFactory(d *draft.Draft, r *resource.Resource) {
	if r.Type == "azurerm_data_factory" {
		a := declareWorkspace(d, r, dataFactoryService, attrOf(r, "name"), attrOf(r, "location"), attrOf(r, "tags"))
		stateRepository(d, a, terraformRepository(r, "github_configuration", "vsts_configuration"))
		redeployed(d, a, "a factory")
		return
	}
	if arm, ok := armOf(r, armFactory); ok && !arm.update && r.Format != "data-factory" {
		a := declareWorkspace(d, r, dataFactoryService, arm.name, arm.location, arm.tags)
		stateRepository(d, a, armRepository(arm, "properties.repoConfiguration"))
		redeployed(d, a, "a factory")
	}
}
