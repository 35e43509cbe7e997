# What rules about stores behind and before the lake ask: databases, warehouses,
# models and the systems that the data comes from.
package rules.lib.products

import data.rules.lib.copies
import data.rules.lib.loads
import data.rules.lib.objectives
import data.rules.lib.restore
import data.rules.lib.stores
import data.rules.lib.words

# excuses are those of every store, and those of what holds no data of its own.
excuses := object.union(followers, stores.excuses)

followers := {a.id: sprintf("%s is not backed up itself: %s", [a.address, why]) |
	some a in input.by_id
	a.stages[0]
	a.protections.backup.state == "inapplicable"
	why := a.protections.backup.why
}

# keeping names, by presentation store whose data cannot certainly be restored,
# the one rule that judges it.
keeping := {a.id: keeper(a) |
	some a in input.by_id
	"presentation" in a.stages
	not restore.restorable(a)
}

keeper(a) := "presentation/full-load-without-dated-copy" if {
	loads.judged[a.id]
} else := "platform/backup-dearer-than-recreation" if {
	objectives.dispensable[a.id]
} else := "presentation/restore-window-too-short" if {
	short_lived(a)
} else := "presentation/replica-is-no-backup" if {
	replicated(a)
} else := "presentation/not-backed-up"

# elsewhere explains why another rule speaks about what is restored.
elsewhere(a) := sprintf("Every load of %s leaves a complete set in %s, from which it can be loaded again", [a.address, loads.kept_in(a.id)]) if {
	loads.reloads[a.id].state == "kept"
} else := sprintf("presentation/full-load-without-dated-copy judges what protects %s", [a.address]) if {
	loads.judged[a.id]
} else := sprintf("%s judges what protects %s", [keeping[a.id], a.address])

# short_lived holds when only the length of a window is missing or open.
short_lived(a) if {
	restore.keepers[a.id]
	every doubt in restore.doubts(a) {
		some kept in restore.keepers[a.id]
		kept.at == doubt.at
	}
}

replicated(a) if {
	some means in a.protections.geo_replication.means
	means.state == "on"
}

# copying names, by presentation store, the one rule that judges its copy in
# another region.
copying := {a.id: copier(a) |
	some a in input.by_id
	"presentation" in a.stages
	copier(a)
}

copier(a) := "platform/global-cluster-single-member" if {
	copies.alone[a.id]
} else := "presentation/failover-group-empty" if {
	count(empty_groups(a)) > 0
} else := "presentation/geo-backup-contradiction" if {
	count(contradictions(a)) > 0
	not copies.certain(a)
} else := "presentation/not-replicated" if not copies.certain(a)

# reloadable says, by store that is loaded as a whole, from which copy in another
# region it can be loaded again.
reloadable := {id: sprintf("%s can be loaded again from %s, which has a copy in another region", [input.by_id[id].address, loads.kept_in(id)]) |
	some id, answer in loads.reloads
	answer.state == "kept"
	every store in answer.stores {
		copies.certain(input.by_id[store])
	}
}

# empty_groups lists the failover groups of its server that copy nothing, or may
# copy nothing, of a database that has no other replica.
empty_groups(a) := [{"at": copies.place("geo_replication", i), "means": means} |
	not replicated(a)
	some i, means in a.protections.geo_replication.means
	means.mechanism == "azuresql.failover_group"
	copies_nothing(means)
]

copies_nothing(means) if means.state == "unknown"

copies_nothing(means) if {
	means.state == "off"
	contains(means.why, " is empty")
}

# contradictions lists the copies of backups in another region that are switched
# on and cannot be made, or perhaps not.
contradictions(a) := [{"at": copies.place("backup", i), "means": means} |
	some i, means in a.protections.backup.means
	means.mechanism in geo_backups
	means.defaulted == false
	contradicts(means)
]

geo_backups := {"synapse.geo_backup", "azuredb.geo_backup"}

contradicts(means) if {
	means.state == "off"
	contains(means.why, ", but ")
}

contradicts(means) if means.state == "unknown"

# teller is the protection that explains best why nothing is restored: what is
# written and does not help, else the one that is missing.
teller(a) := told[0] if {
	told := [name |
		some name in tellers(a)
		a.protections[name].state == "off"
		a.protections[name].why != nothing
	]
} else := "backup"

tellers(a) := ["backup", "versioning", "point_in_time_restore"] if a.protections.versioning

tellers(a) := ["backup", "point_in_time_restore"] if not a.protections.versioning

# unkept explains why deleted and overwritten data is not restored.
unkept(a) := sprintf("what it keeps goes back %s only", [words.span(longest(a).window.value)]) if {
	short_lived(a)
	longest(a)
} else := a.protections[teller(a)].why if {
	a.protections[teller(a)].state == "off"
	a.protections[teller(a)].why != nothing
} else := "neither backups nor earlier versions are kept"

# place_of_unkept is where that is decided.
place_of_unkept(a) := sprintf("%s.window_days", [longest(a).at]) if {
	short_lived(a)
	longest(a)
} else := sprintf("protections.%s", [teller(a)])

# longest is what keeps data longest of what is known to keep it.
longest(a) := [kept |
	some kept in restore.keepers[a.id]
	kept.window.value == max([other.window.value | some other in restore.keepers[a.id]])
][0]

# place_of_uncopied is where it is decided that no other region has a copy.
place_of_uncopied(a) := refused(a)[0].at if {
	refused(a)[0]
} else := confining(a)[0] if {
	confining(a)[0]
} else := "protections.geo_replication"

# uncopied explains why no other region has a copy. Zones are said to be none.
uncopied(a) := sprintf("%s, and zone redundancy does not outlive the region", [confined(a)]) if {
	a.protections.zone_redundancy.state == "on"
	a.protections.zone_redundancy.defaulted == false
	not contains(confined(a), "one region")
} else := confined(a)

confined(a) := refused(a)[0].why if {
	refused(a)[0]
} else := sprintf("the replica that %s keeps is in the same region", [nearby(a)[0].by]) if {
	nearby(a)[0]
} else := "its backups stay in its region, and nothing replicates it" if {
	confining(a)[0]
} else := a.protections.geo_replication.why if {
	a.protections.geo_replication.state == "off"
	a.protections.geo_replication.why != nothing
} else := "neither replication nor a backup in another region covers it"

# nearby lists the replicas in the store's own region.
nearby(a) := [means |
	some means in a.protections.geo_replication.means
	means.state == "on"
	means.other_region == "no"
]

# refused lists what is written and keeps no copy there.
refused(a) := array.concat(
	[{"at": copies.place("geo_replication", i), "why": means.why} |
		some i, means in a.protections.geo_replication.means
		means.state == "off"
		means.why != ""
	],
	[{"at": copies.place("backup", i), "why": means.why} |
		some i, means in a.protections.backup.means
		means.mechanism in geo_backups
		means.state == "off"
		means.why != ""
	],
)

# confining lists the places that keep backups in the region.
confining(a) := array.flatten([
	["settings.backup_redundancy" | a.settings.backup_redundancy.value in {"Local", "Zone"}],
	["settings.geo_backup" | a.settings.geo_backup.value == false],
	[sprintf("protections.backup.means.%d.region", [i]) |
		some i, means in a.protections.backup.means
		means.mechanism == "cloudsql.automated_backup"
		means.state == "on"
		means.other_region == "no"
	],
])

nothing := "nothing provides it"
