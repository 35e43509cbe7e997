package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

// call evaluates a function call.
func (ev *evaluation) call(en env, e *hclsyntax.FunctionCallExpr) cty.Value {
	name := strings.TrimPrefix(e.Name, "core::")
	switch name {
	case "try":
		return ev.try(en, e.Args)
	case "can":
		return ev.can(en, e.Args)
	}
	if en.inst == nil && en.unit == nil {
		return ev.fail("functions cannot be called here")
	}
	if en.unit != nil {
		if value, ok := en.unit.call(ev, en, name, e.Args); ok {
			return value
		}
	}
	fn, ok := ev.function(name)
	switch {
	case !ok && strings.Contains(name, "::"):
		return unknown(name + "() is a function of a provider")
	case !ok:
		return ev.fail("there is no function " + name + "()")
	}
	args, expanded := ev.arguments(en, e)
	if !expanded {
		marks := make([]cty.ValueMarks, len(args))
		for i, arg := range args {
			marks[i] = ev.deepMarks(arg)
		}
		return carry(cty.DynamicVal, marks...)
	}
	if en.unit != nil {
		args = en.unit.located(ev, name, args)
	}
	result := ev.invoke(name, fn, args)
	if ev.work.Spent() {
		ev.overspend(rangeOf(e))
	}
	return result
}

// function looks a function up. One table serves all modules of a root, since
// their file functions all start from the directory of the root.
func (ev *evaluation) function(name string) (fn function.Function, ok bool) {
	if ev.functions == nil {
		ev.work = functions.NewBudget(functions.Limit{Work: int64(ev.budget.calls)})
		ev.functions = functions.Table(functions.Scope{
			FS: ev.loader.tree.FS, ModuleDir: ev.task.dir, RootDir: ev.task.dir, Budget: ev.work, Cache: ev.loader.texts,
		})
	}
	fn, ok = ev.functions[name]
	return fn, ok
}

// arguments evaluates the arguments of a call; expanded is false when the last
// one stands for an unknown number of them.
func (ev *evaluation) arguments(en env, e *hclsyntax.FunctionCallExpr) (args []cty.Value, expanded bool) {
	args = make([]cty.Value, len(e.Args))
	for i, arg := range e.Args {
		args[i] = ev.eval(en, arg)
	}
	if !e.ExpandFinal || len(args) == 0 {
		return args, true
	}
	last, marks := args[len(args)-1].Unmark()
	if uncountable(last) {
		return args, false
	}
	if last.IsNull() || !last.CanIterateElements() || !ev.affordable(last) {
		args[len(args)-1] = carry(ev.fail("the last argument of a call is no list"), marks)
		return args, false
	}
	all := slices.Clone(args[:len(args)-1])
	for it := last.ElementIterator(); it.Next(); {
		_, item := it.Element()
		all = append(all, carry(item, marks))
	}
	return all, true
}

// invoke calls a function. One that cannot look into a whole resource gets an
// unknown value instead.
func (ev *evaluation) invoke(name string, fn function.Function, args []cty.Value) cty.Value {
	switch name {
	case "lookup":
		if found, ok := functions.Picked(args); ok {
			return ev.called(name, fn, args, found)
		}
	case "merge", "concat", "flatten":
		for i, arg := range args {
			if ev.affordable(arg) {
				args[i] = distributed(arg)
			}
		}
	}
	result, err := fn.Call(args)
	if err != nil {
		if replaced, found := ev.opaqueArguments(args); found {
			args = replaced
			result, err = fn.Call(args)
		}
	}
	if err != nil {
		marks := make([]cty.ValueMarks, len(args))
		for i, arg := range args {
			marks[i] = ev.deepMarks(arg)
		}
		return carry(ev.fail(name+"() fails: "+shortError(err)), marks...)
	}
	return ev.called(name, fn, args, result)
}

// called completes what a function returned.
func (ev *evaluation) called(name string, fn function.Function, args []cty.Value, result cty.Value) cty.Value {
	result = withoutHint(result)
	if !result.IsKnown() {
		return ev.hintedCall(name, fn, args, ev.explained(result, name, args))
	}
	return result
}

// explained says why a call has no known result: the members of its arguments
// that are not known, else the function itself.
func (ev *evaluation) explained(result cty.Value, name string, args []cty.Value) cty.Value {
	if hasWhy(result) {
		return result
	}
	reasons := cty.ValueMarks{}
	for _, arg := range args {
		for mark := range ev.deepMarks(arg) {
			if why, ok := mark.(whyMark); ok {
				reasons[why] = struct{}{}
			}
		}
	}
	if len(reasons) > 0 {
		return carry(result, reasons)
	}
	return because(result, name+"() is not known before Terraform runs")
}

// distributed moves the marks of a collection to its members, so that after
// collections are joined each member keeps its own provenance.
func distributed(collection cty.Value) cty.Value {
	plain, marks := collection.Unmark()
	if len(marks) == 0 || !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || plain.LengthInt() == 0 {
		return collection
	}
	switch ty := plain.Type(); {
	case ty.IsObjectType():
		return cty.ObjectVal(markedMembers(plain, marks))
	case ty.IsMapType():
		return cty.MapVal(markedMembers(plain, marks))
	case ty.IsTupleType() || ty.IsListType():
		items := plain.AsValueSlice()
		for i, item := range items {
			items[i] = carry(item, marks)
		}
		if ty.IsListType() {
			return cty.ListVal(items)
		}
		return cty.TupleVal(items)
	default:
		return collection
	}
}

func markedMembers(plain cty.Value, marks cty.ValueMarks) map[string]cty.Value {
	members := plain.AsValueMap()
	for name, value := range members {
		members[name] = carry(value, marks)
	}
	return members
}

func (ev *evaluation) opaqueArguments(args []cty.Value) (replaced []cty.Value, found bool) {
	replaced = slices.Clone(args)
	for i, arg := range args {
		if !ev.affordable(arg) {
			continue
		}
		var here bool
		replaced[i], here = opaque(arg)
		found = found || here
	}
	return replaced, found
}

// hintedCall applies a function that only rearranges text to the readable parts
// of its arguments.
func (ev *evaluation) hintedCall(name string, fn function.Function, args []cty.Value, result cty.Value) cty.Value {
	switch name {
	case "format", "join", "lower", "upper", "replace", "trimspace", "trimprefix", "trimsuffix", "title":
	default:
		return result
	}
	readable := make([]cty.Value, len(args))
	for i, arg := range args {
		if !ev.affordable(arg) {
			return result
		}
		var err error
		readable[i], err = cty.Transform(arg, func(_ cty.Path, part cty.Value) (cty.Value, error) {
			plain, _ := part.Unmark()
			if ty := plain.Type(); !plain.IsKnown() && (ty == cty.String || ty == cty.DynamicPseudoType) {
				return cty.StringVal(hint(part)), nil
			}
			return plain, nil
		})
		if err != nil {
			return result
		}
	}
	text, err := fn.Call(readable)
	if err != nil {
		return result
	}
	if text, _ = text.Unmark(); text.Type() == cty.String && text.IsKnown() && !text.IsNull() {
		return hinted(result, text.AsString())
	}
	return result
}

// try returns the first argument that can be evaluated. One that is unknown
// might still fail when Terraform runs, but nothing says that it will.
func (ev *evaluation) try(en env, args []hclsyntax.Expression) cty.Value {
	for _, arg := range args {
		errs := ev.errs
		value := ev.eval(en, arg)
		if ev.errs == errs {
			return value
		}
		ev.errs = errs
	}
	return ev.fail("no argument of try() can be evaluated")
}

func (ev *evaluation) can(en env, args []hclsyntax.Expression) cty.Value {
	if len(args) != 1 {
		return ev.fail("can() takes one argument")
	}
	errs := ev.errs
	value := ev.eval(en, args[0])
	switch {
	case ev.errs != errs:
		ev.errs = errs
		return cty.False
	case !value.IsKnown():
		return carry(cty.UnknownVal(cty.Bool), value.Marks())
	default:
		return carry(cty.True, decided(value.Marks()))
	}
}
