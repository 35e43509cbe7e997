# METADATA
# title: What is loaded as a whole leaves a dated set in the lake
# description: >-
#   A warehouse that is filled anew every day needs no long history of its own, because
#   any day can be loaded again, as long as what was loaded that day still exists. The
#   source has moved on by then, and the load itself has replaced the day before. So each
#   load writes what it took to a folder of its own in the lake, and the folders are the
#   backup: of a wrong load, of a wrong source, of the warehouse. A load that goes
#   straight from the source into the warehouse leaves nothing to go back to.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/how-to-read-write-partitioned-data
#   description: Reading and writing partitioned data in Azure Data Factory
# - ref: https://learn.microsoft.com/azure/data-factory/control-flow-system-variables
#   description: System variables for the date of a run
# custom:
#   severity: high
#   profile: minimal
#   kinds: [database, database_server, table]
#   stages: [presentation, model]
#   guide: [34, 46, 52, 53]
#   fix:
#     all: >-
#       Copy the source to the lake first, into a folder with the date of the run in
#       its path, and load the warehouse from there. Or decide for backups of the
#       warehouse itself and write down how long they are kept.
#     azure: >-
#       Copy the source to the lake first, into a folder with the date of the run in
#       its path (in Data Factory a folderPath with
#       formatDateTime(pipeline().TriggerTime, 'yyyy-MM-dd')), and load the
#       warehouse from there. Or decide for backups of the warehouse itself and
#       write down how long they are kept, for instance with
#       short_term_retention_policy or long_term_retention_policy on Azure SQL.
#   tags: [backup]
package rules.presentation.full_load_without_dated_copy

import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in lost
	loads.repeated(loads.reloads[a.id].flow)
	count(restore.doubts(a)) == 0
	message := sprintf("Nothing keeps what earlier loads of %s brought: %s", [a.address, loads.reloads[a.id].why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in lost
	loads.repeated(loads.reloads[a.id].flow)
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether anything keeps what earlier loads of %s brought is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in lost
	flow := loads.reloads[a.id].flow
	not loads.repeated(flow)
	message := sprintf("Whether %s is loaded as a whole again and again, and nothing keeps earlier loads, is unknown because %s", [a.address, rhythm(flow)])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	loads.reloads[a.id].state == "open"
	message := sprintf("Whether anything keeps what earlier loads of %s brought is unknown because %s", [a.address, loads.reloads[a.id].why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in reloaded

exempt contains {"asset": a.id, "message": message} if {
	some a in reloaded
	not products.excuses[a.id]
	chosen(a)
	message := sprintf("Somebody chose how long %s keeps backups of its own, so an earlier load is restored from them", [a.address])
}

reloaded := [a | some a in input.assets; loads.judged[a.id]; loads.reloads[a.id].state != "kept"]

judged := [a | some a in reloaded; not products.excuses[a.id]; not chosen(a)]

lost := [a | some a in judged; loads.reloads[a.id].state == "lost"]

# A default is no decision to do without the sets.
chosen(a) if {
	restore.restorable(a)
	some name in ["backup", "point_in_time_restore"]
	some means in a.protections[name].means
	means.state == "on"
	means.defaulted == false
	means.window_days.state == "known"
}

place(a) := sprintf("flows.%s", [loads.reloads[a.id].flow.id])

rhythm(flow) := flow.interval_hours.why if {
	flow.interval_hours.state == "unknown"
} else := sprintf("nothing in the scanned files starts %s", [flow.address])
