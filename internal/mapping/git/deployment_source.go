package git

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// sourceOf is the file or folder that is rolled out, seen from the root of the
// repository.
func (w *deployer) sourceOf(r rollout, dir string, at source.Range) model.Fact {
	if r.folder {
		return w.path(dir, shell.Literal(".", at), at)
	}
	if r.file.At.IsZero() {
		return model.AbsentFact(at)
	}
	fact := w.path(dir, r.file, r.file.At)
	if fact.State == model.Unknown && r.what == dataFactory && w.exported.State == model.Known {
		return w.exported
	}
	return fact
}

// path resolves a path that a step names.
func (w *deployer) path(dir string, word shell.Word, at source.Range) model.Fact {
	text := strings.TrimSpace(strings.Trim(strings.ReplaceAll(word.Readable(), `\`, "/"), `"'`))
	if word.Known && strings.Contains(text, "://") {
		return model.KnownFact(text, at)
	}
	text = strings.TrimPrefix(text, "@")
	for _, words := range workspaceWords {
		if rest, found := strings.CutPrefix(text, words); found && (rest == "" || rest[0] == '/') {
			text, dir = "./"+strings.TrimPrefix(rest, "/"), "."
		}
	}
	switch {
	case strings.HasPrefix(text, "$"):
		return model.UnknownFact("it comes from an artifact or another place outside of the repository", at)
	case !word.Known:
		return model.UnknownFact(orText(word.Why, "its text cannot be read"), at)
	case strings.Contains(dir, hole):
		return model.UnknownFact("the directory that the step runs in is not known", at)
	case path.IsAbs(text) || strings.HasPrefix(text, "~") || path.IsAbs(dir) || strings.HasPrefix(dir, "$"):
		return model.UnknownFact("it lies outside of the repository", at)
	}
	name, own := w.inRepository(path.Join(dir, text))
	if !own {
		return model.UnknownFact("it lies outside of the repository", at)
	}
	return w.held(name, at)
}

// inRepository takes off the directory that the repository was put into.
func (w *deployer) inRepository(name string) (string, bool) {
	best, found := checkoutDir{dir: ".", own: true}, false
	for _, c := range w.roots {
		inside := c.dir == "." || name == c.dir || strings.HasPrefix(name, c.dir+"/")
		if inside && (!found || len(c.dir) >= len(best.dir)) {
			best, found = c, true
		}
	}
	if best.dir != "." {
		name = strings.TrimPrefix(strings.TrimPrefix(name, best.dir), "/")
	}
	return path.Clean(name), best.own && !strings.HasPrefix(path.Clean(name), "..")
}

// held checks that the repository has a file or folder, or what it is built
// from. A pipeline may stand in a folder that is a repository of its own where
// it is used: what is not found from the root is looked for from the folders
// above the pipeline.
func (w *deployer) held(name string, at source.Range) model.Fact {
	for dir := "."; ; {
		if found, ok := w.builtFrom(path.Join(dir, name)); ok {
			return model.KnownFact(found, at)
		}
		if dir == "." {
			dir = path.Dir(w.flow.r.At.File)
		} else {
			dir = path.Dir(dir)
		}
		if dir == "." || w.flow.r.Type == workflowType {
			break
		}
	}
	if project, ok := w.project(name); ok {
		return model.KnownFact(project, at)
	}
	if strings.ContainsAny(name, "*?") {
		return model.UnknownFact("the pattern "+name+" does not match one file of the repository", at)
	}
	return model.UnknownFact(name+" is not in the repository; an earlier step may make it", at)
}

// builtFrom finds a file or folder, or the Bicep file that a template is built
// from: bicep build writes the template next to its source.
func (w *deployer) builtFrom(name string) (string, bool) {
	if strings.ContainsAny(name, "*?") {
		found := matches(w.draft.Tree.Files, name)
		if len(found) != 1 {
			return "", false
		}
		return found[0], true
	}
	if w.has(name) {
		return name, true
	}
	source := strings.TrimSuffix(name, ".json") + ".bicep"
	return source, strings.HasSuffix(name, ".json") && w.has(source)
}

// has reports whether the repository has a file or folder.
func (w *deployer) has(name string) bool {
	files := w.draft.Tree.Files
	if _, exact := slices.BinarySearch(files, name); exact || name == "." {
		return true
	}
	at, _ := slices.BinarySearch(files, name+"/")
	return at < len(files) && strings.HasPrefix(files[at], name+"/")
}

// project finds the database project that a dacpac is built from, which has its
// name unless the project says otherwise.
func (w *deployer) project(name string) (string, bool) {
	base, isDacpac := strings.CutSuffix(path.Base(name), ".dacpac")
	if !isDacpac || strings.ContainsAny(base, "*?") {
		return "", false
	}
	found := ""
	for _, file := range w.draft.Tree.Files {
		if strings.EqualFold(path.Base(file), base+".sqlproj") {
			if found != "" {
				return "", false
			}
			found = file
		}
	}
	return found, found != ""
}

// matches lists the files that a pattern of a task names; ** is any directory.
func matches(files []string, pattern string) []string {
	last := path.Base(pattern)
	before, _, deep := strings.Cut(pattern, "**")
	var found []string
	for _, file := range files {
		whole, err := path.Match(pattern, file)
		if err == nil && whole {
			found = append(found, file)
			continue
		}
		if name, err := path.Match(last, path.Base(file)); deep && err == nil && name && strings.HasPrefix(file, strings.TrimSuffix(before, "/")) {
			found = append(found, file)
		}
	}
	return found
}

// exports notes the folder that Data Factory's build turns into a template:
// npm run build export FOLDER FACTORY (package @microsoft/azure-data-factory-utilities).
func (w *deployer) exports(c shell.Command, dir string) {
	if c.Name() != "npm" && c.Name() != "node" {
		return
	}
	at := slices.IndexFunc(c.Words, func(word shell.Word) bool { return word.Text == "export" })
	if at < 0 || at+1 >= len(c.Words) {
		return
	}
	if fact := w.path(dir, c.Words[at+1], c.Words[at+1].At); fact.State == model.Known {
		w.exported = fact
	}
}

// pythonRollout looks into a script of the repository for the library that
// publishes Fabric items.
func (w *deployer) pythonRollout(i invocation, dir string) (rollout, bool) {
	file := i.operand(0)
	if !strings.HasSuffix(file.Readable(), ".py") {
		return rollout{}, false
	}
	name := w.path(dir, file, file.At)
	if name.Text() == "" {
		return rollout{}, false
	}
	data, problem := guard.Read(w.draft.Tree.FS, name.Text(), guard.Text)
	if problem != nil || !bytes.Contains(data, []byte("fabric_cicd")) || !bytes.Contains(data, []byte("publish_all_items(")) {
		return rollout{}, false
	}
	return rollout{what: fabric, by: "fabric-cicd"}, true
}
