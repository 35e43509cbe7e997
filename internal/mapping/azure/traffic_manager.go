package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	trafficManagerService = "traffic_manager"
	armTrafficManager     = "microsoft.network/trafficmanagerprofiles"
	armAzureEndpoint      = armTrafficManager + "/azureendpoints"
	armExternalEndpoint   = armTrafficManager + "/externalendpoints"
	armNestedEndpoint     = armTrafficManager + "/nestedendpoints"
)

func trafficManagers() draft.Mapper {
	return draft.Mapper{
		Service: trafficManagerService,
		Types:   inAllForms(armTrafficManager, "azurerm_traffic_manager_profile"),
		Declare: managed(declareTrafficManager),
		Attach:  managed(attachInlineEndpoints),
	}
}

// trafficManagerEndpoints maps endpoints that are resources of their own.
func trafficManagerEndpoints() draft.Mapper {
	return draft.Mapper{
		Service: trafficManagerService,
		Types: inAllForms(armAzureEndpoint, armExternalEndpoint, armNestedEndpoint,
			"azurerm_traffic_manager_azure_endpoint", "azurerm_traffic_manager_external_endpoint",
			"azurerm_traffic_manager_nested_endpoint", "azurerm_traffic_manager_endpoint"),
		Attach: managed(attachEndpoint),
	}
}

func declareTrafficManager(d *draft.Draft, r *resource.Resource) {
	name, tags, routing := attrOf(r, "name"), attrOf(r, "tags"), attrOf(r, "traffic_routing_method")
	if r.Type != "azurerm_traffic_manager_profile" {
		arm, ok := armOf(r, armTrafficManager)
		if !ok || arm.update {
			return
		}
		name, tags, routing = arm.name, arm.tags, arm.at("properties.trafficRoutingMethod")
	}
	a := newEndpoint(d, r, trafficManagerService, name)
	d.Tag(a, tags.Value)
	d.Set(a, "routing", draft.Text(routing.Value))
}

// attachInlineEndpoints reads the endpoints that an ARM profile holds itself.
func attachInlineEndpoints(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armTrafficManager)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	for _, endpoint := range arm.at("properties.endpoints").Blocks() {
		target := inner(endpoint, "properties.targetResourceId")
		addOrigin(d, a, r, origin{
			enabled: enabledWord(inner(endpoint, "properties.endpointStatus")),
			region:  endpointRegion(d, target, inner(endpoint, "properties.endpointLocation")),
			at:      endpoint.At,
		})
	}
}

func attachEndpoint(d *draft.Draft, r *resource.Resource) {
	if !strings.HasPrefix(r.Type, "azurerm_") {
		attachARMEndpoint(d, r)
		return
	}
	// profile_name belongs to azurerm_traffic_manager_endpoint, which azurerm 4 removed.
	profile := find(d, r, "trafficManagerProfiles", model.GlobalEndpoint, attrOf(r, "profile_id"), attrOf(r, "profile_name"))
	if profile.asset == nil {
		openOrigin(d, r, trafficManagerService, profile)
		return
	}
	addOrigin(d, profile.asset, r, origin{
		enabled: attrOf(r, "enabled"), region: endpointRegion(d, attrOf(r, "target_resource_id"), attrOf(r, "endpoint_location")), at: r.At,
	})
}

func attachARMEndpoint(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armAzureEndpoint, armExternalEndpoint, armNestedEndpoint)
	if !ok {
		return
	}
	profile := find(d, r, "trafficManagerProfiles", model.GlobalEndpoint, arm.parent)
	if profile.asset == nil {
		openOrigin(d, r, trafficManagerService, profile)
		return
	}
	addOrigin(d, profile.asset, r, origin{
		enabled: enabledWord(arm.at("properties.endpointStatus")),
		region:  endpointRegion(d, arm.at("properties.targetResourceId"), arm.at("properties.endpointLocation")), at: r.At,
	})
}

// endpointRegion prefers what an endpoint says of itself, which external ones do.
func endpointRegion(d *draft.Draft, target, location attr) model.Fact {
	if !location.IsAbsent() {
		return draft.Text(location.Value)
	}
	return regionBehind(d, target)
}
