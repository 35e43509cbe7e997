# What keeps stores from being deleted.
package rules.lib.guards

import data.rules.lib.fate
import data.rules.lib.restore

# guarded holds when the platform or the infrastructure tool refuses to delete a
# store or what contains it.
guarded(a) if a.protections.delete_guard.state == "on"

# A store without such a switch is spared, unless its backups go with it.
guarded(a) if {
	a.protections.delete_guard.state == "inapplicable"
	not fate.goes(a)
}

guarded(a) if a.protections.destroy_guard.state == "on"

guarded(a) if input.by_id[a.within].protections.destroy_guard.state == "on"

guarded(a) if {
	some means in a.protections.immutability.means
	means.state == "on"
	means.locked == "yes"
}

# A schema and the like cannot be guarded by themselves.
guarded(a) if {
	a.provider != "azure"
	a.protections.delete_guard.why == "nothing provides it"
}

# doubts lists why it is open whether anything refuses.
doubts(a) := [{"at": restore.place(name, a.protections[name]), "why": a.protections[name].why} |
	some name in ["delete_guard", "destroy_guard"]
	a.protections[name].state == "unknown"
]

# takes_backups holds for a store whose deletion takes the backups along that
# would restore it.
takes_backups(a) if {
	fate.goes(a)
	restore.restorable(a)
}

# reason says what is missing.
reason(a) := "it has neither a management lock nor prevent_destroy" if {
	a.provider == "azure"
	a.protections.destroy_guard.state != "inapplicable"
} else := "it has no management lock" if {
	a.provider == "azure"
} else := sprintf("%s, and prevent_destroy is not set", [a.protections.delete_guard.why])
