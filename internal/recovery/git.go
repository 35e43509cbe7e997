package recovery

import "github.com/drlint/drlint/internal/model"

// A mirror that repeats deletions is a replica: it answers the loss of a host,
// never the loss of a repository. Source: git documentation of push --mirror.
var gitMechanisms = []Mechanism{
	{
		ID: "git.mirror", RTO: "minutes", Basis: Configured, Source: "git push documentation: --mirror and --prune make the copy what the source is",
		Covers: cells{model.DestroyFault: IfDeletesStay, model.RepositoryFault: IfDeletesStay, model.CompromiseFault: IfLocked},
	},
	{
		ID: "git.bundle", RTO: "hours", Basis: Configured, Source: "git bundle documentation",
		Covers: cells{model.DestroyFault: Always, model.RepositoryFault: Always, model.CompromiseFault: IfLocked},
	},
	{ID: "git.branch_protection", Source: "branch protection keeps references, not the repository", Covers: cells{}},
	{ID: "git.protected_refs", Source: "branch protection keeps references, not the repository", Covers: cells{}},
	{ID: "git.host_setting", Source: "settings of a Git host that no file shows", Covers: cells{}},
}

// stateMechanisms keep earlier versions of infrastructure state.
var stateMechanisms = []Mechanism{
	{
		ID: "state.hcp_versions", RTO: "minutes", Basis: SLA, Windowed: true, Source: "HCP Terraform keeps every version of a state",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "state.gitlab_versions", RTO: "minutes", Basis: SLA, Windowed: true, Source: "GitLab-managed Terraform state keeps versions",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{ID: "state.elsewhere", Source: "a bucket or account that no scanned file declares", Covers: cells{}},
}

// guards prevent a loss and recover nothing, so they cover no fault.
var guards = []Mechanism{
	{ID: "guard.prevent_destroy", Source: "Terraform lifecycle.prevent_destroy", Covers: cells{}},
	{ID: "guard.deletion_protection", Source: "the provider's own deletion protection", Covers: cells{}},
	{ID: "guard.management_lock", Source: "Azure management locks", Covers: cells{}},
	{ID: "guard.resource_guard", Source: "Azure Backup: multi-user authorization by a resource guard", Covers: cells{}},
	{ID: "guard.archive_on_destroy", Source: "repositories that are archived instead of deleted", Covers: cells{}},
	{ID: "guard.iac_deletion_protection", Source: "deletion_protection of the Google provider, which stops Terraform only", Covers: cells{}},
	{ID: "guard.iac_contents", Source: "the Google provider destroys only an empty dataset unless delete_contents_on_destroy is true", Covers: cells{}},
	{ID: "guard.retention_lock", Source: "Cloud Storage refuses to delete a bucket whose objects are under retention", Covers: cells{}},
	{ID: "guard.git_permissions", Source: "Azure Repos permissions: Delete repository denied", Covers: cells{}},
}
