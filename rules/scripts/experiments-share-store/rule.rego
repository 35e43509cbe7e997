# METADATA
# title: Experiments have a store of their own
# description: >-
#   Redundancy, soft delete, locks and access keys belong to the whole account or catalog.
#   Experiments that lie beside the data of refined processes either get protection that
#   nobody needs for them, or take away protection that the others do need; and one key or
#   one wrong delete reaches both. Apart from each other, each can have its own rules.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/scenarios/cloud-scale-analytics/best-practices/data-lake-services
#   description: Data lake accounts for each purpose
# custom:
#   severity: medium
#   kinds: [container, database]
#   stages: [sandbox]
#   guide: [35, 36]
#   fix:
#     all: >-
#       Move the container or the schema into a store of its own, without backups.
#     azure: >-
#       Move the container into a storage account of its own, with local redundancy
#       and without backups.
#     databricks: >-
#       Move the schema into a catalog of its own, in a store with local redundancy
#       and without backups.
#   tags: [separation]
package rules.scripts.experiments_share_store

import data.rules.lib.delivery
import data.rules.lib.stores

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	beside := neighbours(a)
	beside[0]
	message := sprintf("Experiments in %s share %s with %s, so neither can be protected in its own way", [a.address, input.by_id[a.within].address, beside[0]])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in judged
	a.kind == "container"
	a.within == ""
	message := sprintf("Whether experiments in %s have a store of their own is unknown because no scanned file declares its account", [a.address])
}

exempt contains {"asset": a.id, "message": excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not excuse(a)]

excuse(a) := stores.excuses[a.id]

excuse(a) := delivery.excuse(a) if not stores.excuses[a.id]

neighbours(a) := [other.address |
	some id in input.by_id[a.within].contains
	other := input.by_id[id]
	some stage in other.stages
	stage in {"raw", "enriched", "curated", "presentation", "modeled"}
]
