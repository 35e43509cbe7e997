# Stores of data that a lake makes from raw data: enriched and curated.
package rules.lib.lake

import data.rules.lib.copies
import data.rules.lib.lineage
import data.rules.lib.restore
import data.rules.lib.stores

# excuses add, by stage, that a store with data of several stages is judged as the
# one that asks for most.
excuses := {stage: object.union(shared(stage), stores.excuses) | some stage in ["enriched", "curated"]}

shared(stage) := {id: sprintf("%s holds %s data as well and is judged as such", [input.by_id[id].address, first]) |
	some id, first in demanding
	first != stage
}

# demanding names, by store of several stages, the one that asks for most.
demanding := {a.id: stages[0] |
	some a in input.by_id
	count(a.stages) > 1
	stages := [stage | some stage in by_demand; stage in a.stages]
	stages[0]
}

by_demand := ["raw", "presentation", "curated", "modeled", "enriched"]

# remade explains, by store, why it needs no copy elsewhere: people say how long it
# takes to make it again, and that is soon enough.
remade := {a.id: message |
	some a in input.by_id
	hours := a.declared.recreate_hours.value
	hours + reaction(a) <= a.declared.rto_hours.value
	not a.declared.recreatable.value == false
	message := sprintf("%s can be made again within the %s that it may be away, as declared", [a.address, counted(a.declared.rto_hours.value)])
}

reaction(a) := a.declared.reaction_hours.value if a.declared.reaction_hours

reaction(a) := 0 if not a.declared.reaction_hours

counted(1) := "1 hour"

counted(number) := sprintf("%v hours", [number]) if number != 1

# told explains, by stage and store, that the redundancy of its account decides
# about its copy, and that another rule reports it for data that asks for more.
told := {stage: {a.id: message |
	some a in input.by_id
	stage in a.stages
	decider := a.protections.geo_replication.inherited
	first := [other | some other in copied_stages; other in waiting[decider]][0]
	first != stage
	copies.speakers[a.id] == "raw/not-replicated"
	message := sprintf("%s decides about the copy of %s, which %s/not-replicated reports for its %s data", [input.by_id[decider].address, a.address, first, first])
} |
	some stage in ["enriched", "curated"]
}

copied_stages := ["raw", "presentation", "curated", "enriched"]

# waiting lists, by account, the stages of data in it without a certain copy that
# the redundancy of the account would give.
waiting[decider] contains stage if {
	some a in input.by_id
	some stage in a.stages
	stage in copied_stages
	decider := a.protections.geo_replication.inherited
	decider != ""
	copies.speakers[a.id] == "raw/not-replicated"
	not stores.excuses[a.id]
}

# unversioned explains, by curated store, that its account decides about versions,
# and that another rule reports it for the raw data beside it.
unversioned := {a.id: message |
	some a in input.by_id
	"curated" in a.stages
	a.protections.versioning.state == "off"
	decider := a.protections.versioning.inherited
	unversioned_raw[decider]
	message := sprintf("%s decides about the versions of %s, which raw/not-backed-up reports for its raw data", [input.by_id[decider].address, a.address])
}

unversioned_raw contains decider if {
	some a in input.by_id
	"raw" in a.stages
	a.protections.versioning.state == "off"
	decider := a.protections.versioning.inherited
	decider != ""
	restore.speakers[a.id] == "raw/not-backed-up"
	not stores.excuses[a.id]
}

# backed_up lists, by what writes a backup, the stages of the data that it takes; ""
# stands for data without a stage.
backed_up[means.by] contains stage if {
	some a in input.by_id
	some means in a.protections.backup.means
	means.state == "on"
	some stage in stages_in(a)
}

stages_in(a) := a.stages if count(a.stages) > 0

# An account that holds the containers that are taken counts by them.
stages_in(a) := [""] if {
	count(a.stages) == 0
	count(a.contains) == 0
}

# secured names, by store, a curated store that its data gets to and that is
# certainly backed up. What a stream sent once counts as secured nowhere else: no
# later stage has all of it.
secured := {id: stores_later[0].address |
	some id, later in lineage.later
	not lineage.streamed(input.by_id[id])
	stores_later := [store |
		some other in later
		store := input.by_id[other]
		some stage in store.stages
		stage in {"curated", "presentation"}
		restore.restorable(store)
	]
	stores_later[0]
}
