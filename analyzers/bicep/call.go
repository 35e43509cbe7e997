package bicep

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// call evaluates "name(args)": a function of the file, else one of Bicep.
func (ev *evaluation) call(en env, e *syntax.Call, at source.Range) resource.Value {
	switch declared := en.inst.doc.symbols[e.Name.Text].(type) {
	case *syntax.Func:
		return ev.invoke(en.inst, declared, ev.arguments(en, e.Args), at)
	case imported:
		if inside, symbol := ev.export(declared.from, declared.local, declared.name); inside != nil {
			if f, ok := symbol.(*syntax.Func); ok {
				return ev.invoke(inside, f, ev.arguments(en, e.Args), at)
			}
		}
		return unknownExport(at, declared.from, declared.name)
	}
	return ev.builtin(en, e.Name, e.Args, at)
}

// method evaluates "target.name(args)": a function of a namespace, an imported
// one, or one of a resource.
func (ev *evaluation) method(en env, e *syntax.MethodCall, at source.Range) resource.Value {
	if target, ok := e.Target.(*syntax.Variable); ok {
		if _, isLocal := en.local(target.Name); !isLocal {
			switch s := en.inst.doc.symbols[target.Name].(type) {
			case wildcard:
				return ev.wildcardCall(en, s, e, at)
			case nil:
				if target.Name == "az" || target.Name == "sys" {
					return ev.builtin(en, e.Name, e.Args, at)
				}
			}
		}
	}
	target := ev.eval(en, e.Target)
	if h := ev.handleOf(target); h != nil {
		ref := h.reference()
		ref.Attr = e.Name.Text + "()"
		v := resource.UnknownAt(at, ref.Attr+" of "+h.title()+" is known only at deployment")
		v.Refs = []resource.Ref{ref}
		return carry(v, ev.arguments(en, e.Args)...)
	}
	if target.IsUnknown() {
		return unknownFrom(at, target)
	}
	return carry(resource.UnknownAt(at, e.Name.Text+"() is called on what is no resource"), target)
}

func (ev *evaluation) arguments(en env, args []syntax.Expr) []resource.Value {
	values := make([]resource.Value, len(args))
	for i, arg := range args {
		values[i] = ev.eval(en, arg)
	}
	return values
}

// invoke calls a function that a file declares. Its body sees its parameters
// and the declarations of its own file.
func (ev *evaluation) invoke(inst *instance, f *syntax.Func, args []resource.Value, at source.Range) resource.Value {
	if len(args) != len(f.Params) {
		return carry(resource.UnknownAt(at, f.Name.Text+"() has too few or too many arguments"), args...)
	}
	inner := env{inst: inst}
	for i, param := range f.Params {
		inner = inner.with(param.Name.Text, args[i])
	}
	return moved(ev.eval(inner, f.Body), at)
}

// builtin calls a function of Bicep.
func (ev *evaluation) builtin(en env, name syntax.Ident, args []syntax.Expr, at source.Range) resource.Value {
	switch name.Text {
	case "any":
		if len(args) == 1 {
			return ev.eval(en, args[0])
		}
	case "nameof":
		if len(args) == 1 {
			return nameOf(args[0], at)
		}
	case "loadTextContent", "loadFileAsBase64", "loadJsonContent", "loadYamlContent", "loadDirectoryFileInfo":
		return ev.loadContent(en, name.Text, ev.arguments(en, args), at)
	case "fail":
		return resource.UnknownAt(at, "fail() ends the deployment")
	case "list":
		return carry(resource.UnknownAt(at, "list() is known only at deployment"), ev.arguments(en, args)...)
	case "readEnvironmentVariable":
		return ev.environmentVariable(ev.arguments(en, args), at)
	}
	if !functions.Known(name.Text) {
		return ev.undeclared(name.Text+"()", en.at(name))
	}
	values := make([]resource.Value, 0, len(args))
	var lambdas []functions.Lambda
	for _, arg := range args {
		if lambda, ok := syntax.Bare(arg).(*syntax.Lambda); ok {
			lambdas = append(lambdas, ev.lambda(en, lambda))
		} else {
			values = append(values, ev.eval(en, arg))
		}
	}
	call := functions.Context{At: at, Lambdas: lambdas, Scope: en.inst.doc.scope, Budget: ev.budget.functions}
	return ev.apply(name.Text, call, values)
}

// function calls a function with values alone.
func (ev *evaluation) function(name string, at source.Range, args []resource.Value, lambdas []functions.Lambda) resource.Value {
	return ev.apply(name, functions.Context{At: at, Lambdas: lambdas, Budget: ev.budget.functions}, args)
}

// apply calls a function. Those that look at an object as a whole take one with
// uncertain members for unknown.
func (ev *evaluation) apply(name string, call functions.Context, args []resource.Value) resource.Value {
	uncertainty := ""
	for i := range args {
		if args[i].State != resource.Known || args[i].Why == "" {
			continue
		}
		if !strings.EqualFold(name, "union") && !strings.EqualFold(name, "shallowMerge") {
			args[i] = functions.Certain(args[i])
			continue
		}
		uncertainty, args[i].Why = args[i].Why, ""
	}
	if strings.EqualFold(name, "empty") && len(args) == 1 && differs(args[0], resource.NullAt(call.At)) {
		return carry(resource.BoolAt(call.At, false), args[0]) // a text with a readable part
	}
	result := functions.Call(name, call, args)
	if uncertainty != "" && isObject(result) {
		result = uncertain(result, uncertainty)
	}
	return result
}

// lambda makes a function value of a lambda expression.
func (ev *evaluation) lambda(en env, e *syntax.Lambda) functions.Lambda {
	return func(args []resource.Value) resource.Value {
		inner := en
		for i, param := range e.Params {
			if i < len(args) {
				inner = inner.with(param.Text, args[i])
			}
		}
		return ev.eval(inner, e.Body)
	}
}

// nameOf returns the last name of an expression (Bicep documentation, "nameof").
func nameOf(expr syntax.Expr, at source.Range) resource.Value {
	switch e := syntax.Bare(expr).(type) {
	case *syntax.Variable:
		return resource.StringAt(at, e.Name)
	case *syntax.Member:
		return resource.StringAt(at, e.Name.Text)
	case *syntax.Nested:
		return resource.StringAt(at, e.Name.Text)
	case *syntax.Index:
		return nameOf(e.Target, at)
	case *syntax.NonNull:
		return nameOf(e.Target, at)
	default:
		return resource.UnknownAt(at, "nameof() is given what has no name")
	}
}

// environmentVariable yields the default: what the variable is where the
// deployment runs nobody can tell, but the default is what its author expects.
func (ev *evaluation) environmentVariable(args []resource.Value, at source.Range) resource.Value {
	if len(args) == 2 {
		return args[1]
	}
	name := "its name is not known"
	if len(args) == 1 && isString(args[0]) {
		name = "the environment variable " + args[0].Text + " is known only at deployment"
	}
	return carry(resource.UnknownAt(at, name), args...)
}
