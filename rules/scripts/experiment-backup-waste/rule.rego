# METADATA
# title: Experiments are not protected like production
# description: >-
#   What is tried out is made from data that the lake keeps, and what comes of it moves into
#   a refined process or is thrown away. A vault or a copy in another region of a scratch
#   area is paid for every month and asked for never. The people who work there can keep
#   what matters to them: their code in Git, a result in a place that is backed up.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# custom:
#   severity: info
#   kinds: [object_store, container, database, file_share]
#   stages: [sandbox]
#   guide: [1, 36, 38]
#   fix: >-
#     Take the store out of the backup and choose redundancy within one region. Soft delete
#     of some days is cheap and forgives mistakes. If something there cannot be lost, give
#     it the stage that it has, for instance with the tag data-stage = modeled.
#   tags: [cost]
package rules.scripts.experiment_backup_waste

import data.rules.lib.delivery
import data.rules.lib.stores

deny contains {"asset": a.id, "at": sprintf("protections.%s", [name]), "message": message} if {
	some a in judged
	name := paid(a, "on")[0]
	message := sprintf("Experiments in %s pay for %s", [a.address, priced[name]])
}

unknown contains {"asset": a.id, "at": sprintf("protections.%s", [name]), "message": message} if {
	some a in judged
	not paid(a, "on")[0]
	name := paid(a, "unknown")[0]
	message := sprintf("Whether experiments in %s pay for %s is unknown because %s", [a.address, priced[name], a.protections[name].why])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not excuse(a)]

excuse(a) := stores.excuses[a.id]

excuse(a) := delivery.excuse(a) if not stores.excuses[a.id]

# What a container has from its account is decided there, for everything in it.
paid(a, state) := [name |
	some name in ["backup", "geo_replication"]
	a.protections[name].state == state
	a.protections[name].inherited == ""
	some means in a.protections[name].means
	means.defaulted == false
]

priced := {"geo_replication": "a copy in another region", "backup": "a backup"}
