package git

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

const gitlabProject = "gitlab_project"

// gitlabMirrors lists both names of the push mirror: provider 19 dropped the
// older one.
var gitlabMirrors = []string{"gitlab_project_push_mirror", "gitlab_project_mirror", "gitlab_project_pull_mirror"}

func declareGitLab(d *draft.Draft, r *resource.Resource) {
	name := r.Attrs.Get("path")
	if name.IsAbsent() {
		name = r.Attrs.Get("name")
	}
	a := d.Declare(r, model.Repository, "gitlab", "project", name)
	situate(d, a, r.Provider.Get("base_url"), "gitlab.com", resource.Value{})
	setBool(d, a, r, "archived", false)
	archiveOnDestroy(d, a, r)
	preventDestroy(d, a, r)
	if forever := r.Attrs.Get("permanently_delete_on_destroy"); !forever.IsAbsent() {
		setBool(d, a, r, "permanently_delete_on_destroy", false)
	}
	// GitLab protects the default branch of a new project unless its group or
	// instance says otherwise (GitLab, "Default branch").
	open(d, a, model.BranchProtection,
		"whether GitLab protects the default branch of a new project is set for its group", r.At)
}

// attachGitLabBranch: no push can delete a protected branch, and allow_force_push
// is false unless it is written; maintainers can unprotect a branch or delete
// it in the web interface (gitlab_branch_protection; GitLab, "Protected branches").
func attachGitLabBranch(d *draft.Draft, r *resource.Resource) {
	branch := r.Attrs.Get("branch")
	text, known := branch.AsString()
	x := rule{by: r.Address, at: r.At, deletion: model.Yes, rewriting: model.Yes, exemptAt: r.At,
		exempt: "maintainers can unprotect the branch and delete it"}
	x.all = model.TriOf(text == "*")
	force := r.Attrs.Get("allow_force_push")
	switch allowed, decided := force.AsBool(); {
	case force.IsAbsent():
	case !decided:
		x.open, x.at = unresolved(force, "allow_force_push"), force.At
	case allowed:
		x.rewriting, x.at = model.No, force.At
	}
	onProjects(d, r, []string{model.BranchProtection, model.UndeletableCopy}, func(a *model.Asset) {
		x := x
		switch covers, why := coversDefault(text, defaultBranchOf(d, a)); {
		case !known:
			x.covers, x.open = model.Maybe, unresolved(branch, "branch")
		case x.open == "":
			x.covers, x.open = covers, why
		default:
			x.covers = covers
		}
		if x.covers == model.Yes {
			delete(a.Protections, model.BranchProtection)
		}
		protectRefs(d, a, []rule{x})
	})
}

// defaultBranchOf is the default branch that a project writes, or "".
func defaultBranchOf(d *draft.Draft, project *model.Asset) string {
	for _, r := range d.Resources.Lookup(project.ID) {
		branch, _ := r.Attrs.Get("default_branch").AsString()
		return branch
	}
	return ""
}

// attachGitLabTag records which tags are protected from deletion.
func attachGitLabTag(d *draft.Draft, r *resource.Resource) {
	onProjects(d, r, nil, func(a *model.Asset) { d.Set(a, "protected_tags", draft.Text(r.Attrs.Get("tag"))) })
}

// onProjects applies a step to the projects that a resource names.
func onProjects(d *draft.Draft, r *resource.Resource, protections []string, step func(*model.Asset)) {
	project := r.Attrs.Get("project")
	match := d.Find(project, r.Root, "gitlab", model.Repository)
	for _, a := range match.Assets {
		step(a)
	}
	if !match.Resolved() && !match.Outside && len(protections) > 0 {
		d.Doubt(r, "gitlab", []model.Kind{model.Repository}, protections, "the project of "+r.Address+" is not known: "+match.Why, project.At)
	}
}

// attachGitLabMirror reads a mirror that GitLab runs itself.
func attachGitLabMirror(d *draft.Draft, r *resource.Resource) {
	if r.Type == "gitlab_project_pull_mirror" {
		attachPullMirror(d, r)
		return
	}
	onProjects(d, r, []string{model.MirrorCopy}, func(a *model.Asset) {
		m := hostedMirror(r, a)
		// gitlab_project_push_mirror: keep_divergent_refs is true unless it is
		// written, which keeps what the source deleted or rewrote.
		keep := draft.Or(draft.Bool(r.Attrs.Get("keep_divergent_refs")), true)
		m.PropagatesDeletes = opposite(keep)
		m.Rewrites = m.PropagatesDeletes
		m.Refs = pushedRefs(r)
		locate(d, &m, shell.WordOf(r.Attrs.Get("url")), a.Settings[hostSetting].Text(), a)
		addHosted(d, a, r, m)
	})
}

// attachPullMirror: the project is the copy and url the repository it follows,
// which may be the scanned one or one that a host is told to make.
func attachPullMirror(d *draft.Draft, r *resource.Resource) {
	onProjects(d, r, nil, func(copied *model.Asset) {
		url := r.Attrs.Get("url")
		from := followed(d, shell.WordOf(url))
		if from == nil || from == copied {
			return
		}
		m := hostedMirror(r, from)
		m.PropagatesDeletes = model.UnknownFact("what a pull mirror does with branches that the source deleted is not stated", r.At)
		m.Rewrites = draft.Or(draft.Bool(r.Attrs.Get("mirror_overwrites_diverged_branches")), false)
		m.Refs = pulledRefs(r)
		m.Target, m.TargetAsset = copied.Name, copied.ID
		m.Undeletable, _ = undeletable(copied)
		m.Host = copied.Settings[hostSetting]
		where, _ := parseAddress(shell.WordOf(url).Readable())
		m.SameHost = where.sameHost(m.Host.Text())
		addHosted(d, from, r, m)
	})
}

// followed is the repository of the model that an address means.
func followed(d *draft.Draft, url shell.Word) *model.Asset {
	where, ok := parseAddress(url.Readable())
	if !ok {
		return nil
	}
	if self := d.Asset(selfID); self != nil && identityOf(d).is(where) == model.Yes {
		return self
	}
	return hostedAt(d, where, nil)
}

func hostedMirror(r *resource.Resource, a *model.Asset) model.Mirror {
	return model.Mirror{
		Form: "hosted", By: r.Type, At: r.At, History: model.DefaultFact(full, r.At),
		LFS: model.AbsentFact(r.At), Triggers: []string{"push"},
		Interval: model.AbsentFact(r.At), SameHost: model.Maybe, Via: a.Via,
	}
}

// pushedRefs: all refs, unless the mirror is limited to branches.
func pushedRefs(r *resource.Resource) model.Fact {
	return limitedRefs(r, "only_protected_branches", "mirror_branch_regex")
}

func pulledRefs(r *resource.Resource) model.Fact {
	return limitedRefs(r, "only_mirror_protected_branches", "mirror_branch_regex")
}

func limitedRefs(r *resource.Resource, names ...string) model.Fact {
	for _, name := range names {
		value := r.Attrs.Get(name)
		limit, isBool := value.AsBool()
		text, _ := value.AsString()
		switch {
		case value.IsUnknown():
			return model.UnknownFact(value.Why, value.At)
		case isBool && limit, !isBool && text != "":
			return model.KnownFact(branchRefs, value.At)
		}
	}
	return model.DefaultFact(allRefs, r.At)
}

func opposite(f model.Fact) model.Fact {
	if truth, ok := f.Value.(bool); ok && f.State == model.Known {
		f.Value = !truth
	}
	return f
}

// addHosted adds a mirror unless it is switched off.
func addHosted(d *draft.Draft, a *model.Asset, r *resource.Resource, m model.Mirror) {
	enabled := r.Attrs.Get("enabled")
	if on, known := enabled.AsBool(); known && !on {
		means := meansOf(mechanismOf(m), model.Off, "enabled is false", r.Address, enabled.At)
		means.PropagatesDeletes = lossesRepeated(m).Tri()
		d.Protect(a, model.MirrorCopy, means)
		return
	}
	a.Mirrors = append(a.Mirrors, m)
	protectByMirror(d, a, m, r.Address)
	if target := d.Asset(m.TargetAsset); target != nil && !slices.ContainsFunc(a.Relations, func(x model.Relation) bool { return x.Target == target.ID }) {
		d.Relate(a, "replicates_to", target, r.At)
	}
}
