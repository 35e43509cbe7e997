package azure

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	iotHubService = "iot_hub"
	armIoTHub     = "microsoft.devices/iothubs"

	storageEndpoint = "AzureIotHub.StorageContainer"
)

// iotHub is an IoT hub in neutral terms.
type iotHub struct {
	name, location, tags attr
	sku, days            attr
	endpoints            []iotEndpoint
	routes               []iotRoute
}

// iotEndpoint is a container that messages can be routed to.
type iotEndpoint struct {
	name attr
	capture
}

// iotRoute sends messages of one source to endpoints.
type iotRoute struct{ name, source, endpoints, enabled attr }

func iotHubs() draft.Mapper {
	return draft.Mapper{
		Service: iotHubService,
		Types:   inAllForms(armIoTHub, "azurerm_iothub"),
		Declare: managed(declareIoTHub),
		Attach:  managed(attachIoTHub),
	}
}

func readIoTHub(r *resource.Resource) (iotHub, bool) {
	if r.Type == "azurerm_iothub" {
		return terraformIoTHub(r), true
	}
	arm, ok := armOf(r, armIoTHub)
	if !ok || arm.update {
		return iotHub{}, false
	}
	hub := iotHub{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"),
		days: arm.at("properties.eventHubEndpoints.events.retentionTimeInDays"),
	}
	for _, block := range arm.at("properties.routing.endpoints.storageContainers").Blocks() {
		hub.endpoints = append(hub.endpoints, iotEndpoint{inner(block, "name"), capture{
			block: attr{Value: block, name: "storageContainers"}, seconds: inner(block, "batchFrequencyInSeconds"),
			account:   inner(block, "connectionString").orElse(inner(block, "endpointUri")),
			container: inner(block, "containerName"), format: inner(block, "fileNameFormat"),
		}})
	}
	for _, block := range arm.at("properties.routing.routes").Blocks() {
		hub.routes = append(hub.routes, iotRoute{inner(block, "name"), inner(block, "source"), inner(block, "endpointNames"), inner(block, "isEnabled")})
	}
	return hub, true
}

func terraformIoTHub(r *resource.Resource) iotHub {
	at := func(path string) attr { return attrOf(r, path) }
	hub := iotHub{name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku.name"), days: at("event_hub_retention_in_days")}
	for _, block := range at("endpoint").Blocks() {
		if kind := inner(block, "type"); kind.text() == storageEndpoint {
			hub.endpoints = append(hub.endpoints, terraformEndpoint(block))
		}
	}
	for _, block := range at("route").Blocks() {
		hub.routes = append(hub.routes, terraformRoute(block))
	}
	return hub
}

// terraformEndpoint reads an endpoint block, or a resource of its own with the
// same arguments.
func terraformEndpoint(block resource.Value) iotEndpoint {
	return iotEndpoint{inner(block, "name"), capture{
		block: attr{Value: block, name: "endpoint"}, seconds: inner(block, "batch_frequency_in_seconds"),
		account:   inner(block, "connection_string").orElse(inner(block, "endpoint_uri")),
		container: inner(block, "container_name"), format: inner(block, "file_name_format"),
	}}
}

func terraformRoute(block resource.Value) iotRoute {
	return iotRoute{inner(block, "name"), inner(block, "source"), inner(block, "endpoint_names"), inner(block, "enabled")}
}

// declareIoTHub states what a hub keeps: messages for a day unless more is
// written (azurerm documentation, iothub: event_hub_retention_in_days; ARM
// reference, Microsoft.Devices/IotHubs: retentionTimeInDays).
func declareIoTHub(d *draft.Draft, r *resource.Resource) {
	hub, ok := readIoTHub(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.EventStream, provider, iotHubService, hub.name.Value)
	a.Region = draft.Text(hub.location.Value)
	d.Tag(a, hub.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(hub.sku.Value))
	d.Set(a, settingRetention, draft.Or(draft.Number(hub.days.Value), 1.0))
	stateStreamZones(d, a, r, attr{Value: resource.Value{At: a.At}, name: "zones"})
	d.Lacks(a, model.GeoReplication, "a failover to the paired region takes the devices along, not their messages", a.At, true)
	d.Lacks(a, model.Backup, "no route writes its messages into a container", a.At, true)
	stateDestroyGuard(d, a, r)
}

// attachIoTHub states the containers that messages are routed to.
func attachIoTHub(d *draft.Draft, r *resource.Resource) {
	hub, ok := readIoTHub(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	routes := slices.Concat(hub.routes, routesOf(d, a))
	for _, endpoint := range slices.Concat(hub.endpoints, endpointsOf(d, a)) {
		c := endpoint.capture
		c.key = "/" + endpoint.name.text()
		stateCapture(d, r, a, c, routed(routes, endpoint))
	}
}

// routed says whether messages of devices reach an endpoint.
func routed(routes []iotRoute, endpoint iotEndpoint) feature {
	best := feature{at: endpoint.name.At, days: model.AbsentFact(endpoint.name.At)}.off("no route leads to the endpoint " + endpoint.name.text())
	for _, route := range routes {
		names, complete := route.endpoints.Strings()
		leads := slices.Contains(names, endpoint.name.text())
		if route.source.text() != "DeviceMessages" && !route.source.IsUnknown() || !leads && complete {
			continue
		}
		f := flag(route.enabled, true)
		f.days = model.AbsentFact(f.at)
		switch {
		case f.state == model.On && leads && route.source.IsKnown():
			return f
		case f.state == model.Off:
			best = f.off("the route " + route.name.text() + " is disabled")
		default:
			best = f.undecided(firstText(route.source.Why, route.endpoints.Why, f.why, "its endpoints are not known"))
		}
	}
	return best
}

// endpointsOf lists the endpoints of a hub that are resources of their own.
func endpointsOf(d *draft.Draft, hub *model.Asset) []iotEndpoint {
	var found []iotEndpoint
	for _, r := range d.Resources.OfType("azurerm_iothub_endpoint_storage_container") {
		if ofHub(d, r, hub) {
			endpoint := terraformEndpoint(r.Attrs)
			endpoint.block.At = r.At
			found = append(found, endpoint)
		}
	}
	return found
}

func routesOf(d *draft.Draft, hub *model.Asset) []iotRoute {
	var found []iotRoute
	for _, r := range d.Resources.OfType("azurerm_iothub_route") {
		if ofHub(d, r, hub) {
			found = append(found, terraformRoute(r.Attrs))
		}
	}
	return found
}

// ofHub says whether a resource names a hub: by ID since azurerm 3, by name before
// and for routes.
func ofHub(d *draft.Draft, r *resource.Resource, hub *model.Asset) bool {
	if r.Mode != resource.Managed || r.Root != hub.Root {
		return false
	}
	found := find(d, r, "iotHubs", model.EventStream, attrOf(r, "iothub_id"), attrOf(r, "iothub_name"))
	return found.asset == hub
}
