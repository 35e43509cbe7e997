package git

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const githubRepository = "github_repository"

var githubRules = []string{"github_branch_protection", "github_branch_protection_v3", "github_repository_ruleset", "github_organization_ruleset"}

func declareGitHub(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.Repository, "github", "repository", r.Attrs.Get("name"))
	owner := r.Provider.Get("owner")
	if owner.IsAbsent() {
		owner = r.Provider.Get("organization")
	}
	situate(d, a, r.Provider.Get("base_url"), "github.com", owner)
	setBool(d, a, r, "archived", false)
	archiveOnDestroy(d, a, r)
	preventDestroy(d, a, r)
}

// attachGitHub gathers the rules that name a repository, because they add up.
func attachGitHub(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	branch := defaultBranch(d, r)
	var rules []rule
	for _, other := range rulesAbout(d, a) {
		rules = append(rules, readRule(other, branch))
	}
	protectRefs(d, a, rules)
	if len(a.Protections[model.BranchProtection].Means) == 0 {
		d.Lacks(a, model.BranchProtection, "no rule protects the default branch", r.At, false)
	}
}

// attachRule notes the rules whose repository is not known.
func attachRule(d *draft.Draft, r *resource.Resource) {
	if r.Type == "github_organization_ruleset" {
		return
	}
	match := d.Find(repositoryOf(r), r.Root, "github", model.Repository)
	if !match.Resolved() && !match.Outside {
		d.Doubt(r, "github", []model.Kind{model.Repository}, []string{model.BranchProtection, model.UndeletableCopy},
			"the repository of "+r.Address+" is not known: "+match.Why, r.At)
	}
}

// repositoryOf is the value that names a rule's repository. Before version 4 of
// the provider, github_branch_protection named repository and branch as
// github_branch_protection_v3 does now.
func repositoryOf(r *resource.Resource) resource.Value {
	if id := r.Attrs.Get("repository_id"); r.Type == "github_branch_protection" && !id.IsAbsent() {
		return id
	}
	return r.Attrs.Get("repository")
}
