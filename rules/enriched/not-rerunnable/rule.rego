# METADATA
# title: A run that makes enriched data can be repeated
# description: >-
#   Enriched data has no backup because its process can run again. A process that only
#   appends cannot: the second run adds the same rows once more, and every join after it
#   counts them twice. So the repair of one bad day begins with the question of what to
#   delete first, which is the moment for mistakes. A run that overwrites its partition,
#   merges by a key or writes a folder of its own gives the same result however often it
#   runs. Streams are left out: their checkpoint remembers what has been written.
# related_resources:
# - ref: https://docs.databricks.com/delta/selective-overwrite.html
#   description: Selectively overwrite data with Delta Lake
# - ref: https://learn.microsoft.com/azure/data-factory/connector-azure-sql-database
#   description: Azure SQL Database in Data Factory, upsert
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, table]
#   stages: [enriched]
#   guide: [25]
#   fix: >-
#     Overwrite the partition of the run (mode("overwrite") with replaceWhere or
#     partitionOverwriteMode, INSERT OVERWRITE), merge by a key (MERGE INTO, writeBehavior
#     upsert), or put the date of the run into the path.
#   tags: [pipelines]
package rules.enriched.not_rerunnable

import data.rules.lib.lake
import data.rules.lib.loads

deny contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	a.recovery.overwrite.survives == "no"
	some flow in appending[a.id]
	flow.dated.value == false
	message := sprintf("A repeated run of %s adds the same data to enriched store %s again, because it appends", [flow.address, a.address])
}

unknown contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	some flow in appending[a.id]
	flow.dated.state == "unknown"
	message := sprintf("Whether %s can write to enriched store %s again without doubling it is unknown because %s", [flow.address, a.address, flow.dated.why])
}

unknown contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	a.recovery.overwrite.survives == "unknown"
	some flow in appending[a.id]
	flow.dated.value == false
	message := sprintf("%s appends to enriched store %s, and whether that can be rolled back before a run is repeated is unknown because %s", [flow.address, a.address, a.recovery.overwrite.why])
}

exempt contains {"asset": a.id, "message": lake.excuses.enriched[a.id]} if some a in appended

exempt contains {"asset": a.id, "message": message} if {
	some a in appended
	a.recovery.overwrite.survives == "yes"
	message := sprintf("%s can be rolled back before a run is repeated", [a.address])
}

# appending lists, by store, the flows that add without looking at what is there.
appending[a.id] contains flow if {
	some a in input.assets
	some flow in loads.into[a.id]
	flow.write.value == "append"
	flow.activity in {"notebook", "copy", "data_flow"}
	not flow.dated.value == true
	not replaces(a, flow.pipeline)
}

# replaces holds for a process that also overwrites or merges there, and may do so
# for what it appends.
replaces(a, pipeline) if {
	some flow in loads.changing(a)
	flow.pipeline == pipeline
}

appended := [a | some a in input.assets; appending[a.id]]

judged := [a |
	some a in appended
	a.recovery.overwrite.survives != "yes"
	not lake.excuses.enriched[a.id]
]

place(flow) := sprintf("flows.%s.write", [flow.id])
