package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

const unreadable = "the expression cannot be read"

// eval computes an expression. It always returns a value: what cannot be
// computed is unknown and marked with the reason.
func (ev *evaluation) eval(en env, expr hclsyntax.Expression) cty.Value {
	ev.depth++
	defer func() { ev.depth-- }()
	if ev.budget.steps--; ev.budget.steps < 0 || ev.depth > expressions {
		ev.overspend(rangeOf(expr))
		return unknown(overBudget)
	}
	const pollInterval = 4096
	if ev.budget.steps%pollInterval == 0 && ev.ctx.Err() != nil {
		ev.budget.steps = 0
	}
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		if !e.Val.IsKnown() {
			return ev.fail(unreadable) // what the parser leaves of a syntax error
		}
		if e.Val.Type() == cty.Number {
			return short(e.Val)
		}
		return e.Val
	case *hclsyntax.TemplateExpr:
		return ev.template(en, e)
	case *hclsyntax.ScopeTraversalExpr:
		return ev.traverse(en, e.Traversal)
	case *hclsyntax.FunctionCallExpr:
		return ev.call(en, e)
	case *hclsyntax.TemplateWrapExpr:
		return ev.eval(en, e.Wrapped)
	case *hclsyntax.ParenthesesExpr:
		return ev.eval(en, e.Expression)
	case *hclsyntax.RelativeTraversalExpr:
		return ev.follow(ev.eval(en, e.Source), e.Traversal)
	case *hclsyntax.IndexExpr:
		return ev.index(ev.eval(en, e.Collection), ev.eval(en, e.Key))
	default:
		return ev.construct(en, expr)
	}
}

// construct computes the expressions that build or combine values.
func (ev *evaluation) construct(en env, expr hclsyntax.Expression) cty.Value {
	switch e := expr.(type) {
	case *hclsyntax.TupleConsExpr:
		members := make([]cty.Value, len(e.Exprs))
		for i, member := range e.Exprs {
			members[i] = ev.eval(en, member)
		}
		return cty.TupleVal(members)
	case *hclsyntax.ObjectConsExpr:
		return ev.object(en, e)
	case *hclsyntax.ObjectConsKeyExpr:
		return ev.objectKey(en, e)
	case *hclsyntax.ConditionalExpr:
		return ev.conditional(en, e)
	case *hclsyntax.BinaryOpExpr:
		return ev.binary(en, e)
	case *hclsyntax.UnaryOpExpr:
		return ev.operate(e.Op, e.SrcRange, ev.eval(en, e.Val))
	case *hclsyntax.ForExpr:
		return ev.forEach(en, e)
	case *hclsyntax.SplatExpr:
		return ev.splat(en, e)
	case *hclsyntax.AnonSymbolExpr:
		if value, ok := en.lookupItem(e); ok {
			return value
		}
		return ev.fail("the item of a splat expression is missing")
	case *hclsyntax.TemplateJoinExpr:
		return ev.joined(ev.eval(en, e.Tuple), rangeOf(e))
	default:
		return ev.fail(unreadable)
	}
}

func (ev *evaluation) object(en env, e *hclsyntax.ObjectConsExpr) cty.Value {
	members := make(map[string]cty.Value, len(e.Items))
	var uncertain []cty.ValueMarks
	known := true
	for _, item := range e.Items {
		key := ev.keyText(ev.eval(en, item.KeyExpr))
		value := ev.eval(en, item.ValueExpr)
		if key.IsKnown() {
			plain, _ := key.Unmark()
			members[plain.AsString()] = value
			continue
		}
		known = false
		uncertain = append(uncertain, key.Marks(), value.Marks())
	}
	if known {
		return cty.ObjectVal(members)
	}
	return carry(cty.DynamicVal, uncertain...)
}

// objectKey reads a bare word before = or : as that word.
func (ev *evaluation) objectKey(en env, e *hclsyntax.ObjectConsKeyExpr) cty.Value {
	if !e.ForceNonLiteral {
		if word := hclKeyword(e.Wrapped); word != "" {
			return cty.StringVal(word)
		}
	}
	return ev.eval(en, e.Wrapped)
}

// keyText converts a key to a string; what cannot be one is unknown.
func (ev *evaluation) keyText(key cty.Value) cty.Value {
	text := ev.convert(key, cty.String)
	if text.IsKnown() && text.IsNull() {
		return carry(ev.fail("a key is null"), key.Marks())
	}
	return text
}

// conditional evaluates only the branch that applies. When that is not known,
// the value is, provided that both branches agree.
func (ev *evaluation) conditional(en env, e *hclsyntax.ConditionalExpr) cty.Value {
	condition, marks := ev.convert(ev.eval(en, e.Condition), cty.Bool).Unmark()
	switch {
	case !condition.IsKnown():
	case condition.IsNull():
		return carry(ev.fail("a condition is null"), marks)
	case condition.True():
		return carry(ev.eval(en, e.TrueResult), decided(marks))
	default:
		return carry(ev.eval(en, e.FalseResult), decided(marks))
	}
	errs := ev.errs
	yes, no := ev.eval(en, e.TrueResult), ev.eval(en, e.FalseResult)
	ev.errs = errs
	if yes.IsKnown() && no.IsKnown() && ev.affordable(yes) && ev.affordable(no) {
		plainYes, marksYes := yes.UnmarkDeep()
		plainNo, marksNo := no.UnmarkDeep()
		if plainYes.RawEquals(plainNo) {
			return carry(plainYes, marksYes, marksNo, decided(marks))
		}
	}
	return carry(cty.DynamicVal, marks, withoutWhy(ev.deepMarks(yes)), withoutWhy(ev.deepMarks(no)))
}

// withoutWhy drops reasons: the branches of an undecided condition are not why
// its value is unknown.
func withoutWhy(marks cty.ValueMarks) cty.ValueMarks {
	kept := cty.ValueMarks{}
	for mark := range marks {
		if _, isWhy := mark.(whyMark); !isWhy {
			kept[mark] = struct{}{}
		}
	}
	return kept
}

// deepMarks collects the marks of a value and its members, as far as its size
// is reasonable.
func (ev *evaluation) deepMarks(val cty.Value) cty.ValueMarks {
	if !ev.affordable(val) {
		return val.Marks()
	}
	_, marks := val.UnmarkDeep()
	return marks
}

// affordable charges for looking at all members of a value.
func (ev *evaluation) affordable(val cty.Value) bool {
	const perMember = 4
	size := measure(val, sizeLimit)
	ev.budget.steps -= perMember * (size - 1)
	return size <= sizeLimit && ev.budget.steps >= 0
}
