package git

import (
	"slices"
	"strings"
)

// cmdlet says what a command of PowerShell rolls out: the parameters that name
// the file and the region.
type cmdlet struct {
	what, by     string
	file, region string
}

// cmdlets by name in lower case, from the modules Az.Resources, Az.DataFactory,
// Az.Synapse, azure.datafactory.tools, azure.databricks.cicd.tools and
// MicrosoftPowerBIMgmt.
var cmdlets = map[string]cmdlet{
	"new-azresourcegroupdeployment":      {infrastructure, "New-AzResourceGroupDeployment", "-templatefile", "-location"},
	"new-azdeployment":                   {infrastructure, "New-AzDeployment", "-templatefile", "-location"},
	"new-azsubscriptiondeployment":       {infrastructure, "New-AzSubscriptionDeployment", "-templatefile", "-location"},
	"new-azmanagementgroupdeployment":    {infrastructure, "New-AzManagementGroupDeployment", "-templatefile", "-location"},
	"new-aztenantdeployment":             {infrastructure, "New-AzTenantDeployment", "-templatefile", "-location"},
	"new-azurermresourcegroupdeployment": {infrastructure, "New-AzureRmResourceGroupDeployment", "-templatefile", "-location"},
	"new-azresourcegroupdeploymentstack": {infrastructure, "New-AzResourceGroupDeploymentStack", "-templatefile", "-location"},
	"set-azresourcegroupdeploymentstack": {infrastructure, "Set-AzResourceGroupDeploymentStack", "-templatefile", "-location"},
	"new-azsubscriptiondeploymentstack":  {infrastructure, "New-AzSubscriptionDeploymentStack", "-templatefile", "-location"},
	"set-azsubscriptiondeploymentstack":  {infrastructure, "Set-AzSubscriptionDeploymentStack", "-templatefile", "-location"},
	"publish-adfv2fromjson":              {dataFactory, "Publish-AdfV2FromJson", "-rootfolder", "-location"},
	"publish-adfv2usingarm":              {dataFactory, "Publish-AdfV2UsingArm", "-rootfolder", "-location"},
	"set-azdatafactoryv2pipeline":        {dataFactory, "Set-AzDataFactoryV2Pipeline", "-definitionfile", ""},
	"set-azdatafactoryv2dataset":         {dataFactory, "Set-AzDataFactoryV2Dataset", "-definitionfile", ""},
	"set-azdatafactoryv2linkedservice":   {dataFactory, "Set-AzDataFactoryV2LinkedService", "-definitionfile", ""},
	"set-azdatafactoryv2trigger":         {dataFactory, "Set-AzDataFactoryV2Trigger", "-definitionfile", ""},
	"set-azsynapsepipeline":              {synapse, "Set-AzSynapsePipeline", "-definitionfile", ""},
	"set-azsynapsenotebook":              {synapse, "Set-AzSynapseNotebook", "-definitionfile", ""},
	"set-azsynapsedataset":               {synapse, "Set-AzSynapseDataset", "-definitionfile", ""},
	"set-azsynapselinkedservice":         {synapse, "Set-AzSynapseLinkedService", "-definitionfile", ""},
	"import-databricksfolder":            {databricks, "Import-DatabricksFolder", "-localpath", ""},
	"import-databricksnotebook":          {databricks, "Import-DatabricksNotebook", "-localpath", ""},
	"new-powerbireport":                  {report, "New-PowerBIReport", "-path", ""},
	"publish-dacpac":                     {database, "Publish-DacPac", "-dacpacpath", ""},
}

// restCmdlets call an interface over the web.
var restCmdlets = []string{"invoke-restmethod", "invoke-webrequest", "invoke-powerbirestmethod", "invoke-fabricrestmethod"}

func isRollingCmdlet(name string) bool {
	_, found := cmdlets[name]
	return found || slices.Contains(restCmdlets, name)
}

func powerShellRollout(name string, i invocation) (rollout, bool) {
	if slices.Contains(restCmdlets, name) {
		return restRollout(i.command)
	}
	kind, found := cmdlets[name]
	if !found || i.has("-whatif") {
		return rollout{}, false
	}
	r := rollout{what: kind.what, by: kind.by, file: i.first(kind.file, "-templateuri", "-file"), region: i.first(kind.region)}
	if r.file.At.IsZero() {
		r.file = i.first("-templatespecid")
	}
	for _, w := range i.command.Words[1:] {
		// Parameters that are spread from a table may name the file.
		if !w.Known && strings.Trim(w.Readable(), hole) == "" && r.file.At.IsZero() {
			r.file = w
		}
	}
	if r.what == infrastructure {
		r.what = templateKind(r.file)
	}
	return r, true
}
