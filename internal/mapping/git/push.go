package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// push is one git push that leaves the repository.
type push struct {
	clone  *clone
	remote string // its name, "" for an address
	target shell.Word
	where  address
	at     source.Range
	via    []source.Range
	by     []string
	// mirror, branches and tags say what is sent; byTrigger is set when it is
	// the branch that started the run.
	mirror, branches, tags, byTrigger bool
	// tracking is set when branches are sent from refs/remotes, where a full
	// fetch puts them all.
	tracking bool
	// anyBranch is set when a name is sent that cannot be read and is not that
	// of the branch that started the run.
	anyBranch bool
	// deletesOnly is set when nothing is sent.
	deletesOnly bool
	// names are the refs that are sent or written by name.
	names []string
	// deletes and rewrites are what the options do at the target.
	deletes, rewrites model.Fact
	// open says why the options cannot all be read, unread why a ref cannot that
	// is sent besides.
	open, unread string
}

// pushed reads git push (git-push manual).
func (j *job) pushed(c *clone, g shell.GitCommand, command shell.Command) {
	if g.Has("--dry-run", "-n") || c.ours == model.No {
		return
	}
	p := push{clone: c, at: command.At, via: slices.Concat(j.via, command.Via), by: []string{"git push"}}
	specs, ok := p.aim(g)
	if !ok {
		return
	}
	p.read(g)
	p.refspecs(specs)
	if p.isCopy(j.self) {
		j.pushes = append(j.pushes, p)
	}
}

// aim finds the target (--repo, the first operand, or the origin) and returns
// the operands after it.
func (p *push) aim(g shell.GitCommand) (specs []shell.Word, ok bool) {
	to, specs := p.operands(g)
	url, found := p.clone.remotes[to.Readable()]
	if found && to.Known {
		p.remote, p.target, p.mirror = to.Text, url, p.clone.mirrors[to.Text]
	} else {
		p.target = to
	}
	text := p.target.Readable()
	if text == "" {
		return nil, false // back to where the clone came from
	}
	where, parsed := parseAddress(text)
	p.where = where
	if !parsed && p.target.Known {
		// A name that nothing in the job declares: another tool made the remote.
		p.remote = p.target.Text
		p.target = shell.UnknownWord("the address of remote "+p.target.Text+" is not set where drlint can see it", to.At)
	}
	return specs, !where.local
}

// operands splits off the target. A word in front of a known target that cannot
// be read holds options.
func (p *push) operands(g shell.GitCommand) (to shell.Word, specs []shell.Word) {
	if flag, found := g.Flag("--repo"); found {
		return flag.Value, g.Args
	}
	args := g.Args
	if len(args) == 0 {
		return shell.Literal(originName, p.at), nil
	}
	unread := func(w shell.Word) bool { return !w.Known && strings.Trim(w.Readable(), hole) == "" }
	if len(args) > 1 && unread(args[0]) && args[1].Known && p.isTarget(args[1].Text) {
		p.open = "options of git push cannot be read: " + args[0].Why
		args = args[1:]
	} else if g.MayHaveMore && !slices.ContainsFunc(args, unread) {
		p.open = "an option of git push cannot be read"
	}
	return args[0], args[1:]
}

func (p *push) isTarget(text string) bool {
	_, remote := p.clone.remotes[text]
	_, parsed := parseAddress(text)
	return remote || parsed && strings.Contains(text, "/")
}

// read takes the options in.
func (p *push) read(g shell.GitCommand) {
	p.deletes, p.rewrites = model.KnownFact(false, p.at), model.KnownFact(false, p.at)
	if p.open != "" {
		p.deletes, p.rewrites = model.UnknownFact(p.open, p.at), model.UnknownFact(p.open, p.at)
	}
	if p.mirror {
		p.by = append(p.by, "--mirror")
		p.deletes, p.rewrites = yes(p.deletes, p.at), yes(p.rewrites, p.at)
	}
	for _, flag := range g.Flags {
		p.option(flag)
	}
}

func (p *push) option(flag shell.Flag) {
	switch flag.Name {
	case "--mirror":
		p.mirror = true
		p.deletes, p.rewrites = yes(p.deletes, flag.Word.At), yes(p.rewrites, flag.Word.At)
	case "--prune":
		p.deletes = yes(p.deletes, flag.Word.At)
	case "--delete", "-d":
		p.deletesOnly = true
		p.deletes = yes(p.deletes, flag.Word.At)
	case "--all", "--branches":
		p.branches = true
	case "--tags":
		p.tags = true
	case "--force", "-f", "--force-with-lease":
		p.rewrites = yes(p.rewrites, flag.Word.At)
	default:
		return
	}
	if !slices.Contains(p.by, flag.Name) {
		p.by = append(p.by, flag.Name)
	}
}

// yes states a fact at the first place that makes it true.
func yes(fact model.Fact, at source.Range) model.Fact {
	if fact.Tri() == model.Yes {
		return fact
	}
	return model.KnownFact(true, at)
}

// refspecs reads the operands after the target: "+src:dst", ":dst", "src/*:dst/*".
func (p *push) refspecs(specs []shell.Word) {
	if len(specs) == 0 && !p.mirror && !p.branches && !p.tags {
		p.byTrigger = true // push.default: the branch that is checked out
	}
	deletions := 0
	for _, spec := range specs {
		text := spec.Readable()
		if rest, forced := strings.CutPrefix(text, "+"); forced {
			text, p.rewrites = rest, yes(p.rewrites, spec.At)
		}
		from, to, mapped := strings.Cut(text, ":")
		if mapped && from == "" && to != "" {
			deletions++
			p.deletes = yes(p.deletes, spec.At)
			continue
		}
		p.names = append(p.names, from, to)
		p.covers(from, to)
		if !spec.Known && strings.Trim(text, hole) == "" && !namesTrigger(spec.Why) {
			p.unread, p.anyBranch = spec.Why, true
		}
	}
	p.deletesOnly = p.deletesOnly || deletions > 0 && deletions == len(specs)
}

func (p *push) covers(from, to string) {
	wild := strings.HasSuffix(from, "*")
	switch {
	case from == "refs/*":
		p.branches, p.tags = true, true
	case wild && strings.HasPrefix(from, "refs/tags/"):
		p.tags = true
	case wild:
		p.branches = true
		p.tracking = p.tracking || strings.HasPrefix(from, "refs/remotes/")
	case strings.Contains(from, hole), from == "HEAD" && (to == "" || strings.Contains(to, hole)):
		p.byTrigger = true
	}
}

// triggerWords name the ref that started the run.
var triggerWords = []string{
	"github.ref", "github.head_ref", "GITHUB_REF", "GITHUB_HEAD_REF",
	"Build.SourceBranch", "BUILD_SOURCEBRANCH", "System.PullRequest.SourceBranch", "SYSTEM_PULLREQUEST_SOURCEBRANCH",
}

// namesTrigger reports whether a word is the ref that started the run.
func namesTrigger(why string) bool {
	return slices.ContainsFunc(triggerWords, func(word string) bool { return strings.Contains(why, word) })
}

// siteBranches hold a generated site and no history of the sources.
var siteBranches = []string{"gh-pages", "gl-pages", "pages", "gh_pages", "wiki", "site", "docs"}

// isCopy tells a copy of the repository from the pushes that a job makes for
// other ends: to the repository itself, to a site, a wiki or a service that
// runs what it gets.
func (p *push) isCopy(self identity) bool {
	all := p.mirror || p.branches
	if p.where.deploys() || p.toSite() {
		return false
	}
	if !p.where.hostKnown() && soundsLikeDeployment(p.remote, p.target.Readable(), p.target.Why) {
		return false
	}
	if p.where.host == "" {
		// Nothing of the address can be read. A branch whose name cannot be read
		// either is mostly one that asks for review, on a fork.
		return !isExpression(p.target.Why) && (all || p.remote != originName && !p.anyBranch)
	}
	switch self.is(p.where) {
	case model.Yes:
		return false
	case model.Maybe:
		return all
	default:
		return all || p.remote != originName || p.where.sameHost(self.host) != model.Yes
	}
}

func (p *push) toSite() bool {
	return slices.ContainsFunc(p.names, func(name string) bool {
		return slices.Contains(siteBranches, strings.TrimPrefix(name, "refs/heads/"))
	})
}
