package fabric

import (
	"path"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// workspaces declares one workspace for each folder of items and for each that
// Terraform creates.
func workspaces() draft.Mapper {
	return draft.Mapper{
		Service: "workspace", Types: []string{"fabric_folder", "fabric_workspace"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			if r.Type == "fabric_workspace" {
				a := d.Declare(r, model.Workspace, provider, "fabric", r.Attrs.Get("display_name"))
				d.Set(a, "git_layout", model.KnownFact(false, r.At))
				capacityRegion(d, a, r)
				return
			}
			name := path.Base(r.Address)
			if r.Address == "." {
				name = d.Tree.Name
			}
			a := d.Declare(r, model.Workspace, provider, "fabric", resource.StringAt(r.At, name))
			d.Set(a, "git_layout", model.KnownFact(true, r.At))
		}),
		Attach: attached(func(d *draft.Draft, a *model.Asset, r *resource.Resource) {
			preventDestroy(d, a, r)
			open(d, a, capacitySwitch, r.At, model.GeoReplication)
		}),
	}
}

// capacityRegion takes the region of a workspace from its capacity, where the
// same configuration creates that.
func capacityRegion(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	for _, capacity := range d.Resources.Referents(r.Attrs.Get("capacity_id")) {
		if location := capacity.Attrs.Get("location"); !location.IsAbsent() {
			a.Region = draft.Text(location)
			return
		}
	}
}

// gitConnections records which repository a workspace is connected to (fabric
// provider, workspace_git: git_provider_details).
func gitConnections() draft.Mapper {
	return draft.Mapper{
		Service: "workspace_git", Types: []string{"fabric_workspace_git"},
		Attach: managed(func(d *draft.Draft, r *resource.Resource) {
			details, workspace := r.Attrs.Get("git_provider_details").Block(), r.Attrs.Get("workspace_id")
			if workspace.IsUnknown() && len(d.Resources.Referents(workspace, "fabric_workspace")) == 0 {
				openGit(d, r, workspace)
			}
			for _, target := range d.Resources.Referents(workspace, "fabric_workspace") {
				a := d.Asset(target.ID)
				if a == nil {
					continue
				}
				host := details.Get("git_provider_type")
				switch text, _ := host.AsString(); text {
				case "GitHub":
					d.Set(a, "git", model.KnownFact("github", host.At))
				case "AzureDevOps":
					d.Set(a, "git", model.KnownFact("azure_devops", host.At))
				default:
					d.Set(a, "git", draft.Text(host))
				}
				d.Set(a, "git_repository", draft.Text(details.Get("repository_name")))
				d.Set(a, "git_branch", draft.Text(details.Get("branch_name")))
				d.Set(a, "git_folder", draft.Text(details.Get("directory_name")))
			}
		}),
	}
}

// openGit leaves open which workspace of the root a connection belongs to.
func openGit(d *draft.Draft, r *resource.Resource, workspace resource.Value) {
	for _, a := range d.OfKindIn(r.Root, model.Workspace) {
		if _, decided := a.Settings["git"]; a.Type == "fabric_workspace" && !decided {
			d.Set(a, "git", model.UnknownFact(workspace.Why, workspace.At))
		}
	}
}
