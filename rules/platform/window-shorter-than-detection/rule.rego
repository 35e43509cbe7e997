# METADATA
# title: Data can be restored for longer than a fault goes unnoticed
# description: >-
#   Earlier versions and backups end. Deleted rows and a bad run are found when somebody
#   misses something, and the team that declared how long that may take knows it best: a
#   monthly report shows a month later that it was fed with half of the data. A window that
#   is shorter has thrown the good copy away by then, whatever it cost. For raw data,
#   presentation and systems of record a rule of their own compares the same.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
#   description: Retention of automated backups in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
#   description: Lifecycle rules for noncurrent versions
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [enriched, curated, modeled, model, sandbox]
#   guide: [29, 46, 57]
#   fix:
#     all: >-
#       Raise the number of days for which data can be restored, or find faults
#       sooner, for instance by a check after each load, and declare the shorter
#       time.
#     azure: >-
#       Raise the number of days (days of delete_retention_policy and restore_policy
#       on azurerm_storage_account, retention_days on Azure SQL,
#       backup_retention_days on PostgreSQL and MySQL), or find faults sooner, for
#       instance by a check after each load, and declare the shorter time.
#     aws: >-
#       Raise the number of days (noncurrent_days of the lifecycle rule on S3,
#       backup_retention_period on RDS and Aurora, delete_after of a plan of AWS
#       Backup), or find faults sooner, for instance by a check after each load, and
#       declare the shorter time.
#     google: >-
#       Raise the number of days (soft_delete_policy and the age of noncurrent
#       versions on google_storage_bucket, max_time_travel_hours on BigQuery), or
#       find faults sooner, for instance by a check after each load, and declare the
#       shorter time.
#   remedies: [keep-backups, keep-deleted-blobs, keep-old-versions-longer]
#   tags: [backup, objectives]
package rules.platform.window_shorter_than_detection

import data.rules.lib.products
import data.rules.lib.restore
import data.rules.lib.words

deny contains {"asset": a.id, "at": place(kept), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	kept := products.longest(a)
	message := sprintf("%s can be restored for only %s, and a fault may go unnoticed for the declared %s", [a.address, words.span(kept.window.value), words.hours(a.declared.detection_hours.value)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s can be restored for %s, for which a fault may go unnoticed, is unknown because %s", [a.address, words.hours(a.declared.detection_hours.value), doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in unseen

unseen := [a |
	some a in input.assets
	a.declared.detection_hours.value
	restore.unseen(a)
]

judged := [a | some a in unseen; not products.excuses[a.id]]

doubts(a) := [{"at": place(kept), "why": kept.window.why} |
	some kept in restore.keepers[a.id]
	kept.window.state == "unknown"
]

place(kept) := sprintf("%s.window_days", [kept.at])
