package terraform

import "github.com/drlint/drlint/internal/source"

// What one evaluation may cost. The first group bounds a single construct; the
// second is shared out among the roots of a repository, so that the whole scan
// stays bounded however many there are and each root's share is the same on
// every machine.
const (
	instanceLimit = 1_000   // instances of one count or for_each
	moduleDepth   = 32      // calls within calls
	textLimit     = 1 << 20 // bytes of one string
	sizeLimit     = 100_000 // members of one value, at any depth
	expressions   = 2_000   // expressions within expressions, through all references

	totalSteps      = 100_000_000
	totalIterations = 4_000_000
	totalValues     = 4_000_000
	totalCalls      = 2_000_000_000
	totalModules    = 100_000
	totalResources  = 400_000
)

// budget is what is left of one root's share.
type budget struct {
	steps      int // expressions evaluated and members counted
	iterations int // of for, splat and dynamic
	values     int // values handed out
	modules    int // instances of modules
	calls      int // work of functions
	resources  int
	spent      bool
}

func newBudget(roots int) budget {
	share := func(total, least, most int) int { return min(max(total/max(roots, 1), least), most) }
	return budget{
		steps:      share(totalSteps, 1_000_000, 5_000_000),
		iterations: share(totalIterations, 20_000, 100_000),
		values:     share(totalValues, 20_000, 600_000),
		calls:      share(totalCalls, 10_000_000, 50_000_000),
		modules:    share(totalModules, 500, 5_000),
		resources:  share(totalResources, 1_000, 50_000),
	}
}

const overBudget = "evaluating it would take too long"

// overspend reports once that a root costs too much; at is where that showed.
func (ev *evaluation) overspend(at source.Range) {
	if ev.budget.spent {
		return
	}
	ev.budget.spent = true
	ev.report(source.Diagnostic{
		Code: "terraform/budget", Severity: source.Warning, At: at,
		Summary: "evaluating this configuration takes too long, so a part of it stays unknown",
		Detail:  "drlint bounds the work for one root module. The place is where the bound was reached.",
	})
}

// spend takes an amount from a part of the budget.
func (ev *evaluation) spend(from *int, amount int, at source.Range) bool {
	if *from -= amount; *from >= 0 {
		return true
	}
	ev.overspend(at)
	return false
}
