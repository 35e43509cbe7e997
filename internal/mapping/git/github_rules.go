package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// ruleIndex says which rules are about which repositories. An organization
// manages thousands of both.
type ruleIndex struct {
	rules        []*resource.Resource
	named        map[*model.Asset][]int // places among the rules
	organization []int
}

// rulesAbout returns the rules that are about a repository, in order.
func rulesAbout(d *draft.Draft, a *model.Asset) (about []*resource.Resource) {
	type key struct{}
	index := draft.Once(d, key{}, func() ruleIndex { return indexRules(d) })
	places := slices.Clone(index.named[a])
	for _, place := range index.organization {
		names := index.rules[place].Attrs.Path("conditions.repository_name").Block()
		if listed(names.Get("include"), a.Name.Text()) && !listed(names.Get("exclude"), a.Name.Text()) {
			places = append(places, place)
		}
	}
	slices.Sort(places)
	for _, place := range places {
		about = append(about, index.rules[place])
	}
	return about
}

func indexRules(d *draft.Draft) ruleIndex {
	index := ruleIndex{rules: d.Resources.OfType(githubRules...), named: map[*model.Asset][]int{}}
	for place, r := range index.rules {
		switch {
		case r.Mode != resource.Managed:
		case r.Type == "github_organization_ruleset":
			index.organization = append(index.organization, place)
		default:
			for _, a := range d.Find(repositoryOf(r), r.Root, "github", model.Repository).Assets {
				index.named[a] = append(index.named[a], place)
			}
		}
	}
	return index
}

// listed reports whether one of the patterns matches a repository's name.
func listed(patterns resource.Value, name string) bool {
	texts, _ := patterns.Strings()
	return slices.ContainsFunc(texts, func(pattern string) bool {
		matched, err := path.Match(pattern, name)
		return pattern == "~ALL" || err == nil && matched && name != ""
	})
}

// defaultBranch is the branch that a repository is said to start from, or ""
// when nothing says so.
func defaultBranch(d *draft.Draft, r *resource.Resource) string {
	type key struct{}
	chosen := draft.Once(d, key{}, func() map[*resource.Resource]string { return defaultBranches(d) })
	if text, written := chosen[r]; written {
		return text
	}
	text, _ := r.Attrs.Get("default_branch").AsString()
	return text
}

// defaultBranches reads what github_branch_default chooses; the first decides.
func defaultBranches(d *draft.Draft) map[*resource.Resource]string {
	chosen := map[*resource.Resource]string{}
	for _, r := range d.Resources.OfType("github_branch_default") {
		text, known := r.Attrs.Get("branch").AsString()
		for _, repository := range d.Resources.Referents(r.Attrs.Get("repository")) {
			if _, taken := chosen[repository]; known && !taken {
				chosen[repository] = text
			}
		}
	}
	return chosen
}

func readRule(r *resource.Resource, branch string) rule {
	switch r.Type {
	case "github_branch_protection":
		if pattern := r.Attrs.Get("pattern"); !pattern.IsAbsent() {
			return protection(r, pattern, branch)
		}
		return protection(r, r.Attrs.Get("branch"), branch)
	case "github_branch_protection_v3":
		return protection(r, r.Attrs.Get("branch"), branch)
	default:
		return ruleset(r, branch)
	}
}

// protection reads classic branch protection. It blocks deletion and forced
// pushes unless it allows them, and leaves administrators out unless it says
// otherwise (github_branch_protection: allows_deletions, allows_force_pushes
// and enforce_admins are false unless written; the v3 resource allows neither).
func protection(r *resource.Resource, pattern resource.Value, branch string) rule {
	x := rule{by: r.Address, at: r.At, deletion: model.Yes, rewriting: model.Yes, exemptAt: r.At}
	text, known := pattern.AsString()
	x.covers, x.open = coversDefault(text, branch)
	if !known {
		x.covers, x.open = model.Maybe, unresolved(pattern, "pattern")
	}
	x.all = model.TriOf(text == "**" || text == "**/*")
	for _, option := range []struct {
		name    string
		blocked *model.Tri
	}{{"allows_deletions", &x.deletion}, {"allows_force_pushes", &x.rewriting}} {
		value := r.Attrs.Get(option.name)
		allowed, decided := value.AsBool()
		switch {
		case value.IsAbsent():
		case !decided:
			*option.blocked, x.open, x.at = model.Maybe, unresolved(value, option.name), value.At
		case allowed:
			*option.blocked, x.at = model.No, value.At
		}
	}
	admins := r.Attrs.Get("enforce_admins")
	switch enforced, decided := admins.AsBool(); {
	case admins.IsAbsent():
		x.exempt = "enforce_admins is false by default, so administrators can still delete and rewrite the branch"
	case !decided:
		x.open, x.at = unresolved(admins, "enforce_admins"), admins.At
	case !enforced:
		x.exempt, x.exemptAt = "enforce_admins is false, so administrators can still delete and rewrite the branch", admins.At
	}
	return x
}

// usualDefaults are the names that default branches have; likelyDefaults are
// those that they have now and then.
var (
	usualDefaults  = []string{"main", "master"}
	likelyDefaults = []string{"develop", "dev", "trunk", "default", "production"}
)

// coversDefault matches a pattern with the default branch, or with the usual
// names of one where nothing tells it.
func coversDefault(pattern, branch string) (covers model.Tri, open string) {
	matches := func(name string) bool {
		matched, err := path.Match(pattern, name)
		return err == nil && matched || pattern == "**" || pattern == "**/*"
	}
	switch {
	case branch != "":
		return model.TriOf(matches(branch)), ""
	case slices.ContainsFunc(usualDefaults, matches):
		return model.Yes, ""
	case slices.ContainsFunc(likelyDefaults, matches):
		return model.Maybe, "the rule is for " + pattern + " and which branch is the default is not written"
	default:
		return model.No, ""
	}
}

// ruleset reads a ruleset. A rule that is not written is not enforced, and only
// an active ruleset is (github_repository_ruleset: enforcement, rules).
func ruleset(r *resource.Resource, branch string) rule {
	x := rule{by: r.Address, at: r.At, exemptAt: r.At, all: model.No}
	x.covers, x.open = rulesetCovers(r, branch)
	if include, _ := r.Attrs.Path("conditions.ref_name.include").Strings(); slices.Contains(include, "~ALL") && isBranchRuleset(r) &&
		len(r.Attrs.Path("conditions.ref_name.exclude").Blocks()) == 0 {
		x.all = model.Yes
	}
	enforcement := r.Attrs.Get("enforcement")
	switch text, known := enforcement.AsString(); {
	case !known:
		x.open, x.at = unresolved(enforcement, "enforcement"), enforcement.At
	case text != "active":
		x.off, x.at = "enforcement is "+text+", which stops nothing", enforcement.At
	}
	rules := r.Attrs.Path("rules").Block()
	var why string
	x.deletion, why = blocks(rules.Get("deletion"), "rules.deletion")
	x.open = orText(x.open, why)
	x.rewriting, why = blocks(rules.Get("non_fast_forward"), "rules.non_fast_forward")
	x.open = orText(x.open, why)
	if frozen, _ := rules.Get("update").AsBool(); frozen {
		x.rewriting = model.Yes
	}
	for _, actor := range r.Attrs.Get("bypass_actors").Blocks() {
		mode, known := actor.Get("bypass_mode").AsString()
		kind, _ := actor.Get("actor_type").AsString()
		// A pull request cannot delete or rewrite a branch.
		if !known || mode != "pull_request" {
			x.exempt, x.exemptAt = strings.TrimSpace("bypass_actors lets "+orText(kind, "an actor")+" pass the rule"), actor.At
		}
	}
	return x
}

func isBranchRuleset(r *resource.Resource) bool {
	target, known := r.Attrs.Get("target").AsString()
	return known && target == "branch"
}

func rulesetCovers(r *resource.Resource, branch string) (model.Tri, string) {
	target := r.Attrs.Get("target")
	if target.IsUnknown() {
		return model.Maybe, target.Why
	}
	if !isBranchRuleset(r) {
		return model.No, ""
	}
	names := r.Attrs.Path("conditions.ref_name").Block()
	covers, open := anyCovers(names.Get("include"), branch)
	if covers == model.No {
		return covers, ""
	}
	if excluded, _ := anyCovers(names.Get("exclude"), branch); excluded == model.Yes {
		return model.No, ""
	}
	return covers, open
}

func anyCovers(refs resource.Value, branch string) (model.Tri, string) {
	texts, complete := refs.Strings()
	answer, open := model.No, ""
	if !complete {
		answer, open = model.Maybe, unresolved(refs, "conditions.ref_name")
	}
	for _, text := range texts {
		covers, why := model.Yes, ""
		if text != "~DEFAULT_BRANCH" && text != "~ALL" {
			covers, why = coversDefault(strings.TrimPrefix(text, "refs/heads/"), branch)
		}
		if better(answer, covers) != answer {
			answer, open = covers, why
		}
	}
	return answer, open
}

func blocks(v resource.Value, name string) (answer model.Tri, open string) {
	on, known := v.AsBool()
	switch {
	case v.IsAbsent():
		return model.No, ""
	case !known:
		return model.Maybe, unresolved(v, name)
	default:
		return model.TriOf(on), ""
	}
}

func orText(text, fallback string) string {
	if text != "" {
		return text
	}
	return fallback
}
