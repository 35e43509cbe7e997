package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// call is one call of a function, seen by the bound of its entry.
type call struct {
	*table
	name string
	args []cty.Value
	size gauge // of all arguments
}

// bounded puts the limits around a function. The result takes arguments of any
// type and converts them itself, because the conversions that HCL would do
// ahead of a call are part of what needs limits: making a list of a tuple takes
// time quadratic in its length, and so does reading a number. Its result type
// is always dynamic, so that functions that evaluate to find out their type are
// not called twice.
func (t *table) bounded(name string, e entry) function.Function {
	spec := &function.Spec{
		Type: function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return t.call(name, e, args)
		},
	}
	for _, p := range e.fn.Params() {
		spec.Params = append(spec.Params, opened(p))
	}
	if rest := e.fn.VarParam(); rest != nil {
		p := opened(*rest)
		spec.VarParam = &p
	}
	return function.New(spec)
}

// opened keeps the type of a capsule: HCL takes from it how to read the argument.
func opened(p function.Parameter) function.Parameter {
	ty := cty.DynamicPseudoType
	if p.Type.IsCapsuleType() {
		ty = p.Type
	}
	return openParam(p.Name, ty)
}

func (t *table) call(name string, e entry, args []cty.Value) (cty.Value, error) {
	c := &call{table: t, name: name, size: gauge{limit: t.limit}}
	if why := c.measure(args); why != "" {
		return unknown(cty.DynamicPseudoType, why), nil
	}
	why, err := c.convert(e, args)
	if err != nil {
		return cty.NilVal, discreet(err, name, args)
	}
	if why == "" && e.bound != nil {
		why = e.bound(c)
	}
	if why != "" {
		return unknown(cty.DynamicPseudoType, why), nil
	}
	result, err := e.fn.Call(c.args)
	if _, isPanic := err.(function.PanicError); isPanic { //nolint:errorlint // as cty returns it
		// Its text holds a stack trace. Terraform fails here too: log(0, 0).
		err = errors.New(name + "() has no result for these arguments")
	}
	if err != nil {
		return cty.NilVal, discreet(err, name, args)
	}
	if !e.ownMarks {
		result = withUnknownMarks(result, args)
	}
	return c.checked(result), nil
}

// discreet replaces an error that may quote a secret.
func discreet(err error, name string, args []cty.Value) error {
	for _, arg := range args {
		_, marks := arg.UnmarkDeep()
		for _, secret := range []any{Sensitive, Ephemeral} {
			if _, ok := marks[secret]; ok {
				return errors.New(name + "() fails for a sensitive value")
			}
		}
	}
	return err
}

// measure charges for the arguments.
func (c *call) measure(args []cty.Value) string {
	// Functions that take any number of arguments compare their types.
	if why := c.budget.spend(callSteps + int64(len(args)*len(args))); why != "" {
		return why
	}
	for _, arg := range args {
		c.size.add(arg)
	}
	spent := c.budget.pay(c.size.steps(elementSteps))
	if c.size.why != "" {
		return "an argument of " + c.name + "() " + c.size.why
	}
	return spent
}

// withUnknownMarks gives an unknown result the marks of the arguments that are
// not known, which say why. Functions that look at marks themselves lose them:
// package function answers for unknown arguments ahead of them.
func withUnknownMarks(result cty.Value, args []cty.Value) cty.Value {
	if result.IsKnown() {
		return result
	}
	for _, arg := range args {
		if !arg.IsKnown() {
			result = result.WithMarks(arg.Marks())
		}
	}
	return result
}

// checked replaces a result that nothing else may handle. The size of
// collections is bounded before a call.
func (c *call) checked(result cty.Value) cty.Value {
	plain, _ := result.Unmark()
	if !plain.IsKnown() || plain.IsNull() {
		return result
	}
	switch plain.Type() {
	case cty.String:
		if len(plain.AsString()) > c.limit.Bytes {
			return unknown(cty.String, c.tooLong())
		}
	case cty.Number:
		if hasTooManyDigits(plain.AsBigFloat()) {
			return unknown(cty.Number, c.name+"() gives a number of too many digits")
		}
	}
	return result
}

func (c *call) tooLong() string {
	return c.name + "() gives more than " + count(c.limit.Bytes) + " bytes of text"
}

func (c *call) tooMany() string {
	return c.name + "() gives more than " + count(c.limit.Elements) + " values"
}

// known returns an argument without its marks if it is there, known and not null.
func (c *call) known(i int) (cty.Value, bool) {
	if i >= len(c.args) {
		return cty.NilVal, false
	}
	v, _ := c.args[i].Unmark()
	return v, isFilled(v)
}

// text returns a known string argument.
func (c *call) text(i int) (string, bool) {
	v, ok := c.known(i)
	if !ok || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// length returns the number of elements of a known collection, 0 for all else.
func (c *call) length(i int) int {
	v, ok := c.known(i)
	if !ok || !v.CanIterateElements() {
		return 0
	}
	return v.LengthInt()
}
