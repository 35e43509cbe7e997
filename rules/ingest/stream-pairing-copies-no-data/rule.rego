# METADATA
# title: Events survive the loss of a region, not only the names of their hubs
# description: >-
#   Pairing two namespaces copies the names and settings of hubs and consumer groups, and
#   moves the alias over after a failover. Events stay where they were: what was not read
#   yet when the region was lost is gone, although the platform looks as if it had a copy.
# related_resources:
# - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-geo-dr
#   description: Event Hubs metadata geo-disaster recovery
# - ref: https://learn.microsoft.com/azure/event-hubs/geo-replication
#   description: Event Hubs geo-replication
# custom:
#   severity: medium
#   kinds: [event_stream]
#   guide: [2, 14]
#   fix: >-
#     Use geo-replication instead (Premium or Dedicated, geoDataReplication in Bicep and
#     ARM). Or capture every hub into an account with geo-redundant storage, or let senders
#     keep their events until they have arrived, and send them again after a failover.
#   tags: [disaster-recovery, replication]
package rules.ingest.stream_pairing_copies_no_data

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": sprintf("protections.geo_replication.means.%d", [i]), "message": message} if {
	some a in judged
	a.protections.geo_replication.state == "off"
	some i in pairings(a)
	message := sprintf("The pairing of %s copies the names of its hubs to another region and none of their events", [a.address])
}

unknown contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in judged
	a.protections.geo_replication.state == "unknown"
	message := sprintf("Whether events of %s are copied to another region is unknown because %s", [a.address, a.protections.geo_replication.why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in paired

judged := [a | some a in paired; not delivery.excuse(a)]

# The namespace has the pairing; its hubs inherit what it lacks.
paired := [a |
	some a in input.assets
	a.within == ""
	pairings(a)[0] >= 0
	not a.protections.geo_replication.state == "on"
]

pairings(a) := [i | some i, means in a.protections.geo_replication.means; means.mechanism == "eventhubs.geo_pairing"]
