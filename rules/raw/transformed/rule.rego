# METADATA
# title: Raw data is stored as the source delivered it
# description: >-
#   Raw data is useful because it says what the source said. A data flow that joins,
#   derives or filters on the way from the source makes the first copy depend on its own
#   logic: when that logic turns out to be wrong, there is no original to apply the right
#   one to, and the source may not have it any more. Land a plain copy first, and let the
#   data flow read that.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/concepts-data-flow-overview
#   description: Mapping data flows
# custom:
#   severity: info
#   kinds: [object_store, container, file_share, database, table]
#   stages: [raw]
#   guide: [20]
#   profile: strict
#   fix:
#     azure: >-
#       Copy the data with a Copy activity into the raw store, with the columns and
#       types of the source, and read it from there in the data flow.
#     aws: >-
#       On Firehose set s3_backup_mode = "Enabled", with the raw bucket in
#       s3_backup_configuration.
#   tags: [pipelines]
package rules.raw.transformed

import data.rules.lib.loads
import data.rules.lib.stores

deny contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	some flow in transforming[a.id]
	outside(flow)
	message := sprintf("%s transforms data on its way from the source to raw store %s", [flow.address, a.address])
}

unknown contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	some flow in transforming[a.id]
	why := open(flow)
	message := sprintf("Whether %s transforms data that raw store %s holds nowhere else is unknown because %s", [flow.address, a.address, why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in transformed

# transforming lists, by store, the data flows that write to it.
transforming[a.id] contains flow if {
	some a in input.assets
	some flow in loads.into[a.id]
	flow.activity == "data_flow"
}

transformed := [a | some a in input.assets; transforming[a.id]]

judged := [a | some a in transformed; not stores.excuses[a.id]]

# outside holds for data that certainly comes from no raw store.
outside(flow) if {
	flow.from != ""
	not "raw" in input.by_id[flow.from].stages
}

outside(flow) if {
	flow.from == ""
	not open(flow)
}

# open says why it cannot be told where the data comes from. Several sources are no
# store of their own, and one that no scanned file declares may be called raw.
open(flow) := flow.source.why if {
	flow.from == ""
	flow.source.state == "unknown"
} else := sprintf("it reads %s, and not all of it is declared in a scanned file", [flow.source.value]) if {
	flow.from == ""
	regex.match(`(?i), |raw|landing|bronze`, flow.source.value)
}

place(flow) := sprintf("flows.%s.source", [flow.id])
