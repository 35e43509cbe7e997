package functions

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var idFunctions = []function{
	{name: "resourceId", least: 2, most: -1, partial: true, call: (*caller).resourceID},
	{name: "subscriptionResourceId", least: 2, most: -1, partial: true, call: (*caller).subscriptionResourceID},
	{name: "tenantResourceId", least: 2, most: -1, partial: true, call: (*caller).tenantResourceID},
	{name: "managementGroupResourceId", least: 2, most: -1, partial: true, call: (*caller).managementGroupResourceID},
	{name: "extensionResourceId", least: 3, most: -1, partial: true, call: (*caller).extensionResourceID},
}

// Places that a deployment is made to, as far as they can be read before it.
const (
	someSubscription    = "/subscriptions/" + hole
	someManagementGroup = "/providers/Microsoft.Management/managementGroups/" + hole
)

// Reasons why an id that is otherwise readable is not known.
const (
	whySubscription    = "the subscription is known only at deployment"
	whyResourceGroup   = "the subscription and the resource group are known only at deployment"
	whyManagementGroup = "the management group is known only at deployment"
)

// TypeArgument returns which argument of an id function is the resource type:
// the first text with a slash that is not itself an id. It is negative when no
// argument is readable as one.
func TypeArgument(args []resource.Value) int {
	for i, arg := range args {
		if arg.IsKnown() && arg.Kind == resource.String && strings.Contains(arg.Text, "/") && !strings.HasPrefix(arg.Text, "/") {
			return i
		}
	}
	return -1
}

// resourceID takes an optional subscription and resource group before the type.
func (c *caller) resourceID(args []resource.Value) resource.Value {
	at := TypeArgument(args)
	if at < 0 {
		return c.noType(args)
	}
	scope, known, why := c.ownScope()
	switch at {
	case 0:
	case 1:
		first, ok := c.written(args[0])
		if c.Scope == ResourceGroup {
			scope, known, why = someSubscription+"/resourceGroups/"+first, false, whySubscription
		} else {
			scope, known, why = "/subscriptions/"+first, ok, ""
		}
	default:
		subscription, ok1 := c.written(args[0])
		group, ok2 := c.written(args[1])
		scope, known, why = "/subscriptions/"+subscription+"/resourceGroups/"+group, ok1 && ok2, ""
	}
	return c.id(scope, known, why, args[at:], args)
}

// ownScope is the id of what the deployment is made to.
func (c *caller) ownScope() (id string, known bool, why string) {
	switch c.Scope {
	case Tenant:
		return "", true, ""
	case ManagementGroup:
		return someManagementGroup, false, whyManagementGroup
	case Subscription:
		return someSubscription, false, whySubscription
	default:
		return someSubscription + "/resourceGroups/" + hole, false, whyResourceGroup
	}
}

func (c *caller) subscriptionResourceID(args []resource.Value) resource.Value {
	switch TypeArgument(args) {
	case 0:
		return c.id(someSubscription, false, whySubscription, args, args)
	case 1:
		subscription, known := c.written(args[0])
		return c.id("/subscriptions/"+subscription, known, "", args[1:], args)
	default:
		return c.noType(args)
	}
}

func (c *caller) tenantResourceID(args []resource.Value) resource.Value {
	if TypeArgument(args) != 0 {
		return c.noType(args)
	}
	return c.id("", true, "", args, args)
}

func (c *caller) managementGroupResourceID(args []resource.Value) resource.Value {
	switch TypeArgument(args) {
	case 0:
		return c.id(someManagementGroup, false, whyManagementGroup, args, args)
	case 1:
		group, known := c.written(args[0])
		return c.id("/providers/Microsoft.Management/managementGroups/"+group, known, "", args[1:], args)
	default:
		return c.noType(args)
	}
}

func (c *caller) extensionResourceID(args []resource.Value) resource.Value {
	if TypeArgument(args[1:]) != 0 {
		return c.noType(args)
	}
	scope, known := c.written(args[0])
	return c.id(strings.TrimSuffix(scope, "/"), known, "", args[1:], args)
}

func (c *caller) noType(args []resource.Value) resource.Value {
	for _, arg := range args {
		if arg.IsUnknown() {
			return c.undecided(args)
		}
	}
	return c.misused("is not given a resource type", args...)
}

// id puts an id together: scope, the type typed[0] and the names after it. why
// is the reason why a scope is not known that no argument gives.
func (c *caller) id(scope string, known bool, why string, typed, args []resource.Value) resource.Value {
	segments := strings.Split(typed[0].Text, "/")
	names := typed[1:]
	if len(names) != len(segments)-1 {
		if len(names) == 1 && strings.Contains(names[0].Text+names[0].Hint, "/") {
			return c.slashedID(scope, known, why, segments, names[0], args)
		}
		return c.misused("has a type of "+numberText(float64(len(segments)-1))+" names and is given "+numberText(float64(len(names))), args...)
	}
	id := []string{scope, "providers", segments[0]}
	named := true
	for i, name := range names {
		text, ok := c.written(name)
		id = append(id, segments[i+1], text)
		named = named && ok
	}
	return c.idOf(strings.Join(id, "/"), known && named, why, args)
}

// slashedID takes the names of all levels in one text: "account/default/raw".
func (c *caller) slashedID(scope string, known bool, why string, segments []string, name resource.Value, args []resource.Value) resource.Value {
	text, ok := c.written(name)
	parts := strings.Split(text, "/")
	if len(parts) != len(segments)-1 {
		return c.misused("has a type of "+numberText(float64(len(segments)-1))+" names and is given others", args...)
	}
	id := []string{scope, "providers", segments[0]}
	for i, part := range parts {
		id = append(id, segments[i+1], part)
	}
	return c.idOf(strings.Join(id, "/"), known && ok, why, args)
}

func (c *caller) idOf(id string, known bool, because string, args []resource.Value) resource.Value {
	switch {
	case len(id) > maxText:
		return c.unknown(OverBudget, args...)
	case known:
		return c.text(id, args...)
	}
	return withHint(c.unknown(why(args, because), args...), id)
}
