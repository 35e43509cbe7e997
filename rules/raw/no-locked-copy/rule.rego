# METADATA
# title: One copy of raw data survives stolen credentials
# description: >-
#   Whoever steals the credentials of an administrator deletes the backups first and
#   the data afterwards. Versions, snapshots and vaults in the same account yield to the
#   same credentials. One copy that nobody can delete before its time, or that lies in
#   an account with credentials of its own, is what is left after ransomware.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
#   description: Locking objects with S3 Object Lock
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
#   description: AWS Backup Vault Lock
# - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview
#   description: Immutable storage for blobs
# - ref: https://cloud.google.com/storage/docs/bucket-lock
#   description: Bucket Lock
# custom:
#   severity: low
#   profile: strict
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [21]
#   fix:
#     all: >-
#       Keep one copy that nobody can delete before its time, or a replica in
#       another account.
#     azure: >-
#       Lock one copy: a locked immutability policy on the container, or a vault
#       whose immutability is "Locked". Or keep a replica in another subscription.
#     aws: >-
#       Lock one copy: object lock in COMPLIANCE mode on the bucket, or a vault lock
#       with changeable_for_days. Or keep a replica in another account.
#     google: >-
#       Lock one copy: retention_policy with is_locked = true on the bucket.
#   tags: [backup, ransomware]
package rules.raw.no_locked_copy

import data.rules.lib.fate
import data.rules.lib.restore
import data.rules.lib.stores
import data.rules.lib.vaults

deny contains {"asset": a.id, "at": place(a), "message": message} if {
	some a in judged
	a.recovery.compromise.survives == "no"
	count(doubts(a)) == 0
	message := sprintf("No copy of raw store %s survives stolen credentials: %s", [a.address, settles(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether a copy of raw store %s survives stolen credentials is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in unlocked

exempt contains {"asset": a.id, "message": message} if {
	some a in open
	message := sprintf("There is no certain copy of %s to lock yet, which %s judges", [a.address, restore.speakers[a.id]])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in restorable
	fate.goes(a)
	message := sprintf("The backups of %s are a part of it, which raw/backup-shares-fate judges", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in restorable
	not fate.goes(a)
	a.id in vaults.sharing
	message := sprintf("The backups of %s lie beside it, which platform/vault-shares-fate judges", [a.address])
}

unlocked := [a | some a in input.assets; a.recovery.compromise.survives != "yes"]

open := [a | some a in unlocked; not stores.excuses[a.id]]

restorable := [a | some a in open; restore.restorable(a)]

judged := [a |
	some a in restorable
	not fate.goes(a)
	not a.id in vaults.sharing
]

# doubts lists the copies that may be locked or in another account.
doubts(a) := array.concat(
	[{"at": restore.at(name, i), "why": means.why} |
		some name in ["immutability", "backup", "geo_replication"]
		some i, means in a.protections[name].means
		means.state == "unknown"
		apart(means)
	],
	[{"at": restore.at(name, i), "why": sprintf("it cannot be seen whether %s is %s%s", [keeper(means), missing, cause(means)])} |
		a.recovery.compromise.survives == "unknown"
		some name in ["immutability", "backup", "geo_replication"]
		some i, means in a.protections[name].means
		means.state == "on"
		means.mechanism == a.recovery.compromise.mechanism
		missing := answer(means)
	],
)

# apart holds for a copy that may be out of reach, if there is one.
apart(means) if means.locked in {"yes", "unknown"}

apart(means) if means.other_account in {"yes", "unknown"}

answer(means) := "locked" if means.locked == "unknown"

answer(means) := "in another account" if {
	means.locked != "unknown"
	means.other_account == "unknown"
}

# keeper is the place of a copy, which may be declared elsewhere.
keeper(means) := input.by_id[means.target].address if means.target != ""

keeper(means) := means.by if means.target == ""

# cause is why the lock of a vault is open.
cause(means) := sprintf(": %s", [causes(means)[0]]) if {
	count(causes(means)) > 0
} else := ""

causes(means) := [lock.why |
	some lock in input.by_id[means.target].protections.immutability.means
	lock.locked == "unknown"
	lock.why != ""
]

place(a) := "protections.immutability" if {
	a.protections.immutability.state == "on"
} else := "protections.backup" if {
	a.protections.backup.state == "on"
} else := "protections.versioning" if {
	a.protections.versioning.state == "on"
} else := "protections.soft_delete" if {
	a.protections.soft_delete.state == "on"
} else := "protections.point_in_time_restore"

# settles says what is missing.
settles(a) := "its retention is not locked, so it can be removed" if {
	a.protections.immutability.state == "on"
} else := "the backups can be deleted early, and neither a locked vault nor another account holds one" if {
	a.protections.backup.state == "on"
} else := sprintf("%s yields to them, and nothing is %s", [keeps(a), locks[a.provider]])

keeps(a) := "versioning" if {
	a.protections.versioning.state == "on"
} else := "soft delete" if {
	a.protections.soft_delete.state == "on"
} else := "what restores it"

locks := {
	"aws": "locked in compliance mode or kept in another account",
	"azure": "under a locked immutability policy or in a locked vault",
	"google": "under a locked retention policy or kept in another project",
}
