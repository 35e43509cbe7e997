package discover

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/drlint/drlint/internal/guard"
)

const (
	ignoreFile  = ".gitignore"
	excludeFile = ".git/info/exclude"
)

// rule is one line of a .gitignore file, as gitignore(5) describes it.
type rule = gitignore.Pattern

// repositoryRules are those of .git/info/exclude, the weakest.
func (w *walk) repositoryRules() []rule {
	info, err := fs.Stat(w.fsys, excludeFile)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return w.withRules(nil, ".", excludeFile)
}

// withRules adds the rules of a file to those that apply around it. The slice
// is always a new one, since the directories beside share the old one.
func (w *walk) withRules(outer []rule, base, name string) []rule {
	data, problem := guard.Read(w.fsys, name, guard.Text)
	if problem != nil {
		problem.Detail = "Its rules are not applied, so files may be read that Git ignores."
		w.report(*problem)
		return outer
	}
	rules := slices.Clip(outer)
	for line := range strings.Lines(string(guard.BlankBOM(data))) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			rules = append(rules, gitignore.ParsePattern(line, elements(base)))
		}
	}
	return rules
}

// ignored applies the rules to a path below the root: the last that matches
// decides. What is in an ignored directory is never asked for.
func ignored(rules []rule, name string, isDirectory bool) bool {
	if len(rules) == 0 {
		return false
	}
	parts := elements(name)
	for _, r := range slices.Backward(rules) {
		switch r.Match(parts, isDirectory) {
		case gitignore.Exclude:
			return true
		case gitignore.Include:
			return false
		}
	}
	return false
}

func elements(name string) []string {
	if name == "." {
		return nil
	}
	return strings.Split(name, "/")
}
