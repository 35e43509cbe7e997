package terraform

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/drlint/drlint/internal/guard"
)

// variable is a declared input.
type variable struct {
	block    *block
	name     string
	typ      cty.Type // cty.DynamicPseudoType when any
	optional *typeexpr.Defaults
	fallback hclsyntax.Expression // nil without a default
	nullable bool
}

func newVariable(b *block) *variable {
	v := &variable{block: b, name: b.labels[0], typ: cty.DynamicPseudoType, nullable: true}
	if a := b.body.attr("type"); a != nil {
		v.typ, v.optional = constraint(a.expr)
	}
	if a := b.body.attr("default"); a != nil {
		v.fallback = a.expr
	}
	if a := b.body.attr("nullable"); a != nil {
		if l, ok := a.expr.(*hclsyntax.LiteralValueExpr); ok && l.Val.RawEquals(cty.False) {
			v.nullable = false
		}
	}
	return v
}

// constraint reads a type constraint. One that cannot be read constrains
// nothing.
func constraint(expr hclsyntax.Expression) (cty.Type, *typeexpr.Defaults) {
	if text, ok := literal(expr); ok {
		expr = quotedConstraint(text)
	}
	if expr == nil || !isConstraint(expr, false) {
		return cty.DynamicPseudoType, nil
	}
	typ, defaults, diags := typeexpr.TypeConstraintWithDefaults(expr)
	if diags.HasErrors() || typ == cty.NilType {
		return cty.DynamicPseudoType, nil
	}
	return typ, defaults
}

// quotedConstraint reads the types that Terraform 0.11 and JSON syntax write as
// strings; a bare "list" or "map" stands for one of anything.
func quotedConstraint(text string) hclsyntax.Expression {
	switch text {
	case "list":
		text = "list(any)"
	case "map":
		text = "map(any)"
	}
	if guard.Check("", []byte(text), guard.HCL) != nil {
		return nil
	}
	expr, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	return expr
}

// isConstraint admits only what a type is written with. The library evaluates
// the defaults of optional attributes itself, which could not be stopped if
// they held loops.
func isConstraint(expr hclsyntax.Expression, isDefault bool) bool {
	all := func(parts []hclsyntax.Expression, isDefault bool) bool {
		for _, part := range parts {
			if !isConstraint(part, isDefault) {
				return false
			}
		}
		return true
	}
	switch e := expr.(type) {
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "optional" && len(e.Args) == 2 {
			return isConstraint(e.Args[0], false) && isConstraint(e.Args[1], true)
		}
		return !isDefault && !e.ExpandFinal && all(e.Args, false)
	case *hclsyntax.TemplateExpr:
		return isDefault && all(e.Parts, true)
	case *hclsyntax.ParenthesesExpr:
		return isConstraint(e.Expression, isDefault)
	case *hclsyntax.UnaryOpExpr:
		return isDefault && isConstraint(e.Val, true)
	case *hclsyntax.BinaryOpExpr:
		return isDefault && isConstraint(e.LHS, true) && isConstraint(e.RHS, true)
	case *hclsyntax.TupleConsExpr:
		return all(e.Exprs, isDefault)
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			if !isConstraint(item.ValueExpr, isDefault) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

// conform converts a value to the type of the variable and fills in the
// defaults of optional attributes.
func (v *variable) conform(ev *evaluation, value cty.Value) cty.Value {
	if v.typ == cty.DynamicPseudoType {
		return value
	}
	// Finding a common type compares all members with each other.
	const affordable = 1_000
	at := v.block.header
	if size := measure(value, sizeLimit); size > affordable && !ev.spend(&ev.budget.steps, size/affordable*size, at) {
		return unknown(overBudget)
	}
	value = inspected(ev, value, v.typ)
	if v.optional != nil {
		value = v.optional.Apply(value)
	}
	converted, err := convert.Convert(value, v.typ)
	if err != nil {
		return carry(ev.fail("the value of var."+v.name+" has the wrong type: "+shortError(err)), ev.deepMarks(value))
	}
	return converted
}

// inspected replaces whole resources and modules by objects of the attributes
// that a type asks for.
func inspected(ev *evaluation, value cty.Value, wanted cty.Type) cty.Value {
	if wanted == cty.DynamicPseudoType {
		return value
	}
	plain, marks := value.Unmark()
	if target := targetOf(plain); target != nil {
		if !wanted.IsObjectType() || target.loose() {
			return carry(cty.UnknownVal(wanted.WithoutOptionalAttributesDeep()), marks, reason(plain))
		}
		members := map[string]cty.Value{}
		types := wanted.AttributeTypes()
		for _, name := range slices.Sorted(maps.Keys(types)) {
			members[name] = inspected(ev, target.attribute(ev, name), types[name])
		}
		return carry(cty.ObjectVal(members), withoutWhole(marks))
	}
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || !holdsHandle(plain.Type()) {
		return value
	}
	return carry(inspectedMembers(ev, plain, wanted), marks)
}

func inspectedMembers(ev *evaluation, plain cty.Value, wanted cty.Type) cty.Value {
	memberType := func(key cty.Value) cty.Type {
		switch {
		case wanted.IsCollectionType():
			return wanted.ElementType()
		case wanted.IsObjectType() && key.Type() == cty.String && wanted.HasAttribute(key.AsString()):
			return wanted.AttributeType(key.AsString())
		default:
			return cty.DynamicPseudoType
		}
	}
	named, listed := map[string]cty.Value{}, []cty.Value(nil)
	isObject := plain.Type().IsObjectType() || plain.Type().IsMapType()
	for it := plain.ElementIterator(); it.Next(); {
		key, item := it.Element()
		item = inspected(ev, item, memberType(key))
		if isObject {
			named[key.AsString()] = item
		} else {
			listed = append(listed, item)
		}
	}
	if isObject {
		return cty.ObjectVal(named)
	}
	return cty.TupleVal(listed)
}

// holdsHandle reports whether values of a type may hold a handle.
func holdsHandle(ty cty.Type) bool {
	switch {
	case ty == handleType:
		return true
	case ty.IsCollectionType():
		return holdsHandle(ty.ElementType())
	case ty.IsObjectType():
		for _, member := range ty.AttributeTypes() {
			if holdsHandle(member) {
				return true
			}
		}
	case ty.IsTupleType():
		for _, member := range ty.TupleElementTypes() {
			if holdsHandle(member) {
				return true
			}
		}
	}
	return false
}
