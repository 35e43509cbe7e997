# METADATA
# title: It is known whether loads of a model are full or incremental
# description: >-
#   Whether a model needs backups, and what has to be kept in the lake, hangs on one fact:
#   does each load bring everything, or what is new? Pipelines often show it. Where they do
#   not, because code or another repository loads the model, one line that states it lets
#   every other rule give an answer instead of a question.
# related_resources:
# - ref: https://learn.microsoft.com/power-bi/connect-data/incremental-refresh-overview
#   description: Incremental refresh
# custom:
#   severity: info
#   profile: strict
#   kinds: [semantic_model, database, database_server, table]
#   stages: [model]
#   guide: [51]
#   fix: >-
#     Declare load-mode full or incremental for it in .drlint.yaml, or give it the tag load-mode.
#   tags: [declaration]
package rules.model.load_mode_unknown

import data.rules.lib.loads
import data.rules.lib.products

deny contains {"asset": a.id, "message": message} if {
	some a in undeclared
	not loads.into[a.id]
	message := sprintf("Nothing says how model %s is loaded, so it is open whether it needs backups", [a.address])
}

# Whoever reads the code that loads it can tell.
unknown contains {"asset": a.id, "message": message} if {
	some a in undeclared
	loads.into[a.id]
	message := sprintf("Whether %s loads everything or what is new is unknown because %s", [a.address, loads.open(a)])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	not loads.modes[a.id]
}

undeclared := [a |
	some a in input.assets
	not a.example
	not loads.modes[a.id]
	not products.excuses[a.id]
]
