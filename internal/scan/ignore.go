package scan

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/suppression"
)

// commented looks for ignore comments while the formats are read, in the files
// that some format claims.
func commented(o Options) func() []suppression.Comment {
	found := sync.OnceValue(func() []suppression.Comment {
		return suppression.Comments(o.Tree.FS, slices.DeleteFunc(slices.Clone(o.Tree.Files), func(file string) bool { return !o.claims(file) }))
	})
	go found()
	return found
}

func (o Options) claims(file string) bool {
	return slices.ContainsFunc(o.Analyzers, func(a analyzers.Analyzer) bool { return a.Claims(file) })
}

// commentedBesides looks for comments in the files that no format claims and
// verdicts point at all the same: scripts that pipelines run.
func commentedBesides(o Options, verdicts []finding.Finding) []suppression.Comment {
	further := map[string]bool{}
	for i := range verdicts {
		for _, file := range []string{verdicts[i].At.File, verdicts[i].Body.File} {
			if _, seen := further[file]; !seen {
				further[file] = file != "" && !o.claims(file)
			}
		}
	}
	var files []string
	for file, besides := range further {
		if besides {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return suppression.Comments(o.Tree.FS, files)
}

// ignore marks the verdicts that users accepted and returns the findings about
// what they wrote for that, which it counts. It looks at the whole tree, whatever
// was asked for: only then is known what is used.
func ignore(o Options, comments []suppression.Comment, j *judgement, diagnostics []source.Diagnostic, sources *source.Store) (findings []finding.Finding) {
	rules := suppression.Join(o.Rules.Rules())
	comments = append(comments, commentedBesides(o, j.verdicts)...)
	decisions := suppression.New(comments, o.Accepted, rules, o.Policy.Now)
	if !decisions.Any() {
		return nil
	}
	decisions.Mark(j.verdicts, sources, o.NoIgnore)
	findings = decisions.Findings(suppression.Scope{Ran: j.ran(o), Complete: complete(diagnostics)}, o.NoIgnore)
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return !below(o.Only, f.At.File) })
	own := suppression.Rules()
	for i := range own {
		if !o.Policy.Enables(&own[i]) {
			continue
		}
		count := policy.Count{Rule: rules[slices.IndexFunc(rules, func(r *finding.Rule) bool { return r.ID == own[i].ID })]}
		for k := range findings {
			if findings[k].Rule == count.Rule {
				findings[k].Severity = cmp.Or(o.Severities[count.Rule.ID], findings[k].Severity)
				count.Checked, count.Fail = count.Checked+1, count.Fail+1
			}
		}
		j.counts = append(j.counts, count)
	}
	slices.SortFunc(j.counts, func(a, b policy.Count) int { return strings.Compare(a.Rule.ID, b.Rule.ID) })
	return findings
}

// ran reports which rules looked at everything: those that were enabled and met
// no problem.
func (j *judgement) ran(o Options) func(*finding.Rule) bool {
	ran := map[string]bool{}
	for _, count := range j.counts {
		ran[count.Rule.ID] = true
	}
	for _, id := range j.faulty {
		ran[id] = false
	}
	return func(r *finding.Rule) bool {
		if r.AboutIgnoring() {
			return o.Policy.Enables(r)
		}
		return ran[r.ID]
	}
}

// complete tells whether a directory could be read as a whole: what was lost of
// one file of a module may be what a comment in another is about.
func complete(diagnostics []source.Diagnostic) func(file string) bool {
	lost := map[string]bool{}
	for _, d := range diagnostics {
		if d.Severity == source.Error {
			lost[path.Dir(d.At.File)] = true
		}
	}
	return func(file string) bool {
		if file == "" {
			return len(lost) == 0
		}
		return !lost[path.Dir(file)]
	}
}
