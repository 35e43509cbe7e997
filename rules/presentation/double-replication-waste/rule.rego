# METADATA
# title: One copy in another region is paid for
# description: >-
#   After the loss of a region, a warehouse that is loaded as a whole comes back in one of
#   two ways: a replica takes over, or the dated sets, which are in the other region too,
#   are loaded into a new warehouse. Both at once protect against the same day twice, and
#   the replica is the dearer half, because it runs all year. It is worth its price only
#   where loading takes longer than people can wait.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview
#   description: Business continuity in Azure SQL Database
# custom:
#   severity: info
#   kinds: [database, database_server, table]
#   stages: [presentation]
#   guide: [1, 33, 54]
#   fix: >-
#     Remove the replica or the failover group and write down that the warehouse is loaded
#     again from the lake. If loading takes too long for that, declare load and rto for it
#     in .drlint.yaml, and the rule is silent.
#   tags: [cost]
package rules.presentation.double_replication_waste

import data.rules.lib.copies
import data.rules.lib.products

deny contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in input.assets
	products.reloadable[a.id]
	not products.excuses[a.id]
	not needed(a)
	replica := replicas(a)[0]
	replica.means.state == "on"
	message := sprintf("%s pays for a replica in another region (%s), and %s", [a.address, replica.means.by, trim_prefix(products.reloadable[a.id], sprintf("%s ", [a.address]))])
}

unknown contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in input.assets
	products.reloadable[a.id]
	not products.excuses[a.id]
	not needed(a)
	replica := replicas(a)[0]
	replica.means.state == "unknown"
	message := sprintf("Whether %s pays for a second copy in another region is unknown because %s", [a.address, replica.means.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	products.reloadable[a.id]
	replicas(a)[0]
	needed(a)
	message := sprintf("Loading %s again takes longer than it may be away, so its replica is needed", [a.address])
}

# needed holds when somebody says that loading takes too long.
needed(a) if a.declared.load_hours.value + object.get(object.get(a.declared, "reaction_hours", {}), "value", 0) > a.declared.rto_hours.value

# replicas lists the copies in other regions, what is certain first.
replicas(a) := array.concat(
	[replica | some replica in written(a); replica.means.state == "on"],
	[replica | some replica in written(a); replica.means.state == "unknown"],
)

written(a) := [{"at": copies.place("geo_replication", i), "means": means} |
	some i, means in a.protections.geo_replication.means
	means.other_region == "yes"
]
