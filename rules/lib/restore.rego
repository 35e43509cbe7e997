# What gives deleted and overwritten data back, and which rule speaks about it.
package rules.lib.restore

import data.rules.lib.objectives

# protections are those that can, backups first.
protections := ["backup", "point_in_time_restore", "versioning", "immutability", "soft_delete"]

# restorable holds when both deleted and overwritten data can be restored, long
# enough after the fault to notice it.
restorable(a) if {
	a.recovery.delete.survives == "yes"
	a.recovery.overwrite.survives == "yes"
}

# speakers name, by store whose data cannot certainly be restored, the one rule
# that judges it: the one that knows most about the cause.
speakers := {a.id: speaker(a) |
	some a in input.by_id
	a.stages[0]
	not restorable(a)
}

speaker(a) := "platform/backup-dearer-than-recreation" if {
	objectives.dispensable[a.id]
} else := "raw/versioning-suspended" if {
	some means in a.protections.versioning.means
	means.mechanism != ""
	hinges_on_versioning(a)
} else := "raw/backup-misses-container" if {
	some means in a.protections.backup.means
	means.mechanism in by_container
	count(missed(a)) > 0
	every doubt in doubts(a) {
		some backup in missed(a)
		backup.at == doubt.at
	}
} else := "raw/backup-suspended" if {
	count(idle(a)) > 0
	every doubt in doubts(a) {
		some backup in idle(a)
		backup.at == doubt.at
	}
} else := "raw/restore-window-too-short" if {
	keepers[a.id]
	every doubt in doubts(a) {
		some keeper in keepers[a.id]
		keeper.at == doubt.at
	}
} else := "raw/soft-delete-is-no-rollback" if {
	a.protections.soft_delete.state == "on"
	every doubt in doubts(a) {
		doubt.at == "settings.hierarchical_namespace"
	}
} else := "raw/not-backed-up"

# elsewhere explains why another rule speaks.
elsewhere(a) := objectives.dispensable[a.id] if {
	objectives.dispensable[a.id]
} else := sprintf("%s judges what protects %s", [speakers[a.id], a.address])

# unseen holds for a store that is restored for too short a time only, measured by
# the time that people declare they need to notice a fault.
unseen(a) if {
	a.declared.detection_hours.value
	keepers[a.id]
	not restorable(a)
	every doubt in doubts(a) {
		some keeper in keepers[a.id]
		keeper.at == doubt.at
	}
}

# lost names the data that certainly cannot be restored.
lost(a) := "deleted and overwritten" if {
	a.recovery.delete.survives == "no"
	a.recovery.overwrite.survives == "no"
} else := "deleted" if {
	a.recovery.delete.survives == "no"
} else := "overwritten"

# doubts lists why the answer is open, each with its place.
doubts(a) := array.concat(undecided, [doubt |
	count(undecided) == 0
	"unknown" in {a.recovery.delete.survives, a.recovery.overwrite.survives}
	doubt := cause(a)
]) if {
	undecided := [{"at": place(name, a.protections[name]), "why": a.protections[name].why} |
		some name in protections
		a.protections[name].state == "unknown"
	]
}

# place is that of the means that leaves a protection open, which may be written
# in another resource.
place(name, protection) := places[0] if {
	places := [at(name, i) |
		some i, means in protection.means
		means.state == "unknown"
		means.why == protection.why
	]
} else := sprintf("protections.%s", [name])

at(name, i) := sprintf("protections.%s.means.%d", [name, i])

# Soft delete keeps what is overwritten unless the namespace is hierarchical;
# versions and backups count for as long as they are kept.
cause(a) := {"at": "settings.hierarchical_namespace", "why": a.settings.hierarchical_namespace.why} if {
	a.protections.soft_delete.state == "on"
	a.settings.hierarchical_namespace.state == "unknown"
} else := limited(a)[0] if {
	count(limited(a)) > 0
} else := {"at": listed(a)[0].at, "why": listed(a)[0].why} if {
	count(listed(a)) > 0
} else := {"at": "protections.backup", "why": a.recovery.delete.why} if {
	a.recovery.delete.survives == "unknown"
} else := {"at": "protections.backup", "why": a.recovery.overwrite.why}

limited(a) := [{"at": keeper.at, "why": keeper.window.why} |
	some keeper in keepers[a.id]
	keeper.window.state == "unknown"
]

# hinges_on_versioning holds when versioning does not protect for certain, and is
# all that could.
hinges_on_versioning(a) if {
	a.protections.versioning.state in {"off", "unknown"}
	every doubt in doubts(a) {
		startswith(doubt.at, "protections.versioning")
	}
}

# keepers list, by store, what is certainly on for the whole store, keeps deleted
# and overwritten data, and is limited by its window alone.
keepers := {a.id: keeping |
	some a in input.by_id
	a.stages[0]
	keeping := kept(a)
	keeping[0]
}

kept(a) := [{"at": at(name, i), "name": name, "means": means, "window": means.window_days} |
	some name in protections
	some i, means in a.protections[name].means
	means.state == "on"
	means.scope == "whole"
	means.window_days.state != "absent"
	keeps_overwritten(a, name)
]

keeps_overwritten(_, name) if name != "soft_delete"

keeps_overwritten(a, "soft_delete") if not a.settings.hierarchical_namespace

keeps_overwritten(a, "soft_delete") if a.settings.hierarchical_namespace.value == false

# missed lists the backups of an account that do not, or may not, take this
# container, or some container of this account. Adding a container to the list
# helps unless object replication excludes it from backups of blobs.
missed(a) := array.concat(unlisted(a), listed(a))

# by_container are the mechanisms that take the containers that they name.
by_container := {"azure.backup_blob_vaulted", "azure.backup_data_lake"}

unlisted(a) := [{"at": at("backup", i), "by": means.by, "state": means.state, "why": means.why, "left_out": [a.address]} |
	some i, means in a.protections.backup.means
	means.mechanism in by_container
	means.state in {"off", "unknown"}
	not a.settings.object_replication.value
	some on_account in input.by_id[a.within].protections.backup.means
	on_account.state == "on"
	on_account.by == means.by
]

# listed lists the backups of an account that take only some of its containers.
listed(a) := [{"at": at("backup", i), "by": means.by, "state": means.state, "why": why, "left_out": outside(a, means.by)} |
	a.kind == "object_store"
	some i, means in a.protections.backup.means
	means.mechanism in by_container
	means.state == "on"
	means.scope == "partial"
	why := sprintf("%s takes only the containers that it names, and no scanned file declares those of %s", [means.by, a.address])
]

# outside names the containers that a backup certainly leaves out.
outside(a, by) := [container.address |
	some id in a.contains
	container := input.by_id[id]
	container.kind == "container"
	some means in container.protections.backup.means
	means.by == by
	means.state == "off"
]

# idle lists the backups that are written and do not, or may not, work. A job
# that copies a bucket is a replica, and what a database itself says about its
# backups is its own setting.
idle(a) := [{"at": at(name, i), "by": means.by, "state": means.state, "why": means.why} |
	some name in ["backup", "point_in_time_restore"]
	some i, means in a.protections[name].means
	means.state in {"off", "unknown"}
	not means.mechanism in {"", "gcs.transfer"}
	asked(a, means)
]

asked(a, means) if means.by != a.address

# Restoring to a point in time asks for other features, whose absence undoes it.
asked(a, means) if {
	means.by == a.address
	means.state == "off"
	means.mechanism in {"azure.blob_pitr", "cloudsql.pitr"}
}
