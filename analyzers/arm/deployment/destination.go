package deployment

import (
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Destination is what a deployment is made to, as far as files say it.
type Destination struct {
	Scope functions.Scope
	// ResourceGroup is a name, which refers to the group when that is part of
	// the deployment; Subscription is an id. Both are absent where whoever
	// deploys chooses them.
	ResourceGroup, Subscription resource.Value
}

// provider is resource.Resource.Provider: "target_scope", "resource_group" and
// "subscription_id", without what is not written. It is absent for a deployment
// to a resource group of which nothing is written.
func (d Destination) provider(header source.Range) resource.Value {
	provider := resource.ObjectAt(header)
	add := func(name string, v resource.Value) {
		if !v.IsAbsent() {
			provider.Fields = append(provider.Fields, resource.Field{Name: name, At: v.At, Value: v})
		}
	}
	if d.Scope != functions.ResourceGroup {
		add("target_scope", resource.StringAt(header, targetScope(d.Scope)))
	}
	add("resource_group", d.ResourceGroup)
	add("subscription_id", d.Subscription)
	if len(provider.Fields) == 0 {
		return resource.Value{}
	}
	return provider
}

// targetScope names a scope as Bicep's targetScope does.
func targetScope(scope functions.Scope) string {
	switch scope {
	case functions.Subscription:
		return "subscription"
	case functions.ManagementGroup:
		return "managementGroup"
	case functions.Tenant:
		return "tenant"
	default:
		return "resourceGroup"
	}
}
