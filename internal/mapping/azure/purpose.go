package azure

import (
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// usesOf lists, by resource type, the arguments that give an account a purpose
// (azurerm documentation of each type).
var usesOf = map[string]draft.Uses{
	"azurerm_storage_account_static_website":             {"storage_account_id": draft.PurposeSite},
	"azurerm_function_app":                               functionUses,
	"azurerm_function_app_slot":                          functionUses,
	"azurerm_function_app_flex_consumption":              functionUses,
	"azurerm_linux_function_app":                         functionUses,
	"azurerm_linux_function_app_slot":                    functionUses,
	"azurerm_windows_function_app":                       functionUses,
	"azurerm_windows_function_app_slot":                  functionUses,
	"azurerm_logic_app_standard":                         functionUses,
	"azurerm_linux_virtual_machine":                      bootUses,
	"azurerm_linux_virtual_machine_scale_set":            bootUses,
	"azurerm_virtual_machine":                            bootUses,
	"azurerm_windows_virtual_machine":                    bootUses,
	"azurerm_windows_virtual_machine_scale_set":          bootUses,
	"azurerm_monitor_diagnostic_setting":                 {"storage_account_id": draft.PurposeDiagnostics},
	"azurerm_monitor_aad_diagnostic_setting":             {"storage_account_id": draft.PurposeDiagnostics},
	"azurerm_network_watcher_flow_log":                   {"storage_account_id": draft.PurposeDiagnostics},
	"azurerm_mssql_server_extended_auditing_policy":      {"storage_endpoint": draft.PurposeDiagnostics},
	"azurerm_mssql_database_extended_auditing_policy":    {"storage_endpoint": draft.PurposeDiagnostics},
	"azurerm_mssql_server_security_alert_policy":         {"storage_endpoint": draft.PurposeDiagnostics},
	"azurerm_mssql_server_vulnerability_assessment":      {"storage_container_path": draft.PurposeDiagnostics},
	"azurerm_cdn_endpoint":                               {"origin.host_name": draft.PurposeSite},
	"azurerm_cdn_frontdoor_origin":                       {"host_name": draft.PurposeSite},
	"azurerm_log_analytics_data_export_rule":             {"destination_resource_id": draft.PurposeDiagnostics},
	"azurerm_log_analytics_storage_insights":             {"storage_account_id": draft.PurposeDiagnostics},
	"azurerm_monitor_log_profile":                        {"storage_account_id": draft.PurposeDiagnostics},
	"azurerm_synapse_workspace_extended_auditing_policy": {"storage_endpoint": draft.PurposeDiagnostics},
}

var (
	bootUses     = draft.Uses{"boot_diagnostics.storage_account_uri": draft.PurposeBoot, "boot_diagnostics.storage_uri": draft.PurposeBoot}
	functionUses = draft.Uses{"storage_account_name": draft.PurposeFunctions, "storage_account_access_key": draft.PurposeFunctions, "storage_container_endpoint": draft.PurposeFunctions}
)

// purposes maps what storage accounts are for, as far as other resources show
// it, so that rules about data stay quiet on them.
func purposes() draft.Mapper {
	types := slices.Concat(slices.Sorted(maps.Keys(usesOf)), slices.Sorted(maps.Keys(armUsesOf)))
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(append(types, "azurerm_storage_account", "terraform_backend")...),
		Attach:  attachPurpose,
	}
}

func attachPurpose(d *draft.Draft, r *resource.Resource) {
	switch {
	case r.Type == "terraform_backend":
		attachStatePurpose(d, r)
		return
	case r.Mode != resource.Managed:
		return
	}
	if site := blockOf(r, "static_website"); r.Type == "azurerm_storage_account" && site.IsKnown() {
		setPurpose(d, d.Asset(r.ID), draft.PurposeSite, site)
	}
	uses := usesOf[r.Type]
	for _, path := range uses.Paths() {
		usedBy(d, r, hostOnly(attrOf(r, path)), uses[path])
	}
	armType := armTypeOf(r)
	if arm, ok := armOf(r, armType); ok {
		for _, path := range armUsesOf[armType].Paths() {
			usedBy(d, r, hostOnly(arm.at(path)), armUsesOf[armType][path])
		}
	}
}

// usedBy records what the account that an attribute names is for.
func usedBy(d *draft.Draft, r *resource.Resource, named attr, purpose string) {
	account := findAccount(d, r, named).asset
	if account == nil {
		account = endpointOwner(d, named)
	}
	if account != nil {
		setPurpose(d, account, purpose, named)
	}
}

// endpointOwner returns the account whose endpoint an address begins with:
// "${azurerm_storage_account.x.primary_blob_endpoint}code".
func endpointOwner(d *draft.Draft, address attr) *model.Asset {
	for _, ref := range address.Refs {
		if a := d.Asset(ref.ID); a != nil && a.Kind == model.ObjectStore && (strings.Contains(strings.ToLower(ref.Attr), "endpoint") || strings.HasSuffix(strings.ToLower(ref.Attr), "_host")) {
			return a
		}
	}
	return nil
}

// attachStatePurpose marks where Terraform keeps its state: the container that
// the backend names, and its account when that has no other container.
func attachStatePurpose(d *draft.Draft, r *resource.Resource) {
	if attrOf(r, "type").text() != "azurerm" {
		return
	}
	account := findAccount(d, r, attrOf(r, "storage_account_name")).asset
	if account == nil {
		return
	}
	name := attrOf(r, "container_name")
	within := containersOf(d, account)
	for _, container := range within {
		if text := container.Name.Text(); text != "" && text == name.text() {
			d.Set(container, settingPurpose, model.KnownFact(draft.PurposeState, name.At))
			within = slices.DeleteFunc(within, func(a *model.Asset) bool { return a == container })
			break
		}
	}
	if len(within) == 0 {
		d.Set(account, settingPurpose, model.KnownFact(draft.PurposeState, attrOf(r, "storage_account_name").At))
	}
}

// setPurpose records a purpose. An account that holds declared containers or a
// hierarchical namespace holds data, whatever else writes into it.
func setPurpose(d *draft.Draft, a *model.Asset, purpose string, v attr) {
	if a == nil || a.Settings[settingHNS].Tri() == model.Yes || len(containersOf(d, a)) > 0 {
		return
	}
	d.SetPurpose(a, purpose, v.At)
}

// hostOnly reduces an endpoint ("https://diag.blob.core.windows.net/logs") or a
// host name ("site.z6.web.core.windows.net") to
// the account that its host names.
func hostOnly(v attr) attr {
	host, ok := strings.CutPrefix(v.text(), "https://")
	if ok || strings.Contains(host, ".core.windows.net") {
		v.Text, _, _ = strings.Cut(host, ".")
	}
	return v
}
