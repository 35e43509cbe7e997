# What several rules ask about stores of data.
package rules.lib.stores

# excuses say, by store, why one classified by its name need not be judged as data
# of its stage. A stage that somebody declared or tagged outweighs the purpose that
# other resources give it.
excuses := object.union_n([destinations, replicas, used])

used := {a.id: sprintf("%s %s, so it is not judged as a data store", [a.address, use]) |
	some a in input.by_id
	purpose := a.settings.purpose.value
	a.stages[0]
	not declared(a)
	use := object.get(uses, purpose, sprintf("is used for %s", [purpose]))
}

replicas := {a.id: sprintf("%s is itself the copy of %s", [a.address, source.address]) |
	some a in input.by_id
	source := input.by_id[a.replica_of[0]]
	a.stages[0]
	not copies_on(a)
}

destinations := {a.id: sprintf("%s is itself the destination of an object replication", [a.address]) |
	some a in input.by_id
	a.settings.object_replication.value == "destination"
	a.stages[0]
}

# asides add a reason for rules about what only the account of a container
# decides. Without the account everything is open, and one report of that is enough.
asides := object.union(orphans, excuses)

orphans := {a.id: sprintf("No scanned file declares the account of %s, which raw/not-replicated reports", [a.address]) |
	some a in input.by_id
	a.kind == "container"
	a.within == ""
	a.stages[0]
}

uses := {
	"artifacts": "holds artefacts of builds and deployments",
	"boot_diagnostics": "receives boot diagnostics",
	"diagnostics": "receives diagnostics",
	"function_app": "holds what functions need to run",
	"logs": "receives logs",
	"static_site": "serves a web site",
	"terraform_lock": "holds Terraform's locks",
	"terraform_state": "holds Terraform state",
}

declared(a) if {
	some fact in a.stage_facts
	fact.confidence == "high"
}

# Two stores that replicate into each other are no mere copies.
copies_on(a) if {
	some relation in a.relations
	relation.type == "replicates_to"
}
