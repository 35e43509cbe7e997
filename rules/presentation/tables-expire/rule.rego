# METADATA
# title: Presentation data does not expire
# description: >-
#   A rule that deletes by age is made for staging and logs. On a warehouse or a mart it
#   takes away, day by day, the history that people compare with, and nobody notices until
#   they compare. Backups do not help: what expired long ago is in none of them. Where
#   history is meant to end, it ends after the months or years that somebody asked for.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-explorer/kusto/management/retention-policy
#   description: Retention policy of Azure Data Explorer
# - ref: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
#   description: Azure Blob Storage lifecycle management
# - ref: https://cloud.google.com/bigquery/docs/best-practices-storage
#   description: Expiration of datasets, tables and partitions in BigQuery
# custom:
#   severity: medium
#   kinds: [object_store, container, database, database_server, table]
#   stages: [presentation]
#   guide: [32]
#   fix:
#     all: >-
#       Raise the age at which data is deleted to what people need, or remove the
#       rule. If the data is meant to live that short, give it the stage that it has
#       or raise least_days in the settings of this rule.
#     azure: >-
#       Raise soft_delete_period of the Data Explorer database, or the age of the
#       lifecycle rule of the account, to what people need, or remove the rule. If
#       the data is meant to live that short, give it the stage that it has or raise
#       least_days in the settings of this rule.
#     aws: >-
#       Raise expiration.days in aws_s3_bucket_lifecycle_configuration to what
#       people need, or remove the rule. If the data is meant to live that short,
#       give it the stage that it has or raise least_days in the settings of this
#       rule.
#     google: >-
#       Raise default_table_expiration_ms or default_partition_expiration_ms of the
#       BigQuery dataset, time_partitioning.expiration_ms of the table, or the age
#       in lifecycle_rule of the bucket, to what people need, or remove the rule. If
#       the data is meant to live that short, give it the stage that it has or raise
#       least_days in the settings of this rule.
#   tags: [backup, lifecycle]
#   settings:
#   - name: least_days
#     default: 90
#     description: The days for which presentation data is kept at least, to the close of a quarter by default.
package rules.presentation.tables_expire

import data.rules.lib.expiries
import data.rules.lib.products
import data.rules.lib.words

deny contains {"asset": a.id, "at": expiry.at, "message": message} if {
	some a in judged
	some expiry in expiries.early(a, input.settings.least_days)
	expiry.scope == "whole"
	count(expiries.doubts(a)) == 0
	message := sprintf("Presentation data in %s is deleted once it is %s old, so reports lose their history", [a.address, words.days(expiry.days.value)])
}

deny contains {"asset": a.id, "at": expiry.at, "message": message} if {
	some a in judged
	some expiry in expiries.early(a, input.settings.least_days)
	of_tables(a, expiry)
	count(expiries.doubts(a)) == 0
	message := sprintf("Presentation data in %s of %s is deleted once it is %s old, so reports lose their history", [tables(expiry), a.address, words.days(expiry.days.value)])
}

unknown contains {"asset": a.id, "at": expiry.at, "message": message} if {
	some a in judged
	some expiry in array.concat(expiries.early(a, input.settings.least_days), expiries.undated(a))
	not certain(a, expiry)
	why := expiries.open(a, expiry)
	message := sprintf("Whether presentation data in %s is deleted too soon is unknown because %s", [a.address, why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in expiring

expiring := [a | some a in input.assets; a.expiries[0]]

judged := [a | some a in expiring; not products.excuses[a.id]]

# of_tables holds for an expiration of some tables of a dataset, all of which is
# presentation data.
of_tables(a, expiry) if {
	a.kind == "database"
	expiry.scope == "partial"
}

certain(a, expiry) if {
	of_tables(a, expiry)
	expiry.days.value
	count(expiries.doubts(a)) == 0
}

tables(expiry) := sprintf("table %s", [expiry.prefixes[0]]) if {
	expiry.prefixes[0]
} else := "tables"
