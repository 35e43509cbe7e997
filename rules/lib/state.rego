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
