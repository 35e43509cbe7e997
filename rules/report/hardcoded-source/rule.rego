# METADATA
# title: Reports can be pointed at another place
# description: >-
#   After a failover the data is somewhere else. A model that names its server in every
#   query, or a data source with a host that is typed in, has to be edited, saved and
#   deployed by hand on a day when there is no time for it, once per report. A parameter
#   turns that into one value of a deployment.
# related_resources:
# - ref: https://learn.microsoft.com/power-query/power-query-query-parameters
#   description: Parameters in Power Query
# - ref: https://learn.microsoft.com/fabric/cicd/deployment-pipelines/create-rules
#   description: Deployment rules
# custom:
#   severity: low
#   kinds: [connection, report]
#   guide: [67]
#   fix:
#     aws: >-
#       Give the host of the QuickSight data source by a variable or a reference.
#     fabric: >-
#       Make server and database Power Query parameters and set them per deployment:
#       by a deployment rule, by find_replace in parameter.yml, or by a variable
#       library.
#   tags: [disaster-recovery]
package rules.report.hardcoded_source

deny contains {"asset": a.id, "at": "settings.hard_coded", "message": message} if {
	some a in sources
	a.settings.hard_coded.value == true
	message := sprintf("%s names %s, which a failover cannot change without an edit", [subject(a), named(a)])
}

unknown contains {"asset": a.id, "at": "settings.hard_coded", "message": message} if {
	some a in sources
	a.settings.hard_coded.state == "unknown"
	message := sprintf("Whether %s can be pointed at another place is unknown because %s", [a.address, a.settings.hard_coded.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	a.settings.hard_coded.value == true
	a.example
	reports(a)
	message := sprintf("%s shows or tests how something is used", [a.address])
}

# sources are the places that reports and their models read from. What pipelines
# connect to is judged with the pipelines.
sources := [a |
	some a in input.assets
	a.settings.hard_coded
	not a.example
	reports(a)
]

reports(a) if a.kind == "report"

reports(a) if {
	a.kind == "connection"
	a.service == "quicksight"
}

reports(a) if input.by_id[a.within].kind == "semantic_model"

subject(a) := sprintf("Report %s", [a.address]) if a.kind == "report"

subject(a) := sprintf("Model %s", [input.by_id[a.within].address]) if input.by_id[a.within].kind == "semantic_model"

subject(a) := sprintf("Data source %s", [a.address]) if a.service == "quicksight"

named(a) := "one workspace of OneLake" if {
	startswith(a.settings.host.value, "onelake.")
} else := a.settings.host.value if {
	a.settings.host.value
} else := a.settings.endpoint.value if {
	a.settings.endpoint.value
} else := "the workspace of its model"
