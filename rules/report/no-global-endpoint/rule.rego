# METADATA
# title: Models that reports query keep their address when the region changes
# description: >-
#   The address of an Analysis Services server contains its region, and every report and
#   every workbook contains the address. After a failover each of them has to be changed
#   by whoever owns it. A name in front, which only leads to another server, is changed
#   once.
# related_resources:
# - ref: https://learn.microsoft.com/azure/analysis-services/analysis-services-server-alias
#   description: Alias server names
# - ref: https://learn.microsoft.com/azure/traffic-manager/traffic-manager-overview
#   description: What is Traffic Manager
# custom:
#   severity: low
#   kinds: [semantic_model]
#   guide: [68]
#   profile: strict
#   fix: >-
#     Publish the server under an alias (link://) whose address is behind Traffic Manager,
#     Front Door or a failover record, and let reports use that.
#   tags: [disaster-recovery]
package rules.report.no_global_endpoint

deny contains {"asset": a.id, "at": "", "message": message} if {
	some a in judged
	count(open) == 0
	message := sprintf("The address of %s contains its region, the platform recovers in %s, and no global endpoint leads to it", [a.address, input.platform.recovery_region.value])
}

unknown contains {"asset": a.id, "at": "", "message": message} if {
	some a in judged
	count(open) > 0
	message := sprintf("Whether a global endpoint leads to %s is unknown because %s", [a.address, open[0]])
}

judged := [a |
	input.platform.recovery_region.value
	count(endpoints) == 0
	some a in input.assets
	a.service == "analysis_services"
	a.provider == "azure"
]

endpoints := [a.id | some a in input.by_id; a.kind == "global_endpoint"; a.maybe == ""]

# open says why there may be one.
open := array.concat(
	[sprintf("it is not known whether %s exists: %s", [a.address, a.maybe]) |
		some a in input.by_id
		a.kind == "global_endpoint"
		a.maybe != ""
	],
	[sprintf("%s was not followed", [a.address]) |
		some a in input.by_id
		a.kind == "opaque_module"
	],
)
