package recoverymap

import (
	"cmp"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// words name the rows of the recovery table in a cell: what an operator would
// say, in at most nine letters. A row without a word is called what its ID says.
var words = map[string]string{
	"s3.zones": "3 zones", "s3.object_lock_governance": "lock", "s3.object_lock_compliance": "lock",
	"s3.replication": "replica", "s3.replication_time_control": "replica",
	"aws_backup.continuous": "PITR", "aws_backup.snapshot": "backup", "aws_backup.copy": "copy",
	"aws_backup.air_gapped_vault": "air-gapped", "aws_backup.vault_lock": "lock", "aws_backup.zones": "3 zones",
	"rds.automated_backup": "PITR", "rds.retained_backup": "backup", "rds.final_snapshot": "snapshot",
	"rds.cross_region_backup": "geo backup", "rds.multi_az": "multi-AZ",
	"aurora.storage": "3 zones", "aurora.automated_backup": "PITR", "aurora.global_database": "global db",
	"dynamodb.zones": "3 zones", "dynamodb.pitr": "PITR", "dynamodb.global_table": "global", "dynamodb.global_table_strong": "global",
	"docdb.automated_backup": "PITR", "docdb.storage": "3 zones", "docdb.global_cluster": "global",
	"neptune.automated_backup": "PITR", "neptune.storage": "3 zones", "neptune.global_database": "global",
	"azure.zrs": "ZRS", "azure.grs": "GRS", "azure.object_replication": "replica",
	"azure.blob_soft_delete": "undelete", "azure.blob_pitr": "PITR", "azure.immutability": "WORM",
	"azure.backup_blob_operational": "PITR", "azure.backup_blob_vaulted": "vault", "azure.backup_data_lake": "vault",
	"azure.backup_file_share": "vault", "azure.backup_database": "vault", "azure.backup_vm": "vault",
	"azure.vault_redundancy": "geo vault", "azure.vault_soft_delete": "undelete", "azure.vault_immutability": "locked",
	"azure.site_recovery": "ASR", "azure.zone_redundant_backup": "backup",
	"azuresql.automated_backup": "PITR", "azuresql.geo_restore": "geo restore", "azuresql.long_term_retention": "LTR",
	"azuresql.failover_group": "failover", "azuresql.geo_replica": "replica", "azuresql.zone_redundant": "zones",
	"synapse.restore_points": "restore", "synapse.geo_backup": "geo backup",
	"azuredb.automated_backup": "PITR", "azuredb.geo_backup": "geo backup", "azuredb.zone_redundant": "zones", "azuredb.read_replica": "replica",
	"cosmosdb.periodic_backup": "backup", "cosmosdb.continuous_backup": "PITR", "cosmosdb.multi_region": "regions",
	"cosmosdb.multi_region_strong": "regions", "cosmosdb.zone_redundant": "zones",
	"keyvault.soft_delete": "undelete", "keyvault.purge_protection": "no purge", "appconfig.soft_delete": "undelete", "appconfig.purge_protection": "no purge",
	"gcs.multi_region": "regions", "gcs.turbo_replication": "turbo", "gcs.soft_delete": "undelete", "gcs.retention_policy": "retention", "gcs.transfer": "transfer",
	"cloudsql.automated_backup": "backup", "cloudsql.retained_backup": "backup", "cloudsql.pitr": "PITR", "cloudsql.regional": "standby", "cloudsql.read_replica": "replica",
	"state.hcp_versions": "versions", "state.gitlab_versions": "versions",
	"declared.zone_redundancy": "zones", "declared.geo_replication": "replica", "declared.versioning": "versions",
	"declared.point_in_time_restore": "PITR", "declared.immutability": "WORM",
}

// endings name the rows that several services have alike.
var endings = map[string]string{"versioning": "versions", "blob_versioning": "versions", "read_replica": "replica", "soft_delete": "undelete", "replica": "replica"}

// word names a row of the recovery table in a cell.
func word(mechanism string) string {
	if w, ok := words[mechanism]; ok {
		return w
	}
	_, name, _ := strings.Cut(mechanism, ".")
	return cmp.Or(endings[name], strings.ReplaceAll(name, "_", " "))
}

// phrases name the rows of the recovery table in a sentence.
var phrases = map[string]string{
	"s3.zones": "S3 keeps it in three zones", "s3.versioning": "versions of its objects",
	"s3.object_lock_governance": "object lock in governance mode", "s3.object_lock_compliance": "object lock in compliance mode",
	"s3.replication": "S3 replication", "s3.replication_time_control": "S3 replication with time control",
	"aws_backup.continuous": "AWS Backup, to any moment", "aws_backup.snapshot": "AWS Backup", "aws_backup.copy": "a copy in AWS Backup",
	"aws_backup.air_gapped_vault": "AWS Backup, from a logically air-gapped vault",
	"rds.automated_backup":        "its automated backups, to any moment", "rds.multi_az": "its standby in another zone",
	"rds.cross_region_backup": "automated backups that are copied to another region", "aurora.automated_backup": "its continuous backup, to any moment",
	"dynamodb.pitr": "point-in-time recovery", "azure.zrs": "zone-redundant storage", "azure.grs": "the geo-redundant copy",
	"azure.object_replication": "object replication", "azure.blob_soft_delete": "soft delete", "azure.blob_versioning": "blob versions",
	"azure.blob_pitr": "point-in-time restore", "azure.immutability": "immutable storage",
	"azure.backup_blob_operational": "Azure Backup, operational", "azure.backup_blob_vaulted": "Azure Backup, vaulted",
	"azure.backup_data_lake": "Azure Backup for Data Lake Storage", "azure.backup_file_share": "Azure Backup for Azure Files",
	"azure.backup_database": "Azure Backup for databases", "azure.backup_vm": "Azure Backup for virtual machines",
	"azure.vault_redundancy": "cross-region restore of its vault", "azure.site_recovery": "Azure Site Recovery",
	"azuresql.automated_backup": "its automated backups, to any moment", "azuresql.geo_restore": "geo-restore of its backups",
	"azuresql.long_term_retention": "long-term retention", "azuresql.failover_group": "its failover group", "azuresql.geo_replica": "its geo-replica",
	"azuresql.zone_redundant": "zone redundancy", "synapse.restore_points": "restore points of the pool", "synapse.geo_backup": "the daily geo-backup",
	"azuredb.automated_backup": "its automated backups, to any moment", "azuredb.geo_backup": "geo-redundant backups", "azuredb.zone_redundant": "its standby in another zone",
	"cosmosdb.periodic_backup": "its periodic backups", "cosmosdb.continuous_backup": "its continuous backup, to any moment",
	"cosmosdb.multi_region": "its other regions", "cosmosdb.multi_region_strong": "its other regions", "cosmosdb.zone_redundant": "zone redundancy",
	"keyvault.soft_delete": "soft delete", "keyvault.purge_protection": "purge protection",
	"gcs.zones": "Cloud Storage keeps it in several zones", "gcs.multi_region": "the other regions of its location", "gcs.turbo_replication": "turbo replication",
	"gcs.soft_delete": "soft delete", "gcs.versioning": "versions of its objects", "gcs.retention_policy": "its retention policy", "gcs.transfer": "Storage Transfer Service",
	"cloudsql.automated_backup": "its daily backups", "cloudsql.pitr": "point-in-time recovery", "cloudsql.regional": "its standby in another zone",
	"git.mirror": "its mirror", "git.bundle": "its bundles",
	"declared.zone_redundancy": "copies in other zones, as declared", "declared.geo_replication": "a replica, as declared",
	"declared.versioning": "versions, as declared", "declared.soft_delete": "soft delete, as declared",
	"declared.point_in_time_restore": "point-in-time restore, as declared", "declared.backup": "a backup, as declared",
	"declared.immutability": "immutable storage, as declared", "declared.mirror": "a mirror, as declared",
	"declared.undeletable_copy": "a copy that nobody can delete, as declared",
}

// sentence names a row of the recovery table in a sentence.
func sentence(mechanism string) string {
	if p, ok := phrases[mechanism]; ok {
		return p
	}
	service, name, _ := strings.Cut(mechanism, ".")
	name = strings.ReplaceAll(name, "_", " ")
	if service == "declared" {
		return "the " + name + " that somebody attests"
	}
	return name
}

// products are the names under which people know a service, by provider and
// service.
var products = map[string]string{
	"azure storage": "Blob Storage", "azure files": "Azure Files", "azure data_protection": "Backup vault", "azure recovery_services": "Recovery Services vault",
	"azure key_vault": "Key Vault", "azure app_configuration": "App Configuration", "azure compute": "Virtual machine",
	"azure cosmosdb": "Cosmos DB", "azure sql": "Azure SQL", "azure sql_managed_instance": "SQL Managed Instance", "azure synapse": "Synapse SQL pool",
	"azure postgresql": "Azure PostgreSQL", "azure mysql": "Azure MySQL", "azure mariadb": "Azure MariaDB", "azure data_explorer": "Data Explorer",
	"azure redis": "Azure Redis", "azure event_hubs": "Event Hubs", "azure event_hub": "Event Hub", "azure iot_hub": "IoT Hub", "azure analysis_services": "Analysis Services",
	"aws s3": "S3", "aws rds": "RDS", "aws aurora": "Aurora", "aws dynamodb": "DynamoDB", "aws backup": "AWS Backup vault", "aws docdb": "DocumentDB", "aws neptune": "Neptune",
	"google storage": "Cloud Storage", "google sql": "Cloud SQL",
	"github repository": "GitHub repository", "gitlab repository": "GitLab repository", "gitlab project": "GitLab project", "azuredevops repository": "Azure Repos repository",
	"terraform state": "Terraform state",
}

// productOf names the product of an asset.
func productOf(a *model.Asset) string {
	service := a.Provider + " " + a.Service
	if a.Kind == model.Container && a.Provider == "azure" && a.Service != "storage" { // named by a pipeline
		return "Storage container"
	}
	if service == "azure storage" && a.Settings["hierarchical_namespace"].Tri() == model.Yes {
		return "Data Lake Storage"
	}
	return cmp.Or(products[service], capital(strings.ReplaceAll(clean(joined(" ", a.Provider, a.Service)), "_", " ")))
}

// regionOf is the region as text; empty for what lies in none.
func regionOf(a *model.Asset) string {
	switch a.Region.State {
	case model.Known:
		return clean(a.Region.Text())
	case model.Unknown:
		return "region unknown"
	default:
		return ""
	}
}
