# METADATA
# title: Sources come back where the platform does
# description: >-
#   After the loss of a region the platform starts in another one and loads from its
#   sources. If they come back in a third region, or stay behind, the first run fails on
#   names, firewalls and private endpoints that were made for somewhere else, in the very
#   hour in which nobody has time for them. Where each source recovers belongs to the
#   platform's plan.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
#   description: Failover groups of Azure SQL Database
# - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
#   description: Region pairs
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, database_server, table, connection]
#   guide: [6]
#   fix: >-
#     Put the partner of the failover group or the replica into the region in which the
#     platform recovers, or choose that region for the platform (platform.regions.recovery
#     in .drlint.yaml). If the source is reachable from there, say so and suppress the rule.
#   tags: [disaster-recovery, objectives]
package rules.source.recovery_region_mismatch

import data.rules.lib.products

deny contains {"asset": a.id, "at": "declared.recovery_region", "message": message} if {
	some a in judged
	region := a.declared.recovery_region.value
	not same(region, input.platform.recovery_region.value)
	message := sprintf("Source %s comes back in %s, and the platform in %s", [a.address, region, input.platform.recovery_region.value])
}

deny contains {"asset": a.id, "at": away[0].at, "message": message} if {
	some a in undeclared
	away := placed(a)
	count(open(a)) == 0
	every copy in away {
		not same(copy.region, input.platform.recovery_region.value)
	}
	message := sprintf("Source %s comes back in %s (%s), and the platform in %s", [a.address, away[0].region, away[0].by, input.platform.recovery_region.value])
}

unknown contains {"asset": a.id, "at": open(a)[0].at, "message": message} if {
	some a in undeclared
	every copy in placed(a) {
		not same(copy.region, input.platform.recovery_region.value)
	}
	message := sprintf("Whether source %s comes back in %s like the platform is unknown because %s", [a.address, input.platform.recovery_region.value, open(a)[0].why])
}

judged := [a |
	input.platform.recovery_region.value
	some a in input.assets
	source(a)
	not products.excuses[a.id]
]

source(a) if a.kind == "connection"

source(a) if "source" in a.stages

undeclared := [a |
	some a in judged
	not a.declared.recovery_region.value
	"source" in a.stages
]

# placed lists the copies whose region is known, the replicas before the backups.
placed(a) := [{"at": at(name, i), "region": means.region.value, "by": means.by} |
	some name in ["geo_replication", "backup"]
	some i, means in a.protections[name].means
	means.state == "on"
	means.other_region == "yes"
	means.region.value
]

open(a) := [{"at": at(name, i), "why": means.region.why} |
	some name in ["geo_replication", "backup"]
	some i, means in a.protections[name].means
	means.state == "on"
	means.other_region == "yes"
	means.region.state == "unknown"
]

at(name, i) := sprintf("protections.%s.means.%d.region", [name, i])

# same compares regions as people write them: "West Europe" and "westeurope".
same(a, b) if plain(a) == plain(b)

plain(region) := lower(replace(region, " ", ""))
