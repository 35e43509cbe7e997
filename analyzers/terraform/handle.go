package terraform

import (
	"reflect"

	"github.com/zclconf/go-cty/cty"
)

// target is what a handle stands for: an instance of a resource or a module,
// whose attributes are looked up when an expression asks for one. An object
// value could not stand for it, since most attributes of a resource are known
// only to its provider.
type target interface {
	// attribute returns one attribute or output.
	attribute(ev *evaluation, name string) cty.Value
	// loose reports whether it stands for an unknown number of instances: any
	// key leads to it.
	loose() bool
	// describe says why the whole is not known.
	describe() string
}

// handle is what a cty value encapsulates to pass a target through locals,
// collections, loops and module inputs.
type handle struct{ target target }

var handleType = cty.Capsule("reference", reflect.TypeFor[handle]())

func newHandle(t target) cty.Value { return cty.CapsuleVal(handleType, &handle{t}) }

// targetOf returns what an unmarked value stands for, or nil.
func targetOf(plain cty.Value) target {
	if plain.Type() != handleType || !plain.IsKnown() || plain.IsNull() {
		return nil
	}
	return plain.EncapsulatedValue().(*handle).target
}

// reason says why an unmarked handle is not known as a whole; other values say
// so themselves.
func reason(plain cty.Value) cty.ValueMarks {
	if target := targetOf(plain); target != nil {
		return cty.NewValueMarks(whyMark(target.describe()))
	}
	return nil
}

// withoutWhole drops references to whole resources from what was taken out of
// them: the attribute that was asked for is what it refers to.
func withoutWhole(marks cty.ValueMarks) cty.ValueMarks {
	kept := cty.ValueMarks{}
	for mark := range marks {
		if ref, ok := mark.(refMark); !ok || ref.Value().Attr != "" {
			kept[mark] = struct{}{}
		}
	}
	return kept
}

// opaque replaces handles by unknown values, for functions that need to look
// inside.
func opaque(value cty.Value) (replaced cty.Value, found bool) {
	replaced, err := cty.Transform(value, func(_ cty.Path, member cty.Value) (cty.Value, error) {
		plain, marks := member.Unmark()
		if targetOf(plain) == nil {
			return member, nil
		}
		found = true
		return carry(cty.DynamicVal, marks, reason(plain)), nil
	})
	if err != nil {
		return unknown("it holds a whole resource"), true
	}
	return replaced, found
}
