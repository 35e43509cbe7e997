package functions

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func collectionFunctions() map[string]entry {
	return map[string]entry{
		"alltrue":      {fn: truths(true)},
		"anytrue":      {fn: truths(false)},
		"chunklist":    {fn: stdlib.ChunklistFunc},
		"coalesce":     {fn: coalesce()},
		"coalescelist": {fn: stdlib.CoalesceListFunc},
		"compact":      {fn: stdlib.CompactFunc},
		"concat":       {fn: stdlib.ConcatFunc},
		"distinct":     {fn: distinct()},
		"flatten":      {fn: stdlib.FlattenFunc},
		"length":       {fn: length(), bound: boundLength},
		"list":         {fn: removed("list", "tolist([ … ])")},
		"map":          {fn: removed("map", "tomap({ … })")},
		"merge":        {fn: stdlib.MergeFunc},
		"one":          {fn: one()},
		"range":        {fn: stdlib.RangeFunc}, // stops at 1,024 elements by itself
		"reverse":      {fn: stdlib.ReverseListFunc},
		"slice":        {fn: stdlib.SliceFunc},
		"sort":         {fn: stdlib.SortFunc},
		"sum":          {fn: sum()},
		"transpose":    {fn: transpose()},
	}
}

// truths is alltrue, or anytrue when all is false. One element that decides
// makes the result known whatever else is not; null counts as false.
func truths(all bool) function.Function {
	return fixed(cty.Bool, func(args []cty.Value) (cty.Value, error) {
		result := cty.BoolVal(all)
		for it := args[0].ElementIterator(); it.Next(); {
			_, v := it.Element()
			switch {
			case !v.IsKnown():
				result = cty.UnknownVal(cty.Bool)
			case (!v.IsNull() && v.True()) != all:
				return cty.BoolVal(!all), nil
			}
		}
		return result, nil
	}, param("list", cty.List(cty.Bool)))
}

// coalesce skips empty strings as well as null, unlike the function of the cty
// library.
func coalesce() function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "vals", Type: cty.DynamicPseudoType,
			AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
		},
		Type: func(args []cty.Value) (cty.Type, error) {
			types := make([]cty.Type, len(args))
			for i, arg := range args {
				types[i] = arg.Type()
			}
			common, _ := convert.UnifyUnsafe(types)
			if common == cty.NilType {
				return cty.NilType, errors.New("all arguments must have the same type")
			}
			return common, nil
		},
		RefineResult: notNull,
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			for i, arg := range args {
				v, err := convert.Convert(arg, ret)
				if err != nil {
					return cty.NilVal, function.NewArgError(i, err)
				}
				if !v.IsKnown() {
					return cty.UnknownVal(ret), nil
				}
				if !v.IsNull() && (ret != cty.String || v.AsString() != "") {
					return v, nil
				}
			}
			return cty.NilVal, errors.New("no non-null, non-empty-string arguments")
		},
	})
}

// distinct keeps the first of equal elements. The function of the cty library
// compares each with all others.
func distinct() function.Function {
	return function.New(&function.Spec{
		Params:       []function.Parameter{param("list", cty.List(cty.DynamicPseudoType))},
		Type:         func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		RefineResult: notNull,
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(ret), nil
			}
			seen := cty.NewValueSet(ret.ElementType())
			var kept []cty.Value
			for it := args[0].ElementIterator(); it.Next(); {
				if _, v := it.Element(); !seen.Has(v) {
					seen.Add(v)
					kept = append(kept, v)
				}
			}
			if len(kept) == 0 {
				return cty.ListValEmpty(ret.ElementType()), nil
			}
			return cty.ListVal(kept), nil
		},
	})
}

// length also measures strings, in grapheme clusters, and structural types.
func length() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{
			Name: "value", Type: cty.DynamicPseudoType,
			AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		}},
		Type: func(args []cty.Value) (cty.Type, error) {
			ty := args[0].Type()
			if ty.IsCollectionType() || ty.IsTupleType() || ty.IsObjectType() || ty == cty.String || ty == cty.DynamicPseudoType {
				return cty.Number, nil
			}
			return cty.NilType, function.NewArgErrorf(0, "must be a string, a collection or a structure, not %s", ty.FriendlyName())
		},
		RefineResult: notNull,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			_, marks := args[0].Unmark()
			switch ty := args[0].Type(); {
			case ty == cty.DynamicPseudoType:
				return cty.UnknownVal(cty.Number).WithMarks(marks), nil
			case ty.IsTupleType():
				return cty.NumberIntVal(int64(ty.Length())).WithMarks(marks), nil
			case ty.IsObjectType():
				return cty.NumberIntVal(int64(len(ty.AttributeTypes()))).WithMarks(marks), nil
			case ty == cty.String:
				return stdlib.Strlen(args[0])
			default:
				return args[0].Length(), nil
			}
		},
	})
}

func boundLength(c *call) string {
	if _, ok := c.text(0); ok {
		return boundCharacters(c)
	}
	return ""
}

// removed is a function that Terraform 0.12 replaced by syntax.
func removed(name, instead string) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "vals", Type: cty.DynamicPseudoType,
			AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
		},
		Type: func([]cty.Value) (cty.Type, error) {
			return cty.NilType, fmt.Errorf("%s() was removed in Terraform 0.12; write %s", name, instead)
		},
	})
}

// one returns the only element, or null when there is none.
func one() function.Function {
	wrong := function.NewArgErrorf(0, "must be a list, set or tuple of no or one element")
	return function.New(&function.Spec{
		Params: []function.Parameter{anyParam("list")},
		Type: func(args []cty.Value) (cty.Type, error) {
			ty := args[0].Type()
			switch {
			case ty.IsListType() || ty.IsSetType():
				return ty.ElementType(), nil
			case ty.IsTupleType() && ty.Length() == 0:
				return cty.DynamicPseudoType, nil
			case ty.IsTupleType() && ty.Length() == 1:
				return ty.TupleElementType(0), nil
			default:
				return cty.NilType, wrong
			}
		},
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			// A set of unknown elements may yet turn out smaller.
			if args[0].Type().IsSetType() && !args[0].Length().IsKnown() {
				return cty.UnknownVal(ret), nil
			}
			switch elements := args[0].AsValueSlice(); len(elements) {
			case 0:
				return cty.NullVal(ret), nil
			case 1:
				return elements[0], nil
			default:
				return cty.NilVal, wrong
			}
		},
	})
}

func sum() function.Function {
	return fixed(cty.Number, func(args []cty.Value) (cty.Value, error) {
		if !isSequence(args[0].Type()) {
			return cty.NilVal, function.NewArgErrorf(0, "must be a list, set or tuple of numbers, not %s", args[0].Type().FriendlyName())
		}
		if args[0].LengthInt() == 0 {
			return cty.NilVal, function.NewArgErrorf(0, "cannot sum an empty list")
		}
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.Number), nil
		}
		total := cty.Zero
		for it := args[0].ElementIterator(); it.Next(); {
			_, v := it.Element()
			n, err := convert.Convert(v, cty.Number)
			if err != nil || n.IsNull() {
				return cty.NilVal, function.NewArgErrorf(0, "must be a list, set or tuple of numbers")
			}
			if isOppositeInfinity(total.AsBigFloat(), n.AsBigFloat()) {
				return cty.NilVal, errors.New("can't compute the sum of opposing infinities")
			}
			total = total.Add(n)
		}
		return total, nil
	}, anyParam("list"))
}

func isOppositeInfinity(a, b *big.Float) bool {
	return a.IsInf() && b.IsInf() && a.Signbit() != b.Signbit()
}

// transpose swaps the keys and the values of a map of lists of strings.
func transpose() function.Function {
	lists := cty.Map(cty.List(cty.String))
	return fixed(lists, func(args []cty.Value) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(lists), nil
		}
		keysOf := map[string][]string{}
		for it := args[0].ElementIterator(); it.Next(); {
			key, list := it.Element()
			if list.IsNull() {
				return cty.NilVal, function.NewArgErrorf(0, "the list of %q is null", key.AsString())
			}
			for _, v := range list.AsValueSlice() {
				if v.IsNull() {
					return cty.NilVal, function.NewArgErrorf(0, "the list of %q holds null", key.AsString())
				}
				keysOf[v.AsString()] = append(keysOf[v.AsString()], key.AsString())
			}
		}
		if len(keysOf) == 0 {
			return cty.MapValEmpty(cty.List(cty.String)), nil
		}
		swapped := make(map[string]cty.Value, len(keysOf))
		for value, keys := range keysOf {
			slices.Sort(keys)
			swapped[value] = textList(keys)
		}
		return cty.MapVal(swapped), nil
	}, param("values", lists))
}

func textList(texts []string) cty.Value {
	if len(texts) == 0 {
		return cty.ListValEmpty(cty.String)
	}
	values := make([]cty.Value, len(texts))
	for i, text := range texts {
		values[i] = cty.StringVal(text)
	}
	return cty.ListVal(values)
}
