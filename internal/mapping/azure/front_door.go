package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	frontDoorService = "front_door"
	armOriginGroup   = "microsoft.cdn/profiles/origingroups"
	armOrigin        = "microsoft.cdn/profiles/origingroups/origins"
	armFrontDoor     = "microsoft.network/frontdoors"
)

// originGroups maps the origin groups of Azure Front Door: each is one place
// that requests are sent to, whatever region serves it. The classic Front Door
// holds its backend pools itself.
func originGroups() draft.Mapper {
	return draft.Mapper{
		Service: frontDoorService,
		Types:   inAllForms(armOriginGroup, armFrontDoor, "azurerm_cdn_frontdoor_origin_group", "azurerm_frontdoor"),
		Declare: managed(declareOriginGroup),
	}
}

func origins() draft.Mapper {
	return draft.Mapper{
		Service: frontDoorService,
		Types:   inAllForms(armOrigin, "azurerm_cdn_frontdoor_origin"),
		Attach:  managed(attachOrigin),
	}
}

func declareOriginGroup(d *draft.Draft, r *resource.Resource) {
	switch r.Type {
	case "azurerm_cdn_frontdoor_origin_group":
		newEndpoint(d, r, frontDoorService, attrOf(r, "name"))
		return
	case "azurerm_frontdoor":
		declareBackendPools(d, r, attrOf(r, "name"), attrOf(r, "backend_pool"), "backend", "enabled")
		return
	}
	if arm, ok := armOf(r, armOriginGroup); ok && !arm.update {
		newEndpoint(d, r, frontDoorService, arm.name)
	}
	if arm, ok := armOf(r, armFrontDoor); ok && !arm.update {
		declareBackendPools(d, r, arm.name, arm.at("properties.backendPools"), "properties.backends", "enabledState")
	}
}

// declareBackendPools maps a classic Front Door, which stands or falls with its
// smallest pool.
func declareBackendPools(d *draft.Draft, r *resource.Resource, name, pools attr, backends, enabled string) {
	a := newEndpoint(d, r, frontDoorService, name)
	if pools.IsUnknown() {
		d.Set(a, settingOrigins, model.UnknownFact(pools.Why, pools.At))
		return
	}
	smallest := a.Settings
	for i, pool := range pools.Blocks() {
		a.Settings = map[string]model.Fact{settingOrigins: model.KnownFact(0.0, pool.At), settingOriginRegions: model.KnownFact("", pool.At)}
		for _, backend := range pool.Path(backends).Blocks() {
			addOrigin(d, a, r, origin{enabled: enabledWord(inner(backend, enabled)), region: regionBehind(d, inner(backend, "address")), at: backend.At})
		}
		if i == 0 || fewer(a.Settings[settingOrigins], smallest[settingOrigins]) {
			smallest = a.Settings
		}
	}
	a.Settings = smallest
}

// fewer compares two counts; an open one may be any.
func fewer(a, b model.Fact) bool {
	first, known := a.Number()
	second, compared := b.Number()
	return known && (!compared || first < second)
}

func attachOrigin(d *draft.Draft, r *resource.Resource) {
	group, enabled, target, host := attrOf(r, "cdn_frontdoor_origin_group_id"), attrOf(r, "enabled"), attrOf(r, "origin_id"), attrOf(r, "host_name")
	if r.Type != "azurerm_cdn_frontdoor_origin" {
		arm, ok := armOf(r, armOrigin)
		if !ok {
			return
		}
		group, enabled = arm.parent, enabledWord(arm.at("properties.enabledState"))
		target, host = arm.at("properties.azureOrigin.id"), arm.at("properties.hostName")
	}
	found := find(d, r, "originGroups", model.GlobalEndpoint, group)
	if found.asset == nil {
		openOrigin(d, r, frontDoorService, found)
		return
	}
	addOrigin(d, found.asset, r, origin{enabled: enabled, region: regionBehind(d, target, host), at: r.At})
}
