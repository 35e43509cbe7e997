package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Azure Backup and Azure Site Recovery for virtual machines; Azure Key
// Vault soft-delete overview; Azure App Configuration, soft delete and
// geo-replication.
var azurePlatformMechanisms = []Mechanism{
	{
		ID: "azure.backup_vm", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure Backup for virtual machines: the redundancy of the vault decides about a zone and a region",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azure.site_recovery", RTO: "minutes", RPOHours: 5 * minute, Basis: Typical, Source: "Azure Site Recovery: crash-consistent points every 5 minutes",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "keyvault.soft_delete", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Azure Key Vault soft-delete: deleted keys, secrets and vaults",
		Covers: cells{model.DeleteFault: Always, model.DestroyFault: Always},
	},
	{
		ID: "keyvault.purge_protection", RTO: "minutes", Basis: SLA, Source: "Azure Key Vault purge protection: nobody can purge before the term",
		Covers: cells{model.DeleteFault: Always, model.DestroyFault: Always, model.CompromiseFault: IfLocked},
	},
	{
		ID: "appconfig.soft_delete", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Azure App Configuration soft delete: deleted stores, not deleted keys",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "appconfig.purge_protection", RTO: "minutes", Basis: SLA, Source: "Azure App Configuration purge protection",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "appconfig.replica", RTO: "instant", Basis: NoBound, Source: "Azure App Configuration geo-replication: eventually consistent",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
}
