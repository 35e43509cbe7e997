# What the flows into a store say about what can be loaded again.
package rules.lib.loads

# into lists, by store, the flows that write to it.
into[id] contains flow if {
	some flow in input.flows
	id := flow.to
	id != ""
}

# dated holds when every run of everything that writes to a store writes a
# complete set to a place of its own, so that any earlier one can be loaded again.
dated(a) if {
	into[a.id]
	every flow in into[a.id] {
		flow.dated.value == true
		flow.mode.value == "full"
	}
}

# perhaps_dated holds unless a run certainly replaces what the last one wrote, or
# writes only a part.
perhaps_dated(a) if {
	into[a.id]
	every flow in into[a.id] {
		not flow.dated.value == false
		not flow.mode.value == "incremental"
	}
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

# open explains why it is not known how a store is loaded.
open(a) := "nothing in the scanned files shows how it is loaded" if {
	not into[a.id]
} else := [flow.mode.why |
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
