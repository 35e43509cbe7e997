package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Names of the settings of a workspace.
const (
	// settingGit says which Git host the workspace is connected to: "github",
	// "azure_devops" or "none".
	settingGit           = "git"
	settingGitRepository = "git_repository"
	settingGitBranch     = "git_branch"
	settingGitFolder     = "git_folder"
	settingGitPublishing = "git_publishing"
)

// repository is the Git connection of a workspace.
type repository struct {
	host                 model.Fact
	name, branch, folder attr
	publishing           feature
}

// noRepository is a workspace that nobody connected: it works in live mode.
func noRepository(at attr) repository {
	return repository{host: model.DefaultFact("none", at.At), publishing: feature{state: model.On, defaulted: true, at: at.At}}
}

// openRepository is a connection that may or may not be written.
func openRepository(v attr) repository {
	r := noRepository(v)
	r.host = model.UnknownFact(unresolved(v), v.At)
	return r
}

// stateRepository records where the code of a workspace is kept.
func stateRepository(d *draft.Draft, a *model.Asset, repo repository) {
	d.Set(a, settingGit, repo.host)
	if repo.host.Text() == "none" || repo.host.State != model.Known {
		return
	}
	d.Set(a, settingGitRepository, draft.Text(repo.name.Value))
	d.Set(a, settingGitBranch, draft.Text(repo.branch.Value))
	d.Set(a, settingGitFolder, draft.Text(repo.folder.Value))
	d.Set(a, settingGitPublishing, repo.publishing.fact())
}

// declareWorkspace declares a service that runs pipelines or notebooks.
// Its definitions are deployed again rather than replicated.
func declareWorkspace(d *draft.Draft, r *resource.Resource, service string, name, location, tags attr) *model.Asset {
	a := d.Declare(r, model.Workspace, provider, service, name.Value)
	a.Region = draft.Text(location.Value)
	d.Tag(a, tags.Value)
	stateDestroyGuard(d, a, r)
	return a
}

// redeployed states that a service has no copy in another region by design.
func redeployed(d *draft.Draft, a *model.Asset, what string) {
	d.Inapplicable(a, model.GeoReplication, what+" is deployed again in another region rather than replicated", a.At)
}

// terraformRepository reads the blocks in which azurerm writes a connection.
func terraformRepository(r *resource.Resource, github, devops string) repository {
	for _, candidate := range []struct{ block, host string }{{github, "github"}, {devops, "azure_devops"}} {
		block := blockOf(r, candidate.block)
		switch {
		case block.IsUnknown():
			return openRepository(block)
		case block.IsAbsent():
			continue
		}
		return repository{
			host: model.KnownFact(candidate.host, block.At), name: inner(block.Value, "repository_name"),
			branch: inner(block.Value, "branch_name"), folder: inner(block.Value, "root_folder"),
			// azurerm documentation, data_factory: publishing_enabled is true by default.
			publishing: flag(inner(block.Value, "publishing_enabled"), true),
		}
	}
	return noRepository(attr{Value: resource.Value{At: r.At}})
}

// armRepository reads repoConfiguration (Data Factory) or
// workspaceRepositoryConfiguration (Synapse).
func armRepository(arm armResource, path string) repository {
	block := arm.at(path)
	switch {
	case block.IsUnknown():
		return openRepository(block)
	case block.IsAbsent():
		return noRepository(attr{Value: resource.Value{At: arm.header}})
	}
	kind := inner(block.Value, "type")
	repo := repository{
		host: model.UnknownFact(unresolved(kind), kind.At), name: inner(block.Value, "repositoryName"),
		branch: inner(block.Value, "collaborationBranch"), folder: inner(block.Value, "rootFolder"),
	}
	switch kind.text() {
	case "FactoryGitHubConfiguration", "WorkspaceGitHubConfiguration":
		repo.host = model.KnownFact("github", block.At)
	case "FactoryVSTSConfiguration", "WorkspaceVSTSConfiguration":
		repo.host = model.KnownFact("azure_devops", block.At)
	}
	disabled := flag(inner(block.Value, "disablePublish"), false)
	repo.publishing = disabled
	switch disabled.state {
	case model.On:
		repo.publishing.state = model.Off
	case model.Off:
		repo.publishing.state = model.On
	}
	return repo
}
