package functions

import "github.com/drlint/drlint/internal/resource"

// deploymentFunctions are known to Azure alone, and only when it deploys.
var deploymentFunctions = []function{
	{name: "resourceGroup", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "subscription", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "managementGroup", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "tenant", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "deployment", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "deployer", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "environment", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "newGuid", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "reference", least: 1, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "references", least: 1, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "providers", least: 1, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "pickZones", least: 3, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "toLogicalZone", least: 3, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "toLogicalZones", least: 3, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "toPhysicalZone", least: 3, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "toPhysicalZones", least: 3, most: -1, partial: true, call: (*caller).atDeployment},
	{name: "getSecret", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "externalInput", most: -1, partial: true, call: (*caller).atDeployment},
	{name: "readEnvironmentVariable", most: -1, partial: true, call: (*caller).atDeployment},
}

// atDeployment keeps what the arguments refer to: reference(resourceId(…)) is
// about that resource.
func (c *caller) atDeployment(args []resource.Value) resource.Value {
	return c.unknown(c.name+"() is known only at deployment", args...)
}
