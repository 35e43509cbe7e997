# METADATA
# title: Stages that need different care are in accounts of their own
# description: >-
#   The stages of a lake differ in what they are worth and in how long it takes to make
#   them again, and so they need different care: raw data a copy elsewhere and a backup,
#   experiments neither. On Azure, redundancy, soft delete and versions are settings of the
#   account. Stages that share one get the same: either the account is protected for its
#   most valuable stage and everything in it pays for that, or for its cheapest. Backups
#   that name their containers are the exception, and count.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/scenarios/cloud-scale-analytics/best-practices/data-lake-services
#   description: Data lake storage for cloud-scale analytics, one account for each zone
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# custom:
#   severity: low
#   kinds: [object_store]
#   guide: [16]
#   profile: strict
#   fix: >-
#     Create one storage account for each stage, or at least for raw data, for enriched and
#     curated data, and for experiments, each with the redundancy and the soft delete that
#     it needs. Or back up the containers that need it by name.
#   tags: [structure]
package rules.platform.stages_share_one_account

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	count(staged(a)) > 1
	message := sprintf("%s holds data of several stages (%s), which all have its redundancy and its soft delete", [a.address, concat(", ", sort(staged(a)))])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	count(staged(a)) == 1
	container := unnamed(a)[0]
	message := sprintf("Whether %s holds data of one stage only is unknown because %s", [a.address, container.name.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in shared
	count(staged(a)) > 1
	chosen(a)
	message := sprintf("The backup of %s chooses its containers, so its stages can differ", [a.address])
}

lake_stages := {"raw", "enriched", "curated", "presentation", "modeled", "sandbox"}

shared := [a |
	some a in input.assets
	a.provider == "azure"
	count(staged(a)) > 0
]

judged := [a | some a in shared; not chosen(a)]

# staged is the set of stages of an account and of what is in it.
staged(a) := ({stage | some stage in a.stages} | {stage |
	some id in a.contains
	some stage in input.by_id[id].stages
}) & lake_stages

unnamed(a) := [container |
	some id in a.contains
	container := input.by_id[id]
	container.kind == "container"
	container.name.state == "unknown"
	count(container.stages) == 0
]

chosen(a) if {
	some id in a.contains
	some means in input.by_id[id].protections.backup.means
	means.state == "on"
	means.mechanism in {"azure.backup_blob_vaulted", "azure.backup_data_lake"}
}
