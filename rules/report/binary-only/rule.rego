# METADATA
# title: Reports lie in Git in a form that Git can compare
# description: >-
#   A PBIX file is an archive of report, model and imported data. Git keeps every version
#   of it and can show, merge and review none: nobody sees which change broke the report,
#   a rollback takes everything back at once, and no pipeline can deploy it to another
#   workspace with other data sources. The project form says the same in text.
# related_resources:
# - ref: https://learn.microsoft.com/power-bi/developer/projects/projects-overview
#   description: Power BI Desktop projects
# custom:
#   severity: medium
#   kinds: [report]
#   guide: [65]
#   fix: >-
#     Save the file as a Power BI project (PBIP) and commit its .Report and .SemanticModel
#     folders. Keep the PBIX out of Git, or beside the project if somebody needs it.
#   tags: [git]
package rules.report.binary_only

deny contains {"asset": a.id, "at": "settings.form", "message": message} if {
	some a in binaries
	input.platform.data_platform
	not beside(a)
	message := sprintf("Report %s lies in Git as a %s file only, which nobody can compare, review or deploy piece by piece", [a.address, upper(a.settings.form.value)])
}

unknown contains {"asset": a.id, "at": "settings.form", "message": message} if {
	some a in binaries
	input.platform.data_platform
	other := beside(a)
	message := sprintf("Whether report %s also lies in Git as text is unknown because %s beside it has another name and may be the same report", [a.address, other])
}

exempt contains {"asset": a.id, "message": "this is not the repository of a data platform"} if {
	some a in binaries
	not input.platform.data_platform
}

binaries := [a |
	some a in input.assets
	a.settings.twin.value == false
	not doubled(a)
]

# doubled holds for the template of a report that lies beside it as a file.
doubled(a) if {
	a.settings.form.value == "pbit"
	input.by_id[replace(a.id, ".pbit", ".pbix")]
}

# beside is a project in the folder of a file.
beside(a) := sort(projects[folder(a)])[0]

projects[folder(a)] contains a.address if {
	some a in input.assets
	not a.settings.twin
	a.provider == "fabric"
}

# What is in front of "#" is the folder.
folder(a) := split(a.id, "#")[0]
