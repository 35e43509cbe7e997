package arm

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
)

// destination is what the resources of a deployment are deployed to. A nested
// deployment that names nothing is made to what the one around it is made to.
func (ev *evaluation) destination(f *frame) deployment.Destination {
	if f.to != nil {
		return *f.to
	}
	to := deployment.Destination{Scope: f.scope}
	if f.outer != nil {
		around := ev.destination(f.outer)
		to.Subscription = around.Subscription
		if f.place == f.by.en.owner.place {
			to.ResourceGroup = around.ResourceGroup
		} else {
			ev.readDestination(f, &to)
		}
	}
	if f.scope != functions.ResourceGroup {
		to.ResourceGroup = resource.Value{}
	}
	if f.scope == functions.ManagementGroup || f.scope == functions.Tenant {
		to.Subscription = resource.Value{}
	}
	f.to = &to
	return to
}

// readDestination reads the resource group and the subscription that a deployment names.
// The group may be one that the template around it declares.
func (ev *evaluation) readDestination(f *frame, to *deployment.Destination) {
	e := f.by
	place := e.en.owner.place
	subscription, _, _ := strings.Cut(f.place, "|")
	if written, ok := functions.Member(e.written, "subscriptionId"); ok && subscription != "" {
		to.Subscription = deployment.Settled(ev.value(e.en, written))
		place = subscription + "|"
	}
	written, ok := functions.Member(e.written, "resourceGroup")
	if !ok {
		return
	}
	to.ResourceGroup = deployment.Settled(ev.value(e.en, written))
	for _, group := range ev.find(joinID(placeMark+place, groupType, []string{ev.canonical(e.en, written)})) {
		to.ResourceGroup = group.referred(to.ResourceGroup, "name")
	}
}

const groupType = "Microsoft.Resources/resourceGroups"
