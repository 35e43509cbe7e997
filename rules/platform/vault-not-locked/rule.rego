# METADATA
# title: Recovery points cannot be deleted before their time
# description: >-
#   A lock that an administrator can remove is a delay, not a protection: immutability
#   that is only Unlocked, a vault lock in governance mode and a management lock all yield
#   to stolen administrator credentials. Only a vault that is locked for good keeps its
#   promise against its own owners. It cannot be undone, so decide it together with the
#   retention.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
#   description: Immutable vault for Azure Backup
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
#   description: AWS Backup Vault Lock, governance and compliance mode
# custom:
#   severity: low
#   kinds: [backup_vault]
#   guide: [21, 32]
#   profile: strict
#   fix:
#     azure: >-
#       Set immutability = "Locked" on the vault once its retention is settled
#       (immutabilitySettings with state Locked in Bicep and ARM).
#     aws: >-
#       Set changeable_for_days in aws_backup_vault_lock_configuration once the
#       retention is settled: that makes it a lock in compliance mode.
#   tags: [backup, ransomware]
package rules.platform.vault_not_locked

import data.rules.lib.restore
import data.rules.lib.vaults

deny contains {"asset": a.id, "at": "protections.immutability", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("An administrator can delete %s from vault %s before their time: %s", [vaults.contents(a), a.address, reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether recovery points in vault %s can be deleted before their time is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in input.assets

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	judge := vaults.fated[a.id]
	judge != "platform/vault-not-locked"
	message := sprintf("%s judges the copies in %s", [judge, a.address])
}

judged := [a |
	some a in input.assets
	vaults.fated[a.id] == "platform/vault-not-locked"
]

doubts(a) := [{"at": restore.place("immutability", a.protections.immutability), "why": a.protections.immutability.why} |
	a.protections.immutability.state == "unknown"
]

reason(a) := "the lock is in governance mode, which it removes first" if {
	a.provider == "aws"
	a.protections.immutability.state == "on"
} else := "immutability is Unlocked, which it switches off first" if {
	a.protections.immutability.state == "on"
} else := "the vault has no lock" if {
	a.provider == "aws"
} else := a.protections.immutability.why
