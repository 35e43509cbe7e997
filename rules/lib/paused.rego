# Backups that are written and do not work, where no rule about restoring says so.
package rules.lib.paused

import data.rules.lib.restore

# written lists, by store or machine, those backups. Data that cannot be restored at
# all is judged by the rules of its stage, and raw data by raw/backup-suspended. A
# container that a backup does not name is no contradiction.
written := {a.id: backups |
	some a in input.by_id
	a.protections.backup
	speaks(a)
	backups := [backup |
		some backup in restore.idle(a)
		not contains(backup.why, " does not name it")
		not contains(backup.why, " excludes its name")
		not backup.at in leaving(a)
	]
	backups[0]
	not works(a)
}

speaks(a) if a.kind == "virtual_machine"

speaks(a) if {
	a.stages[0]
	not "raw" in a.stages
	not "sandbox" in a.stages
	restore.restorable(a)
}

# leaving are the backups that may not take the store, which is not their fault.
leaving(a) := {restore.at("backup", i) |
	some i, means in a.protections.backup.means
	means.state == "unknown"
	means.target == ""
}

# works holds when another backup that is a resource of its own does.
works(a) if {
	some means in a.protections.backup.means
	means.state == "on"
	means.by != a.address
}
