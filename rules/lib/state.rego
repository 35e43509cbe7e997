# What rules about the state of infrastructure code share.
package rules.lib.state

# root names the directory whose state it is.
root(a) := "the repository's root" if {
	directory(a) in {"", "."}
} else := directory(a)

# An evaluation for an environment has its name behind "@".
directory(a) := split(split(a.id, "#")[0], "@")[0]

# excuse says why nobody has to care for a state.
excuse(a) := sprintf("%s shows or tests how something is used", [root(a)]) if {
	a.settings.example.value == true
} else := "this is not the repository of a data platform" if {
	not input.platform.data_platform
}

# bootstrap says why a state may be kept beside its code.
bootstrap(a) := sprintf("%s only creates where others keep their state, which is not there before", [root(a)]) if evaluation(a) in bootstraps

# bootstraps are the evaluations that create a place for state and no place for
# data. Their own state holds nothing that cannot be imported again.
bootstraps contains evaluation(a) if {
	some a in input.by_id
	keeps_state(a)
	not evaluation(a) in holders
}

holders contains evaluation(a) if {
	some a in input.by_id
	a.kind in {"object_store", "container", "file_share", "database", "database_server", "table", "workspace", "event_stream"}
	not keeps_state(a)
	not keeps_state(input.by_id[a.within])
}

keeps_state(a) if a.settings.purpose.value in {"terraform_state", "terraform_lock"}

evaluation(a) := split(a.id, "#")[0]
