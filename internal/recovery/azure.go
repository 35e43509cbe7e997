package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Azure Storage redundancy, data protection and immutability pages;
// Azure Backup support matrices for blobs and for Data Lake Storage.
var azureMechanisms = []Mechanism{
	{
		ID: "azure.zrs", RTO: "instant", Basis: SLA, Source: "Azure Storage redundancy: synchronous copies in three zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "azure.grs", RTO: "hours", RPOHours: 15 * minute, Basis: Typical, Source: "Azure Storage redundancy: usually under 15 minutes, no SLA; a lost datacenter is failed over to the other region",
		Covers: cells{model.RegionFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "azure.object_replication", RTO: "minutes", Basis: NoBound, Source: "Azure Storage object replication: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfOtherAccount},
	},
	{
		ID: "azure.blob_soft_delete", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Soft delete for blobs: a hierarchical namespace keeps deletions only",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: IfFlatNamespace},
	},
	{
		ID: "azure.container_soft_delete", RTO: "minutes", Basis: SLA, Source: "Soft delete for containers",
		Covers: cells{},
	},
	{
		ID: "azure.share_soft_delete", RTO: "minutes", Basis: SLA, Source: "Soft delete for file shares: whole shares only",
		Covers: cells{},
	},
	{
		ID: "azure.blob_versioning", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Blob versioning",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "azure.blob_pitr", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Point-in-time restore for block blobs",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "azure.immutability", RTO: "instant", Basis: SLA, Source: "Immutable storage: a locked policy blocks deletion and overwriting",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: IfLocked, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.backup_blob_operational", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Azure Backup for blobs, operational: kept in the account itself",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: IfZoneRedundant},
	},
	{
		ID: "azure.backup_blob_vaulted", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure Backup for blobs, vaulted: the redundancy of the vault decides about a zone and a region",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.backup_data_lake", RTO: "hours", RPOHours: 24, Basis: Configured, Windowed: true, Source: "Azure Backup for Data Lake Storage: restores in the vault's own region only",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.backup_file_share", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure Backup for Azure Files: snapshots stay in the account, the vaulted tier copies into the vault",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: IfApart, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.vault_redundancy", RTO: "hours", RPOHours: 36, Basis: Typical, Source: "Azure Backup cross-region restore: schedule of 24 hours and 12 hours of copying",
		Covers: cells{model.RegionFault: IfRestoresAcross, model.ZoneFault: IfRestoresAcross},
	},
	{
		ID: "azure.vault_soft_delete", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Azure Backup soft delete",
		Covers: cells{model.DeleteFault: Always, model.DestroyFault: Always, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.vault_immutability", RTO: "instant", Basis: SLA, Source: "Immutable vault for Azure Backup",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: IfLocked, model.CompromiseFault: IfLocked},
	},
}
