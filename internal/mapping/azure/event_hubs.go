package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	eventNamespaceService = "event_hubs"
	eventHubService       = "event_hub"
	armEventNamespace     = "microsoft.eventhub/namespaces"
	armEventHub           = "microsoft.eventhub/namespaces/eventhubs"
	armEventPairing       = "microsoft.eventhub/namespaces/disasterrecoveryconfigs"
)

// eventNamespace is an Event Hubs namespace in neutral terms.
type eventNamespace struct {
	name, location, tags attr
	sku, zones           attr
	// copies is the list of regions to which events are replicated, and lag the
	// seconds by which they may be behind.
	copies, lag attr
}

// eventHub is one hub of a namespace.
type eventHub struct {
	name attr
	// namespaces are the attributes that may name the namespace, newest first.
	namespaces []attr
	days       model.Fact
	capture    capture
}

func eventNamespaces() draft.Mapper {
	return draft.Mapper{
		Service: eventNamespaceService,
		Types:   inAllForms(armEventNamespace, "azurerm_eventhub_namespace"),
		Declare: managed(declareEventNamespace),
	}
}

func readEventNamespace(r *resource.Resource) (eventNamespace, bool) {
	if r.Type == "azurerm_eventhub_namespace" {
		at := func(path string) attr { return attrOf(r, path) }
		// zone_redundant until azurerm 3; no version can replicate events.
		none := attr{Value: resource.Value{At: r.At}}
		return eventNamespace{name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku"), zones: at("zone_redundant"), copies: none, lag: none}, true
	}
	arm, ok := armOf(r, armEventNamespace)
	return eventNamespace{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), zones: arm.at("properties.zoneRedundant"),
		copies: arm.at("properties.geoDataReplication.locations"), lag: arm.at("properties.geoDataReplication.maxReplicationLagDurationInSeconds"),
	}, ok && !arm.update
}

func declareEventNamespace(d *draft.Draft, r *resource.Resource) {
	namespace, ok := readEventNamespace(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.EventStream, provider, eventNamespaceService, namespace.name.Value)
	a.Region = draft.Text(namespace.location.Value)
	d.Tag(a, namespace.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(namespace.sku.Value))
	stateStreamZones(d, a, r, namespace.zones)
	stateEventCopies(d, a, r, namespace)
	stateDestroyGuard(d, a, r)
}

// stateStreamZones states the zones of a service that uses them by itself where
// its region has some (Microsoft Learn, Reliability in Azure Event Hubs and in
// Azure IoT Hub).
func stateStreamZones(d *draft.Draft, a *model.Asset, r *resource.Resource, zones attr) {
	f := flag(zones, false)
	if zones.IsAbsent() {
		f = f.undecided("the service spans zones where its region has them, which no file says")
	}
	if f.state == model.Off {
		provide(d, a, r, model.ZoneRedundancy, "stream.zones", f)
		return
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "stream.zones", f)))
}

// stateEventCopies states the replication of events to other regions, which only
// Premium and Dedicated offer (Microsoft Learn, Event Hubs geo-replication;
// Microsoft.EventHub/namespaces: geoDataReplication).
func stateEventCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, namespace eventNamespace) {
	copies := namespace.copies
	if copies.IsAbsent() {
		d.Lacks(a, model.GeoReplication, "nothing replicates its events to another region", a.At, true)
		return
	}
	f := feature{state: model.On, at: copies.At, days: model.AbsentFact(copies.At)}
	region, elsewhere := a.Region, model.No
	for _, place := range copies.Blocks() {
		name := draft.Text(inner(place, "locationName").Value)
		if !strings.EqualFold(inner(place, "roleType").text(), "Primary") && draft.SameRegion(name, a.Region) != model.Yes {
			region, elsewhere = name, model.Yes
		}
	}
	switch sku := namespace.sku.text(); {
	case copies.IsUnknown():
		f = f.undecided(copies.Why)
		region, elsewhere = model.UnknownFact(copies.Why, copies.At), model.Yes
	case elsewhere == model.No:
		f = f.off(copies.name + " names the region of the namespace only")
	case strings.EqualFold(sku, "Standard"), strings.EqualFold(sku, "Basic"):
		f = f.off(copies.name + " is set, but " + namespace.sku.says() + ", which cannot replicate events")
	}
	means := following(inPlace(a, r, "eventhubs.geo_replication", f))
	means.Region, means.OtherRegion = region, elsewhere
	// Zero, the default, replicates synchronously.
	means.Interval = scaled(draft.Or(draft.Number(namespace.lag.Value), 0.0), 1.0/3600)
	protect(d, a, r, model.GeoReplication, means)
}

// eventPairings maps aliases: a second namespace that takes over the name and the
// settings of the first one and gets no events.
func eventPairings() draft.Mapper {
	return draft.Mapper{
		Service: eventNamespaceService,
		Types:   inAllForms(armEventPairing, "azurerm_eventhub_namespace_disaster_recovery_config"),
		Attach:  managed(attachEventPairing),
	}
}

func attachEventPairing(d *draft.Draft, r *resource.Resource) {
	named, partner := attrOf(r, "namespace_name").orElse(attrOf(r, "namespace_id")), attrOf(r, "partner_namespace_id")
	if r.Type != "azurerm_eventhub_namespace_disaster_recovery_config" {
		arm, ok := armOf(r, armEventPairing)
		if !ok {
			return
		}
		named, partner = arm.parent, arm.at("properties.partnerNamespace")
	}
	namespace := findEventNamespace(d, r, named)
	if namespace.asset == nil {
		return // it would protect nothing
	}
	f := feature{at: partner.At, days: model.AbsentFact(partner.At)}.off("the pairing copies names and settings, not events")
	means := copyKeptBy(d, namespace.asset, r, "eventhubs.geo_pairing", f, findEventNamespace(d, r, partner))
	protect(d, namespace.asset, r, model.GeoReplication, means)
}

func findEventNamespace(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return ofService(find(d, r, "namespaces", model.EventStream, written...), eventNamespaceService)
}

func eventHubs() draft.Mapper {
	return draft.Mapper{
		Service: eventHubService,
		Types:   inAllForms(armEventHub, "azurerm_eventhub"),
		Declare: managed(declareEventHub),
		Attach:  managed(attachEventHub),
	}
}

func readEventHub(r *resource.Resource) (eventHub, bool) {
	if r.Type == "azurerm_eventhub" {
		at := func(path string) attr { return attrOf(r, path) }
		destination := "capture_description.destination."
		return eventHub{
			// namespace_name until azurerm 4, namespace_id from 4 on.
			name: at("name"), namespaces: []attr{at("namespace_id"), at("namespace_name")},
			days: daysOf(at("message_retention"), at("retention_description.retention_time_in_hours")),
			capture: capture{
				block: blockOf(r, "capture_description"), enabled: at("capture_description.enabled"), seconds: at("capture_description.interval_in_seconds"),
				account: at(destination + "storage_account_id"), container: at(destination + "blob_container_name"), format: at(destination + "archive_name_format"),
			},
		}, true
	}
	arm, ok := armOf(r, armEventHub)
	description, destination := "properties.captureDescription", "properties.captureDescription.destination.properties."
	return eventHub{
		name: arm.name, namespaces: []attr{arm.parent},
		days: daysOf(arm.at("properties.messageRetentionInDays"), arm.at("properties.retentionDescription.retentionTimeInHours")),
		capture: capture{
			block: arm.at(description), enabled: arm.at(description + ".enabled"), seconds: arm.at(description + ".intervalInSeconds"),
			account: arm.at(destination + "storageAccountResourceId"), container: arm.at(destination + "blobContainer"), format: arm.at(destination + "archiveNameFormat"),
		},
	}, ok && !arm.update
}

// daysOf reads a length in days or, without one, in hours.
func daysOf(days, hours attr) model.Fact {
	if days.IsAbsent() {
		return scaled(draft.Number(hours.Value), 1.0/24)
	}
	return draft.Number(days.Value)
}

func declareEventHub(d *draft.Draft, r *resource.Resource) {
	hub, ok := readEventHub(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.EventStream, provider, eventHubService, hub.name.Value)
	setKnown(d, a, settingRetention, hub.days)
	stateDestroyGuard(d, a, r)
}

func attachEventHub(d *draft.Draft, r *resource.Resource) {
	hub, ok := readEventHub(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	namespace := findEventNamespace(d, r, hub.namespaces...)
	placeIn(a, namespace)
	if namespace.asset == nil {
		stateOpenServer(d, a, namespace, openMechanism{model.ZoneRedundancy, "stream.zones"}, openMechanism{model.GeoReplication, "eventhubs.geo_replication"})
	}
	if hub.capture.block.IsAbsent() {
		d.Lacks(a, model.Backup, "events are not captured", a.At, true)
		return
	}
	stateCapture(d, r, a, hub.capture, flag(hub.capture.enabled, false))
}
