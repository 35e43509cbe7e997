package functions

import (
	"math/big"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/zclconf/go-cty/cty"
)

// Limit bounds what expressions may cost. Real configurations stay far below
// the defaults; over them a result is unknown, not an error, so that try() does
// not take its fallback for it.
type Limit struct {
	// Elements is the number of values, nested ones included, that all arguments
	// of one call or its result may hold.
	Elements int
	// Bytes is the length of all strings in the arguments of one call, of a
	// resulting string, and of a file that is read.
	Bytes int
	// FileBytes is the size of a file that is only hashed.
	FileBytes int64
	// Work is what a whole Budget may cost, in steps of some 50 ns.
	Work int64
}

const (
	defaultElements  = 100_000
	defaultBytes     = 4 << 20
	defaultFileBytes = 64 << 20
	defaultWork      = 100_000_000

	// maxExponent is the largest binary exponent of a number, some 1,200 decimal
	// digits: printing larger ones takes seconds.
	maxExponent = 4096
	// maxDigits is the longest run of digits that a string may begin with: reading
	// it as a number, which HCL does where one is wanted, takes quadratic time.
	maxDigits = 2048
)

// What things cost, in steps.
const (
	// callSteps is a call in itself.
	callSteps = 50
	// elementSteps is handing an element to a function: cty looks at each several
	// times for marks, types and unknown values.
	elementSteps = 50
	// sightSteps is looking at a value once.
	sightSteps = 5
	// loopSteps is one iteration of a loop.
	loopSteps = 60
	// bytesPerStep is how much text is handled in the time of one step.
	bytesPerStep = 4

	// Going through a set sorts it, which takes far longer than going through a
	// list, and longest for sets of collections. Sets may hold only these parts
	// of the limit.
	setShare, deepSetShare = 5, 20
	setSteps, deepSetSteps = 500, 5000
)

func (l Limit) withDefaults() Limit {
	if l.Elements <= 0 {
		l.Elements = defaultElements
	}
	if l.Bytes <= 0 {
		l.Bytes = defaultBytes
	}
	if l.FileBytes <= 0 {
		l.FileBytes = defaultFileBytes
	}
	if l.Work <= 0 {
		l.Work = defaultWork
	}
	return l
}

// Budget is the work that evaluating a group of expressions may cost. It counts
// steps, not time, so that the same input always ends at the same place. It may
// be used from several goroutines.
type Budget struct {
	limit    Limit
	left     atomic.Int64
	refusals atomic.Int64
}

// NewBudget returns a budget of limit.Work steps whose single values are
// bounded by the other fields; zero fields mean the defaults.
func NewBudget(limit Limit) *Budget {
	b := &Budget{limit: limit.withDefaults()}
	b.left.Store(b.limit.Work)
	return b
}

// Spent reports whether work was ever refused.
func (b *Budget) Spent() bool { return b.refusals.Load() > 0 }

// budgetSpent completes "unknown because …".
const budgetSpent = "evaluating the expressions of this configuration takes too much work"

// spend takes steps for work that is about to be done. When they are not there
// it takes none and returns budgetSpent: that work must not be done.
func (b *Budget) spend(steps int64) string {
	for {
		left := b.left.Load()
		if steps < 0 || steps > left {
			b.refusals.Add(1)
			return budgetSpent
		}
		if b.left.CompareAndSwap(left, left-steps) {
			return ""
		}
	}
}

// pay takes steps for work that has been done already, or what there is of them.
func (b *Budget) pay(steps int64) string {
	for {
		left := b.left.Load()
		if b.left.CompareAndSwap(left, max(left-steps, 0)) {
			if steps >= left {
				b.refusals.Add(1)
				return budgetSpent
			}
			return ""
		}
	}
}

// measure charges for a value and returns "" when it is within the limits that
// hold for arguments, else what completes "unknown because …". It takes time in
// proportion to the limit at most, also for values that share their parts.
func (b *Budget) measure(v cty.Value) string {
	if b.left.Load() <= 0 {
		return b.pay(0)
	}
	g := gauge{limit: b.limit}
	g.add(v)
	spent := b.pay(g.steps(sightSteps))
	if g.why != "" {
		return "the value " + g.why
	}
	return spent
}

// gauge adds up the size of values and stops as soon as they are too large.
type gauge struct {
	limit           Limit
	elements, bytes int
	sorting         int64  // steps
	why             string // completes "the value …"
}

// steps is what looking at the values costs, with a price for each.
func (g *gauge) steps(each int64) int64 {
	return int64(g.elements)*each + int64(g.bytes/bytesPerStep) + g.sorting
}

func (g *gauge) add(v cty.Value) {
	if g.why != "" {
		return
	}
	if g.elements++; g.elements > g.limit.Elements {
		g.why = "holds more than " + count(g.limit.Elements) + " values"
		return
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return
	}
	switch ty := v.Type(); {
	case ty == cty.String:
		g.addText(v.AsString())
	case ty == cty.Number:
		if hasTooManyDigits(v.AsBigFloat()) {
			g.why = "holds a number of too many digits"
		}
	case v.CanIterateElements():
		if ty.IsSetType() {
			g.addSet(v)
		}
		for it := v.ElementIterator(); g.why == "" && it.Next(); {
			_, element := it.Element()
			g.add(element)
		}
	}
}

func (g *gauge) addSet(v cty.Value) {
	length, most, steps := v.LengthInt(), g.limit.largestSet(v.Type()), setSteps
	if !v.Type().ElementType().IsPrimitiveType() {
		steps = deepSetSteps
	}
	if length > most {
		g.why = "holds a set of more than " + count(most) + " values"
		return
	}
	g.sorting += int64(length) * int64(steps)
}

// largestSet returns how many elements a set of some type may hold.
func (l Limit) largestSet(ty cty.Type) int {
	if ty.ElementType().IsPrimitiveType() {
		return l.Elements / setShare
	}
	return l.Elements / deepSetShare
}

func (g *gauge) addText(s string) {
	if g.bytes += len(s); g.bytes > g.limit.Bytes {
		g.why = "holds more than " + count(g.limit.Bytes) + " bytes of text"
		return
	}
	if len(s) > maxDigits && strings.Trim(s[:maxDigits+1], "0123456789.+-") == "" {
		g.why = "holds a number of too many digits"
	}
}

func hasTooManyDigits(n *big.Float) bool {
	exponent := n.MantExp(nil)
	return exponent > maxExponent || exponent < -maxExponent
}

// count writes a limit with thousands separators: 100,000.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
