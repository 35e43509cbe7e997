package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	armSite       = "microsoft.web/sites"
	armSiteConfig = "microsoft.web/sites/config"
)

// armUsesOf lists, by ARM type, the properties that give an account a purpose
// (ARM template reference of each type).
var armUsesOf = map[string]draft.Uses{
	armVirtualMachine: {"properties.diagnosticsProfile.bootDiagnostics.storageUri": draft.PurposeBoot},
	"microsoft.compute/virtualmachinescalesets":                      {"properties.virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri": draft.PurposeBoot},
	"microsoft.insights/diagnosticsettings":                          {"properties.storageAccountId": draft.PurposeDiagnostics},
	"microsoft.network/networkwatchers/flowlogs":                     {"properties.storageId": draft.PurposeDiagnostics},
	"microsoft.sql/servers/auditingsettings":                         {"properties.storageEndpoint": draft.PurposeDiagnostics},
	"microsoft.sql/servers/extendedauditingsettings":                 {"properties.storageEndpoint": draft.PurposeDiagnostics},
	"microsoft.sql/servers/vulnerabilityassessments":                 {"properties.storageContainerPath": draft.PurposeDiagnostics},
	"microsoft.synapse/workspaces/auditingsettings":                  {"properties.storageEndpoint": draft.PurposeDiagnostics},
	"microsoft.sql/servers/securityalertpolicies":                    {"properties.storageEndpoint": draft.PurposeDiagnostics},
	"microsoft.cdn/profiles/endpoints":                               {"properties.origins.properties.hostName": draft.PurposeSite},
	"microsoft.cdn/profiles/origingroups/origins":                    {"properties.hostName": draft.PurposeSite},
	"microsoft.operationalinsights/workspaces/dataexports":           {"properties.destination.resourceId": draft.PurposeDiagnostics},
	"microsoft.operationalinsights/workspaces/storageinsightconfigs": {"properties.storageAccount.id": draft.PurposeDiagnostics},
	"microsoft.sql/managedinstances/vulnerabilityassessments":        {"properties.storageContainerPath": draft.PurposeDiagnostics},
}

// functionSettings are the settings by which a function app names the account
// that it keeps its own state in (Azure Functions, App settings reference).
var functionSettings = []string{"AzureWebJobsStorage", "AzureWebJobsStorage__accountName", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"}

// sitePurposes maps the accounts of function apps, which name them in connection
// strings.
func sitePurposes() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armSite, armSiteConfig),
		Attach:  managed(attachSitePurpose),
	}
}

func attachSitePurpose(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armSite, armSiteConfig)
	if !ok {
		return
	}
	for _, setting := range arm.at("properties.siteConfig.appSettings").Blocks() {
		name, _ := setting.Get("name").AsString()
		statesFunctionAccount(d, r, name, inner(setting, "value"))
	}
	// Where a Flex Consumption app keeps its code: the address of a container.
	functionAccount(d, r, arm.at("properties.functionAppConfig.deployment.storage.value"))
	for _, field := range arm.at("properties").Fields {
		statesFunctionAccount(d, r, field.Name, attr{Value: field.Value, name: field.Name})
	}
}

// statesFunctionAccount reads one application setting.
func statesFunctionAccount(d *draft.Draft, r *resource.Resource, name string, value attr) {
	if slices.ContainsFunc(functionSettings, func(known string) bool { return strings.EqualFold(name, known) }) {
		functionAccount(d, r, value)
	}
}

// functionAccount gives an account its purpose. A connection string is mostly
// built from keys that are known only at deployment; the account that they
// belong to is the one it refers to.
func functionAccount(d *draft.Draft, r *resource.Resource, value attr) {
	for _, account := range d.Resources.Referents(value.Value) {
		if a := d.Asset(account.ID); a != nil && a.Kind == model.ObjectStore {
			setPurpose(d, a, draft.PurposeFunctions, value)
			return
		}
	}
	if account := findAccount(d, r, hostOnly(value)); account.asset != nil {
		setPurpose(d, account.asset, draft.PurposeFunctions, value)
	}
}
