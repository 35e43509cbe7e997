package report

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// htmlMatrix counts what fails, a row a rule and a column a stage.
type htmlMatrix struct {
	Stages []string
	Rows   []htmlMatrixRow
	// Quiet counts the rules without a row: they do nothing but exempt.
	Quiet int
}

type htmlMatrixRow struct {
	Rule, Title, Severity string
	Saves                 bool
	// Stages count by stage, in the order of the columns; a finding of several
	// stages counts in each.
	Stages                         []htmlMatrixStage
	Fail, Unknown, Exempt, Ignored htmlMatrixCell

	rank int
}

// htmlMatrixStage counts what a rule says of one stage.
type htmlMatrixStage struct {
	Name          string
	Fail, Unknown htmlMatrixCell
}

// htmlMatrixCell is a count and the filter that shows what it counts.
type htmlMatrixCell struct {
	Name   string
	Count  int
	Filter string
}

// matrixOf puts the rules first that fail gravest and most.
func matrixOf(findings []htmlFinding) htmlMatrix {
	m := htmlMatrix{Stages: stagesIn(slices.DeleteFunc(slices.Clone(findings), func(f htmlFinding) bool {
		return f.Verdict != string(finding.Fail) && f.Verdict != string(finding.Unknown)
	}))}
	index := map[string]int{}
	for i := range findings {
		f := &findings[i]
		at, known := index[f.Rule]
		if !known {
			at = len(m.Rows)
			index[f.Rule] = at
			m.Rows = append(m.Rows, newMatrixRow(f, m.Stages))
		}
		m.Rows[at].add(f)
	}
	all := len(m.Rows)
	m.Rows = slices.DeleteFunc(m.Rows, func(row htmlMatrixRow) bool {
		return row.Fail.Count+row.Unknown.Count+row.Ignored.Count == 0
	})
	m.Quiet = all - len(m.Rows)
	slices.SortFunc(m.Rows, func(a, b htmlMatrixRow) int {
		return cmp.Or(
			cmp.Compare(min(1, b.Fail.Count), min(1, a.Fail.Count)), cmp.Compare(a.rank, b.rank),
			cmp.Compare(b.Fail.Count, a.Fail.Count), cmp.Compare(b.Unknown.Count, a.Unknown.Count), cmp.Compare(a.Rule, b.Rule),
		)
	})
	return m
}

func newMatrixRow(f *htmlFinding, stages []string) htmlMatrixRow {
	cell := func(name string) htmlMatrixCell {
		return htmlMatrixCell{Name: name, Filter: url.Values{"rule": {f.Rule}, "verdict": {name}}.Encode()}
	}
	row := htmlMatrixRow{
		Rule: f.Rule, Title: f.RuleTitle, Severity: f.Severity, Saves: f.Saves, rank: f.rank,
		Fail: cell(string(finding.Fail)), Unknown: cell(string(finding.Unknown)), Exempt: cell(string(finding.Exempt)), Ignored: cell(ignored),
	}
	for _, stage := range stages {
		within := func(name string) htmlMatrixCell {
			return htmlMatrixCell{Name: name, Filter: url.Values{"rule": {f.Rule}, "stage": {stage}, "verdict": {name}}.Encode()}
		}
		row.Stages = append(row.Stages, htmlMatrixStage{stage, within(string(finding.Fail)), within(string(finding.Unknown))})
	}
	return row
}

func (row *htmlMatrixRow) add(f *htmlFinding) {
	switch f.Verdict {
	case string(finding.Unknown):
		row.Unknown.Count++
	case string(finding.Exempt):
		row.Exempt.Count++
	case ignored:
		row.Ignored.Count++
	default:
		row.Fail.Count++
	}
	for i := range row.Stages {
		stage := &row.Stages[i]
		switch {
		case !slices.Contains(f.Stages, stage.Name):
		case f.Verdict == string(finding.Fail):
			stage.Fail.Count++
		case f.Verdict == string(finding.Unknown):
			stage.Unknown.Count++
		}
	}
}

// stagesIn lists the stages that findings name, in the order data flows.
func stagesIn(findings []htmlFinding) (list []string) {
	found := map[string]bool{}
	for i := range findings {
		for _, stage := range findings[i].Stages {
			found[stage] = true
		}
	}
	for _, stage := range append(slices.Clone(model.Stages), noStage) {
		if found[string(stage)] {
			list = append(list, string(stage))
		}
	}
	return list
}

// htmlFacets are the values that findings can be filtered by, with how many
// findings have each.
type htmlFacets struct {
	Verdicts, Severities, Changes      []htmlCount
	Stages, Rules, Files, Environments []htmlCount
}

func facetsOf(findings []htmlFinding) htmlFacets {
	counts := map[string]map[string]int{}
	add := func(facet string, values ...string) {
		if counts[facet] == nil {
			counts[facet] = map[string]int{}
		}
		for _, value := range values {
			counts[facet][value]++
		}
	}
	for i := range findings {
		f := &findings[i]
		add("verdict", f.Verdict)
		add("severity", f.Severity)
		add("stage", f.Stages...)
		add("rule", f.Rule)
		add("file", f.File)
		add("environment", f.Environments...)
		if f.Change != "" {
			add("change", f.Change)
		}
	}
	return htmlFacets{
		Verdicts: facet(counts["verdict"], htmlVerdicts), Severities: facet(counts["severity"], severityNames()),
		Changes: facet(counts["change"], []string{string(finding.New), string(finding.Touched)}),
		Stages:  facet(counts["stage"], stagesIn(findings)), Rules: facet(counts["rule"], nil), Files: facet(counts["file"], nil),
		Environments: facet(counts["environment"], nil),
	}
}

func severityNames() (names []string) {
	for _, severity := range finding.Severities {
		names = append(names, string(severity))
	}
	return names
}

// facet lists values in an order, by name where none is given.
func facet(counts map[string]int, order []string) (list []htmlCount) {
	if order == nil {
		for value := range counts {
			order = append(order, value)
		}
		slices.Sort(order)
	}
	for _, value := range order {
		if counts[value] > 0 {
			list = append(list, htmlCount{value, counts[value]})
		}
	}
	return list
}
