package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const azureRepository = "azuredevops_git_repository"

// azurePolicies are the branch policies of the azuredevops provider that a
// change must meet.
var azurePolicies = []string{
	"azuredevops_branch_policy_auto_reviewers", "azuredevops_branch_policy_build_validation",
	"azuredevops_branch_policy_comment_resolution", "azuredevops_branch_policy_merge_types",
	"azuredevops_branch_policy_min_reviewers", "azuredevops_branch_policy_status_check",
	"azuredevops_branch_policy_work_item_linking",
}

func declareAzureRepos(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.Repository, "azuredevops", "repository", r.Attrs.Get("name"))
	d.Set(a, hostSetting, model.DefaultFact("dev.azure.com", r.At))
	// azuredevops_git_repository has no argument that keeps a repository when
	// the resource is destroyed.
	d.Lacks(a, model.DestroyGuard, "destroying the resource deletes the repository", r.At, true)
	preventDestroy(d, a, r)
}

func attachAzureRepos(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	denyAzure(d, a, r)
	var rules []rule
	for _, policy := range d.Resources.OfType(azurePolicies...) {
		if policy.Mode == resource.Managed {
			rules = append(rules, azureRules(d, policy, a)...)
		}
	}
	protectRefs(d, a, rules)
	if len(a.Protections[model.BranchProtection].Means) == 0 {
		d.Lacks(a, model.BranchProtection, "no branch policy protects the default branch", r.At, false)
	}
}

// azureRules reads a policy's scopes. A branch with a required policy takes
// changes by pull request only and cannot be deleted, except by those who may
// bypass policies (Azure Repos, "Branch policies and settings").
func azureRules(d *draft.Draft, policy *resource.Resource, a *model.Asset) []rule {
	var rules []rule
	for _, scope := range policy.Attrs.Path("settings").Block().Get("scope").Blocks() {
		if !meansAzure(d, scope.Get("repository_id"), policy, a) {
			continue
		}
		x := rule{
			by: policy.Address, at: policy.At, deletion: model.Yes, rewriting: model.Yes, all: model.No,
			exempt: "whoever may bypass policies can still delete and rewrite the branch", exemptAt: policy.At,
		}
		x.covers, x.open = azureCovers(scope)
		for _, name := range []string{"enabled", "blocking"} {
			value := policy.Attrs.Get(name)
			on, known := value.AsBool()
			switch {
			case value.IsAbsent(): // true unless written
			case !known:
				x.open = unresolved(value, name)
			case !on:
				x.off, x.at = name+" is false, so the policy stops nothing", value.At
			}
		}
		rules = append(rules, x)
	}
	return rules
}

// azureCovers matches the scope of a policy with the default branch.
func azureCovers(scope resource.Value) (model.Tri, string) {
	ref := scope.Get("repository_ref")
	if match, _ := scope.Get("match_type").AsString(); match == "DefaultBranch" {
		return model.Yes, ""
	}
	for _, target := range ref.Refs {
		if target.Attr == "default_branch" {
			return model.Yes, ""
		}
	}
	text, known := ref.AsString()
	switch {
	case ref.IsAbsent():
		return model.Yes, "" // every branch
	case !known:
		return model.Maybe, unresolved(ref, "repository_ref")
	default:
		return coversDefault(strings.TrimPrefix(text, "refs/heads/"), "")
	}
}

// meansAzure reports whether a permission or a policy is about a repository. One
// without a repository is about all of its project, which is compared by root.
func meansAzure(d *draft.Draft, id resource.Value, r *resource.Resource, a *model.Asset) bool {
	if id.IsAbsent() {
		return r.Root == a.Root
	}
	return slices.Contains(d.Find(id, r.Root, "azuredevops", model.Repository).Assets, a)
}

// denyAzure states what permissions deny. Only a denial to administrators too
// keeps everyone from deleting the repository.
func denyAzure(d *draft.Draft, a *model.Asset, _ *resource.Resource) {
	for _, r := range d.Resources.OfType("azuredevops_git_permissions") {
		permissions := r.Attrs.Get("permissions")
		deletion := permissions.Get("DeleteRepository")
		denied, known := deletion.AsString()
		if r.Mode != resource.Managed || !r.Attrs.Get("branch_name").IsAbsent() || deletion.IsAbsent() || !meansAzure(d, r.Attrs.Get("repository_id"), r, a) {
			continue
		}
		means := meansOf("guard.git_permissions", model.On, "", r.Address, deletion.At)
		switch {
		case !known:
			means.State, means.Why = model.Undecided, unresolved(deletion, "permissions.DeleteRepository")
		case !strings.EqualFold(denied, "Deny"):
			means.State, means.Why = model.Off, "permissions.DeleteRepository is "+denied
		default:
			means.Scope, means.Why = deniedTo(d, r.Attrs.Get("principal"))
		}
		d.Protect(a, model.DeleteGuard, means)
		force := permissions.Get("ForcePush")
		if text, _ := force.AsString(); means.State == model.On && means.Scope == model.Whole && !strings.EqualFold(text, "Deny") {
			means.Scope, means.Why = model.Partial, "permissions.ForcePush is not Deny, so branches can still be rewritten"
		}
		d.Protect(a, model.UndeletableCopy, means)
	}
}

// deniedTo tells administrators from everybody else by the group's name.
func deniedTo(d *draft.Draft, principal resource.Value) (model.Scope, string) {
	names := []string{principal.Hint}
	if text, known := principal.AsString(); known {
		names = append(names, text)
	}
	for _, group := range d.Resources.Referents(principal) {
		for _, attribute := range []string{"name", "display_name"} {
			if text, known := group.Attrs.Get(attribute).AsString(); known {
				names = append(names, text)
			}
		}
	}
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), "administrators") {
			return model.Whole, ""
		}
	}
	return model.Partial, "DeleteRepository is not denied to administrators"
}
