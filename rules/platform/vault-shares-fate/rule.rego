# METADATA
# title: Backups do not fall together with what they protect
# description: >-
#   A vault in the resource group or the account of the data is within reach of the same
#   mistake and of the same stolen key: whoever deletes the group or empties the account
#   takes the recovery points along. A vault of another group or account, a lock, a guard
#   or an immutable vault puts a second decision between the fault and the last copy.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
#   description: Multi-user authorization using Resource Guard
# - ref: https://learn.microsoft.com/azure/backup/guidance-best-practices
#   description: Guidance and best practices of Azure Backup
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
#   description: AWS Backup Vault Lock
# custom:
#   severity: medium
#   kinds: [backup_vault]
#   guide: [21, 32, 57]
#   fix:
#     azure: >-
#       Put the vault into a resource group of its own, add a management lock
#       (CanNotDelete) or a resource guard to it, or set its immutability.
#     aws: >-
#       Add aws_backup_vault_lock_configuration, or a copy_action to a vault of
#       another account.
#   tags: [backup, ransomware]
package rules.platform.vault_shares_fate

import data.rules.lib.restore
import data.rules.lib.vaults

deny contains {"asset": a.id, "at": "", "message": message} if {
	some a in judged
	shares(a)
	count(doubts(a)) == 0
	message := sprintf("Vault %s is in the same %s as what it protects, and neither a lock nor a guard keeps %s", [a.address, place(a), vaults.contents(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s can be deleted together with what they protect is unknown because %s", [vaults.contents(a), doubt.why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in input.assets

judged := [a |
	some a in input.assets
	vaults.fated[a.id] == "platform/vault-shares-fate"
]

place(a) := "account" if a.provider == "aws"

place(a) := "resource group" if a.provider != "aws"

shares(a) if a.settings.shares_group.value == true

shares(a) if a.provider == "aws"

doubts(a) := array.concat(
	[{"at": restore.place(name, a.protections[name]), "why": a.protections[name].why} |
		some name in ["delete_guard", "immutability"]
		a.protections[name].state == "unknown"
	],
	array.concat(
		[{"at": "settings.shares_group", "why": a.settings.shares_group.why} |
			a.settings.shares_group.state == "unknown"
		],
		[{"at": "", "why": sprintf("it cannot be seen whether %s is in the account of what it protects", [a.address])} |
			a.provider == "aws"
			count(remote(a)) > 0
			count(remote(a)) == count(vaults.copies(a))
		],
	),
)

# remote are the copies that may be out of reach.
remote(a) := [means |
	some means in vaults.copies(a)
	"unknown" in {means.other_account, means.other_region}
]
