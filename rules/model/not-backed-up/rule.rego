# METADATA
# title: Models that load increments have a backup of their own
# description: >-
#   A model that loads everything every time is repaired by loading again, from a copy
#   of the data that was good. A model that loads only what is new cannot be repaired by
#   one load: every partition was written on another day, and a failed or doubled load
#   has to be rolled back inside the model, which takes a backup of the model itself. A
#   model that is loaded as a whole needs no backup, and is as safe as the store that it
#   is loaded from. Caches and reports rely on this too, because they are filled from
#   the model and go back only as far as it does.
# related_resources:
# - ref: https://learn.microsoft.com/power-bi/enterprise/service-premium-backup-restore-dataset
#   description: Backup and restore of semantic models
# - ref: https://learn.microsoft.com/analysis-services/azure-analysis-services/analysis-services-backup
#   description: Backup and restore of Azure Analysis Services
# - ref: https://learn.microsoft.com/power-bi/connect-data/incremental-refresh-overview
#   description: Incremental refresh
# custom:
#   severity: high
#   profile: minimal
#   kinds: [semantic_model, database, database_server, table]
#   stages: [model]
#   guide: [51, 52, 57, 62]
#   fix:
#     all: >-
#       Back the model up on a schedule, or switch automated backups of the database
#       on. Where the data is small enough to be loaded as a whole, drop the refresh
#       policy. What a model is loaded from as a whole has to keep earlier data
#       itself: versions, backups, or a folder for each load. A backup that no file
#       shows is a reason to suppress the rule with a comment.
#     azure: >-
#       Back the model up on a schedule, for instance with a backup command over
#       XMLA in a pipeline (Analysis Services needs backup_blob_container_uri for
#       it), or switch automated backups of the database on. Where the data is small
#       enough to be loaded as a whole, drop the refresh policy. What a model is
#       loaded from as a whole has to keep earlier data itself: versions, backups,
#       or a folder for each load. A backup that no file shows is a reason to
#       suppress the rule with a comment.
#     fabric: >-
#       Back the model up on a schedule, for instance with a backup command over
#       XMLA in a pipeline. Where the data is small enough to be loaded as a whole,
#       drop the refresh policy. What a model is loaded from as a whole has to keep
#       earlier data itself: versions, backups, or a folder for each load. A backup
#       that no file shows is a reason to suppress the rule with a comment.
#   tags: [backup]
package rules.model.not_backed_up

import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in judged
	loads.modes[a.id] == "incremental"
	count(restore.doubts(a)) == 0
	message := sprintf("Model %s loads increments%s and has no backup of its own: %s", [a.address, loader(a), products.unkept(a)])
}

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	loads.modes[a.id] == "full"
	store := lost(a)[0]
	message := sprintf("Model %s is repaired by loading it again from %s, and what that held before cannot be restored", [a.address, store.address])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	loads.modes[a.id] == "incremental"
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether model %s, which loads increments, has a backup of its own is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	not loads.modes[a.id]
	message := sprintf("Whether model %s needs a backup of its own is unknown because %s", [a.address, loads.open(a)])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in unrestorable

exempt contains {"asset": a.id, "message": reason} if {
	some a in unexcused
	loads.modes[a.id] == "full"
	reason := reloaded(a)
}

# Where a declared time to notice is all that is too long,
# platform/window-shorter-than-detection speaks.
unrestorable := [a |
	some a in input.assets
	not restore.restorable(a)
	not restore.unseen(a)
]

unexcused := [a | some a in unrestorable; not products.excuses[a.id]]

judged := [a | some a in unexcused; not reloaded(a)]

# reloaded says what repairs a model that is loaded as a whole.
reloaded(a) := reason if {
	loads.judged[a.id]
	reason := products.elsewhere(a)
} else := sprintf("%s is loaded as a whole, so a load repairs it", [a.address]) if {
	loads.modes[a.id] == "full"
	count(lost(a)) == 0
}

# lost lists the stores that a model loads from whose earlier data certainly cannot
# be restored, and that no rule of their stage judges.
lost(a) := [store |
	some flow in object.get(loads.into, a.id, [])
	store := input.by_id[flow.from]
	not store.stages[0]
	not restore.restorable(store)
	count(restore.doubts(store)) == 0
]

place(a) := "settings.incremental_refresh" if {
	a.settings.incremental_refresh.value == true
} else := products.place_of_unkept(a)

loader(a) := "" if {
	a.settings.incremental_refresh.value == true
} else := sprintf(" (%s)", [loads.increments(a)[0].address]) if {
	loads.increments(a)[0]
} else := ""
