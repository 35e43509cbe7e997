package arm

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// call evaluates a function call. Those that depend on the template are
// answered here, the others by the table that Bicep shares.
func (ev *evaluation) call(en env, n *expression.Node, at source.Range) resource.Value {
	switch name := strings.ToLower(n.Text); name {
	case "if":
		return ev.choose(en, n, at)
	case "parameters", "variables":
		return ev.named(en, n, name, at)
	case "lambdavariables":
		return ev.local(en, ev.arguments(en, n, at), at)
	case "lambda":
		return resource.UnknownAt(at, "lambda() stands where a value belongs")
	case "copyindex":
		return ev.copyIndex(en, ev.arguments(en, n, at), resource.Value{At: at})
	case "reference":
		return ev.reference(en, n, nil, at)
	case "resourceinfo":
		return ev.resourceInfo(en, n, nil, at)
	case "tryget":
		return ev.access(en, n, at)
	case "resourceid", "extensionresourceid", "subscriptionresourceid", "tenantresourceid", "managementgroupresourceid":
		v := ev.table(en, n, at)
		for _, e := range ev.targets(en, n) {
			v = e.referred(v, "id")
		}
		return v
	}
	if strings.Contains(n.Text, ".") {
		return ev.userDefined(en, n, at)
	}
	return ev.table(en, n, at)
}

// table calls a function of the shared table.
func (ev *evaluation) table(en env, n *expression.Node, at source.Range) resource.Value {
	call := functions.Context{At: at, Scope: en.owner.scope, Budget: ev.budget}
	args := make([]resource.Value, 0, len(n.Args))
	for _, arg := range n.Args {
		if arg.Kind == expression.Call && strings.EqualFold(arg.Text, "lambda") {
			call.Lambdas = append(call.Lambdas, ev.lambda(en, arg, at))
			continue
		}
		if arg.Kind == expression.Text && len(args) == 0 && strings.EqualFold(n.Text, "format") {
			// Two braces stand for one in a format; they mark no placeholder.
			args = append(args, resource.StringAt(at, strings.Clone(arg.Text)))
			continue
		}
		args = append(args, ev.node(en, arg, at))
	}
	return functions.Call(n.Text, call, args)
}

func (ev *evaluation) arguments(en env, n *expression.Node, at source.Range) []resource.Value {
	args := make([]resource.Value, len(n.Args))
	for i, arg := range n.Args {
		args[i] = ev.node(en, arg, at)
	}
	return args
}

// choose evaluates only the branch that a known condition chooses.
func (ev *evaluation) choose(en env, n *expression.Node, at source.Range) resource.Value {
	if len(n.Args) != 3 {
		return ev.table(en, n, at)
	}
	args := []resource.Value{ev.node(en, n.Args[0], at), resource.NullAt(at), resource.NullAt(at)}
	truth, known := args[0].AsBool()
	if args[0].IsAbsent() {
		truth, known = false, true
	}
	if !known || truth {
		args[1] = ev.node(en, n.Args[1], at)
	}
	if !known || !truth {
		args[2] = ev.node(en, n.Args[2], at)
	}
	return functions.Call("if", functions.Context{At: at, Scope: en.owner.scope, Budget: ev.budget}, args)
}

// named evaluates parameters('x') and variables('x').
func (ev *evaluation) named(en env, n *expression.Node, kind string, at source.Range) resource.Value {
	singular := strings.TrimSuffix(kind, "s")
	if len(n.Args) != 1 {
		return resource.UnknownAt(at, kind+"() takes one name")
	}
	arg := ev.node(en, n.Args[0], at)
	name, ok := arg.AsString()
	if !ok {
		return carry(resource.UnknownAt(at, arg.Why), arg)
	}
	if en.args != nil && kind == "parameters" {
		if v, found := en.args.values[strings.ToLower(name)]; found {
			return v
		}
		return resource.UnknownAt(at, "the function has no parameter "+name)
	}
	l, found := ev.lookup(en, kind, name)
	if !found {
		ev.undeclared(n, singular, name, at)
		return resource.UnknownAt(at, singular+" "+name+" is not declared")
	}
	v := ev.force(l, singular+" "+name)
	if v.At.IsZero() {
		v.At = at
	}
	return v
}

func (ev *evaluation) lookup(en env, kind, name string) (*lazy, bool) {
	if kind == "parameters" {
		return ev.parameter(en.owner, name)
	}
	return ev.variable(en.owner, name)
}

// undeclared reports a name that nothing declares, at its place in the string.
func (ev *evaluation) undeclared(n *expression.Node, kind, name string, at source.Range) {
	if at.File == "" {
		return
	}
	doc := ev.library.document(at.File)
	ev.report(source.Diagnostic{
		Code: "arm/undeclared", Severity: source.Warning,
		At:      doc.place(resource.Value{At: at}, n.Start, n.End),
		Summary: kind + " " + name + " is not declared",
		Detail:  "Declare it in the template, or correct the name; Azure rejects the template.",
	})
}

// lambda makes a function of lambda('x', 'y', body).
func (ev *evaluation) lambda(en env, n *expression.Node, at source.Range) functions.Lambda {
	return func(args []resource.Value) resource.Value {
		inner := en
		for i := range len(n.Args) - 1 {
			if n.Args[i].Kind != expression.Text || i >= len(args) {
				break
			}
			inner.locals = &local{name: n.Args[i].Text, value: args[i], outer: inner.locals}
		}
		if len(n.Args) == 0 {
			return resource.UnknownAt(at, "lambda() has no body")
		}
		return ev.node(inner, n.Args[len(n.Args)-1], at)
	}
}

func (ev *evaluation) local(en env, args []resource.Value, at source.Range) resource.Value {
	if len(args) == 1 {
		if name, ok := args[0].AsString(); ok {
			for l := en.locals; l != nil; l = l.outer {
				if strings.EqualFold(l.name, name) {
					return l.value
				}
			}
		}
	}
	return resource.UnknownAt(at, "lambdaVariables() names no variable of a lambda")
}

// userDefined calls a function that the template declares. Such functions see
// nothing but their own parameters and each other.
func (ev *evaluation) userDefined(en env, n *expression.Node, at source.Range) resource.Value {
	declared, ok := en.owner.functions[strings.ToLower(n.Text)]
	if !ok {
		return resource.UnknownAt(at, "function "+n.Text+"() is not declared")
	}
	args := ev.arguments(en, n, at)
	bound := arguments{values: map[string]resource.Value{}}
	for i, parameter := range items(member(declared, "parameters")) {
		v := resource.UnknownAt(at, "parameter "+text(parameter, "name")+" of function "+n.Text+"() is not given")
		if i < len(args) {
			v = args[i]
		}
		bound.values[strings.ToLower(text(parameter, "name"))] = v
	}
	output, ok := functions.Member(member(declared, "output"), "value")
	if !ok {
		return resource.UnknownAt(at, "function "+n.Text+"() has no output")
	}
	return deployment.Placed(ev.value(env{owner: en.owner, frame: en.frame, args: &bound}, output), at, ev.budget)
}
