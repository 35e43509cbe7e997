# METADATA
# title: It is declared whether external sources are backed up and where they recover
# description: >-
#   Most sources of a platform belong to somebody else: a database of another team, an
#   application that is rented. They are live systems, in which mistakes happen, and they
#   usually have backups and a plan of their own. What the platform can rely on is only
#   what it has been told: whether the source can give lost data again, for how long, and
#   in which region it comes back.
# related_resources:
# - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/manage/protect-recover
#   description: Protect and recover in the Cloud Adoption Framework
# custom:
#   severity: info
#   profile: strict
#   kinds: [connection]
#   guide: [3, 5]
#   fix: >-
#     Ask the owners and write the answers under systems-of-record in .drlint.yaml: the
#     host, backed-up, recovery-region and how long the source keeps its data. If the
#     database is deployed in this repository, let the connection refer to it.
#   tags: [objectives]
#   settings:
#   - name: connectors
#     default: [sqlserver, azuresqldatabase, azuresqlmi, oracle, db2, mysql, postgresql, sap, dynamics, salesforce, commondataservice, servicenow, mongodb, cosmosdb, teradata, informix, sybase, odbc]
#     description: Parts of the types of connections that lead to systems of record, in lower case.
package rules.source.undeclared

deny contains {"asset": a.id, "at": "", "message": message} if {
	some a in judged
	not undecided(a)
	message := sprintf("%s leads to %s, and nobody says %s", [a.address, leads(a), concat(" and ", missing(a))])
}

unknown contains {"asset": a.id, "at": "settings.host", "message": message} if {
	some a in judged
	undecided(a)
	message := sprintf("Whether %s leads to a source outside this repository is unknown because %s", [a.address, a.settings.host.why])
}

judged := [a |
	some a in input.assets
	of_record(lower(a.settings.connector.value))
	not serverless(a)
	not reaches(a)
	count(missing(a)) > 0
]

of_record(connector) if {
	some part in input.settings.connectors
	contains(connector, part)
}

# The serverless pool of Synapse has no data of its own.
serverless(a) if contains(a.settings.host.value, "-ondemand.sql.azuresynapse")

reaches(a) if {
	some relation in a.relations
	relation.type == "reaches"
}

undecided(a) if a.settings.host.state == "unknown"

leads(a) := a.settings.host.value if {
	a.settings.host.value
} else := "a source that no scanned file declares"

missing(a) := array.concat(
	["whether it is backed up (backed-up)" | not a.declared.backed_up],
	["where it comes back (recovery-region)" | not a.declared.recovery_region],
)
