# Copies of a store in another region, and which rule speaks about them.
package rules.lib.copies

# speaker names the one rule that judges a store without a certain copy of all of
# it in another region: the one that knows most about the cause.
speaker(a) := "raw/same-region-replica" if {
	count(misplaced(a)) > 0
} else := "raw/partially-replicated" if {
	count(partial(a)) > 0
} else := "raw/partially-replicated" if {
	count(doubts(a)) == 0
	left_out(a)
} else := "raw/replication-disabled" if {
	count(idle(a)) > 0
	every doubt in doubts(a) {
		some replica in idle(a)
		replica.at == doubt.at
	}
} else := "raw/not-replicated"

# elsewhere explains why another rule speaks.
elsewhere(a) := sprintf("%s judges the copy of %s in another region", [speaker(a), a.address])

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
	some entry in chosen(a, {i |
		some i, entry in entries(a)
		doubt(entry)
	})
]

doubt(entry) := entry.means.why if {
	entry.means.state == "unknown"
	entry.name == "geo_replication"
}

doubt(entry) := entry.means.why if {
	entry.means.state == "unknown"
	entry.name == "backup"
	entry.means.other_region != "no"
}

doubt(entry) := object.get(entry.means.region, "why", entry.means.why) if {
	entry.means.state == "on"
	entry.means.other_region == "unknown"
}

doubt(entry) := open(entry.means) if {
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
misplaced(a) := chosen(a, {i |
	some i, entry in entries(a)
	replicates(entry.means)
	in_own_region(entry.means)
})

in_own_region(means) if means.other_region == "no"

in_own_region(means) if {
	means.other_region == "unknown"
	means.state != "off"
}

# partial lists the copies in another region that leave out, or may leave out,
# something.
partial(a) := chosen(a, {i |
	some i, entry in entries(a)
	entry.means.state == "on"
	entry.means.other_region == "yes"
	entry.means.scope in {"partial", "unknown"}
})

# idle lists the replicas that are written and do not, or may not, copy anything.
idle(a) := chosen(a, {i |
	some i, entry in entries(a)
	replicates(entry.means)
	still(entry.means)
})

still(means) if {
	means.state == "off"
	means.other_region != "no"
}

still(means) if {
	means.state == "unknown"
	means.other_region == "yes"
}

# left_out holds for a container whose account replicates other containers only.
left_out(a) if {
	count(partial(a)) == 0
	some means in input.by_id[a.within].protections.geo_replication.means
	means.mechanism in replicas
	means.state == "on"
	means.other_region == "yes"
}

entries(a) := [{"at": place(name, i), "name": name, "means": means} |
	some name in protections
	some i, means in a.protections[name].means
]

# chosen takes each copy once: a transfer job stands with the replicas and with
# the backups, and what is written for an account stands with its containers too.
chosen(a, indices) := [all[i] |
	all := entries(a)
	some i in indices
	every j in indices {
		not same(all, j, i)
	}
]

# same holds when an earlier entry is the same copy.
same(all, j, i) if {
	j < i
	all[j].means.by == all[i].means.by
	all[j].means.target == all[i].means.target
}
