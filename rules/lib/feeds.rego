# Stores of files that databases and models are loaded from: which of them other
# rules judge already.
package rules.lib.feeds

import data.rules.lib.restore

# backed are the stages whose own rules ask for a way back, copied those that ask
# for a copy in another region.
backed := {"raw", "curated", "presentation", "modeled", "source"}

copied := backed | {"enriched"}

# stage_of is the stage, in a set of stages, whose rules judge a store or its account.
stage_of(a, stages) := judging[0] if {
	judging := [stage |
		some store in [a, object.get(input.by_id, a.within, {"stages": []})]
		some stage in store.stages
		stage in stages
	]
}

# elsewhere explains why the rules of its stage speak about a store.
elsewhere(a, stages) := sprintf("The rules of stage %s judge %s", [stage_of(a, stages), a.address])

# unrestorable holds unless deleted and overwritten files certainly come back.
unrestorable(a) if not restore.restorable(a)

# place_of_lost is where it is decided that no earlier version of files is kept.
place_of_lost(a) := "protections.versioning" if a.protections.versioning.state == "off"

place_of_lost(a) := "protections.backup" if a.protections.versioning.state != "off"

# place_of_uncopied is where it is decided that no other region has a copy.
place_of_uncopied(a) := restore.place("geo_replication", a.protections.geo_replication)

# uncopied explains it.
uncopied(a) := a.protections.geo_replication.why if {
	a.protections.geo_replication.why != "nothing provides it"
	a.protections.geo_replication.state == "off"
} else := "neither replication nor a backup in another region covers it"
