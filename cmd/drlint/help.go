package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/drlint/drlint/internal/config"
)

// groups arrange the commands by what people come for, in this order.
var groups = []struct {
	id, title string
	commands  []string
}{
	{"find", "Find, fix and show:", []string{"check", "fix", "map", "inventory"}},
	{"adopt", "Adopt and understand:", []string{"init", "baseline", "explain", "rules"}},
	{"own", "Rules of your own:", []string{"test", "new-rule"}},
	{"tools", "Editors, shells and the rest:", []string{"lsp", "completion", "help", "version"}},
}

// examples show one call of each command that is there.
var examples = []struct{ command, call, says string }{
	{"check", "drlint check", "what would not survive, in this repository"},
	{"check", "drlint check --format sarif=drlint.sarif infra", "below infra, in a file for code scanning"},
	{"fix", "drlint fix --dry-run", "what can be repaired by an edit, as a diff"},
	{"map", "drlint map --fault region", "the night on which the region fails"},
	{"inventory", "drlint inventory --format json", "every store, its stage and its protections"},
	{"init", "drlint init", "a first .drlint.yaml, with what is left open"},
	{"baseline", "drlint baseline", "accept what is there, so that only new trouble speaks"},
	{"explain", "drlint explain raw/not-replicated", "what a rule asks for, and why"},
	{"rules", "drlint rules --stage raw", "the rules for one stage"},
	{"test", "drlint test policy --coverage", "test your own rules"},
	{"new-rule", "drlint new-rule custom/owner --rules policy", "begin one"},
}

// arrange groups the commands of the help and says one example of each.
func arrange(root *cobra.Command) {
	root.SuggestionsMinimumDistance = 2
	for _, g := range groups {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, command := range root.Commands() {
			if slices.Contains(g.commands, command.Name()) {
				command.GroupID = g.id
			}
		}
	}
	last := groups[len(groups)-1].id
	root.SetHelpCommandGroupID(last)
	root.SetCompletionCommandGroupID(last)
	var lines []string
	for _, e := range examples {
		if found, _, err := root.Find([]string{e.command}); err == nil && found != root {
			lines = append(lines, "  "+pad(e.call, 52)+e.says)
		}
	}
	root.Example = strings.Join(lines, "\n")
	for _, command := range root.Commands() {
		command.Example = exampleOf(command)
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w%s\nRun '%s --help' for its options.", err, flagMeant(cmd, err.Error()), cmd.CommandPath())
	})
}

// exampleOf is the command's own example, else those of the first page, indented
// like all others.
func exampleOf(command *cobra.Command) string {
	if command.Example != "" {
		return "  " + command.Example
	}
	var lines []string
	for _, e := range examples {
		if e.command == command.Name() {
			lines = append(lines, "  "+pad(e.call, 52)+e.says)
		}
	}
	return strings.Join(lines, "\n")
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(1, width-len(text)))
}

// flagMeant is the option that is nearest to an unknown one.
func flagMeant(cmd *cobra.Command, message string) string {
	written, ok := strings.CutPrefix(message, "unknown flag: --")
	if !ok {
		return ""
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, f.Name)
		}
	})
	if nearest := config.Nearest(written, known); nearest != "" {
		return "; did you mean --" + nearest + "?"
	}
	return ""
}
