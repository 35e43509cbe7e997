package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// unreadTemplate says why a mirror may be in a template of another repository.
func unreadTemplate(d *draft.Draft) string {
	for _, r := range d.Resources.OfType(pipelineType) {
		for _, left := range r.Attrs.Get("not_followed").Blocks() {
			kind, _ := left.Get("kind").AsString()
			name, _ := left.Get("path").AsString()
			if kind == "extends" || kind != "variables" && mayCopy(name) {
				return "the template " + name + " of " + r.Address + " is not in this repository and may copy it"
			}
		}
	}
	return ""
}

// unreadScript says why a mirror may be in a script that no analyzer follows:
// one that is not in the repository or is written in another language.
func unreadScript(d *draft.Draft) string {
	for _, r := range d.Resources.OfType(pipelineTypes...) {
		flow := readWorkflow(d, r)
		for number, job := range flow.jobs {
			if neverRuns(job) {
				continue
			}
			for _, s := range flow.steps(number) {
				for _, c := range s.commands {
					if name := scriptOf(c); name != "" && mayCopy(name) && !follows(d.Tree, name) {
						return r.Address + " runs " + name + ", which drlint does not follow and which may copy the repository"
					}
				}
			}
		}
	}
	return ""
}

// scriptOf is the script that a command runs: itself by a path, or the first
// operand of an interpreter.
func scriptOf(c shell.Command) string {
	name := c.Words[0].Readable()
	switch c.Name() {
	case "bash", "sh", "pwsh", "powershell", "python", "python3", "node":
		name = ""
		for _, w := range c.Words[1:] {
			if text := w.Readable(); path.Ext(text) != "" && !strings.HasPrefix(text, "-") {
				name = text
				break
			}
		}
	}
	if !strings.Contains(name, "/") && path.Ext(name) == "" {
		return ""
	}
	return path.Base(strings.ReplaceAll(name, hole, "…"))
}

// mayCopy reports whether the name of a template or script says that it may
// copy the repository: "mirror.yml", "backup-repo.ps1".
func mayCopy(name string) bool {
	name = strings.ToLower(name)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
	}
	return has("mirror") || has("backup", "sync", "copy") && has("repo", "git", "code")
}

// follows reports whether a script of that name is read where it is called.
func follows(tree source.Tree, name string) bool {
	if extension := path.Ext(name); !slices.Contains([]string{".sh", ".bash", ".ps1", ".cmd", ".bat", ""}, extension) {
		return false
	}
	return slices.ContainsFunc(tree.Files, func(file string) bool { return path.Base(file) == name })
}

// unreadPipeline returns a pipeline of a kind that no analyzer reads, the one
// nearest to the root: GitLab CI, Jenkins, Bitbucket Pipelines, CircleCI. Only
// those files count that their service finds by name.
func unreadPipeline(tree source.Tree) (nearest string) {
	for _, file := range tree.Files {
		switch file {
		case ".gitlab-ci.yml", ".circleci/config.yml", "bitbucket-pipelines.yml", "Jenkinsfile":
			if nearest == "" || strings.Count(file, "/") < strings.Count(nearest, "/") {
				nearest = file
			}
		}
	}
	return nearest
}
