# METADATA
# title: A global endpoint leads to more than one region
# description: >-
#   Traffic Manager, Front Door, failover records and Global Accelerator keep the address
#   of reports the same while the region behind it changes. With one place behind the
#   name, or with all of them in one region, there is nothing to change to: the address
#   survives the disaster and leads nowhere.
# related_resources:
# - ref: https://learn.microsoft.com/azure/traffic-manager/traffic-manager-monitoring
#   description: Traffic Manager endpoint monitoring
# - ref: https://learn.microsoft.com/azure/frontdoor/origin
#   description: Origins and origin groups in Azure Front Door
# - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
#   description: Active-active and active-passive failover in Route 53
# custom:
#   severity: medium
#   kinds: [global_endpoint]
#   guide: [66, 68]
#   fix:
#     azure: >-
#       Add an endpoint in the region in which the platform recovers and enable it:
#       a second azurerm_traffic_manager_azure_endpoint or
#       azurerm_cdn_frontdoor_origin, a second entry of properties.endpoints or a
#       second origin in Bicep and ARM.
#     aws: >-
#       Add an endpoint in the region in which the platform recovers. In Route 53
#       add the SECONDARY record, and give the PRIMARY one a health check or
#       evaluate_target_health = true.
#   tags: [disaster-recovery]
package rules.report.global_endpoint_single_origin

deny contains {"asset": a.id, "at": finding.at, "message": message} if {
	some a in judged
	finding := faults(a)[0]
	message := sprintf("Global endpoint %s cannot lead to another region: %s", [a.address, finding.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	count(faults(a)) == 0
	doubt := doubts(a)[0]
	message := sprintf("Whether global endpoint %s leads to more than one region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": "this is not the repository of a data platform"} if {
	some a in input.assets
	not input.platform.data_platform
}

judged := [a | some a in input.assets; input.platform.data_platform]

faults(a) := array.flatten([
	[{"at": "settings.origins", "why": "only one place is behind it"} | a.settings.origins.value == 1],
	[{"at": "settings.origin_regions", "why": sprintf("every place behind it is in %s", [a.settings.origin_regions.value])} |
		a.settings.origins.value > 1
		a.settings.origin_regions.value != ""
		not contains(a.settings.origin_regions.value, ",")
	],
	[{"at": "settings.watched", "why": "nothing tells it that the first place is down"} |
		a.settings.origins.value > 1
		a.settings.watched.value == false
	],
])

doubts(a) := array.concat(
	[{"at": sprintf("settings.%s", [name]), "why": a.settings[name].why} |
		some name in ["origins", "origin_regions", "watched"]
		a.settings[name].state == "unknown"
	],
	[{"at": "settings.origins", "why": "no scanned file declares a place behind it"} | a.settings.origins.value == 0],
)
