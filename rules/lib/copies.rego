# Copies of a store in another region, and which rule speaks about them.
package rules.lib.copies

# speakers name, by store without a certain copy of all of it in another region,
# the one rule that judges it: the one that knows most about the cause.
speakers := {a.id: speaker(a) |
	some a in input.by_id
	a.stages[0]
	not certain(a)
}

speaker(a) := "platform/global-cluster-single-member" if {
	alone[a.id]
} else := "raw/same-region-replica" if {
	some name in protections
	some means in a.protections[name].means
	misplaces(means)
} else := "raw/partially-replicated" if {
	some name in protections
	some means in a.protections[name].means
	leaves_out(means)
} else := "raw/partially-replicated" if {
	left_out(a)
	count(doubts(a)) == 0
} else := "raw/replication-disabled" if {
	some name in protections
	some means in a.protections[name].means
	idles(means)
	every doubt in doubts(a) {
		some replica in idle(a)
		replica.at == doubt.at
	}
} else := "raw/not-replicated"

# alone lists, by store without a copy in another region, its places in a global
# cluster that has, or may have, no other member.
alone := {a.id: members |
	some a in input.by_id
	a.kind == "database"
	a.provider == "aws"
	members := [entry | some entry in entries(a); entry.means.mechanism in global_clusters]
	members[0]
	not certain(a)
	every member in members {
		member.means.state != "on"
	}
	every doubt in doubts(a) {
		some member in members
		member.at == doubt.at
	}
}

global_clusters := {"aurora.global_database", "docdb.global_cluster", "neptune.global_database"}

# elsewhere explains why another rule speaks.
elsewhere(a) := sprintf("%s judges the copy of %s in another region", [speakers[a.id], a.address])

# protections are those that can be a copy in another region.
protections := ["geo_replication", "backup"]

# replicas are the mechanisms whose copy is a store of its own, in a place that
# somebody chose, unlike the redundancy that a service offers by itself.
replicas := {"s3.replication", "s3.replication_time_control", "azure.object_replication", "gcs.transfer"}

# certain holds when a copy of the whole store is certainly kept in another region.
certain(a) if {
	some name in protections
	some means in a.protections[name].means
	means.state == "on"
	means.scope == "whole"
	means.other_region == "yes"
}

# doubts lists what may be such a copy, each with its place and why it is not
# certain.
doubts(a) := [{"at": entry.at, "why": doubt(entry)} |
	some entry in distinct([entry | some entry in entries(a); doubt(entry)])
]

doubt(entry) := entry.means.why if {
	entry.means.state == "unknown"
	entry.name == "geo_replication"
} else := entry.means.why if {
	entry.means.state == "unknown"
	entry.means.other_region != "no"
} else := object.get(entry.means.region, "why", entry.means.why) if {
	entry.means.state == "on"
	entry.means.other_region == "unknown"
} else := open(entry.means) if {
	entry.means.state == "on"
	entry.means.other_region == "yes"
	entry.means.scope == "unknown"
}

open(means) := means.why if means.why != ""

open(means) := sprintf("it cannot be seen how much of it %s covers", [means.by]) if means.why == ""

place(name, i) := sprintf("protections.%s.means.%d", [name, i])

# replicates holds for a replica of this store. One that may be that of another
# store leaves even the window open, which replicas do not have.
replicates(means) if {
	means.mechanism in replicas
	means.window_days.state != "unknown"
}

# misplaced lists the replicas that are, or may be, in the store's own region.
misplaced(a) := distinct([entry | some entry in entries(a); misplaces(entry.means)])

misplaces(means) if {
	means.other_region == "no"
	replicates(means)
}

misplaces(means) if {
	means.other_region == "unknown"
	means.state != "off"
	replicates(means)
}

# partial lists the copies in another region that leave out, or may leave out,
# something.
partial(a) := distinct([entry | some entry in entries(a); leaves_out(entry.means)])

leaves_out(means) if {
	means.state == "on"
	means.other_region == "yes"
	means.scope in {"partial", "unknown"}
}

# idle lists the replicas that are written and do not, or may not, copy anything.
idle(a) := distinct([entry | some entry in entries(a); idles(entry.means)])

idles(means) if {
	means.state == "off"
	means.other_region != "no"
	replicates(means)
}

idles(means) if {
	means.state == "unknown"
	means.other_region == "yes"
	replicates(means)
}

# left_out holds for a container whose account replicates other containers only.
left_out(a) if {
	some means in input.by_id[a.within].protections.geo_replication.means
	means.state == "on"
	means.other_region == "yes"
	means.mechanism in replicas
	count(partial(a)) == 0
}

# uncopied is where it is decided that no other region has a copy, and why.
uncopied(a) := {"at": misplaced(a)[0].at, "why": sprintf("the copy that %s keeps is in the same region", [misplaced(a)[0].means.by])} if {
	count(misplaced(a)) > 0
} else := {"at": partial(a)[0].at, "why": sprintf("%s copies only a part of it", [partial(a)[0].means.by])} if {
	count(partial(a)) > 0
} else := {"at": "protections.geo_replication", "why": "the replication of its account copies other containers"} if {
	left_out(a)
} else := {"at": idle(a)[0].at, "why": sprintf("%s copies nothing: %s", [idle(a)[0].means.by, idle(a)[0].means.why])} if {
	count(idle(a)) > 0
} else := {"at": "protections.geo_replication", "why": a.protections.geo_replication.why} if {
	a.protections.geo_replication.why != "nothing provides it"
	a.protections.geo_replication.why != ""
} else := {"at": "protections.geo_replication", "why": "neither replication nor a backup in another region covers it"}

entries(a) := [{"at": place(name, i), "name": name, "means": means} |
	some name in protections
	some i, means in a.protections[name].means
]

# distinct takes each copy once: a transfer job stands with the replicas and with
# the backups, and what is written for an account stands with its containers too.
distinct(copies) := [copy |
	some i, copy in copies
	every earlier in array.slice(copies, 0, i) {
		not same(earlier.means, copy.means)
	}
]

same(a, b) if {
	a.by == b.by
	a.target == b.target
}
