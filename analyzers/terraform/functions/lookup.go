package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func lookupFunctions() map[string]entry {
	return map[string]entry{
		"contains":  {fn: stdlib.ContainsFunc},
		"element":   {fn: stdlib.ElementFunc},
		"index":     {fn: index()},
		"keys":      {fn: stdlib.KeysFunc},
		"lookup":    {fn: lookup()},
		"matchkeys": {fn: matchKeys(), bound: boundMatchKeys},
		"values":    {fn: stdlib.ValuesFunc},
		"zipmap":    {fn: stdlib.ZipmapFunc},
	}
}

// index finds a value in a list; cty's function of this name is something else.
func index() function.Function {
	return fixed(cty.Number, func(args []cty.Value) (cty.Value, error) {
		list, sought := args[0], args[1]
		if !list.Type().IsListType() && !list.Type().IsTupleType() {
			return cty.NilVal, function.NewArgErrorf(0, "must be a list or tuple, not %s", list.Type().FriendlyName())
		}
		if list.LengthInt() == 0 {
			return cty.NilVal, function.NewArgErrorf(0, "cannot search an empty list")
		}
		for it := list.ElementIterator(); it.Next(); {
			i, v := it.Element()
			equal, err := stdlib.Equal(v, sought)
			if err != nil {
				return cty.NilVal, err
			}
			if !equal.IsKnown() {
				return cty.UnknownVal(cty.Number), nil
			}
			if equal.True() {
				return i, nil
			}
		}
		return cty.NilVal, errors.New("item not found")
	}, anyParam("list"), anyParam("value"))
}

// lookup reads one element of a map or attribute of an object. The default may
// be left out; then a missing key is an error. Only the marks of the map, the
// key and the value that is returned count.
func lookup() function.Function {
	fallback := openParam("default", cty.DynamicPseudoType)
	return function.New(&function.Spec{
		Params: []function.Parameter{
			{Name: "inputMap", Type: cty.DynamicPseudoType, AllowMarked: true, AllowUnknown: true},
			{Name: "key", Type: cty.String, AllowMarked: true, AllowUnknown: true},
		},
		VarParam: &fallback,
		Type:     lookupType,
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			from, fromMarks := args[0].Unmark()
			key, keyMarks := args[1].Unmark()
			if !from.IsKnown() || !key.IsKnown() {
				return cty.UnknownVal(ret).WithMarks(fromMarks, keyMarks), nil
			}
			if v, ok := lookedUp(from, key.AsString()); ok {
				return v.WithMarks(fromMarks, keyMarks), nil
			}
			if len(args) < 3 {
				return cty.NilVal, missingKey(args[1])
			}
			v, err := convert.Convert(args[2], ret)
			if err != nil {
				return cty.NilVal, function.NewArgError(2, err)
			}
			return v.WithMarks(fromMarks, keyMarks), nil
		},
	})
}

func lookedUp(from cty.Value, key string) (cty.Value, bool) {
	if from.Type().IsObjectType() {
		if !from.Type().HasAttribute(key) {
			return cty.NilVal, false
		}
		return from.GetAttr(key), true
	}
	if from.HasIndex(cty.StringVal(key)).False() {
		return cty.NilVal, false
	}
	return from.Index(cty.StringVal(key)), true
}

// Picked is lookup() where it has no other effect than to return one of the
// parts that it is given: a known key of a known map, and a default of the type
// of the others. Unlike a call through the table it does not measure the whole
// map, which makes a loop that looks up each key of it quadratic. ok is false
// for all other calls.
func Picked(args []cty.Value) (found cty.Value, ok bool) {
	if len(args) != 3 {
		return cty.NilVal, false
	}
	from, fromMarks := args[0].Unmark()
	key, keyMarks := args[1].Unmark()
	if !isFilled(from) || !isFilled(key) || key.Type() != cty.String {
		return cty.NilVal, false
	}
	if ty := from.Type(); !ty.IsObjectType() && (!ty.IsMapType() || !ty.ElementType().Equals(args[2].Type())) {
		return cty.NilVal, false
	}
	if found, ok = lookedUp(from, key.AsString()); !ok {
		found = args[2]
	}
	return withUnknownMarks(found.WithMarks(fromMarks, keyMarks), args), true
}

func isFilled(v cty.Value) bool { return v.IsKnown() && !v.IsNull() }

func lookupType(args []cty.Value) (cty.Type, error) {
	if len(args) > 3 {
		return cty.NilType, function.NewArgErrorf(3, "lookup() takes two or three arguments, not %d", len(args))
	}
	switch ty := args[0].Type(); {
	case ty.IsObjectType():
		return lookupAttributeType(args)
	case ty.IsMapType():
		if len(args) == 3 {
			if _, err := convert.Convert(args[2], ty.ElementType()); err != nil {
				return cty.NilType, function.NewArgErrorf(2, "the default must have the type of the map's elements")
			}
		}
		return ty.ElementType(), nil
	default:
		return cty.NilType, function.NewArgErrorf(0, "must be a map or an object, not %s", ty.FriendlyName())
	}
}

func lookupAttributeType(args []cty.Value) (cty.Type, error) {
	key, _ := args[1].Unmark()
	switch ty := args[0].Type(); {
	case !key.IsKnown():
		return cty.DynamicPseudoType, nil
	case ty.HasAttribute(key.AsString()):
		return ty.AttributeType(key.AsString()), nil
	case len(args) == 3:
		return args[2].Type(), nil
	default:
		return cty.NilType, missingKey(args[1])
	}
}

func missingKey(key cty.Value) error {
	key, _ = key.Unmark()
	return function.NewArgErrorf(1, "there is no element %q, and no default", key.AsString())
}

// matchKeys keeps the values whose key, at the same place of another list, is
// one of those sought.
func matchKeys() function.Function {
	anyList := cty.List(cty.DynamicPseudoType)
	return function.New(&function.Spec{
		Params: []function.Parameter{param("values", anyList), param("keys", anyList), param("searchset", anyList)},
		Type: func(args []cty.Value) (cty.Type, error) {
			if common, _ := convert.UnifyUnsafe([]cty.Type{args[1].Type(), args[2].Type()}); common == cty.NilType {
				return cty.NilType, errors.New("keys and searchset must be of the same type")
			}
			return args[0].Type(), nil
		},
		RefineResult: notNull,
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			common, _ := convert.UnifyUnsafe([]cty.Type{args[1].Type(), args[2].Type()})
			keys, err := convert.Convert(args[1], common)
			if err != nil {
				return cty.NilVal, function.NewArgError(1, err)
			}
			sought, err := convert.Convert(args[2], common)
			if err != nil {
				return cty.NilVal, function.NewArgError(2, err)
			}
			if args[0].LengthInt() != keys.LengthInt() {
				return cty.NilVal, errors.New("keys and values must have the same length")
			}
			return keptByKey(args[0], keys, sought, ret), nil
		},
	})
}

func keptByKey(values, keys, sought cty.Value, ret cty.Type) cty.Value {
	if sought.LengthInt() == 0 {
		return cty.ListValEmpty(ret.ElementType())
	}
	if !keys.IsWhollyKnown() || !sought.IsWhollyKnown() {
		return cty.UnknownVal(ret)
	}
	var kept []cty.Value
	all, wanted := values.AsValueSlice(), sought.AsValueSlice()
	for i, key := range keys.AsValueSlice() {
		for _, candidate := range wanted {
			if key.RawEquals(candidate) {
				kept = append(kept, all[i])
				break
			}
		}
	}
	if len(kept) == 0 {
		return cty.ListValEmpty(ret.ElementType())
	}
	return cty.ListVal(kept)
}

func boundMatchKeys(c *call) string {
	const compareSteps = 4
	return c.budget.spend(int64(c.length(1)) * int64(c.length(2)) * compareSteps)
}
