package main

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/ruletest"
	"github.com/drlint/drlint/internal/suppression"
	"github.com/drlint/drlint/rules"
)

// listers write several rules, by format.
var listers = map[string]func(io.Writer, []report.Explanation) error{
	"text": report.RulesText, "json": report.RulesJSON, "markdown": report.RulesMarkdown,
}

var ruleFormats = []string{"text", "json", "markdown"}

// ruleFilter chooses rules; an empty word chooses all.
type ruleFilter struct{ profile, category, kind, stage, severity string }

func newRules() *cobra.Command {
	var in inputs
	var filter ruleFilter
	var format string
	cmd := &cobra.Command{
		Use:     "rules",
		Short:   "List the rules",
		Long:    "Rules lists the embedded rules and your own. Filters are combined.",
		Example: "drlint rules --stage raw --severity high",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			write, ok := listers[format]
			if !ok {
				return unknownValue("--format", format, ruleFormats)
			}
			set, _, err := in.rulesHere(cmd)
			if err != nil {
				return err
			}
			all := suppression.Join(set.Rules())
			if err := filter.check(all); err != nil {
				return err
			}
			var chosen []report.Explanation
			for _, rule := range all {
				if filter.admits(rule) {
					chosen = append(chosen, report.Explanation{Rule: rule})
				}
			}
			return write(cmd.OutOrStdout(), chosen)
		},
	}
	in.flags(cmd)
	cmd.Flags().StringVar(&in.rules, "rules", "", "your own Rego rules in `DIR`")
	cmd.Flags().StringVar(&format, "format", "text", "output `FORMAT`: "+strings.Join(ruleFormats, ", "))
	cmd.Flags().StringVar(&filter.profile, "profile", "", "only the rules that run in this `PROFILE`: minimal, default or strict")
	cmd.Flags().StringVar(&filter.category, "category", "", "only the rules whose names begin with this `WORD`: raw, platform …")
	cmd.Flags().StringVar(&filter.kind, "kind", "", "only the rules that look at this `KIND` of asset")
	cmd.Flags().StringVar(&filter.stage, "stage", "", "only the rules that look at this `STAGE`, those of all stages included")
	cmd.Flags().StringVar(&filter.severity, "severity", "", "only the rules of this `SEVERITY`: high, medium, low or info")
	complete(cmd, "format", ruleFormats...)
	complete(cmd, "profile", profileNames()...)
	complete(cmd, "kind", texts(model.Kinds)...)
	complete(cmd, "stage", texts(model.Stages)...)
	complete(cmd, "severity", texts(finding.Severities)...)
	return cmd
}

// texts are words of the vocabulary as plain text.
func texts[T ~string](words []T) (all []string) {
	for _, word := range words {
		all = append(all, string(word))
	}
	return all
}

func (f ruleFilter) check(all []*finding.Rule) error {
	for _, option := range []struct {
		name, value string
		known       []string
	}{
		{"--profile", f.profile, profileNames()}, {"--category", f.category, categories(all)}, {"--kind", f.kind, texts(model.Kinds)},
		{"--stage", f.stage, texts(model.Stages)}, {"--severity", f.severity, texts(finding.Severities)},
	} {
		if option.value != "" && !slices.Contains(option.known, option.value) {
			return unknownValue(option.name, option.value, option.known)
		}
	}
	return nil
}

func (f ruleFilter) admits(r *finding.Rule) bool {
	category, _, _ := strings.Cut(r.ID, "/")
	return (f.profile == "" || finding.Profile(f.profile).Contains(r.Profile)) && (f.category == "" || f.category == category) &&
		(f.kind == "" || slices.Contains(r.Kinds, f.kind)) && (f.stage == "" || len(r.Stages) == 0 || slices.Contains(r.Stages, f.stage)) &&
		(f.severity == "" || f.severity == string(r.Severity))
}

func categories(all []*finding.Rule) (names []string) {
	for _, rule := range all {
		category, _, _ := strings.Cut(rule.ID, "/")
		names = append(names, category)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func newExplain() *cobra.Command {
	var in inputs
	var out outputs
	var format string
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: "Say what a rule checks, why it matters and what to write instead",
		Long: strings.TrimSpace(`
Explain shows everything about a rule, with an example that it reports and one
that it passes. A category (raw) or a glob (*/not-backed-up) lists what it names.`),
		Example:           "drlint explain raw/not-replicated",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeRules(&in),
		RunE: func(cmd *cobra.Command, arguments []string) error {
			if !slices.Contains(ruleFormats, format) {
				return unknownValue("--format", format, ruleFormats)
			}
			set, dir, err := in.rulesHere(cmd)
			if err != nil {
				return err
			}
			found, one, err := named(arguments[0], suppression.Join(set.Rules()))
			if err != nil {
				return err
			}
			if !one {
				return listers[format](cmd.OutOrStdout(), found)
			}
			if err := illustrate(&found[0], set, dir); err != nil {
				return broken(err)
			}
			switch format {
			case "json":
				return report.RulesJSON(cmd.OutOrStdout(), found)
			case "markdown":
				return report.ExplainMarkdown(cmd.OutOrStdout(), found[0])
			}
			colour, err := out.colour(cmd.OutOrStdout(), "")
			if err != nil {
				return err
			}
			return report.Explain(cmd.OutOrStdout(), found[0], report.Options{Color: colour}, columns(cmd.OutOrStdout()))
		},
	}
	in.flags(cmd)
	cmd.Flags().StringVar(&in.rules, "rules", "", "your own Rego rules in `DIR`")
	cmd.Flags().StringVar(&format, "format", "text", "output `FORMAT`: "+strings.Join(ruleFormats, ", "))
	cmd.Flags().StringVar(&out.color, "color", "auto", "colour, as `WHEN`: auto, always or never (NO_COLOR is honoured)")
	complete(cmd, "format", ruleFormats...)
	complete(cmd, "color", "auto", "always", "never")
	return cmd
}

// columns is the width of what is written to: that of a terminal, else the one
// that COLUMNS says; 0 where nothing does.
func columns(w io.Writer) int {
	if file, ok := w.(*os.File); ok {
		if width := terminalColumns(file); width > 0 {
			return width
		}
	}
	width, _ := strconv.Atoi(os.Getenv("COLUMNS"))
	return width
}

// completeRules offers the names of the rules.
func completeRules(in *inputs) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		set, _, err := in.rulesHere(cmd)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var ids []string
		for _, rule := range suppression.Join(set.Rules()) {
			ids = append(ids, rule.ID+"\t"+rule.Title)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

// named finds the one rule of a name, former ones included, or the rules of a
// category or a glob.
func named(name string, all []*finding.Rule) (found []report.Explanation, one bool, err error) {
	var known []string
	for _, rule := range all {
		if rule.ID == name || slices.Contains(rule.Aliases, name) {
			return []report.Explanation{{Rule: rule}}, true, nil
		}
		known = append(known, rule.ID)
		matches, err := doublestar.Match(name, rule.ID)
		if err == nil && matches || strings.HasPrefix(rule.ID, strings.TrimSuffix(name, "/")+"/") {
			found = append(found, report.Explanation{Rule: rule})
		}
	}
	if len(found) == 0 {
		return nil, false, usage("there is no rule %q; %s", name, config.DidYouMean(name, append(known, categories(all)...)))
	}
	return found, false, nil
}

// illustrate adds an example that the rule reports, and one that it passes.
func illustrate(e *report.Explanation, set *policy.Ruleset, dir string) error {
	fsys, file := fs.FS(rules.FS), path.Join(e.Rule.ID, ruletest.File)
	if e.Rule.Custom {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		defer func() { _ = root.Close() }()
		fsys, file = root.FS(), path.Join(path.Dir(set.File(e.Rule.ID)), ruletest.File)
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil // a rule without examples has none to show
	}
	_, examples, err := ruletest.Parse(data)
	if err != nil {
		return nil // drlint test says what is wrong with them
	}
	e.Fail = sample(examples, finding.Fail, 0)
	if e.Fail != nil {
		e.Pass = sample(examples, finding.Pass, e.Fail.Line)
	}
	return nil
}

// sample cuts the first example of a verdict down to what decides or, where
// nothing does, to what lies around a line.
func sample(examples []ruletest.Example, verdict finding.Verdict, around int) *report.Sample {
	for i := range examples {
		e := &examples[i]
		if e.Verdict != verdict || len(e.Files) == 0 {
			continue
		}
		file, line, message := e.Deciding()
		for _, f := range e.Files {
			if f.Name == file || file == "" {
				s := report.NewSample(f.Name, f.Data, cmp.Or(line, around), message)
				s.Line = line
				return s
			}
		}
	}
	return nil
}
