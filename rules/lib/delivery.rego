# What rules ask about code and how it is rolled out.
package rules.lib.delivery

# whats are the kinds of things that pipelines of this repository roll out.
whats := {deployment.what |
	some pipeline in input.pipelines
	some deployment in pipeline.deploys
}

# unread says why something may be rolled out that no scanned file shows; it has
# no value when every pipeline was read to its end.
unread := why if {
	why := input.by_id.repository.settings.unread_deployments.why
} else := "no pipeline is in this repository, and a release may be set up on its host" if {
	count(input.pipelines) == 0
} else := sprintf("%s deploys a template that is not in the scanned files", [by]) if {
	some pipeline in input.pipelines
	some deployment in pipeline.deploys
	deployment.what == "infrastructure"
	deployment.source.state == "unknown"
	by := deployment.by
}

# excuse says why nobody has to answer for the code of something.
excuse(a) := sprintf("%s shows or tests how something is used", [a.address]) if {
	a.example
} else := "This is not the repository of a data platform" if {
	not input.platform.data_platform
} else := controlled(a)

# controlled says where changes are controlled that are not in Git.
controlled(a) := sprintf("Changes of %s are controlled outside of Git: %s", [a.address, a.declared.change_control.value])
