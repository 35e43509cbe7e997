# METADATA
# title: Raw data can be restored for as long as a fault may go unnoticed
# description: >-
#   Versions, backups and deleted files are kept for a number of days. A bad load or a
#   script that deletes too much is seldom noticed at once: somebody has to miss the
#   data first, and that may take until the next report. If the good copy is deleted
#   before that day, there is nothing left to restore.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
#   description: Lifecycle rules for noncurrent versions
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
#   description: Backup retention period
# - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
#   description: Soft delete for blobs
# - ref: https://cloud.google.com/storage/docs/soft-delete
#   description: Soft delete in Cloud Storage
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [18, 21]
#   fix:
#     all: >-
#       Raise the number of days for which data can be restored.
#     azure: >-
#       Raise the number of days: days of delete_retention_policy and restore_policy
#       on azurerm_storage_account (deleteRetentionPolicy.days in Bicep and ARM),
#       retention_days on Azure SQL, the retention of the policy of a vault.
#     aws: >-
#       Raise the number of days: noncurrent_days of the lifecycle rule on S3,
#       backup_retention_period on RDS, delete_after of a plan of AWS Backup.
#     google: >-
#       Raise the number of days: soft_delete_policy and the age of noncurrent
#       versions on google_storage_bucket; on BigQuery raise max_time_travel_hours.
#   remedies: [keep-backups, keep-deleted-blobs, keep-old-versions-longer]
#   tags: [backup]
#   settings:
#   - name: minimum_days
#     default: 7
#     description: The days after which a fault is noticed at the latest, where nobody declares that.
package rules.raw.restore_window_too_short

import data.rules.lib.restore
import data.rules.lib.stores
import data.rules.lib.words

deny contains {"asset": a.id, "at": place(keeper), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	keeper := longest(a)
	message := sprintf("Raw store %s can be restored for only %s (%s), and a fault may go unnoticed for %s", [a.address, words.days(keeper.window.value), described(a, keeper), words.span(noticed(a))])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether raw store %s can be restored for %s is unknown because %s", [a.address, words.span(noticed(a)), doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in short

judged := [a | some a in short; not stores.excuses[a.id]]

# short lists the stores that nothing certainly keeps for long enough.
short := [a |
	some a in input.assets
	every keeper in restore.keepers[a.id] {
		not lasting(a, keeper.window)
	}
	speaks(a)
]

speaks(a) if restore.restorable(a)

speaks(a) if restore.speakers[a.id] == "raw/restore-window-too-short"

lasting(a, window) if window.value >= noticed(a)

# noticed is how many days a fault may go unnoticed: as declared, else as set.
noticed(a) := a.declared.detection_hours.value / 24

noticed(a) := input.settings.minimum_days if not a.declared.detection_hours.value

# longest is what is kept longest.
longest(a) := [keeper |
	some keeper in restore.keepers[a.id]
	keeper.window.value == max([other.window.value | some other in restore.keepers[a.id]])
][0]

described(a, keeper) := replace(keeper.name, "_", " ") if keeper.means.by == a.address

described(a, keeper) := sprintf("%s by %s", [replace(keeper.name, "_", " "), keeper.means.by]) if keeper.means.by != a.address

place(keeper) := sprintf("%s.window_days", [keeper.at])

# doubts lists what may be kept longer, and what may be kept besides.
doubts(a) := array.concat(
	[{"at": place(keeper), "why": keeper.window.why} |
		some keeper in restore.keepers[a.id]
		keeper.window.state == "unknown"
	],
	[{"at": restore.at(name, i), "why": means.why} |
		some name in restore.protections
		some i, means in a.protections[name].means
		means.state == "unknown"
	],
)
