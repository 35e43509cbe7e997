package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Settings under which a repository's place is kept.
const (
	hostSetting = "host"
	pathSetting = "path" // "owner/name" as far as it is known
)

// situate records where a host keeps a repository. base is the provider's own
// address of the host, owner the account, both as far as they are known.
func situate(d *draft.Draft, a *model.Asset, base resource.Value, host string, owner resource.Value) {
	text, known := base.AsString()
	switch {
	case known && text != "":
		if where, ok := parseAddress(text); ok {
			host = strings.TrimPrefix(where.host, "api.")
		}
		d.Set(a, hostSetting, model.KnownFact(host, base.At))
	case base.IsUnknown():
		d.Set(a, hostSetting, model.UnknownFact(base.Why, base.At))
	default:
		d.Set(a, hostSetting, model.DefaultFact(host, a.At))
	}
	account, known := owner.AsString()
	if known && a.Name.Text() != "" {
		d.Set(a, pathSetting, model.KnownFact(account+"/"+a.Name.Text(), a.Name.At))
	}
}

// hostedAt finds the repository of the model that an address means, which is
// not the one that it is copied from.
func hostedAt(d *draft.Draft, where address, from *model.Asset) *model.Asset {
	if !where.pathKnown() {
		return nil
	}
	for _, a := range d.OfKind(model.Repository) {
		if a.ID == selfID || a == from || where.sameHost(a.Settings[hostSetting].Text()) != model.Yes {
			continue
		}
		if full := a.Settings[pathSetting].Text(); full != "" {
			if strings.EqualFold(full, where.path) {
				return a
			}
		} else if strings.EqualFold(a.Name.Text(), path.Base(where.path)) {
			return a
		}
	}
	return nil
}

// undeletable says whether a repository of the model can be deleted. Rules that
// hold for a part of it leave the question open; partly then says what they do.
func undeletable(a *model.Asset) (answer model.Fact, partly *model.Means) {
	answer = model.KnownFact(false, a.At)
	answer.Why = "no rule keeps " + a.Address + " from being deleted"
	for _, means := range a.Protections[model.UndeletableCopy].Means {
		switch {
		case means.State == model.On && means.Scope == model.Whole:
			return model.KnownFact(true, means.At), nil
		case means.State == model.On:
			answer, partly = model.UnknownFact(means.Why, means.At), &means
		case means.State == model.Undecided && partly == nil:
			answer = model.UnknownFact(means.Why, means.At)
		}
	}
	return answer, partly
}

// preventDestroy states what lifecycle.prevent_destroy says, if it says anything.
func preventDestroy(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Lifecycle.Path("prevent_destroy")
	on, known := value.AsBool()
	switch {
	case value.IsAbsent():
	case !known:
		d.Protect(a, model.DestroyGuard, meansOf("guard.prevent_destroy", model.Undecided, unresolved(value, "prevent_destroy"), a.Address, value.At))
	case on:
		d.Protect(a, model.DestroyGuard, meansOf("guard.prevent_destroy", model.On, "", a.Address, value.At))
	default:
		d.Lacks(a, model.DestroyGuard, "prevent_destroy is false", value.At, false)
	}
}

// archiveOnDestroy: without it a destroy deletes the repository (provider
// documents of github_repository and gitlab_project: false unless written).
func archiveOnDestroy(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Attrs.Get("archive_on_destroy")
	on, known := value.AsBool()
	switch {
	case value.IsAbsent():
		d.Lacks(a, model.DestroyGuard, "archive_on_destroy is false by default, so destroying the resource deletes the repository", r.At, true)
	case !known:
		d.Protect(a, model.DestroyGuard, meansOf("guard.archive_on_destroy", model.Undecided, unresolved(value, "archive_on_destroy"), a.Address, value.At))
	case on:
		d.Protect(a, model.DestroyGuard, meansOf("guard.archive_on_destroy", model.On, "", a.Address, value.At))
	default:
		d.Lacks(a, model.DestroyGuard, "archive_on_destroy is false, so destroying the resource deletes the repository", value.At, false)
	}
}

// concludeHosted leaves open what a host decides outside its configuration.
func concludeHosted(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	rest := map[string]string{
		model.MirrorCopy:  "the repository's own pipelines and its host's mirroring are not in this repository",
		model.DeleteGuard: "who may delete a repository is set for the whole account, not for this resource",
	}
	for _, protection := range []string{model.MirrorCopy, model.DeleteGuard} {
		if unstated(a, protection) {
			open(d, a, protection, rest[protection], r.At)
		}
	}
	if unstated(a, model.UndeletableCopy) {
		d.Lacks(a, model.UndeletableCopy, "no rule keeps "+a.Address+" from being deleted", r.At, false)
	}
}

// setBool records a boolean attribute with the provider's default.
func setBool(d *draft.Draft, a *model.Asset, r *resource.Resource, name string, byDefault bool) {
	d.Set(a, name, draft.Or(draft.Bool(r.Attrs.Get(name)), byDefault))
}

// rule is what one resource says about refs of a repository.
type rule struct {
	by string
	at source.Range
	// deletion and rewriting say whether each is blocked.
	deletion, rewriting model.Tri
	// covers says whether the default branch, all says whether every branch is meant.
	covers, all model.Tri
	// exempt names who the rule does not bind, with its place; empty for nobody.
	exempt   string
	exemptAt source.Range
	// off says why the rule has no effect; open why it cannot be read.
	off, open string
}

// protectRefs states what the rules of a repository give together. Several
// rules add up: one may stop deletion and another one forced pushes.
func protectRefs(d *draft.Draft, a *model.Asset, rules []rule) {
	var defaults, all []rule
	for _, r := range rules {
		if r.covers != model.No {
			defaults = append(defaults, r)
		}
		if r.all == model.Yes {
			all = append(all, r)
		}
	}
	if means, ok := together(defaults); ok {
		d.Protect(a, model.BranchProtection, means)
	}
	if means, ok := together(all); ok && means.State != model.Off {
		means.Mechanism = "git.branch_protection"
		if means.State == model.On {
			means.Scope = model.Partial
			why := "the rules protect refs, not the repository, which its administrators can delete"
			if means.Why != "" {
				why = means.Why + "; " + why
			}
			means.Why = why
		}
		d.Protect(a, model.UndeletableCopy, means)
	}
}

// sum is what several rules about the same refs block together, and the last of
// them that exempts somebody, has no effect or cannot be read.
type sum struct {
	deletion, rewriting model.Tri
	last                rule
	exempt, off, open   *rule
}

func sumOf(rules []rule) sum {
	s := sum{deletion: model.No, rewriting: model.No, last: rules[0]}
	for i := range rules {
		r := &rules[i]
		switch {
		case r.off != "":
			s.off = r
			continue
		case r.open != "" || r.covers == model.Maybe:
			s.open = r
			continue
		}
		if r.exempt != "" && (r.deletion == model.Yes || r.rewriting == model.Yes) {
			s.exempt = r
		}
		s.deletion, s.rewriting, s.last = better(s.deletion, r.deletion), better(s.rewriting, r.rewriting), *r
	}
	return s
}

// together folds rules into one means.
func together(rules []rule) (model.Means, bool) {
	if len(rules) == 0 {
		return model.Means{}, false
	}
	s := sumOf(rules)
	if s.exempt != nil {
		binding := slices.DeleteFunc(slices.Clone(rules), func(r rule) bool { return r.exempt != "" })
		if means, ok := together(binding); ok && means.State == model.On {
			return means, true // what some rules exempt, others do not
		}
	}
	means := meansOf("git.branch_protection", model.On, "", s.last.by, s.last.at)
	switch blocked := s.deletion == model.Yes && s.rewriting == model.Yes; {
	case blocked && s.exempt != nil:
		means.Scope, means.Why, means.By, means.At = model.Partial, s.exempt.exempt, s.exempt.by, s.exempt.exemptAt
	case blocked:
	case s.open != nil:
		means.State, means.Scope = model.Undecided, model.UnknownScope
		means.Why, means.By, means.At = s.open.open, s.open.by, s.open.at
	case s.off != nil && s.deletion != model.Yes && s.rewriting != model.Yes:
		means.State, means.Why, means.By, means.At = model.Off, s.off.off, s.off.by, s.off.at
	default:
		means.State, means.Why = model.Off, "the rule does not block "+missing(s.deletion, s.rewriting)
	}
	return means, true
}

func missing(deletion, rewriting model.Tri) string {
	switch {
	case deletion != model.Yes && rewriting != model.Yes:
		return "deletion and forced pushes"
	case deletion != model.Yes:
		return "deletion"
	default:
		return "forced pushes"
	}
}

func better(a, b model.Tri) model.Tri {
	rank := map[model.Tri]int{model.No: 0, model.Maybe: 1, model.Yes: 2}
	if rank[b] > rank[a] {
		return b
	}
	return a
}
