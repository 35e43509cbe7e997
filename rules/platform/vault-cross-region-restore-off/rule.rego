# METADATA
# title: Backups can be restored in the other region by whoever needs them
# description: >-
#   A geo-redundant vault copies its recovery points to the paired region, and leaves it
#   to Microsoft to declare a disaster before anybody can reach them. With cross-region
#   restore the platform's owner restores there whenever they decide to: after an outage
#   that is nobody's disaster, or to rehearse one.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault#set-cross-region-restore
#   description: Set Cross Region Restore
# - ref: https://learn.microsoft.com/azure/backup/create-manage-backup-vault#perform-cross-region-restore-using-azure-portal
#   description: Cross Region Restore of Backup vaults
# custom:
#   severity: medium
#   kinds: [backup_vault]
#   guide: [22, 33]
#   fix: >-
#     Set cross_region_restore_enabled = true on the vault, crossRegionRestore: 'Enabled'
#     under redundancySettings of a Recovery Services vault, or
#     featureSettings.crossRegionRestoreSettings of a Backup vault in Bicep and ARM.
#   remedies: [restore-in-other-region]
#   tags: [backup, disaster-recovery]
package rules.platform.vault_cross_region_restore_off

import data.rules.lib.vaults

deny contains {"asset": a.id, "at": "settings.cross_region_restore", "message": message} if {
	some a in judged
	a.settings.cross_region_restore.value == false
	message := sprintf("Vault %s copies %s to another region, and cross-region restore, without which nobody but Microsoft can start a restore there, is off", [a.address, vaults.contents(a)])
}

unknown contains {"asset": a.id, "at": "settings.cross_region_restore", "message": message} if {
	some a in judged
	a.settings.cross_region_restore.state == "unknown"
	message := sprintf("Whether %s can be restored in the region that vault %s copies them to is unknown because %s", [vaults.contents(a), a.address, a.settings.cross_region_restore.why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in closed

exempt contains {"asset": a.id, "message": message} if {
	some a in closed
	not vaults.excuses[a.id]
	at_home(a)
	message := sprintf("What %s holds can be restored in its own region only, whatever the vault offers", [a.address])
}

closed := [a |
	some a in input.assets
	a.protections.geo_replication.state == "on"
	not a.settings.cross_region_restore.value
	a.settings.cross_region_restore
]

judged := [a | some a in closed; not vaults.excuses[a.id]; not at_home(a)]

# at_home holds for a vault with nothing but backups of Data Lake Storage, which
# restore into the region of the account (support matrix for Azure Data Lake
# Storage backup).
at_home(a) if {
	found := vaults.copies(a)
	found[0]
	every means in found {
		means.mechanism == "azure.backup_data_lake"
	}
}
