package git

import (
	"strings"

	"github.com/drlint/drlint/internal/syntax/shell"
)

// ghClone reads "gh repo clone REPOSITORY [DIRECTORY] [-- GITFLAGS]" as the git
// clone that it runs. A repository without a host is on github.com (gh manual).
func ghClone(c shell.Command) (shell.GitCommand, bool) {
	if len(c.Words) < 4 || c.Name() != "gh" || c.Words[1].Text != "repo" || c.Words[2].Text != "clone" {
		return shell.GitCommand{}, false
	}
	words := []shell.Word{shell.Literal("git", c.At), c.Words[2]}
	var flags []shell.Word
	for i, word := range c.Words[3:] {
		if word.Text == "--" {
			flags = c.Words[3+i+1:]
			break
		}
		words = append(words, word)
	}
	if where := words[2:]; len(where) > 0 && strings.Count(where[0].Readable(), "/") == 1 {
		where[0].Text, where[0].Hint = onGitHub(where[0].Text), onGitHub(where[0].Hint)
	}
	return shell.Git(shell.Command{Words: append(words, flags...), At: c.At})
}

func onGitHub(path string) string {
	if path == "" {
		return ""
	}
	return "https://github.com/" + path
}
