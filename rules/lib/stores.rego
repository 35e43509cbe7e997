# What several rules ask about stores of data.
package rules.lib.stores

# excuse says why a store classified by its name need not be judged as data of
# its stage. A stage that somebody declared or tagged outweighs the purpose that
# other resources give it.
excuse(a) := sprintf("%s %s, so it is not judged as a data store", [a.address, use]) if {
	purpose := a.settings.purpose.value
	not declared(a)
	use := object.get(uses, purpose, sprintf("is used for %s", [purpose]))
} else := sprintf("%s is itself the copy of %s", [a.address, input.by_id[a.replica_of[0]].address]) if {
	not copies_on(a)
} else := sprintf("%s is itself the destination of an object replication", [a.address]) if {
	a.settings.object_replication.value == "destination"
}

# aside adds a reason for rules about what only the account of a container
# decides. Without the account everything is open, and one report of that is enough.
aside(a) := reason if {
	reason := excuse(a)
} else := sprintf("No scanned file declares the account of %s, which raw/not-replicated reports", [a.address]) if {
	a.kind == "container"
	a.within == ""
}

uses := {
	"logs": "receives logs",
	"static_site": "serves a web site",
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
