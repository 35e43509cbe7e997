package bicep

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
)

const groupType = "Microsoft.Resources/resourceGroups"

// destination is what the resources of a file are deployed to: what the call of
// the module names as its scope, else what the caller is deployed to (Bicep
// documentation, "Set target scope").
func (inst *instance) destination(ev *evaluation) deployment.Destination {
	if inst.to != nil {
		return *inst.to
	}
	to := deployment.Destination{}
	if args, ok := inst.args.(*moduleArguments); ok {
		m := args.module
		to = m.node.inst.destination(ev)
		if m.body != nil && m.body.Property("scope") != nil {
			to = ev.scoped(m.one.env, m.body.Property("scope").Value, to)
		}
	}
	to.Scope = inst.doc.scope
	inst.to = &to
	return to
}

// destination of a resource is that of its file, unless it or the resource that
// contains it names another scope, as what exists elsewhere does.
func (r *resourceInstance) destination(ev *evaluation) deployment.Destination {
	to := r.node.inst.destination(ev)
	top := r
	for range maxLevels {
		if parent := top.parent(ev); parent != nil {
			top = parent
		}
	}
	if top.body == nil || top.body.Property("scope") == nil {
		return to
	}
	scope := top.body.Property("scope").Value
	if name, _ := scopeCall(scope); name == "" {
		return to // what an extension is attached to
	}
	return ev.scoped(top.env, scope, to)
}

// scoped reads a scope as seen from what is deployed somewhere itself: a call of
// one of the functions for scopes, or a resource group that is declared.
func (ev *evaluation) scoped(en env, scope syntax.Expr, from deployment.Destination) deployment.Destination {
	value := func(e syntax.Expr) resource.Value { return ev.placed(functions.Certain(ev.eval(en, e)), en.at(e)) }
	name, args := scopeCall(scope)
	to := deployment.Destination{Subscription: from.Subscription}
	switch {
	case name == "resourceGroup" && len(args) == 0:
		return from
	case name == "resourceGroup" && len(args) == 1:
		to.ResourceGroup = value(args[0])
	case name == "resourceGroup":
		to.Subscription, to.ResourceGroup = value(args[0]), value(args[1])
	case name == "subscription":
		to.Scope = functions.Subscription
		if len(args) > 0 {
			to.Subscription = value(args[0])
		}
	case name == "managementGroup":
		return deployment.Destination{Scope: functions.ManagementGroup}
	case name == "tenant":
		return deployment.Destination{Scope: functions.Tenant}
	default:
		return ev.scopedTo(en, scope, to)
	}
	return to
}

// scopedTo reads a scope that is a symbol. What cannot be told stays an unknown
// resource group.
func (ev *evaluation) scopedTo(en env, scope syntax.Expr, to deployment.Destination) deployment.Destination {
	v := ev.eval(en, scope)
	group, ok := ev.handleOf(v).(*resourceInstance)
	if !ok {
		why := v.Why
		if !v.IsUnknown() || why == "" {
			why = "the scope of the module is not known"
		}
		// It refers to all that it may be, which is not what it is.
		to.ResourceGroup = resource.UnknownAt(en.at(scope), why)
		return to
	}
	if kind, _ := group.node.typed(); strings.EqualFold(kind, groupType) {
		name := ev.placed(group.property(ev, "name"), en.at(scope))
		to.Subscription = group.destination(ev).Subscription
		to.ResourceGroup = deployment.RefersTo(name, group.reference().ID, "name")
	}
	return to
}

// scopeCall takes a call of a function for scopes apart; the name is "" for
// anything else.
func scopeCall(scope syntax.Expr) (name string, args []syntax.Expr) {
	switch e := syntax.Bare(scope).(type) {
	case *syntax.Call:
		name, args = e.Name.Text, e.Args
	case *syntax.MethodCall:
		if target, ok := e.Target.(*syntax.Variable); ok && target.Name == "az" {
			name, args = e.Name.Text, e.Args
		}
	}
	switch name {
	case "resourceGroup", "subscription", "managementGroup", "tenant":
		return name, args
	default:
		return "", nil
	}
}

// isOwnScope reports whether a scope names what the file itself is deployed to:
// resourceGroup() or subscription().
func (r *resourceInstance) isOwnScope() bool {
	if r.body == nil || r.body.Property("scope") == nil {
		return false
	}
	name, args := scopeCall(r.body.Property("scope").Value)
	switch r.node.inst.doc.scope {
	case functions.ResourceGroup:
		return name == "resourceGroup" && len(args) == 0
	case functions.Subscription:
		return name == "subscription" && len(args) == 0
	default:
		return false
	}
}
