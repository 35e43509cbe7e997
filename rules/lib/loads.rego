# What the flows into a store say about what can be loaded again.
package rules.lib.loads

import data.rules.lib.restore

# into lists, by store, the flows that bring data to it. What a store does within
# itself brings none.
into[id] contains flow if {
	some flow in input.flows
	id := flow.to
	id != ""
	flow.from != id
}

# dated holds when every run of everything that writes to a store writes a
# complete set to a place of its own, so that any earlier one can be loaded again.
dated(a) if {
	into[a.id]
	every flow in into[a.id] {
		complete(flow)
	}
}

complete(flow) if {
	flow.dated.value == true
	flow.mode.value == "full"
}

# perhaps_dated holds unless a run certainly replaces what the last one wrote, or
# writes only a part.
perhaps_dated(a) if {
	into[a.id]
	every flow in into[a.id] {
		perhaps_complete(flow)
	}
}

perhaps_complete(flow) if {
	not flow.dated.value == false
	not flow.mode.value == "incremental"
}

# whole holds when every load brings all of the data.
whole(a) if {
	into[a.id]
	every flow in into[a.id] {
		flow.mode.value == "full"
	}
}

# increments lists the flows that bring what is new only.
increments(a) := [flow | some flow in object.get(into, a.id, []); flow.mode.value == "incremental"]

# overwriting lists the flows that replace what the last run wrote.
overwriting(a) := [flow |
	some flow in object.get(into, a.id, [])
	flow.write.value == "overwrite"
	flow.dated.value == false
]

# modes say, by store that people query, how it is loaded: "full" or
# "incremental"; it has no entry when that is open. What somebody declares
# outweighs what the flows show.
modes[a.id] := mode(a) if {
	some a in input.by_id
	queried(a)
}

queried(a) if {
	some stage in a.stages
	stage in {"model", "presentation"}
}

mode(a) := a.declared.load_mode.value if {
	a.declared.load_mode.value
} else := "incremental" if {
	a.settings.incremental_refresh.value == true
} else := "incremental" if {
	count(increments(a)) > 0
} else := "full" if {
	a.settings.incremental_refresh.value == false
} else := "full" if whole(a)

# open explains why it is not known how a store is loaded.
open(a) := a.declared.load_mode.why if {
	a.declared.load_mode.state == "unknown"
} else := "nothing in the scanned files shows how it is loaded" if {
	not into[a.id]
} else := [sprintf("%s: %s", [flow.address, flow.mode.why]) |
	some flow in into[a.id]
	flow.mode.state == "unknown"
][0]

# undated explains why it is open whether runs write complete sets of their own.
undated(a) := [sprintf("%s: %s", [flow.address, fact.why]) |
	some flow in object.get(into, a.id, [])
	some fact in [flow.dated, flow.mode]
	fact.state == "unknown"
]

# adds holds when every run adds files or rows and changes nothing that is there.
adds(a) if {
	into[a.id]
	every flow in into[a.id] {
		added(flow)
	}
}

added(flow) if flow.write.value in {"append", "new_file"}

added(flow) if flow.dated.value == true

# perhaps_adds holds unless a run certainly changes what is there.
perhaps_adds(a) if {
	into[a.id]
	count(changing(a)) == 0
}

# changing lists the flows that certainly change what an earlier run wrote.
changing(a) := [flow |
	some flow in object.get(into, a.id, [])
	flow.write.value in {"overwrite", "upsert"}
	flow.dated.value == false
]

lakes := {"container", "object_store"}

# lake is the store of files that a flow reads or writes.
lake(id) := a if {
	a := input.by_id[id]
	a.kind in lakes
}

# copying lists, by what they read, the flows that write it to files.
copying[source] contains flow if {
	some flow in input.flows
	lake(flow.to)
	some source in sources(flow)
}

sources(flow) := array.concat([flow.from | flow.from != ""], [flow.source.value | flow.source.value])

# beside lists the flows that write to files what a flow loads elsewhere.
beside(flow) := [other |
	some source in sources(flow)
	some other in copying[source]
	other.id != flow.id
	other.to != flow.from
]

# fillers lists the flows that may leave a set of what a flow loads: those that
# write the files that it reads, and those that read what it reads.
fillers(flow) := array.concat([other | lake(flow.from); some other in into[flow.from]], beside(flow))

# sets list, by store that is loaded as a whole, the stores of files in which
# every load leaves a complete set.
sets[id] contains other.to if {
	some id, mode in modes
	mode == "full"
	some flow in into[id]
	some other in fillers(flow)
	complete(other)
}

# reloads say, by database that is loaded as a whole, what an earlier load leaves:
# "kept" when a complete set of each is in the lake, "lost" when something that
# is loaded is certainly kept nowhere, else "open"; with the reason.
reloads[id] := answer if {
	some id, mode in modes
	mode == "full"
	a := input.by_id[id]
	a.kind in {"database", "database_server", "table"}
	not a.service in {"unity_catalog", "lakehouse"}
	answer := reload(a)
}

reload(a) := {"state": "open", "why": "nothing in the scanned files shows what it is loaded from"} if {
	not into[a.id]
} else := {"state": "lost", "flow": losing(a), "why": reason(losing(a))} if {
	losing(a)
} else := {"state": "kept", "stores": stores} if {
	every flow in into[a.id] {
		kept(flow)
	}
	stores := {store | some flow in into[a.id]; some store in keeping(flow)}
} else := {"state": "open", "why": doubt(unsure(a))}

# unsure is the first flow whose earlier loads may or may not be kept.
unsure(a) := flows[0] if flows := [flow | some flow in into[a.id]; not kept(flow)]

# losing is the flow that shows best that something is kept nowhere.
losing(a) := flows[0] if {
	lost := [flow | some flow in into[a.id]; forgotten(flow)]
	flows := array.concat([flow | some flow in lost; repeated(flow)], lost)
}

# kept holds when an earlier load can be repeated: from a complete set of it, or
# from an earlier version of the files.
kept(flow) if keeping(flow)[0]

keeping(flow) := array.concat(
	[other.to | some other in fillers(flow); complete(other)],
	[flow.from | restore.restorable(lake(flow.from))],
)

# forgotten holds when nothing keeps what a flow loads.
forgotten(flow) if {
	unfiled(flow)
	not kept(flow)
	every other in beside(flow) {
		not perhaps_complete(other)
	}
}

forgotten(flow) if {
	replaced(flow)
	every other in beside(flow) {
		not perhaps_complete(other)
	}
}

# unfiled holds for a flow that certainly reads no files.
unfiled(flow) if {
	flow.reads in {"table", "service"}
	flow.source.state == "known"
	not lake(flow.from)
}

# replaced holds for a flow from files that the next run replaces, without
# versions.
replaced(flow) if {
	a := lake(flow.from)
	count(object.get(into, a.id, [])) > 0
	every other in into[a.id] {
		other.dated.value == false
		other.write.value == "overwrite"
	}
	not restore.restorable(a)
	count(restore.doubts(a)) == 0
}

reason(flow) := sprintf("%s loads it from %s, whose files are replaced every time and have no versions", [flow.address, lake(flow.from).address]) if {
	lake(flow.from)
} else := sprintf("%s loads it straight from %s", [flow.address, flow.source.value])

doubt(flow) := sprintf("%s: %s", [flow.address, flow.source.why]) if {
	flow.source.state == "unknown"
} else := uncertain(flow)[0] if {
	uncertain(flow)[0]
} else := restore.doubts(lake(flow.from))[0].why if {
	restore.doubts(lake(flow.from))[0]
} else := sprintf("no scanned file shows what writes the files that %s reads", [flow.address])

uncertain(flow) := [sprintf("%s: %s", [other.address, fact.why]) |
	some other in fillers(flow)
	perhaps_complete(other)
	some fact in [other.dated, other.mode]
	fact.state == "unknown"
]

# repeated holds for a flow that certainly runs again and again.
repeated(flow) if flow.interval_hours.state == "known"

repeated(flow) if "event" in flow.triggers

repeated(flow) if input.by_id[flow.to].declared.load_mode.value

# judged are the databases whose loads decide how they are restored, so that one
# rule speaks about both. A load that nobody repeats is none to rely on.
judged contains id if {
	some id, answer in reloads
	answer.state != "lost"
}

judged contains id if {
	some id, answer in reloads
	answer.state == "lost"
	counts(input.by_id[id], answer)
}

counts(_, answer) if repeated(answer.flow)

counts(a, _) if "model" in a.stages

counts(a, _) if restore.restorable(a)

# kept_in names the stores in which the loads of a database leave complete sets.
kept_in(id) := concat(" and ", [input.by_id[store].address | some store in reloads[id].stores])

# feeding lists, by store of files, the databases and models that load increments
# from it.
feeding[flow.from] contains id if {
	some id, mode in modes
	mode == "incremental"
	some flow in into[id]
	lake(flow.from)
}

# holding lists, by store of files, the databases of whose loads it keeps
# complete sets.
holding[store] contains id if {
	some id, stores in sets
	some store in stores
}

# names are the addresses of assets, in one phrase.
names(ids) := concat(" and ", [input.by_id[id].address | some id in ids])
