package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// action is what a public action does that copies a repository to another one.
// The facts are read from the actions' own sources.
type action struct {
	// target names the inputs that hold the address, in order; an input that
	// starts with "env:" is a variable of the step.
	targets []string
	// source names the input with the repository that is copied; without one
	// the action copies what the job checked out.
	source string
	// deletes and rewrites are what it does at the target by default.
	deletes, rewrites model.Tri
	// refs is "all", "branches" or "one"; "" depends on the trigger.
	refs string
	// clones is set when it makes a full copy itself, whatever was checked out.
	clones bool
	// adjust changes the facts by the step's inputs; nil without any.
	adjust func(m *model.Mirror, s step, flow *workflow)
}

var actions = map[string]action{
	// mirror.sh: tags, all branches, --force and --prune, not to be changed.
	"pixta-dev/repository-mirroring-action": {targets: []string{"target_repo_url"}, deletes: model.Yes, rewrites: model.Yes, refs: allRefs},
	// GIT_PUSH_ARGS is "--tags --force --prune" and PUSH_ALL_REFS true by default.
	"yesolutions/mirror-action": {targets: []string{"remote", "args"}, deletes: model.Yes, rewrites: model.Yes, refs: allRefs, adjust: mirrorAction},
	"spyoungtech/mirror-action": {targets: []string{"remote", "args"}, deletes: model.Yes, rewrites: model.Yes, refs: allRefs, adjust: mirrorAction},
	// git clone --mirror and git push --mirror.
	"wearerequired/git-mirror-action": {targets: []string{"destination-repo"}, source: "source-repo", deletes: model.Yes, rewrites: model.Yes, refs: allRefs, clones: true},
	// git push --mirror of what was checked out.
	"reload/git-push-mirror-action": {targets: []string{"args"}, deletes: model.Yes, rewrites: model.Yes, refs: allRefs},
	// --tags --prune always; force_update only adds -f.
	"yikun/hub-mirror-action": {targets: []string{"dst"}, source: "src", deletes: model.Yes, rewrites: model.No, refs: allRefs, clones: true, adjust: hubMirror},
	// Forces the one ref that started the run and removes it on a delete event.
	"xometry/gitlab-mirror-action": {targets: []string{"env:gitlab_repository"}, deletes: model.No, rewrites: model.Yes, adjust: onDelete},
	// git push of the branch that started the run, --force if FORCE_PUSH is true.
	"svanboxel/gitlab-mirror-and-ci-action": {targets: []string{"args"}, deletes: model.No, rewrites: model.No, adjust: forcePush},
	// The task of Swellaby for Azure Pipelines: git clone --mirror and git push --mirror.
	"mirror-git-repository-vsts-task": {targets: []string{"destinationgitrepositoryuri"}, source: "sourcegitrepositoryuri", deletes: model.Yes, rewrites: model.Yes, refs: allRefs, clones: true},
	// Its source was not at hand.
	"yansongda/git-mirror-action": {targets: []string{"destination_repository", "destination-repository"}, deletes: model.Maybe, rewrites: model.Maybe, refs: openRefs},
}

const (
	allRefs    = "all"
	branchRefs = "branches"
	oneRef     = "one"
	openRefs   = "open"
)

// acted records a mirror when the step uses an action that makes one.
func (j *job) acted(s step) {
	known, found := actions[s.action]
	if !found {
		known, found = j.guessed(s)
	}
	if !found {
		return
	}
	c := j.at(".")
	switch {
	case known.source == "" && c.ours == model.No:
		return
	case known.source != "" && j.copied(shell.WordOf(input(s, known.source))) == model.No:
		return
	}
	target := j.targetOf(s, known)
	where, ok := parseAddress(target.Readable())
	if ok && (j.self.is(where) == model.Yes || where.deploys()) {
		return
	}
	j.actions = append(j.actions, j.actionMirror(s, known, target, c))
}

// copied compares the repository that an action is told to copy: an address, or
// "github/owner" for a whole account.
func (j *job) copied(from shell.Word) model.Tri {
	if account, found := strings.CutPrefix(from.Readable(), "github/"); found && from.Known {
		owner, _, _ := strings.Cut(j.self.path, "/")
		if j.self.path == "" {
			return model.Maybe
		}
		return model.TriOf(strings.EqualFold(owner, account))
	}
	answer, _ := j.self.isAt(from)
	return answer
}

// guessed takes an action for a mirror that names itself one and gets the
// address of another repository. What it does there is not known.
func (j *job) guessed(s step) (action, bool) {
	if !strings.Contains(s.action, "mirror") || !strings.Contains(s.action, "/") && !j.flow.onAzure() {
		return action{}, false
	}
	for _, field := range s.with.Fields {
		word := shell.WordOf(field.Value)
		where, ok := parseAddress(word.Readable())
		if ok && !where.local && where.path != "" && where.hostKnown() && isGitAddress(word.Readable(), where) && j.self.is(where) == model.No {
			return action{targets: []string{strings.ToLower(field.Name)}, deletes: model.Maybe, rewrites: model.Maybe, refs: openRefs}, true
		}
	}
	return action{}, false
}

// isGitAddress tells the address of a repository from that of anything else.
func isGitAddress(text string, where address) bool {
	return strings.HasSuffix(text, ".git") || where.user == "git" ||
		slices.Contains([]string{"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "dev.azure.com"}, where.host)
}

// input reads an input or a variable by name; inputs ignore case.
func input(s step, name string) resource.Value {
	from := s.with
	if variable, found := strings.CutPrefix(name, "env:"); found {
		from, name = s.env, variable
	}
	for _, field := range from.Fields {
		if strings.EqualFold(field.Name, name) {
			return field.Value
		}
	}
	return resource.Value{At: s.at}
}

func (j *job) targetOf(s step, known action) shell.Word {
	for _, name := range known.targets {
		if v := input(s, name); !v.IsAbsent() {
			word := shell.WordOf(v)
			if s.action == "yikun/hub-mirror-action" {
				word = hubAddress(word, input(s, "dst_endpoint"))
			}
			return word
		}
	}
	return shell.UnknownWord("the step does not say where the copy goes", s.at)
}

// hubAddress turns "gitee/owner" into an address. One repository of the account
// has the name of this one.
func hubAddress(w shell.Word, endpoint resource.Value) shell.Word {
	hub, owner, found := strings.Cut(w.Readable(), "/")
	host := map[string]string{"gitee": "gitee.com", "github": "github.com", "gitlab": "gitlab.com"}[hub]
	if text, known := endpoint.AsString(); known && text != "" {
		host = text
	}
	if !found || host == "" {
		return w
	}
	w.Text, w.Hint = "https://"+host+"/"+owner, "https://"+host+"/"+owner
	return w
}

func (j *job) actionMirror(s step, known action, target shell.Word, c *clone) model.Mirror {
	fact := func(answer model.Tri) model.Fact {
		if answer == model.Maybe {
			return model.UnknownFact("what "+s.action+" does at the target is not known to drlint", s.at)
		}
		return model.DefaultFact(answer == model.Yes, s.at)
	}
	m := model.Mirror{
		Form: "push", By: j.by(s), At: s.at, Via: s.via,
		PropagatesDeletes: fact(known.deletes), Rewrites: fact(known.rewrites), History: c.history,
		Refs: j.actionRefs(s, known, c),
	}
	if known.clones {
		m.History = model.KnownFact(full, s.at)
	}
	j.place(&m, target)
	if known.adjust != nil {
		known.adjust(&m, s, j.flow)
	}
	return m
}

func (j *job) actionRefs(s step, known action, c *clone) model.Fact {
	switch {
	case known.refs == openRefs:
		return model.UnknownFact("which refs "+s.action+" copies is not known to drlint", s.at)
	case known.refs == "":
		return j.flow.start.refs(s.at)
	case !known.clones && c.history.Text() == shallow:
		// A shallow checkout knows no branch but its own.
		return model.KnownFact(oneRef, c.history.At)
	default:
		return model.DefaultFact(known.refs, s.at)
	}
}

// refs is what a push of the branch that started the run covers over time.
func (t triggers) refs(at source.Range) model.Fact {
	if t.everyBranch {
		return model.KnownFact(branchRefs, at)
	}
	return model.KnownFact(oneRef, at)
}

// mirrorAction: GIT_PUSH_ARGS replaces the default options, and PUSH_ALL_REFS
// false sends the branch of the run only.
func mirrorAction(m *model.Mirror, s step, flow *workflow) {
	arguments, everything := input(s, "git_push_args"), input(s, "push_all_refs")
	if text, known := arguments.AsString(); known {
		options := strings.Fields(text)
		has := func(names ...string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(options, name) })
		}
		m.PropagatesDeletes = model.KnownFact(has("--prune", "--mirror"), arguments.At)
		m.Rewrites = model.KnownFact(has("--force", "-f", "--mirror", "--force-with-lease"), arguments.At)
		if !has("--tags", "--mirror") && m.Refs.Text() == allRefs {
			m.Refs = model.KnownFact(branchRefs, arguments.At)
		}
	} else if arguments.IsUnknown() {
		m.PropagatesDeletes = model.UnknownFact(arguments.Why, arguments.At)
		m.Rewrites = m.PropagatesDeletes
	}
	switch all, known := everything.AsBool(); {
	case everything.IsUnknown():
		m.Refs = model.UnknownFact(everything.Why, everything.At)
	case known && !all:
		m.Refs = flow.start.refs(everything.At)
		m.PropagatesDeletes = model.KnownFact(false, everything.At)
	}
}

func hubMirror(m *model.Mirror, s step, _ *workflow) {
	if force := input(s, "force_update"); !force.IsAbsent() {
		m.Rewrites = boolFact(force)
	}
}

func onDelete(m *model.Mirror, _ step, flow *workflow) {
	if slices.Contains(flow.start.names, "delete") {
		m.PropagatesDeletes = model.KnownFact(true, flow.start.at)
	}
}

func forcePush(m *model.Mirror, s step, _ *workflow) {
	if force := input(s, "env:force_push"); !force.IsAbsent() {
		m.Rewrites = boolFact(force)
	}
}

func boolFact(v resource.Value) model.Fact {
	truth, known := v.AsBool()
	if !known {
		return model.UnknownFact(unresolved(v, "it"), v.At)
	}
	return model.KnownFact(truth, v.At)
}
