package model

import "github.com/drlint/drlint/internal/source"

// Pipeline is one automated run that the repository defines: it deploys,
// mirrors or tests. Pipelines that move data are assets of kind data_pipeline.
type Pipeline struct {
	ID     string
	Format string // "github-actions", "azure-pipelines"
	Name   string
	Path   string
	// Triggers are the events that start it, sorted: "push", "schedule", "workflow_dispatch".
	Triggers []string
	// Deploys are the things it rolls out, in written order.
	Deploys []Deployment
	At      source.Range
}

// Deployment is one step of a pipeline that rolls something out.
type Deployment struct {
	// What is "infrastructure", "data_factory", "synapse", "databricks",
	// "fabric", "database" or "report".
	What string
	// By names the tool: "terraform apply", "az deployment group create", "AzureResourceManagerTemplateDeployment@3".
	By string
	// Source is the file or folder below the root that is rolled out.
	Source Fact
	// Environment is the stage of the pipeline or the environment it deploys to.
	Environment Fact
	// Region is where it deploys to.
	Region Fact
	// Approved says whether a person has to approve it, as far as that is visible.
	Approved Tri
	At       source.Range
}
