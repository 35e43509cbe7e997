# METADATA
# title: Integration runtimes follow the platform to another region
# description: >-
#   An integration runtime of Azure runs in the region that it is given. One whose region is
#   written into the code is created in the region that failed when the code is deployed
#   again for recovery, and the loads that use it do not start. AutoResolve and a parameter
#   both move with the rest.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/concepts-integration-runtime
#   description: Integration runtime in Azure Data Factory
# custom:
#   severity: low
#   kinds: [integration_runtime]
#   guide: [14]
#   fix: >-
#     Set the location of the runtime to AutoResolve, or take it from the parameter or
#     variable that gives the platform its region. Where rules of law hold the data in one
#     region, declare a second runtime for the recovery region.
#   tags: [disaster-recovery]
package rules.ingest.region_pinned_runtime

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.pinned", "message": message} if {
	some a in judged
	a.settings.pinned.value == true
	not elsewhere(a)
	message := sprintf("Integration runtime %s is fixed to %s, so it cannot be deployed anew while that region is down", [a.address, a.region.value])
}

unknown contains {"asset": a.id, "at": "settings.pinned", "message": message} if {
	some a in judged
	a.settings.pinned.state == "unknown"
	message := sprintf("Whether integration runtime %s is fixed to a region is unknown because %s", [a.address, a.settings.pinned.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in bound

judged := [a | some a in bound; not delivery.excuse(a)]

bound := [a | some a in input.assets; questionable(a.settings.pinned)]

questionable(fact) if fact.value == true

questionable(fact) if fact.state == "unknown"

# elsewhere holds when the same factory has a runtime in another region.
elsewhere(a) if {
	some other in bound
	split(other.id, "#")[0] == split(a.id, "#")[0]
	other.region.value != a.region.value
}
