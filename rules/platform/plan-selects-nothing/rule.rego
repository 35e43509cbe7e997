# METADATA
# title: Every backup plan selects at least one store
# description: >-
#   A plan says when and for how long, and takes nothing by itself: a selection, an
#   instance or a protected item has to put stores under it. When the tag is renamed or
#   the assignment is left for later, the plan is still there to be shown to whoever asks
#   for backups, and it runs every night over nothing.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
#   description: Assigning resources to a backup plan
# - ref: https://learn.microsoft.com/azure/backup/backup-vault-overview
#   description: Backup vaults, policies and instances
# custom:
#   severity: high
#   kinds: [backup_plan]
#   guide: [21, 32, 44, 57]
#   fix:
#     azure: >-
#       Add a backup instance or a protected item that names the policy. Remove a
#       policy that nobody needs.
#     aws: >-
#       Add aws_backup_selection with the ARNs or the tags of the stores, and give
#       the stores these tags. Remove a plan that nobody needs.
#   tags: [backup]
package rules.platform.plan_selects_nothing

deny contains {"asset": a.id, "at": "settings.selection", "message": message} if {
	some a in judged
	why := reasons[a.settings.selection.value]
	message := sprintf("Backup plan %s backs nothing up: %s", [a.address, why])
}

unknown contains {"asset": a.id, "at": "settings.selection", "message": message} if {
	some a in judged
	a.settings.selection.state == "unknown"
	message := sprintf("Whether backup plan %s takes anything is unknown because %s", [a.address, a.settings.selection.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in idle
	not stores[a.provider]
	message := sprintf("No scanned file declares a store of the platform that %s could take", [a.address])
}

idle := [a |
	some a in input.assets
	not a.settings.selection.value == "some"
]

judged := [a |
	some a in idle
	some kind in stores[a.provider]
	contains(a.settings.takes.value, kind)
]

reasons := {
	"none": "nothing assigns a store to it",
	"no_match": "its selection chooses by tags, and nothing in the scanned files has them",
}

# stores are the kinds of what could be taken, by provider.
stores[a.provider] contains kind if {
	input.platform.data_platform
	some a in input.by_id
	takable(a)
	some kind in words(a)
}

takable(a) if a.stages[0]

takable(a) if a.kind == "virtual_machine"

words(a) := {a.kind} if a.kind != "container"

words(a) := {"object_store"} if a.kind == "container"
