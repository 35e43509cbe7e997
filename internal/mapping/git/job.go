package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// mirrorsOf lists the jobs of a workflow that copy the repository elsewhere, in
// the order in which they are written. Those whose condition is never true are
// asleep, and placed at the condition.
func mirrorsOf(d *draft.Draft, r *resource.Resource, self identity) (mirrors, asleep []model.Mirror) {
	flow := readWorkflow(d, r)
	for number, value := range flow.jobs {
		j := &job{draft: d, flow: flow, self: self, clones: map[string]*clone{}}
		if given := value.Get("checkout"); !given.IsAbsent() {
			j.given(given)
		}
		for _, s := range flow.steps(number) {
			j.step(s)
		}
		found := slices.Concat(j.actions, j.pushMirrors(), j.bundleMirrors())
		for i := range found {
			j.complete(&found[i])
			if neverRuns(value) {
				found[i].At = value.Get("if").At
			}
		}
		if neverRuns(value) {
			asleep = append(asleep, found...)
		} else {
			mirrors = append(mirrors, found...)
		}
	}
	slices.SortStableFunc(mirrors, func(a, b model.Mirror) int { return a.At.Compare(b.At) })
	return mirrors, asleep
}

func (j *job) step(s step) {
	switch {
	case s.action == "actions/checkout":
		j.checkout(s)
	case !s.checkout.IsAbsent():
		j.checkoutStep(s)
	case s.action == "":
	default:
		j.acted(s)
		j.uploadAction(s)
	}
	j.via = s.via
	for _, command := range s.commands {
		dir := below(s.dir, command.Dir)
		if g, ok := shell.Git(command); ok {
			j.git(dir, command, g)
			continue
		}
		if g, ok := ghClone(command); ok {
			j.cloned(dir, g, command.At)
			continue
		}
		j.archived(dir, command)
		j.uploaded(command)
	}
}

// complete adds what holds for every form.
func (j *job) complete(m *model.Mirror) {
	m.Triggers, m.Interval = j.flow.start.names, j.flow.start.interval
	m.LFS = model.AbsentFact(m.At)
	if usesLFS(j.draft.Tree) {
		m.LFS = j.largeFiles(m)
	}
}

// largeFiles: a push copies large objects only when git lfs push runs, or when
// they were fetched and the hook of Git LFS sends them along.
func (j *job) largeFiles(m *model.Mirror) model.Fact {
	fetched := false
	for _, c := range j.clones {
		fetched = fetched || c.largeFiles
	}
	switch {
	case m.Form == "bundle":
		return model.KnownFact(false, m.At) // git bundle packs Git objects only
	case !strings.HasPrefix(m.By, "git push"):
		return model.UnknownFact("whether "+m.By+" copies large files is not known to drlint", m.At)
	case j.lfsPushed:
		return model.KnownFact(true, m.At)
	case fetched:
		return model.UnknownFact("only large files that were fetched are sent along", m.At)
	default:
		return model.KnownFact(false, m.At)
	}
}

// pushMirrors joins the pushes of a job to one target: branches and tags often
// go one after the other. Pushes that only delete join those that copy.
func (j *job) pushMirrors() []model.Mirror {
	var groups [][]push
	for _, p := range j.pushes {
		at := slices.IndexFunc(groups, func(group []push) bool { return same(group[0].target, p.target) })
		if at < 0 {
			groups = append(groups, []push{p})
		} else {
			groups[at] = append(groups[at], p)
		}
	}
	var mirrors []model.Mirror
	for _, group := range groups {
		if slices.ContainsFunc(group, func(p push) bool { return !p.deletesOnly }) {
			mirrors = append(mirrors, j.pushMirror(group))
		}
	}
	return mirrors
}

func (j *job) pushMirror(group []push) model.Mirror {
	first := group[slices.IndexFunc(group, func(p push) bool { return !p.deletesOnly })]
	m := model.Mirror{
		Form: "push", At: first.at, Via: first.via, History: first.clone.history,
		PropagatesDeletes: first.deletes, Rewrites: first.rewrites,
	}
	var by []string
	for _, p := range group {
		m.PropagatesDeletes = worse(m.PropagatesDeletes, p.deletes)
		m.Rewrites = worse(m.Rewrites, p.rewrites)
		for _, option := range p.by {
			if !slices.Contains(by, option) {
				by = append(by, option)
			}
		}
	}
	m.By = strings.Join(by, " ")
	m.Refs = j.refs(group)
	if first.clone.ours == model.Maybe {
		m.History = model.UnknownFact(first.clone.why, first.at)
	}
	j.place(&m, first.target)
	return m
}

// worse prefers yes over unknown over no.
func worse(a, b model.Fact) model.Fact {
	rank := map[model.Tri]int{model.No: 0, model.Maybe: 1, model.Yes: 2}
	if rank[b.Tri()] > rank[a.Tri()] {
		return b
	}
	return a
}

// refs is what the pushes of one group cover together.
func (j *job) refs(group []push) model.Fact {
	best, tags, unread := model.KnownFact(oneRef, group[0].at), false, ""
	rank := func(f model.Fact) int {
		if f.State == model.Unknown {
			return 1
		}
		return map[string]int{oneRef: 0, branchRefs: 2, allRefs: 3}[f.Text()]
	}
	for _, p := range group {
		if p.deletesOnly {
			continue
		}
		tags, unread = tags || p.tags, orText(unread, p.unread)
		if fact := j.refsOf(p); rank(fact) > rank(best) || rank(fact) == rank(best) && best.Why == "" {
			best = fact
		}
	}
	switch {
	case best.Text() != branchRefs:
		return best
	case tags:
		best.Value = allRefs
	case unread != "":
		return model.UnknownFact("what is pushed besides the branches cannot be read: "+unread, best.At)
	}
	return best
}

// refsOf is what one push covers. git push --all and --mirror send the branches
// that the clone has: a checkout has one of its own, and those of the remote
// under refs/remotes if its history was fetched in full.
func (j *job) refsOf(p push) model.Fact {
	complete := p.clone.heads == allHeads || (p.mirror || p.tracking) && p.clone.history.Text() == full
	switch {
	case !p.mirror && !p.branches && p.byTrigger:
		return j.flow.start.refs(p.at)
	case !p.mirror && !p.branches:
		return model.KnownFact(oneRef, p.at)
	case complete && p.mirror:
		return model.KnownFact(allRefs, p.at)
	case complete:
		return model.KnownFact(branchRefs, p.at)
	case p.clone.heads == someHead:
		return model.UnknownFact("which branches are local branches of the clone is not known", p.at)
	case p.clone.history.State == model.Unknown:
		return model.UnknownFact(p.clone.history.Why, p.at)
	default:
		fact := model.KnownFact(oneRef, p.at)
		fact.Why = "a checkout has one local branch, and only local branches are sent"
		return fact
	}
}

// place says where a copy is and what protects it there.
func (j *job) place(m *model.Mirror, target shell.Word) {
	locate(j.draft, m, target, j.self.host, nil)
}
