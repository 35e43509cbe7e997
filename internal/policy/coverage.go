package policy

import (
	"io/fs"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/rego"
)

// Coverage learns which lines of users' rules are reached by tests and scans.
type Coverage struct{ lines *cover.Cover }

// NewCoverage returns a coverage that has seen nothing.
func NewCoverage() *Coverage { return &Coverage{lines: cover.New()} }

// tracer makes an evaluation tell what it reaches; nothing is told to no coverage.
func (c *Coverage) tracer() []rego.EvalOption {
	if c == nil {
		return nil
	}
	return []rego.EvalOption{rego.EvalQueryTracer(c.lines)}
}

// Covered is what was reached of one file.
type Covered struct {
	File string
	// Lines is how many lines hold something to evaluate, Reached how many of them
	// were evaluated.
	Lines, Reached int
	// Missed are the lines that were not, in order.
	Missed []int
}

// Percent is the share of lines that were reached; a file without any has 100.
func (c Covered) Percent() float64 {
	if c.Lines == 0 {
		return 100
	}
	return 100 * float64(c.Reached) / float64(c.Lines)
}

// Files reports what was reached of each file with rules, tests aside, ordered
// by file. Files that cannot be parsed are left out.
func (c *Coverage) Files(fsys fs.FS) (found []Covered) {
	names, _ := regoFiles(fsys, false)
	modules := map[string]*ast.Module{}
	for _, name := range names {
		if f, problems := parse(fsys, name, false); len(problems) == 0 {
			modules[name] = f.module
		}
	}
	report := c.lines.Report(modules)
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		file := report.Files[name]
		covered := Covered{File: name, Lines: file.CoveredLines + file.NotCoveredLines, Reached: file.CoveredLines}
		for _, missed := range file.NotCovered {
			for line := missed.Start.Row; line <= missed.End.Row; line++ {
				covered.Missed = append(covered.Missed, line)
			}
		}
		slices.Sort(covered.Missed)
		covered.Missed = slices.Compact(covered.Missed)
		found = append(found, covered)
	}
	return found
}
