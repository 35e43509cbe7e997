# METADATA
# title: Declared protections have not passed their date
# description: >-
#   Some protections are in no file: a mirror that the organisation keeps, a backup that
#   another team runs. Somebody vouches for them until a day, and on that day has to look
#   again, because jobs are switched off and people leave. After it drlint no longer counts
#   on the statement, and whatever rested on it is open once more.
# related_resources:
# - ref: https://learn.microsoft.com/azure/well-architected/reliability/testing-strategy
#   description: Testing recovery in Azure architectures
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table, semantic_model, cache, event_stream, virtual_machine, key_vault, configuration_store, workspace, data_pipeline, job, notebook, connection, integration_runtime, report, global_endpoint, backup_vault, repository, state_store]
#   guide: [1]
#   fix: >-
#     Look whether it still holds, then set a new day (until) in .drlint.yaml, or remove
#     the entry and let the rules say what is missing.
#   tags: [objectives]
package rules.platform.declaration_lapsed

deny contains {"asset": a.id, "at": sprintf("lapsed.%d", [i]), "message": message} if {
	some a in input.assets
	some i, lapsed in a.lapsed
	a.maybe == ""
	message := sprintf("What %s vouches for about %s (%s) lapsed on %s", [who(lapsed), a.address, named(lapsed), day(lapsed)])
}

unknown contains {"asset": a.id, "at": sprintf("lapsed.%d", [i]), "message": message} if {
	some a in input.assets
	some i, lapsed in a.lapsed
	a.maybe != ""
	message := sprintf("A declaration about %s (%s) lapsed on %s, and whether it matters is unknown because %s", [a.address, named(lapsed), day(lapsed), a.maybe])
}

who(lapsed) := lapsed.owner if lapsed.owner != ""

who(lapsed) := "somebody" if lapsed.owner == ""

named(lapsed) := replace(lapsed.what, "_", " ")

day(lapsed) := substring(lapsed.until, 0, 10)
