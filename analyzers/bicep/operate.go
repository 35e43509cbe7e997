package bicep

import (
	"math"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func (ev *evaluation) unary(en env, e *syntax.Unary, at source.Range) resource.Value {
	x := ev.eval(en, e.X)
	if e.Op == syntax.OpNot {
		if truth, ok := x.AsBool(); ok {
			return carry(resource.BoolAt(at, !truth), x)
		}
		return unknownFrom(at, x)
	}
	number, ok := numberOf(x)
	if !ok {
		return unknownFrom(at, x)
	}
	if e.Op == syntax.OpMinus {
		number = -number
	}
	return carry(resource.NumberAt(at, number), x)
}

func numberOf(v resource.Value) (float64, bool) {
	return v.Num, v.IsKnown() && v.Kind == resource.Number
}

func (ev *evaluation) binary(en env, e *syntax.Binary, at source.Range) resource.Value {
	x := ev.eval(en, e.X)
	switch e.Op {
	case syntax.OpAnd, syntax.OpOr:
		return ev.logical(en, e, x, at)
	case syntax.OpCoalesce:
		return ev.coalesce(en, e, x, at)
	}
	y := ev.eval(en, e.Y)
	switch e.Op {
	case syntax.OpEqual, syntax.OpEqualFold:
		return ev.equality(at, x, y, e.Op == syntax.OpEqualFold, true)
	case syntax.OpNotEqual, syntax.OpNotEqFold:
		return ev.equality(at, x, y, e.Op == syntax.OpNotEqFold, false)
	case syntax.OpLess, syntax.OpLessEq, syntax.OpGreater, syntax.OpGreaterEq:
		return compared(e.Op, at, x, y)
	default:
		return calculated(e.Op, at, x, y)
	}
}

// logical evaluates && and ||. One side that decides is enough, even when the
// other one is not known.
func (ev *evaluation) logical(en env, e *syntax.Binary, x resource.Value, at source.Range) resource.Value {
	deciding := e.Op == syntax.OpOr
	left, leftKnown := x.AsBool()
	if leftKnown && left == deciding {
		return carry(resource.BoolAt(at, deciding), x)
	}
	y := ev.eval(en, e.Y)
	right, rightKnown := y.AsBool()
	switch {
	case rightKnown && right == deciding:
		return carry(resource.BoolAt(at, deciding), y)
	case leftKnown && rightKnown:
		return carry(resource.BoolAt(at, !deciding), x, y)
	default:
		return unknownFrom(at, x, y)
	}
}

func (ev *evaluation) coalesce(en env, e *syntax.Binary, x resource.Value, at source.Range) resource.Value {
	switch {
	case x.IsUnknown() && x.Hint == "":
		return unknownFrom(at, x, knownPart(ev.eval(en, e.Y)))
	case !x.IsAbsent():
		return moved(x, at) // text with a readable part is no null
	default:
		return moved(decidedBy(ev.eval(en, e.Y), x), at)
	}
}

// knownPart is a value of which only the references and origins matter.
func knownPart(v resource.Value) resource.Value {
	v.State = resource.Known
	return v
}

func (ev *evaluation) equality(at source.Range, x, y resource.Value, folded, wanted bool) resource.Value {
	same, known := ev.same(functions.Certain(x), functions.Certain(y), folded, at)
	if !known {
		return unknownFrom(at, functions.Certain(x), functions.Certain(y))
	}
	return carry(resource.BoolAt(at, same == wanted), x, y)
}

// same compares two values as deep as they go. A part that is not known leaves
// it open unless another part differs.
func (ev *evaluation) same(x, y resource.Value, folded bool, at source.Range) (same, known bool) {
	if !ev.spend(&ev.budget.steps, 1, at) {
		return false, false
	}
	if x.IsUnknown() || y.IsUnknown() {
		return false, differs(x, y) || differs(y, x)
	}
	if x.IsAbsent() || y.IsAbsent() {
		return x.IsAbsent() == y.IsAbsent(), true
	}
	if x.Kind != y.Kind {
		return false, true
	}
	switch x.Kind {
	case resource.String:
		return x.Text == y.Text || folded && strings.EqualFold(x.Text, y.Text), true
	case resource.Number:
		return x.Num == y.Num, true
	case resource.Bool:
		return x.Truth == y.Truth, true
	default:
		return ev.sameMembers(x, y, folded, at)
	}
}

func (ev *evaluation) sameMembers(x, y resource.Value, folded bool, at source.Range) (same, known bool) {
	if len(x.Items) != len(y.Items) || len(x.Fields) != len(y.Fields) {
		return false, true
	}
	known = true
	compare := func(a, b resource.Value) bool {
		equal, sure := ev.same(a, b, folded, at)
		known = known && sure
		return sure && !equal
	}
	for i := range x.Items {
		if compare(x.Items[i], y.Items[i]) {
			return false, true
		}
	}
	for i := range x.Fields {
		other, found := functions.Member(y, x.Fields[i].Name)
		if !found || compare(x.Fields[i].Value, other) {
			return false, true
		}
	}
	return known, known
}

// differs reports whether an unknown text with a readable part is compared with
// null or with the empty text, which it cannot be.
func differs(x, y resource.Value) bool {
	return x.IsUnknown() && x.Hint != "" && (y.IsAbsent() || isString(y) && y.Text == "")
}

func compared(op syntax.Op, at source.Range, x, y resource.Value) resource.Value {
	order := 0
	a, isNumber := numberOf(x)
	b, areNumbers := numberOf(y)
	switch {
	case isNumber && areNumbers && a < b:
		order = -1
	case isNumber && areNumbers && a > b:
		order = 1
	case isNumber && areNumbers:
	case isString(x) && isString(y):
		order = strings.Compare(x.Text, y.Text)
	default:
		return unknownFrom(at, x, y)
	}
	var truth bool
	switch op {
	case syntax.OpLess:
		truth = order < 0
	case syntax.OpLessEq:
		truth = order <= 0
	case syntax.OpGreater:
		truth = order > 0
	default:
		truth = order >= 0
	}
	return carry(resource.BoolAt(at, truth), x, y)
}

// calculated works on whole numbers, which is all that Bicep has.
func calculated(op syntax.Op, at source.Range, x, y resource.Value) resource.Value {
	a, ok1 := numberOf(x)
	b, ok2 := numberOf(y)
	if !ok1 || !ok2 {
		return unknownFrom(at, x, y)
	}
	var result float64
	switch {
	case op == syntax.OpPlus:
		result = a + b
	case op == syntax.OpMinus:
		result = a - b
	case op == syntax.OpTimes:
		result = a * b
	case b == 0:
		return carry(resource.UnknownAt(at, "it divides by zero"), x, y)
	case op == syntax.OpDivide:
		result = math.Trunc(a / b)
	default:
		result = math.Mod(a, b)
	}
	if math.IsInf(result, 0) || math.IsNaN(result) {
		return carry(resource.UnknownAt(at, "the number is too large"), x, y)
	}
	return carry(resource.NumberAt(at, result), x, y)
}

// ternary yields the branch that the condition chooses. Without a decision it
// yields what both branches agree on.
func (ev *evaluation) ternary(en env, e *syntax.Ternary, at source.Range) resource.Value {
	condition := ev.eval(en, e.Condition)
	if truth, known := condition.AsBool(); known {
		branch := e.Else
		if truth {
			branch = e.Then
		}
		return moved(decidedBy(ev.eval(en, branch), condition), at)
	}
	then, otherwise := ev.eval(en, e.Then), ev.eval(en, e.Else)
	return ev.either(at, condition, then, otherwise)
}

// either is one of two values, nobody can tell which: the same when they are
// equal, for two objects an object of what both may hold.
func (ev *evaluation) either(at source.Range, condition, x, y resource.Value) resource.Value {
	if same, known := ev.same(functions.Certain(x), functions.Certain(y), false, at); same && known {
		return moved(decidedBy(carry(x, y), condition), at)
	}
	reason := resource.UnknownAt(at, unknownFrom(at, condition).Why)
	reason.Origin = condition.Origin
	if !isObject(x) || !isObject(y) {
		return carry(reason, x, y)
	}
	b := builder{ev: ev, at: at, object: resource.ObjectAt(at)}
	for _, f := range x.Fields {
		other, found := functions.Member(y, f.Name)
		if !ev.spend(&ev.budget.values, 1, at) {
			return carry(resource.UnknownAt(at, overBudget), x, y)
		}
		if found {
			f.Value = ev.either(f.Value.At, condition, f.Value, other)
		} else {
			f.Value = ev.perhaps(f.Value, reason)
		}
		b.set(f)
	}
	for _, f := range y.Fields {
		if _, found := functions.Member(x, f.Name); !found {
			f.Value = ev.perhaps(f.Value, reason)
			b.set(f)
		}
	}
	return uncertain(decidedBy(b.result(), condition), reason.Why)
}

// perhaps is a member that is there in one case only.
func (ev *evaluation) perhaps(v, reason resource.Value) resource.Value {
	reason.At = v.At
	return carry(reason, v)
}
