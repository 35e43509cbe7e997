package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// deployActions are tasks and public actions that change a platform.
var deployActions = []string{
	"azurewebapp", "azurermwebappdeployment", "azurefunctionapp", "azurecontainerapps", "helmdeploy", "kubernetesmanifest",
	"azure/arm-deploy", "azure/bicep-deploy", "azure/webapps-deploy", "azure/functions-action", "azure/sql-action",
	"aws-actions/aws-cloudformation-github-deploy", "aws-actions/amazon-ecs-deploy-task-definition",
	"google-github-actions/deploy-cloudrun", "google-github-actions/deploy-cloud-functions",
}

// deploys reports whether a workflow changes the platform.
func deploys(d *draft.Draft, r *resource.Resource) bool {
	flow := readWorkflow(d, r)
	for number, job := range flow.jobs {
		if !neverRuns(job) && slices.ContainsFunc(flow.steps(number), func(s step) bool {
			return slices.Contains(deployActions, s.action) || slices.ContainsFunc(s.commands, deploying)
		}) {
			return true
		}
	}
	return len(deploymentsOf(d, r)) > 0
}

// deploying reports whether a command changes the platform: it creates, updates
// or rolls out what the repository describes.
func deploying(c shell.Command) bool {
	var verbs []string
	for _, word := range c.Words[1:] {
		if text := word.Readable(); !strings.HasPrefix(text, "-") {
			verbs = append(verbs, text)
		}
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(verbs, name) })
	}
	first := ""
	if len(verbs) > 0 {
		first = verbs[0]
	}
	switch c.Name() {
	case "terraform", "tofu", "terragrunt":
		return has("apply", "apply-all", "run-all")
	case "az":
		return first == "deployment" && has("create") || first == "stack" && has("create") || first == "synapse" || first == "datafactory"
	case "databricks":
		return has("deploy", "import_dir", "import-dir")
	case "aws":
		return has("deploy", "create-stack", "update-stack", "sync") && (first == "cloudformation" || first == "s3" || first == "deploy")
	case "gcloud":
		return has("deploy", "apply")
	case "kubectl", "pulumi", "helm", "cdk", "sam", "serverless", "dbt":
		return has("apply", "up", "upgrade", "install", "deploy", "run", "build")
	case "sqlpackage":
		return slices.ContainsFunc(c.Words[1:], func(w shell.Word) bool { return strings.HasPrefix(strings.ToLower(w.Readable()), "/action:publish") })
	default:
		return false
	}
}
