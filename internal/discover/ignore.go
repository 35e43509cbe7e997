package discover

import (
	"io/fs"
	"strings"

	"github.com/drlint/drlint/internal/guard"
)

const (
	ignoreFile  = ".gitignore"
	excludeFile = ".git/info/exclude"
)

// repositoryRules are those of .git/info/exclude, the weakest.
func (w *walk) repositoryRules() *rules {
	info, err := fs.Stat(w.fsys, excludeFile)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return w.withRules(nil, ".", excludeFile)
}

// withRules puts the rules of a file before those that apply around it.
func (w *walk) withRules(outer *rules, base, name string) *rules {
	data, problem := guard.Read(w.fsys, name, guard.Text)
	if problem != nil {
		problem.Detail = "Its rules are not applied, so files may be read that Git ignores."
		w.report(*problem)
		return outer
	}
	var lines []string
	for line := range strings.Lines(string(guard.BlankBOM(data))) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return newRules(outer, base, lines)
}
