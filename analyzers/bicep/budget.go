package bicep

import (
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/source"
)

// What one evaluation may cost. The first group bounds a single construct; the
// second is shared out among the evaluations of a repository, so that the whole
// scan stays bounded however many there are and each one's share is the same on
// every machine.
const (
	instanceLimit = 1_000   // instances of one loop over resources or modules
	moduleDepth   = 32      // modules within modules
	textLimit     = 1 << 20 // bytes of one string
	sizeLimit     = 100_000 // items of one list or members of one object
	expressions   = 4_000   // expressions within expressions, through all references

	totalSteps     = 100_000_000
	totalValues    = 8_000_000
	totalFunctions = 40_000_000
	totalModules   = 200_000
	totalResources = 400_000
)

// budget is what is left of one evaluation's share.
type budget struct {
	steps     int // expressions evaluated and members looked at
	values    int // values copied or handed out
	modules   int // instances of modules
	resources int
	functions *functions.Budget
	spent     bool
}

func newBudget(evaluations int) budget {
	share := func(total, least, most int) int { return min(max(total/max(evaluations, 1), least), most) }
	return budget{
		steps:     share(totalSteps, 200_000, 1_500_000),
		values:    share(totalValues, 50_000, 300_000),
		modules:   share(totalModules, 200, 5_000),
		resources: share(totalResources, 1_000, 50_000),
		functions: functions.NewBudget(share(totalFunctions, 200_000, 1_000_000)),
	}
}

const overBudget = "evaluating it would take too long"

// overspend reports once that an evaluation costs too much; at is where that
// showed.
func (ev *evaluation) overspend(at source.Range) {
	if ev.budget.spent {
		return
	}
	ev.budget.spent = true
	ev.report(source.Diagnostic{
		Code: "bicep/budget", Severity: source.Warning, At: at,
		Summary: "evaluating this file takes too long, so a part of it stays unknown",
		Detail:  "drlint bounds the work for one file and its modules. The place is where the bound was reached.",
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
