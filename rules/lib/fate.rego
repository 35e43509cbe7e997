# What copies outlive their store and stolen credentials.
package rules.lib.fate

# bound are the backups that a service keeps as a part of the store, so that they
# are deleted together with it unless something else is written.
bound := {
	"azure.backup_blob_operational",
	"rds.automated_backup", "aurora.automated_backup", "docdb.automated_backup", "neptune.automated_backup",
	"redshift.automated_snapshot", "redshift.snapshot_schedule",
	"cloudsql.automated_backup", "cloudsql.pitr",
	"azuresql.automated_backup", "azuresql.geo_restore",
	"synapse.restore_points", "synapse.geo_backup",
	"azuredb.automated_backup", "azuredb.geo_backup",
}

# goes holds for a store some backups of which go with it.
goes(a) if {
	a.recovery.destroy.survives != "yes"
	some name in ["backup", "point_in_time_restore"]
	some means in a.protections[name].means
	means.mechanism in bound
	means.state == "on"
}

# going lists those backups.
going(a) := [{"at": sprintf("protections.%s.means.%d", [name, i]), "means": means} |
	a.recovery.destroy.survives != "yes"
	some name in ["backup", "point_in_time_restore"]
	some i, means in a.protections[name].means
	means.state == "on"
	means.mechanism in bound
]

# undecided lists what may keep a copy that outlives the store.
undecided(a) := array.concat(written(a), [doubt |
	count(written(a)) == 0
	a.recovery.destroy.survives == "unknown"
	doubt := {"at": going(a)[0].at, "why": a.recovery.destroy.why}
])

written(a) := array.concat(
	[{"at": sprintf("settings.%s", [name]), "why": a.settings[name].why} |
		some name in ["skip_final_snapshot", "delete_automated_backups", "backups_survive_delete"]
		a.settings[name].state == "unknown"
	],
	[{"at": sprintf("protections.%s.means.%d", [name, i]), "why": means.why} |
		some name in ["backup", "geo_replication", "immutability"]
		some i, means in a.protections[name].means
		means.state == "unknown"
	],
)

# deletion names what has to be deleted for the backups to go: a database that is
# dropped alone can be restored for a while, its server cannot.
deletion(a) := sprintf("the server of %s", [a.address]) if {
	startswith(going(a)[0].means.mechanism, "azuresql.")
	a.kind != "database_server"
} else := sprintf("the workspace of %s", [a.address]) if {
	startswith(going(a)[0].means.mechanism, "synapse.")
} else := a.address

# reason explains why nothing is left after the store is gone.
reason(_, means) := sprintf("%s keeps them in the account itself", [means.by]) if {
	means.mechanism == "azure.backup_blob_operational"
}

reason(a, means) := "neither a final snapshot nor retained automated backups are left" if {
	means.mechanism != "azure.backup_blob_operational"
	a.provider == "aws"
	a.service != "redshift"
}

reason(a, _) := "no final snapshot is taken, and automated ones go with the cluster" if a.service == "redshift"

reason(a, _) := "neither retain_backups_on_delete nor a final backup is set" if a.provider == "google"

reason(a, means) := "they go with their server or workspace, and neither long-term retention nor a vault keeps others" if {
	means.mechanism != "azure.backup_blob_operational"
	a.provider == "azure"
}
