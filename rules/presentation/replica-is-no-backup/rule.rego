# METADATA
# title: Presentation data has more than a replica
# description: >-
#   Replication keeps a second copy equal to the first, within seconds. A wrong load, a
#   dropped table or an attacker's changes are in both before anybody sees them. A replica
#   is for the day when a region is lost; to undo what somebody or something wrote takes
#   a copy from before: a backup, a point in time, a version.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection overview for blobs
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
#   description: Point-in-time backups for DynamoDB
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [presentation]
#   guide: [32, 33]
#   fix:
#     all: >-
#       Keep the replica and add backups.
#     azure: >-
#       Keep the replica and add backups: versioning (versioning_enabled = true in
#       blob_properties) or a vaulted backup on an account, retention_days in
#       short_term_retention_policy on Azure SQL.
#     aws: >-
#       Keep the replica and add backups: point_in_time_recovery { enabled = true }
#       on DynamoDB, backup_retention_period = 7 or more on RDS,
#       aws_s3_bucket_versioning or a backup plan on a bucket.
#     google: >-
#       Keep the replica and add backups: backup_configuration { enabled = true } on
#       Cloud SQL, versioning { enabled = true } on a bucket.
#   remedies: [point-in-time-recovery]
#   tags: [backup, replication]
package rules.presentation.replica_is_no_backup

import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": products.place_of_unkept(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("Only replication protects presentation store %s, and it repeats what is %s: %s", [a.address, restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether presentation store %s has more than a replica is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	products.keeping[a.id] == "presentation/replica-is-no-backup"
}

judged := [a |
	some a in input.assets
	products.keeping[a.id] == "presentation/replica-is-no-backup"
	not products.excuses[a.id]
]
