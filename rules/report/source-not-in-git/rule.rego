# METADATA
# title: The source of every report is in Git
# description: >-
#   People rework reports all the time, mostly in the browser. A report that exists only in
#   the service has one copy, which the next save overwrites and which goes with the
#   workspace or the account. In Git it has a history to go back to and can be deployed
#   somewhere else when the platform has to move.
# related_resources:
# - ref: https://learn.microsoft.com/fabric/cicd/git-integration/intro-to-git-integration
#   description: What is Microsoft Fabric Git integration
# - ref: https://docs.aws.amazon.com/quicksight/latest/developerguide/asset-bundle-ops.html
#   description: QuickSight asset bundles
# - ref: https://docs.databricks.com/aws/en/dev-tools/bundles/resources#dashboard
#   description: Dashboards in Databricks bundles
# custom:
#   severity: high
#   kinds: [report, workspace]
#   guide: [65]
#   fix:
#     aws: >-
#       Write the definition of the QuickSight dashboard instead of a template that
#       was made in the service, or commit its asset bundle.
#     databricks: >-
#       Commit the .lvdash.json of the dashboard and name it in file_path.
#     fabric: >-
#       Connect the workspace to Git (fabric_workspace_git) or commit its items.
#   tags: [git]
package rules.report.source_not_in_git

deny contains {"asset": a.id, "at": "settings.in_git", "message": message} if {
	some a in input.assets
	a.kind == "report"
	a.settings.in_git.value == false
	message := sprintf("The source of report %s is not in Git, so the only copy is the one in the service", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.in_git", "message": message} if {
	some a in input.assets
	a.kind == "report"
	a.settings.in_git.state == "unknown"
	message := sprintf("Whether the source of report %s is in Git is unknown because %s", [a.address, a.settings.in_git.why])
}

deny contains {"asset": a.id, "at": "", "message": message} if {
	some a in unconnected
	not a.settings.git
	message := sprintf("Workspace %s is not connected to Git, and this repository holds no report or model of it", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.git", "message": message} if {
	some a in unconnected
	a.settings.git.state == "unknown"
	message := sprintf("Whether workspace %s is connected to Git is unknown because %s", [a.address, a.settings.git.why])
}

# unconnected lists the workspaces that code creates and fills with nothing. Items
# that lie in this repository may be deployed to any of them.
unconnected := [a |
	some a in input.assets
	a.type == "fabric_workspace"
	not a.settings.git.value
	not a.contains[0]
	count(items) == 0
]

items := [other.id |
	some other in input.by_id
	other.settings.git_layout.value == true
]
