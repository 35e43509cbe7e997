package git

import (
	"strings"

	"github.com/drlint/drlint/internal/syntax/shell"
)

// taskKind says what one task of Azure Pipelines or one action rolls out, from
// the task's reference or the action's own description.
type taskKind struct {
	what string
	// file and region name the inputs.
	file, region []string
	// runs says whether the step rolls something out at all; nil: always.
	runs func(i inputsOf) bool
	// folder is set when the default for file is the directory of the step.
	folder bool
}

var taskKinds = map[string]taskKind{
	"azureresourcemanagertemplatedeployment": armTask, "azureresourcegroupdeployment": armTask,
	"sqlazuredacpacdeployment": {
		what: database, file: []string{"DacpacFile", "SqlFile", "BacpacFile"},
		runs: func(i inputsOf) bool {
			return i.is("deployType", "DacpacTask", "sqltask", "inlinesqltask") || i.is("DeploymentAction", "Publish", "publish", "import")
		},
	},
	"sqldacpacdeploymentonmachinegroup": {what: database, file: []string{"DacpacFile", "SqlFile"}},
	"synapse workspace deployment": {
		what: synapse, file: []string{"ArtifactsFolder", "TemplateFile"},
		runs: func(i inputsOf) bool { return i.is("operation", "deploy", "deploy", "validatedeploy") },
	},
	"publishadftask":                      {what: dataFactory, file: []string{"DataFactoryCodePath"}, region: []string{"Location"}},
	"powerbiactions":                      {what: report, file: []string{"PowerBIPath"}, runs: func(i inputsOf) bool { return i.is("Action", "Publish", "publish") }},
	"deploymentpipelines-deployall":       {what: fabric},
	"deploymentpipelines-selectivedeploy": {what: fabric},
	"databricksdeploybundles":             {what: databricks, folder: true},
	"deploynotebooks":                     {what: databricks, file: []string{"notebooksFolderPath"}},
	"databricksdeployscripts":             {what: databricks, file: []string{"localPath"}},

	"azure/arm-deploy": {
		what: infrastructure, file: []string{"template"}, region: []string{"region"},
		runs: func(i inputsOf) bool { return i.is("deploymentMode", "incremental", "incremental", "complete") },
	},
	"azure/bicep-deploy": {
		what: infrastructure, file: []string{"template-file", "parameters-file"}, region: []string{"location"},
		runs: func(i inputsOf) bool { return i.is("operation", "", "create") },
	},
	"azure/sql-action":                             {what: database, file: []string{"path", "dacpac-package", "sql-file", "project-file"}, runs: func(i inputsOf) bool { return i.is("action", "publish", "publish") }},
	"azure/data-factory-deploy-action":             {what: dataFactory, file: []string{"armTemplateFile"}},
	"azure/synapse-workspace-deployment":           {what: synapse, file: []string{"ArtifactsFolder", "TemplateFile"}, runs: func(i inputsOf) bool { return i.is("operation", "deploy", "deploy", "validatedeploy") }},
	"aws-actions/aws-cloudformation-github-deploy": {what: infrastructure, file: []string{"template"}},
	"dflook/terraform-apply":                       {what: infrastructure, file: []string{"path"}, folder: true},
	"dflook/tofu-apply":                            {what: infrastructure, file: []string{"path"}, folder: true},
	"pulumi/actions":                               {what: infrastructure, file: []string{"work-dir"}, folder: true, runs: func(i inputsOf) bool { return i.is("command", "", "up") }},
}

// armTask is the task that deploys templates, in its two names. It can also
// validate a template or delete a group.
var armTask = taskKind{
	what: infrastructure, file: []string{"csmFile", "csmFileLink"}, region: []string{"location"},
	runs: func(i inputsOf) bool {
		return i.is("action", "Create Or Update Resource Group", "create or update resource group") &&
			i.is("deploymentMode", "Incremental", "incremental", "complete")
	},
}

// terraformTasks start with one of these names and take a command.
var terraformTasks = []string{"terraformtask", "terraformcli", "terraform", "opentofu"}

// taskRollout reads a task or an action.
func taskRollout(w *deployer, s step) (rollout, bool) {
	i := inputsOf{s}
	kind, known := taskKinds[s.action]
	switch {
	case known:
	case w.flow.onAzure() && isTerraformTask(s.action) && i.text("command") == "apply":
		kind = taskKind{what: infrastructure, file: []string{"workingDirectory", "cwd"}, folder: true}
	default:
		return rollout{}, false
	}
	if kind.runs != nil && !kind.runs(i) {
		return rollout{}, false
	}
	r := rollout{what: kind.what, by: s.uses, file: i.word(kind.file...), region: i.word(kind.region...)}
	if w.flow.onAzure() {
		r.by = taskAsWritten(s.uses)
	}
	r.folder = kind.folder && r.file.At.IsZero()
	if r.what == infrastructure {
		r.what = templateKind(r.file)
	}
	return r, true
}

func isTerraformTask(action string) bool {
	for _, name := range terraformTasks {
		if rest, found := strings.CutPrefix(action, name); found && (rest == "" || rest[0] == 'v') {
			return true
		}
	}
	return false
}

// templateKind tells the templates that Data Factory and Synapse generate from
// those that people write, by the names that the generators give them.
func templateKind(file shell.Word) string {
	text := strings.ToLower(strings.ReplaceAll(file.Readable(), `\`, "/"))
	switch text[strings.LastIndexByte(text, '/')+1:] {
	case "armtemplateforfactory.json", "armtemplate_master.json", "armtemplateforfactory_master.json":
		return dataFactory
	case "templateforworkspace.json":
		return synapse
	default:
		return infrastructure
	}
}
