package datafactory

import (
	"path"
	"strings"
)

// kind is what a folder of the layout holds.
type kind struct {
	// folder is the folder's name and the first part of addresses.
	folder string
	// suffix completes the ARM type.
	suffix string
	// fits tells an object of this kind by its content.
	fits func(shape) bool
	// weak kinds are told from other JSON only by what lies beside their folder.
	weak bool
	// synapse is set for what only Synapse has.
	synapse bool
}

// kinds are the folders of both services. The plural forms are those of
// repositories whose files are pushed by scripts.
var kinds = map[string]kind{
	"pipeline":           {folder: "pipeline", suffix: "pipelines", fits: shape.isPipeline},
	"dataset":            {folder: "dataset", suffix: "datasets", fits: shape.isDataset},
	"linkedservice":      {folder: "linkedService", suffix: "linkedservices", fits: shape.isLinkedService},
	"trigger":            {folder: "trigger", suffix: "triggers", fits: shape.isTrigger},
	"integrationruntime": {folder: "integrationRuntime", suffix: "integrationRuntimes", fits: shape.isRuntime},
	"dataflow":           {folder: "dataflow", suffix: "dataflows", fits: shape.isDataFlow},
	"notebook":           {folder: "notebook", suffix: "notebooks", fits: shape.isNotebook, synapse: true},
	"sqlscript":          {folder: "sqlscript", suffix: "sqlscripts", fits: shape.isScript, synapse: true},
	"sparkjobdefinition": {folder: "sparkJobDefinition", suffix: "sparkJobDefinitions", fits: shape.isSparkJob, synapse: true},

	"credential":             {folder: "credential", suffix: "credentials", fits: shape.isCredential, weak: true},
	"managedvirtualnetwork":  {folder: "managedVirtualNetwork", suffix: "managedVirtualNetworks", fits: shape.isNamed, weak: true},
	"managedprivateendpoint": {folder: "managedPrivateEndpoint", suffix: "managedVirtualNetworks/managedPrivateEndpoints", fits: shape.isNamed, weak: true},
	"factory":                {folder: "factory", suffix: "factories", fits: shape.isFactory, weak: true},
}

// place returns the root folder of a file and what its own folder holds, as far
// as paths tell.
func place(file string) (root string, k kind, ok bool) {
	folder := path.Dir(file)
	name := strings.ToLower(path.Base(folder))
	if k, ok = kinds[name]; !ok {
		if k, ok = kinds[strings.TrimSuffix(name, "s")]; !ok {
			return "", kind{}, false
		}
	}
	root = path.Dir(folder)
	if k.folder == "managedPrivateEndpoint" {
		// managedVirtualNetwork/<network>/managedPrivateEndpoint/<name>.json
		root = path.Dir(path.Dir(root))
	}
	return root, k, true
}

// The files that say something about a whole root.
const (
	publishFile           = "publish_config.json"
	factoryDefinitionFile = "arm-template-parameters-definition.json"
	synapseDefinitionFile = "template-parameters-definition.json"
)

func isSetting(file string) bool {
	switch path.Base(file) {
	case publishFile, factoryDefinitionFile, synapseDefinitionFile:
		return true
	default:
		return false
	}
}
