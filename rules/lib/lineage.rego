# Where the data of a store gets to.
package rules.lib.lineage

import data.rules.lib.loads

# out_of lists, by store, the flows that read it.
out_of[id] contains flow if {
	some flow in input.flows
	id := flow.from
	id != ""
}

# leads holds every store that flows touch: what has no edges is not reached.
leads := object.union(
	{id: set() | some id, _ in loads.into},
	{id: {flow.to | some flow in flows; flow.to != ""} | some id, flows in out_of},
)

# later lists, by store that flows read, the stores that its data gets to.
later[id] := stores if {
	some id, _ in out_of
	stores := graph.reachable(leads, {id}) - {id}
	count(stores) > 0
}

# streamed holds for a store that some stream fills: what devices sent once is in no
# source.
streamed(a) if {
	some flow in loads.into[a.id]
	flow.activity in {"capture", "stream"}
}
