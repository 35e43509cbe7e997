package functions

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

// wanted is a type that an argument is converted to ahead of a call.
type wanted struct{ ty cty.Type }

// convert converts the arguments to the types of the parameters, as HCL does
// ahead of a call.
func (c *call) convert(e entry, args []cty.Value) (why string, err error) {
	c.args = make([]cty.Value, len(args))
	params, rest := e.fn.Params(), e.fn.VarParam()
	for i, arg := range args {
		if i < len(e.wants) {
			if why := c.quadratic(arg, e.wants[i].ty); why != "" {
				return why, nil
			}
			if quick, ok := quickly(arg, e.wants[i].ty); ok {
				arg = quick
			}
		}
		ty := cty.DynamicPseudoType
		switch {
		case i < len(params):
			ty = params[i].Type
		case rest != nil:
			ty = rest.Type
		}
		c.args[i], why, err = c.converted(arg, ty)
		if err != nil {
			return "", function.NewArgError(i, err)
		}
		if why != "" {
			return why, nil
		}
	}
	return "", nil
}

func (c *call) converted(v cty.Value, ty cty.Type) (out cty.Value, why string, err error) {
	if ty == cty.DynamicPseudoType || ty.IsCapsuleType() {
		return v, "", nil
	}
	if why := c.quadratic(v, ty); why != "" {
		return v, why, nil
	}
	if quick, ok := quickly(v, ty); ok {
		return quick, "", nil
	}
	out, err = convert.Convert(v, ty)
	return out, "", err
}

// quadratic charges for a conversion that compares the types of all elements
// with each other. Elements of one type are converted quickly instead.
func (c *call) quadratic(v cty.Value, ty cty.Type) string {
	if ty.IsPrimitiveType() {
		return ""
	}
	if plain, _ := v.Unmark(); ty.IsSetType() && plain.IsKnown() && !plain.IsNull() && plain.CanIterateElements() {
		if most := c.limit.largestSet(setOf(plain.Type(), ty)); plain.LengthInt() > most {
			return c.name + "() makes a set of more than " + count(most) + " values"
		}
	}
	if _, ok := quickly(v, ty); ok {
		return ""
	}
	return c.budget.spend(comparisons(v) / 2)
}

// setOf finds out what a set will hold when its type does not say so.
func setOf(from, ty cty.Type) cty.Type {
	if ty.ElementType() != cty.DynamicPseudoType {
		return ty
	}
	switch {
	case from.IsCollectionType():
		return cty.Set(from.ElementType())
	case from.IsTupleType() && from.Length() > 0:
		return cty.Set(from.TupleElementType(0))
	default:
		return ty
	}
}

// comparisons adds up the squares of the lengths of all tuples and objects.
func comparisons(v cty.Value) int64 {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return 0
	}
	var total int64
	if ty := v.Type(); ty.IsTupleType() || ty.IsObjectType() {
		total = int64(v.LengthInt()) * int64(v.LengthInt())
	}
	for it := v.ElementIterator(); it.Next(); {
		_, element := it.Element()
		total += comparisons(element)
	}
	return total
}

// quickly converts in linear time what package convert converts in quadratic
// time: a tuple or object whose elements need no common type to be found for
// them. ok is false when that does not apply or does not succeed; convert then
// decides and words the error.
func quickly(v cty.Value, ty cty.Type) (out cty.Value, ok bool) {
	if v.Type().Equals(ty) {
		return v, true
	}
	if v.IsMarked() {
		plain, marks := v.Unmark()
		out, ok = quickly(plain, ty)
		if !ok {
			return v, false
		}
		return out.WithMarks(marks), true
	}
	if !v.IsKnown() || v.IsNull() {
		return v, false
	}
	switch from := v.Type(); {
	case ty.IsPrimitiveType() && from.IsPrimitiveType():
		out, err := convert.Convert(v, ty)
		return out, err == nil
	case (ty.IsListType() || ty.IsSetType()) && from.IsTupleType():
		return quickSequence(v, ty)
	case ty.IsMapType() && from.IsObjectType():
		return quickMap(v, ty)
	default:
		return v, false
	}
}

func quickSequence(v cty.Value, ty cty.Type) (out cty.Value, ok bool) {
	elements := v.AsValueSlice()
	if len(elements) == 0 {
		return v, false
	}
	for i, element := range elements {
		if elements[i], ok = quickElement(element, ty.ElementType(), elements[0].Type()); !ok {
			return v, false
		}
	}
	if ty.IsSetType() {
		return cty.SetVal(elements), true
	}
	return cty.ListVal(elements), true
}

func quickMap(v cty.Value, ty cty.Type) (out cty.Value, ok bool) {
	elements := v.AsValueMap()
	if len(elements) == 0 {
		return v, false
	}
	var first cty.Type
	for _, element := range elements {
		first = element.Type()
		break
	}
	for key, element := range elements {
		if elements[key], ok = quickElement(element, ty.ElementType(), first); !ok {
			return v, false
		}
	}
	return cty.MapVal(elements), true
}

// quickElement converts one element; when any type will do it must be the same
// as that of the others.
func quickElement(v cty.Value, ty, others cty.Type) (out cty.Value, ok bool) {
	if ty != cty.DynamicPseudoType {
		return quickly(v, ty)
	}
	return v, v.Type() != cty.DynamicPseudoType && v.Type().Equals(others) && !v.Type().HasDynamicTypes()
}
