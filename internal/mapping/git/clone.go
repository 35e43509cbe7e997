package git

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// clone is a working copy or bare repository within one job.
type clone struct {
	// ours says whether it holds this repository's history; why explains Maybe.
	ours model.Tri
	why  string
	// remotes are the addresses that pushes go to, by name. An empty one is where
	// the clone came from.
	remotes map[string]shell.Word
	// mirrors are the remotes that were added with --mirror=push.
	mirrors map[string]bool
	history model.Fact
	// heads is what refs/heads holds.
	heads heads
	// largeFiles is set once large objects were fetched.
	largeFiles bool
}

// heads says which of the source's branches are local branches of a clone.
type heads uint8

const (
	oneHead  heads = iota // the one that is checked out
	someHead              // more, and which ones is not known
	allHeads              // every one: a mirror or bare clone
)

// job runs the steps of one job in order and collects what copies the
// repository elsewhere. Directories are relative to the job's workspace.
type job struct {
	draft   *draft.Draft
	flow    *workflow
	self    identity
	clones  map[string]*clone
	last    *clone // the clone that was made last
	pushes  []push
	bundles []bundle
	// uploads are the commands that put files into object storage.
	uploads []upload
	via     []source.Range // of the step that is followed
	// lfsPushed is set once large objects were pushed.
	lfsPushed bool
	actions   []model.Mirror
}

// at returns the clone that a directory lies in. A directory that cannot be
// read is taken for the one of the clone made last, which scripts enter next. A
// job without a visible checkout gets an implicit clone, because an action of
// the repository may have made it.
func (j *job) at(dir string) *clone {
	for where := dir; ; where = path.Dir(where) {
		if c := j.clones[where]; c != nil {
			return c
		}
		if where == "." || where == "/" {
			break
		}
	}
	if strings.Contains(dir, hole) && j.last != nil {
		return j.last
	}
	if c := j.clones["."]; c != nil {
		return c
	}
	return j.checkedOut(".")
}

// workspaceWords are how analyzers write the directory that a job starts in.
var workspaceWords = []string{"$GITHUB_WORKSPACE", "$BUILD_SOURCESDIRECTORY", "$PIPELINE_WORKSPACE/s"}

// below joins directories as far as they can be read.
func below(dir string, w shell.Word) string {
	text := w.Readable()
	for _, word := range workspaceWords {
		if rest, found := strings.CutPrefix(text, word); found && (rest == "" || rest[0] == '/') {
			dir, text = ".", strings.TrimPrefix(rest, "/")
			break
		}
	}
	switch {
	case text == "":
		return dir
	case strings.HasPrefix(text, "/"):
		return path.Clean(text)
	default:
		return path.Join(dir, text)
	}
}

func (j *job) checkedOut(where string) *clone {
	return j.add(where, &clone{
		ours: model.Yes, remotes: map[string]shell.Word{originName: {}},
		history: model.UnknownFact("the job has no checkout that drlint can see", j.flow.r.At),
	})
}

func (j *job) add(where string, c *clone) *clone {
	if c.mirrors == nil {
		c.mirrors = map[string]bool{}
	}
	j.clones[where], j.last = c, c
	return c
}

// originName is the remote that a clone comes from.
const originName = "origin"

// checkout reads actions/checkout, which fetches one commit unless fetch-depth
// says otherwise (actions/checkout README: fetch-depth, default 1).
func (j *job) checkout(s step) {
	c := &clone{ours: model.Yes, remotes: map[string]shell.Word{originName: {}}}
	if other := s.with.Get("repository"); !other.IsAbsent() {
		c.ours, c.why = j.self.named(shell.WordOf(other))
	}
	depth := s.with.Get("fetch-depth")
	number, known := depth.AsNumber()
	switch {
	case depth.IsAbsent():
		c.history = model.DefaultFact(shallow, s.at)
	case !known:
		c.history = model.UnknownFact(unresolved(depth, "fetch-depth"), depth.At)
	case number == 0:
		c.history = model.KnownFact(full, depth.At)
	default:
		c.history = model.KnownFact(shallow, depth.At)
	}
	lfs, _ := s.with.Get("lfs").AsBool()
	c.largeFiles = lfs
	where := "."
	if dir := s.with.Get("path"); !dir.IsAbsent() {
		where = below(where, shell.WordOf(dir))
	}
	j.add(where, c)
}

const (
	full    = "full"
	shallow = "shallow"
)

// git follows one git command.
func (j *job) git(dir string, c shell.Command, g shell.GitCommand) {
	dir = below(below(dir, g.Dir), g.GitDir)
	if path.Base(dir) == ".git" {
		dir = path.Dir(dir)
	}
	switch g.Subcommand {
	case "clone":
		j.cloned(dir, g, c.At)
	case "init":
		j.add(below(dir, g.Arg(0)), &clone{ours: model.No, remotes: map[string]shell.Word{}, history: model.AbsentFact(c.At)})
	case "remote":
		j.at(dir).remote(g)
	case "config":
		j.at(dir).config(g)
	case "fetch", "pull":
		j.at(dir).fetched(g, c.At)
	case "checkout", "switch", "branch":
		j.at(dir).switched(g)
	case "lfs":
		j.lfs(dir, g)
	case "push":
		j.pushed(j.at(dir), g, c)
	case "bundle":
		j.bundled(j.at(dir), g, c)
	}
}

// cloned reads git clone. The directory is named after the repository unless it
// is given; --mirror and --bare append ".git" (git-clone manual).
func (j *job) cloned(dir string, g shell.GitCommand, at source.Range) {
	from := g.Arg(0)
	c := &clone{remotes: map[string]shell.Word{originName: {}}, history: model.KnownFact(full, at)}
	c.ours, c.why = j.self.isAt(from)
	bare := g.Has("--mirror", "--bare")
	if bare {
		c.heads = allHeads
	}
	if depth, found := g.Flag("--depth", "--shallow-since", "--shallow-exclude"); found {
		c.history = model.KnownFact(shallow, depth.Word.At)
	}
	where := g.Arg(1)
	if where.Readable() == "" {
		name := path.Base(trimPath(from.Readable()))
		if bare {
			name += ".git"
		}
		where = shell.Literal(name, at)
	}
	j.add(below(dir, where), c)
}

// remote reads git remote add, set-url, rename and remove.
func (c *clone) remote(g shell.GitCommand) {
	name, where := g.Arg(1).Readable(), g.Arg(2)
	switch g.Arg(0).Readable() {
	case "add":
		c.remotes[name] = where
		if mirror, found := g.Flag("--mirror"); found && mirror.Value.Readable() != "fetch" {
			c.mirrors[name] = true
		}
	case "set-url":
		if !g.Has("--delete") {
			c.remotes[name] = where
		}
	case "rename":
		c.remotes[where.Readable()] = c.remotes[name]
		delete(c.remotes, name)
	case "remove", "rm":
		delete(c.remotes, name)
	}
}

// config reads the two settings that make a remote: its address and mirroring.
func (c *clone) config(g shell.GitCommand) {
	key, value := g.Arg(0).Readable(), g.Arg(1)
	name, found := strings.CutPrefix(key, "remote.")
	if !found || value.Readable() == "" {
		return
	}
	switch {
	case strings.HasSuffix(name, ".url"), strings.HasSuffix(name, ".pushurl"):
		name = name[:strings.LastIndexByte(name, '.')]
		c.remotes[name] = value
	case strings.HasSuffix(name, ".mirror") && value.Readable() == "true":
		c.mirrors[strings.TrimSuffix(name, ".mirror")] = true
	}
}

// fetched reads what a fetch adds to a checkout: the rest of the history, and
// local branches when a refspec writes to refs/heads.
func (c *clone) fetched(g shell.GitCommand, at source.Range) {
	if flag, found := g.Flag("--unshallow"); found {
		c.history = model.KnownFact(full, flag.Word.At)
	}
	if depth, found := g.Flag("--depth"); found && c.history.Text() != full {
		if text := depth.Value.Readable(); text == "2147483647" {
			// git's own number for infinity (git manual, "shallow").
			c.history = model.KnownFact(full, at)
		}
	}
	for _, arg := range g.Args {
		if _, to, found := strings.Cut(arg.Readable(), ":"); found && strings.HasPrefix(to, "refs/") {
			switch to {
			case "refs/*", "refs/heads/*":
				c.heads = allHeads
			default:
				c.heads = max(c.heads, someHead)
			}
		}
	}
}

// switched notes that other local branches may exist, and that a new root has
// no history of ours.
func (c *clone) switched(g shell.GitCommand) {
	if g.Has("--orphan") {
		c.ours = model.No
		return
	}
	if len(g.Args) > 0 || g.Has("-b", "-B", "-c", "-C", "--track", "-t") {
		c.heads = max(c.heads, someHead)
	}
}

func (j *job) lfs(dir string, g shell.GitCommand) {
	switch g.Arg(0).Readable() {
	case "push":
		j.lfsPushed = true
	case "fetch", "pull":
		j.at(dir).largeFiles = true
	}
}
