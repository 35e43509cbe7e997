// Package functions holds the functions of ARM templates and Bicep, which share
// them, over positioned values. The meaning of each is that of the Microsoft
// documentation, "ARM template functions" and "Bicep functions".
package functions

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Lambda is an argument that is a function: x => x.name. It gets one value a
// parameter.
type Lambda func(args []resource.Value) resource.Value

// Context is what a call knows beside the values of its arguments.
type Context struct {
	// At is the place of the call: the expression that is written.
	At source.Range
	// Lambdas are the arguments that are functions, in written order. They are
	// not among the arguments that Call gets, which come before them.
	Lambdas []Lambda
	// Scope is what the deployment is made to.
	Scope Scope
	// Budget bounds what all calls of one evaluation build together; nil bounds
	// each call by itself.
	Budget *Budget
}

// Scope is what a deployment is made to; it decides what resourceId() yields.
type Scope uint8

// The scopes of deployments.
const (
	ResourceGroup Scope = iota
	Subscription
	ManagementGroup
	Tenant
)

// Known reports whether a function of that name exists, whatever its case.
func Known(name string) bool {
	_, ok := lookup(name)
	return ok
}

// Call returns what a function yields. Its name is compared without regard to
// case and has no namespace (sys., az.).
//
// The result is placed at the call; the members of a collection keep their own
// places. Arguments that are not known make a result unknown, for the same
// reason, that still has their Refs and Origin, and a Hint where a text is
// built from them. So does a wrong use, with a reason that says what is wrong.
func Call(name string, call Context, args []resource.Value) resource.Value {
	f, ok := lookup(name)
	c := &caller{Context: call, name: f.name}
	if c.Budget == nil {
		c.Budget = NewBudget(maxCall)
	}
	switch {
	case !ok:
		c.name = name
		return c.unknown(name + "() is not a function that drlint knows")
	case len(args) < f.least || f.most >= 0 && len(args) > f.most || len(call.Lambdas) < f.lambdas || len(call.Lambdas) > max(f.lambdas, f.moreLambdas):
		return c.unknown(c.name+"() has too few or too many arguments", args...)
	case !c.Budget.Spend(1 + len(args)):
		return c.unknown(OverBudget, args...)
	}
	if !f.members {
		args = certain(args)
	}
	if !f.partial {
		for _, arg := range args {
			if arg.IsUnknown() {
				return c.undecided(args)
			}
		}
	}
	result := f.call(c, args)
	result.At = call.At
	return result
}

// function is one row of the table. least and most count the arguments that are
// not lambdas; most is negative where any number goes. A partial function takes
// unknown arguments; for others an unknown argument makes the result unknown.
// One that sets members hands on uncertain objects; others take them for unknown.
type function struct {
	name                 string
	least, most          int
	lambdas, moreLambdas int
	partial, members     bool
	call                 func(c *caller, args []resource.Value) resource.Value
}

// caller is one call at work.
type caller struct {
	Context
	name string
}

func lookup(name string) (function, bool) {
	folded := strings.ToLower(name)
	if f, ok := table[folded]; ok {
		return f, true
	}
	if strings.HasPrefix(folded, "list") && len(folded) > len("list") {
		return function{name: name, most: -1, partial: true, call: (*caller).atDeployment}, true
	}
	return function{}, false
}

// table is never changed.
var table = build()

func build() map[string]function {
	all := map[string]function{}
	for _, rows := range [][]function{
		textFunctions, encodingFunctions, collectionFunctions, setFunctions, objectFunctions, lambdaFunctions,
		logicFunctions, numberFunctions, dateFunctions, networkFunctions, idFunctions, deploymentFunctions,
	} {
		for _, f := range rows {
			all[strings.ToLower(f.name)] = f
		}
	}
	return all
}
