# What people declare about stores, set against what survives a fault.
package rules.lib.objectives

import data.rules.lib.copies
import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

# asked holds for a store with a declaration that is judged by itself: not one
# that only holds others, and none that something excuses.
asked(a, name) if {
	a.declared[name]
	not products.excuses[a.id]
	not holds_classified(a)
}

holds_classified(a) if {
	some id in a.contains
	input.by_id[id].stages[0]
}

# answers are, by fault of interest, the answers of a store that survives it.
answers(a, faults) := {fault: survival |
	some fault in faults
	survival := a.recovery[fault]
	survival.survives == "yes"
}

# when says in words what happened.
when(fault) := object.get(happenings, fault, fault)

happenings := {
	"delete": "data is deleted",
	"overwrite": "data is overwritten",
	"destroy": "it is destroyed",
	"zone": "a zone is lost",
	"region": "its region is lost",
	"compromise": "credentials are stolen",
}

# place is where the means stands by which a store survives a fault.
place(a, survival, suffix) := sprintf("protections.%s%s", [provider(a, survival), suffix]) if {
	provider(a, survival)
} else := ""

provider(a, survival) := [sprintf("%s.means.%d", [name, i]) |
	some name, protection in a.protections
	some i, means in protection.means
	means.mechanism == survival.mechanism
	means.state == "on"
	agrees(means, survival)
][0]

# agrees tells two means of one mechanism apart.
agrees(_, survival) if survival.rpo_basis != "configured"

agrees(means, survival) if {
	survival.rpo_basis == "configured"
	means.interval_hours == survival.rpo_hours
}

# retention is how long a store keeps data, in days; undefined when that is open.
retention(a) := min(array.concat([forever], limits(a))) if count(open_limits(a)) == 0

forever := 36500

limits(a) := [expiry.days.value | some expiry in a.expiries; ends(expiry)]

open_limits(a) := [expiry | some expiry in a.expiries; ends(expiry); expiry.days.state == "unknown"]

ends(expiry) if {
	expiry.target == "current"
	expiry.scope != "partial"
}

# dispensable says, by store, why it needs no backup: all four questions are
# answered, and every answer is in favour of creating the data again.
dispensable[a.id] := message if {
	some a in input.by_id
	a.declared.recreatable.value == true
	a.declared.source_keeps_days.value >= retention(a)
	back(a) <= a.declared.rto_hours.value
	yearly(a) > a.declared.recreate_cost.value
	message := sprintf("%s can be created again in time, and for less than its backup costs", [a.address])
}

# back is how long it takes until created data is there.
back(a) := a.declared.reaction_hours.value + a.declared.recreate_hours.value

# yearly is what a backup costs in a year.
yearly(a) := a.declared.backup_cost.value * 12

# need names, by store whose data nothing restores and for whose stage no other
# rule demands it, the one rule that says why a backup is needed all the same.
need[a.id] := needing(a) if {
	some a in input.by_id
	declares(a)
	unasked(a)
	not restore.restorable(a)
	not products.excuses[a.id]
}

# unasked holds for a store for which no other rule demands a backup: of a stage
# that is usually created again, and databases of the curated stage.
unasked(a) if {
	some stage in a.stages
	stage in {"enriched", "sandbox"}
}

unasked(a) if {
	"curated" in a.stages
	a.kind in {"database", "database_server"}
}

declares(a) if a.declared.recreatable

declares(a) if a.declared.source_keeps_days

declares(a) if a.declared.recreate_hours

needing(a) := "platform/backup-required" if {
	not recoverable(a)
} else := "platform/source-forgets-first" if {
	not remembered(a)
} else := "platform/recreation-exceeds-rto"

recoverable(a) if not a.declared.recreatable

recoverable(a) if a.declared.recreatable.value == true

# remembered holds unless the sources forget, or may forget, before the store does.
remembered(a) if not a.declared.source_keeps_days

remembered(a) if a.declared.source_keeps_days.value >= retention(a)

# with_others names one store for several of a stage.
with_others(a, 1, _) := a.address

with_others(a, 2, stage) := sprintf("%s and another store of the stage %s", [a.address, stage])

with_others(a, number, stage) := sprintf("%s and %d other stores of the stage %s", [a.address, number - 1, stage]) if number > 2

# feeds lists what is loaded into a store.
feeds(a) := [input.by_id[flow.from] | some flow in object.get(loads.into, a.id, [])]

# feed_lost holds when some of it is certainly lost with its region.
feed_lost(a) if {
	some feed in feeds(a)
	not copies.certain(feed)
	count(copies.doubts(feed)) == 0
}

# unsaid explains why the time to react is not known.
unsaid(a) := "nobody declares how long it takes to react (reaction)" if {
	not a.declared.reaction_hours
} else := a.declared.reaction_hours.why if {
	a.declared.reaction_hours.state == "unknown"
}
