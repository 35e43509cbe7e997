package terraform

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const formatName = "terraform"

// Analyzer reads Terraform and OpenTofu configuration.
type Analyzer struct{}

// New returns the analyzer. It holds no state: each Analyze stands alone.
func New() *Analyzer { return &Analyzer{} }

// Name returns "terraform".
func (*Analyzer) Name() string { return formatName }

// Claims takes configuration in both syntaxes and variable files, those that
// terraform plan loads by name and those that -var-file names.
func (*Analyzer) Claims(path string) bool { return roleOf(path) != ignored }

// Analyze evaluates every root module among the files. Resources are ordered
// by root and address, diagnostics by place.
func (*Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	l := newLoader(tree)
	l.load(ctx, files)
	plan := newPlan(ctx, l)
	share := newBudget(len(plan.tasks))
	evaluations := make([]*evaluation, len(plan.tasks))
	parallel(len(plan.tasks), func(i int) {
		if ctx.Err() == nil {
			evaluations[i] = evaluateRoot(ctx, l, plan.tasks[i], share)
		}
	})
	var result resource.Result
	result.Diagnostics, result.Files = l.summary()
	result.Diagnostics = append(result.Diagnostics, plan.diagnostics...)
	result.Resources = plan.resources
	for _, ev := range evaluations {
		if ev != nil {
			result.Resources = append(result.Resources, ev.resources...)
			result.Diagnostics = append(result.Diagnostics, ev.diagnostics...)
		}
	}
	slices.SortStableFunc(result.Resources, func(a, b resource.Resource) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(result.Diagnostics, compareDiagnostics)
	result.Diagnostics = withoutRepeats(result.Diagnostics)
	return result
}

// withoutRepeats drops equal diagnostics of several roots, and all but the
// first of those about one undeclared name in one module. They are sorted.
func withoutRepeats(diagnostics []source.Diagnostic) []source.Diagnostic {
	seen := map[[2]string]bool{}
	return slices.DeleteFunc(slices.Compact(diagnostics), func(d source.Diagnostic) bool {
		key := [2]string{path.Dir(d.At.File), d.Summary}
		if d.Code != "terraform/undeclared" {
			return false
		}
		repeated := seen[key]
		seen[key] = true
		return repeated
	})
}

func compareDiagnostics(a, b source.Diagnostic) int {
	return cmp.Or(
		a.At.Compare(b.At), strings.Compare(a.Code, b.Code), strings.Compare(a.Summary, b.Summary),
		strings.Compare(string(a.Severity), string(b.Severity)), strings.Compare(a.Detail, b.Detail),
	)
}
