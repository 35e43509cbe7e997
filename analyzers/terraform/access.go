package terraform

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// traverse resolves a reference: its first words name something in scope, the
// rest are steps into it.
func (ev *evaluation) traverse(en env, traversal hcl.Traversal) cty.Value {
	root := traversal.RootName()
	if value, ok := en.lookup(root); ok {
		return ev.follow(ev.noteValue(value), traversal[1:])
	}
	if en.unit != nil {
		value, taken := en.unit.resolve(ev, traversal)
		return ev.follow(ev.noteValue(value), traversal[taken:])
	}
	if en.inst == nil {
		return ev.fail(root + " cannot be used here")
	}
	value, taken := ev.resolve(en, traversal)
	return ev.follow(value, traversal[taken:])
}

// follow applies the steps of a traversal.
func (ev *evaluation) follow(value cty.Value, steps hcl.Traversal) cty.Value {
	for _, step := range steps {
		switch s := step.(type) {
		case hcl.TraverseAttr:
			value = ev.attribute(value, s.Name)
		case hcl.TraverseIndex:
			value = ev.index(value, s.Key)
		default:
			return ev.fail("the reference cannot be read")
		}
	}
	return value
}

// attribute returns a member of a value by its name.
func (ev *evaluation) attribute(value cty.Value, name string) cty.Value {
	plain, marks := value.Unmark()
	if target := targetOf(plain); target != nil {
		return carry(target.attribute(ev, name), withoutWhole(marks))
	}
	switch ty := plain.Type(); {
	case plain.IsNull():
		return carry(ev.fail(fmt.Sprintf("the value that should have %q is null", name)), marks)
	case ty == cty.DynamicPseudoType:
		return carry(cty.DynamicVal, narrowed(marks, name))
	case ty.IsObjectType() && ty.HasAttribute(name):
		return carry(plain.GetAttr(name), marks)
	case ty.IsMapType() && !plain.IsKnown():
		return carry(cty.UnknownVal(ty.ElementType()), marks)
	case ty.IsMapType() && plain.HasIndex(cty.StringVal(name)).RawEquals(cty.True):
		return carry(plain.Index(cty.StringVal(name)), marks)
	case ty.IsObjectType() && refers(marks) != "":
		// A provider may add to an object what is not configured.
		return carry(unknown(refers(marks)+"."+name+" is known after apply"), marks)
	default:
		return carry(ev.fail(fmt.Sprintf("the value has no %q", name)), marks)
	}
}

// refers returns the first attribute of a resource that marks name, without the
// modules it lies in, or "".
func refers(marks cty.ValueMarks) string {
	for _, ref := range read(marks, nil).refs {
		if ref.Attr != "" {
			_, address, _ := strings.Cut(ref.ID, "#")
			return address + "." + ref.Attr
		}
	}
	return ""
}

// narrowed turns references to a whole unknown resource into references to the
// attribute that is asked of it.
func narrowed(marks cty.ValueMarks, name string) cty.ValueMarks {
	kept := cty.ValueMarks{}
	for mark := range marks {
		if ref, ok := mark.(refMark); ok && ref.Value().Attr == "" {
			mark = refTo(ref.Value().ID, name)
		}
		kept[mark] = struct{}{}
	}
	return kept
}

// index returns a member of a value by a computed key.
func (ev *evaluation) index(value, key cty.Value) cty.Value {
	plain, marks := value.Unmark()
	plainKey, keyMarks := key.Unmark()
	if target := targetOf(plain); target != nil {
		switch {
		case target.loose():
			return carry(value, decided(keyMarks))
		case plainKey.Type() == cty.String && plainKey.IsKnown() && !plainKey.IsNull():
			return ev.attribute(value, plainKey.AsString())
		}
	}
	switch {
	case plain.IsNull():
		return carry(ev.fail("the collection is null"), marks)
	case !plainKey.IsKnown():
		return carry(cty.DynamicVal, marks, keyMarks)
	case plainKey.IsNull():
		return carry(ev.fail("the key is null"), marks, keyMarks)
	case !plain.IsKnown():
		return carry(cty.DynamicVal, marks, decided(keyMarks))
	}
	found, diags := hcl.Index(plain, plainKey, &hcl.Range{})
	if diags.HasErrors() {
		return carry(ev.fail(indexError(plain, plainKey)), marks, decided(keyMarks))
	}
	return carry(found, mergedMarks(marks, decided(keyMarks)))
}

func mergedMarks(a, b cty.ValueMarks) cty.ValueMarks {
	if len(a) == 0 {
		return b
	}
	merged := cty.ValueMarks{}
	for _, marks := range []cty.ValueMarks{a, b} {
		for mark := range marks {
			merged[mark] = struct{}{}
		}
	}
	return merged
}

func indexError(value, key cty.Value) string {
	suffix := keySuffix(key)
	switch {
	case value.Type().IsPrimitiveType() || value.Type().IsCapsuleType() || value.Type().IsSetType():
		return "the value cannot be indexed"
	case suffix == "":
		return "the key is not valid"
	default:
		return "there is no member " + suffix
	}
}

// keySuffix writes an instance key or index as Terraform does: [0], ["eu"].
func keySuffix(key cty.Value) string {
	key, _ = key.Unmark()
	if !key.IsKnown() || key.IsNull() {
		return ""
	}
	switch key.Type() {
	case cty.String:
		return "[" + strconv.Quote(key.AsString()) + "]"
	case cty.Number:
		return "[" + key.AsBigFloat().Text('f', -1) + "]"
	default:
		return ""
	}
}

func hclKeyword(expr hclsyntax.Expression) string { return hcl.ExprAsKeyword(expr) }
