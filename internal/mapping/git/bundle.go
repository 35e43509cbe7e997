package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// bundle is a file that holds a repository's history: made by git bundle, or an
// archive of a bare clone.
type bundle struct {
	clone *clone
	file  shell.Word
	by    string
	refs  model.Fact
	at    source.Range
}

// bundled reads git bundle create FILE REFS (git-bundle manual).
func (j *job) bundled(c *clone, g shell.GitCommand, command shell.Command) {
	if g.Arg(0).Readable() != "create" || c.ours == model.No {
		return
	}
	b := bundle{clone: c, file: g.Arg(1), by: "git bundle create", at: command.At, refs: model.KnownFact(oneRef, command.At)}
	has := func(names ...string) bool {
		return g.Has(names...) || slices.ContainsFunc(g.Args, func(w shell.Word) bool { return slices.Contains(names, w.Readable()) })
	}
	switch {
	case has("--all"), has("--branches") && has("--tags"):
		b.refs = model.KnownFact(allRefs, command.At)
	case has("--branches"):
		b.refs = model.KnownFact(branchRefs, command.At)
	}
	if b.refs.Text() != oneRef && c.heads == oneHead && c.history.Text() == shallow {
		b.refs = model.KnownFact(oneRef, c.history.At)
	}
	j.bundles = append(j.bundles, b)
}

// archived notes tar and zip of a bare clone, whose directory is the repository
// itself. An archive of a checkout is not counted: it is usually a release.
func (j *job) archived(dir string, c shell.Command) {
	file, ok := archiveFile(c)
	if !ok {
		return
	}
	for _, word := range c.Words[1:] {
		if copied := j.clones[below(dir, word)]; copied != nil && copied.heads == allHeads && copied.ours != model.No && !same(word, file) {
			j.bundles = append(j.bundles, bundle{clone: copied, file: file, by: c.Name(), at: c.At, refs: model.KnownFact(allRefs, c.At)})
			return
		}
	}
}

// archiveFile is the file that tar -c or zip writes.
func archiveFile(c shell.Command) (shell.Word, bool) {
	switch c.Name() {
	case "zip":
		for _, word := range c.Words[1:] {
			if !word.HasPrefix("-") {
				return word, true
			}
		}
	case "tar":
		creates := false
		for i, word := range c.Words[1:] {
			text := word.Readable()
			option := strings.HasPrefix(text, "-") || i == 0
			creates = creates || option && !strings.HasPrefix(text, "--") && strings.Contains(text, "c") || text == "--create"
			if rest, found := strings.CutPrefix(text, "--file="); found && creates {
				return shell.Literal(rest, word.At), word.Known
			}
			if option && creates && !strings.HasPrefix(text, "--") && strings.HasSuffix(text, "f") && i+2 < len(c.Words) {
				return c.Words[i+2], true
			}
		}
	}
	return shell.Word{}, false
}

// upload is one command or action that puts files into object storage.
type upload struct {
	from, to shell.Word
	// service is the storage's own name, provider the cloud it belongs to.
	service, provider string
	// store names the bucket or account, container the container within it.
	store, container shell.Word
	// removes is the option that deletes at the target what the source lacks.
	removes shell.Word
	at      source.Range
	via     []source.Range
}

// key is the object's own name: what comes after the bucket, or the file's name
// when the target is a folder.
func (u upload) key() shell.Word {
	text := u.to.Readable()
	if strings.HasSuffix(text, "/") || path.Base(text) == text && strings.HasSuffix(text, ":") || isBucketOnly(text) {
		return u.from
	}
	return u.to
}

func isBucketOnly(text string) bool {
	_, rest, found := strings.Cut(text, "://")
	return found && !strings.Contains(rest, "/")
}

// carries reports whether an upload takes a bundle along: the file itself, a
// pattern that matches it, or its folder.
func (u upload) carries(b bundle) bool {
	from, file := u.from.Readable(), b.file.Readable()
	if from == "" || file == "" {
		return false
	}
	from, file = strings.TrimPrefix(from, "./"), strings.TrimPrefix(file, "./")
	if same(u.from, b.file) || from == file || path.Base(from) == path.Base(file) {
		return true
	}
	if folder := strings.TrimSuffix(strings.TrimSuffix(from, "*"), "/"); folder == "." || folder == "" || strings.HasPrefix(file, folder+"/") {
		return true
	}
	matched, err := path.Match(from, file)
	return err == nil && matched
}

// bundleMirrors pairs bundles with the uploads that carry them.
func (j *job) bundleMirrors() []model.Mirror {
	var mirrors []model.Mirror
	for _, u := range j.uploads {
		for _, b := range j.bundles {
			if u.carries(b) {
				mirrors = append(mirrors, j.bundleMirror(b, u))
				break
			}
		}
	}
	return mirrors
}

func (j *job) bundleMirror(b bundle, u upload) model.Mirror {
	m := model.Mirror{
		Form: "bundle", By: b.by, Target: u.target(), At: u.at, Via: u.via, Refs: b.refs, History: b.clone.history,
		Host: model.KnownFact(u.service, u.to.At), SameHost: model.No,
	}
	if u.service == "" {
		m.Host = model.UnknownFact("the remote of rclone is configured elsewhere", u.to.At)
	}
	store := j.storeOf(u)
	m.PropagatesDeletes, m.Rewrites = j.overwrites(u, store)
	m.Undeletable = j.lockedStore(store, u)
	if store != nil {
		m.TargetAsset = store.ID
	}
	return m
}

// overwrites says what the next run does to the bundle before it. An object
// under the same key is replaced by one that lacks what was deleted since,
// unless the store keeps versions; a key of its own leaves the earlier one.
func (j *job) overwrites(u upload, store *model.Asset) (deletes, rewrites model.Fact) {
	if u.removes.Readable() != "" {
		fact := model.KnownFact(true, u.removes.At)
		return fact, fact
	}
	switch key := u.key(); {
	case differs(key):
		fact := model.KnownFact(false, key.At)
		return fact, fact
	case !key.Known:
		fact := model.UnknownFact("whether each run writes an object of its own is not known: "+key.Why, key.At)
		return fact, fact
	case store == nil:
		fact := model.UnknownFact("every run writes the same object and whether "+u.place()+" keeps versions is not written here", key.At)
		return fact, fact
	default:
		return j.versioned(store, key.At)
	}
}

// runWords name values that differ from run to run.
var runWords = []string{
	"date", "github.sha", "github.run", "GITHUB_SHA", "GITHUB_RUN", "timestamp", "strftime", "rev-parse", "describe",
	"Get-Date", "Build.BuildId", "Build.BuildNumber", "Build.SourceVersion", "BUILD_BUILDID", "BUILD_BUILDNUMBER", "BUILD_SOURCEVERSION",
	"pipeline.startTime",
}

func differs(key shell.Word) bool {
	if key.Known {
		return false
	}
	return slices.ContainsFunc(runWords, func(word string) bool { return strings.Contains(key.Why, word) })
}

func (j *job) versioned(store *model.Asset, at source.Range) (deletes, rewrites model.Fact) {
	fact := model.KnownFact(true, at)
	for _, means := range j.meansOf(store, model.Versioning) {
		switch means.State {
		case model.On:
			fact = model.KnownFact(false, means.At)
		case model.Undecided:
			fact = model.UnknownFact(means.Why, means.At)
		}
	}
	return fact, fact
}

// target is where the bundle goes, as far as it can be read.
func (u upload) target() model.Fact {
	scheme := map[string]string{"aws": "s3://", "azure": "https://"}[u.provider]
	if strings.Contains(u.to.Readable(), "://") || scheme == "" || !u.to.Known {
		return factOf(u.to)
	}
	store := u.store.Readable()
	if u.provider == "azure" {
		store += "." + u.service + "/" + u.container.Readable()
	}
	if store == "" || strings.Contains(store, hole) {
		return factOf(u.to)
	}
	return model.KnownFact(scheme+store+"/"+u.to.Text, u.to.At)
}

func (u upload) place() string {
	if text := u.store.Readable(); text != "" && !strings.Contains(text, hole) {
		return text
	}
	return "the store"
}

// lockedStore says whether the store that holds a bundle keeps anyone from
// deleting it before its term.
func (j *job) lockedStore(store *model.Asset, u upload) model.Fact {
	if store == nil {
		return model.UnknownFact("whether "+u.place()+" is locked against deletion is not written here", u.to.At)
	}
	answer := model.KnownFact(false, store.At)
	for _, means := range j.meansOf(store, model.Immutability) {
		switch {
		case means.State == model.On && means.Locked == model.Yes && means.Scope == model.Whole:
			return model.KnownFact(true, means.At)
		case means.State == model.Undecided, means.State == model.On && means.Locked == model.Maybe:
			answer = model.UnknownFact(means.Why, means.At)
		case answer.State == model.Known:
			answer.At = means.At
		}
	}
	return answer
}

// meansOf lists what provides a protection to a store or to what contains it.
// The model is not complete yet, so nothing is inherited so far.
func (j *job) meansOf(store *model.Asset, protection string) []model.Means {
	var found []model.Means
	for depth := 0; store != nil && depth < 4; depth++ {
		found = append(found, store.Protections[protection].Means...)
		store = j.draft.Asset(store.Within)
	}
	return found
}
