# METADATA
# title: Runs write curated data in partitions
# description: >-
#   A run that writes all of a curated set in one piece makes it all or nothing: if the run
#   fails halfway, if one day of its input was wrong, if the last copy in the other region
#   is a day behind, the whole set has to be made again before anybody can use it. With a
#   folder or a partition for each week or day, only those that are lost or wrong are
#   processed again.
# related_resources:
# - ref: https://docs.databricks.com/tables/partitions.html
#   description: When to partition tables on Databricks
# - ref: https://learn.microsoft.com/azure/data-factory/control-flow-expression-language-functions
#   description: Expressions and functions of Data Factory
# custom:
#   severity: low
#   kinds: [object_store, container]
#   stages: [curated]
#   guide: [31]
#   profile: strict
#   fix: >-
#     Add partitionBy (or clusterBy) with a date to the write and overwrite only the
#     partitions of the run, or put the date of the run into the path of the sink.
#   tags: [pipelines]
package rules.curated.unpartitioned

import data.rules.lib.lake
import data.rules.lib.loads

deny contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	some flow in rewriting[a.id]
	flow.write.value == "overwrite"
	flow.dated.value == false
	not flow.partitioned.state == "unknown"
	message := sprintf("%s writes all of its data in curated store %s in one piece, so whatever is lost is made again as a whole", [flow.address, a.address])
}

unknown contains {"asset": a.id, "at": place(flow), "message": message} if {
	some a in judged
	some flow in rewriting[a.id]
	some name in ["write", "dated", "partitioned"]
	fact := flow[name]
	fact.state == "unknown"
	message := sprintf("Whether %s writes to a part of curated store %s is unknown because %s", [flow.address, a.address, fact.why])
}

exempt contains {"asset": a.id, "message": lake.excuses.curated[a.id]} if some a in rewritten

# rewriting lists, by store, the flows that may replace everything that they ever wrote.
rewriting[a.id] contains flow if {
	some a in input.assets
	some flow in loads.into[a.id]
	flow.mode.value == "full"
	not keeps(flow)
	flow.activity in {"notebook", "copy"}
	not flow.dated.value == true
	not flow.partitioned.value == true
}

keeps(flow) if flow.write.value in {"append", "new_file", "upsert"}

rewritten := [a | some a in input.assets; rewriting[a.id]]

judged := [a | some a in rewritten; not lake.excuses.curated[a.id]]

place(flow) := sprintf("flows.%s.write", [flow.id])
