package functions

import "github.com/drlint/drlint/internal/resource"

// MaxItems is how many items a list may have: what the documentation of range()
// allows.
const MaxItems = 10_000

// Limits of what one call builds or looks at.
const (
	maxText = 1 << 20
	maxCall = 400_000
	// textUnit is how many bytes of text cost as much as a value.
	textUnit = 64
)

// OverBudget is the reason of values that would have cost too much.
const OverBudget = "computing it takes more steps than drlint allows"

// Budget bounds the work of an evaluation, counted in values built or looked
// at. It is not safe for concurrent use.
type Budget struct{ left int }

// NewBudget allows a number of values.
func NewBudget(values int) *Budget { return &Budget{left: values} }

// Spend takes from the budget; false when it is used up.
func (b *Budget) Spend(values int) bool {
	if values < 0 || values > b.left {
		b.left = 0
		return false
	}
	b.left -= values
	return true
}

// visit spends the size of a value tree, as far as the budget goes. Values
// share members, so a small one may be very large written out.
func (c *caller) visit(v resource.Value) bool {
	if !c.Budget.Spend(1 + len(v.Text)/textUnit) {
		return false
	}
	for i := range v.Items {
		if !c.visit(v.Items[i]) {
			return false
		}
	}
	for i := range v.Fields {
		if !c.visit(v.Fields[i].Value) {
			return false
		}
	}
	return true
}
