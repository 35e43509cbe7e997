package remedy

import "github.com/drlint/drlint/internal/model"

// redundancy keeps copies in another region. Only what can be changed in place is
// here: geo-redundant backup of a PostgreSQL server or the location of a bucket
// makes a new resource, and the data of the old one goes.
func redundancy() []Remedy {
	return []Remedy{{
		Name:  "replicate-to-paired-region",
		Title: "Keep a copy in the paired region",
		Targets: []Target{{
			// Between redundancy with and without zones azurerm replaces the account
			// (azurerm documentation, storage_account).
			Types: []string{"azurerm_storage_account"},
			When:  []Condition{is("account_tier", "Standard")},
			Set:   []Attribute{replace("account_replication_type", map[string]string{"LRS": "GRS", "ZRS": "GZRS"})},
		}, {
			Types: []string{"microsoft.storage/storageaccounts"},
			Set:   []Attribute{replace("sku.name", map[string]string{"Standard_LRS": "Standard_GRS", "Standard_ZRS": "Standard_GZRS"})},
		}},
	}, {
		Name:  "geo-redundant-backups",
		Title: "Keep the backups in the paired region as well",
		Targets: []Target{{
			Types: []string{"azurerm_mssql_database", "azurerm_mssql_managed_instance"},
			Set:   []Attribute{replace("storage_account_type", map[string]string{"Local": "Geo", "Zone": "GeoZone", "LRS": "GRS", "ZRS": "GZRS"})},
		}, {
			Types: []string{"microsoft.sql/servers/databases", "microsoft.sql/managedinstances"},
			Set:   []Attribute{replace("properties.requestedBackupStorageRedundancy", map[string]string{"Local": "Geo", "Zone": "GeoZone"})},
		}, {
			Types: []string{"azurerm_synapse_sql_pool"},
			Set:   []Attribute{{Path: "geo_backup_policy_enabled", To: true, Present: true}},
		}, {
			Types: []string{"microsoft.sql/servers/databases/geobackuppolicies", "microsoft.synapse/workspaces/sqlpools/geobackuppolicies"},
			Set:   []Attribute{{Path: "properties.state", To: "Enabled", Present: true}},
		}},
	}}
}

// keeping brings deleted and overwritten objects back.
func keeping() []Remedy {
	return []Remedy{{
		Name:  "keep-versions",
		Title: "Keep earlier versions",
		Targets: []Target{{
			Types: []string{"azurerm_storage_account"},
			When:  []Condition{flat(), isOrAbsent("account_kind", "StorageV2", "BlobStorage", "BlockBlobStorage")},
			Set:   []Attribute{set("blob_properties.versioning_enabled", true)},
		}, {
			Types: []string{"microsoft.storage/storageaccounts/blobservices"},
			When:  []Condition{flat()},
			Set:   []Attribute{set("properties.isVersioningEnabled", true)},
		}, {
			Types: []string{"microsoft.storage/storageaccounts"},
			When:  []Condition{flat(), is("kind", "StorageV2", "BlobStorage", "BlockBlobStorage")},
			Off:   model.Versioning,
			Add: &Addition{
				Type:  "Microsoft.Storage/storageAccounts/blobServices",
				Label: "BlobService",
				Bicep: "  parent: {self}\n  name: 'default'\n  properties: {\n    isVersioningEnabled: true\n  }\n",
			},
		}, {
			Types: []string{"aws_s3_bucket_versioning"},
			Set:   []Attribute{replace("versioning_configuration.status", map[string]string{"Suspended": "Enabled", "Disabled": "Enabled"})},
		}, {
			Types: []string{"aws_s3_bucket"},
			Set:   []Attribute{{Path: "versioning.enabled", To: true, Present: true}},
		}, {
			Types: []string{"aws_s3_bucket"},
			When:  []Condition{absent("versioning")},
			Off:   model.Versioning,
			Add: &Addition{
				Type:      "aws_s3_bucket_versioning",
				Terraform: "  bucket = {self}.id\n\n  versioning_configuration {\n    status = \"Enabled\"\n  }\n",
			},
		}, {
			Types: []string{"google_storage_bucket"},
			Set:   []Attribute{set("versioning.enabled", true)},
		}},
	}, {
		Name:  "keep-deleted-blobs",
		Title: "Keep deleted data for longer than a fault goes unnoticed",
		Targets: []Target{{
			Types: []string{"azurerm_storage_account"},
			Set:   []Attribute{keep("blob_properties.delete_retention_policy.days", 1)},
		}, {
			Types: []string{"microsoft.storage/storageaccounts/blobservices"},
			Set:   []Attribute{set("properties.deleteRetentionPolicy.enabled", true), keep("properties.deleteRetentionPolicy.days", 1)},
		}, {
			Types: []string{"google_storage_bucket"},
			Set:   []Attribute{keep("soft_delete_policy.retention_duration_seconds", 86400)},
		}},
	}, {
		Name:  "keep-old-versions-longer",
		Title: "Keep old versions for longer than a fault goes unnoticed",
		Targets: []Target{{
			Types: []string{"aws_s3_bucket_lifecycle_configuration"},
			Set:   []Attribute{{Path: "rule.noncurrent_version_expiration.noncurrent_days", To: leastDays, Days: 1, Raise: true, Present: true}},
		}},
	}, {
		Name:  "forbid-permanent-deletion",
		Title: "Let soft delete keep its term",
		Safe:  true,
		Targets: []Target{{
			Types: []string{"azurerm_storage_account"},
			Set:   []Attribute{{Path: "blob_properties.delete_retention_policy.permanent_delete_enabled", To: false, Present: true}},
		}, {
			Types: []string{"microsoft.storage/storageaccounts/blobservices"},
			Set:   []Attribute{{Path: "properties.deleteRetentionPolicy.allowPermanentDelete", To: false, Present: true}},
		}},
	}}
}
