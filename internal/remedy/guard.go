package remedy

// guards keep things from being deleted. They cost nothing.
func guards() []Remedy {
	return []Remedy{{
		Name:  "protect-from-deletion",
		Title: "Turn deletion protection on",
		Safe:  true,
		Targets: []Target{{
			Types: []string{"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"},
			Set:   []Attribute{set("deletion_protection", true)},
		}, {
			Types: []string{"aws_dynamodb_table"},
			Set:   []Attribute{set("deletion_protection_enabled", true)},
		}, {
			Types: []string{"google_sql_database_instance"},
			Set:   []Attribute{set("settings.deletion_protection_enabled", true)},
		}},
	}, {
		Name:  "prevent-destroy",
		Title: "Let Terraform refuse to destroy it",
		Safe:  true,
		Targets: []Target{{
			Terraform: true,
			Set:       []Attribute{set("lifecycle.prevent_destroy", true)},
		}},
	}, {
		Name:  "lock-against-deletion",
		Title: "Lock it against deletion",
		Targets: []Target{{
			Types: []string{"microsoft.storage/storageaccounts", "microsoft.sql/servers", "microsoft.documentdb/databaseaccounts", "microsoft.synapse/workspaces", "microsoft.kusto/clusters"},
			Add: &Addition{
				Type:  "Microsoft.Authorization/locks@2020-05-01",
				Label: "Lock",
				Bicep: "  name: 'keep'\n  scope: {self}\n  properties: {\n    level: 'CanNotDelete'\n  }\n",
			},
		}},
	}, {
		Name:  "keep-contents",
		Title: "Let Terraform refuse to destroy what is not empty",
		Safe:  true,
		Targets: []Target{{
			Types: []string{"aws_s3_bucket", "google_storage_bucket", "aws_backup_vault"},
			Set:   []Attribute{{Path: "force_destroy", To: false, Present: true}},
		}},
	}, {
		Name:  "archive-on-destroy",
		Title: "Archive the repository instead of deleting it",
		Safe:  true,
		Targets: []Target{{
			Types: []string{"github_repository", "gitlab_project"},
			Set:   []Attribute{set("archive_on_destroy", true)},
		}},
	}, {
		Name:  "enforce-branch-rules",
		Title: "Enforce the rules for the branch",
		Targets: []Target{{
			Types: []string{"github_repository_ruleset", "github_organization_ruleset"},
			Set:   []Attribute{replace("enforcement", map[string]string{"evaluate": "active", "disabled": "active"})},
		}, {
			Types: []string{
				"azuredevops_branch_policy_min_reviewers", "azuredevops_branch_policy_build_validation", "azuredevops_branch_policy_auto_reviewers",
				"azuredevops_branch_policy_comment_resolution", "azuredevops_branch_policy_merge_types", "azuredevops_branch_policy_work_item_linking",
				"azuredevops_branch_policy_status_check",
			},
			Set: []Attribute{{Path: "enabled", To: true, Present: true}, {Path: "blocking", To: true, Present: true}},
		}},
	}}
}

// vaults keeps backups and keys from being deleted for good.
func vaults() []Remedy {
	return []Remedy{{
		// It cannot be switched off again.
		Name:  "protect-from-purging",
		Title: "Turn purge protection on, for good",
		Targets: []Target{{
			Types: []string{"azurerm_key_vault", "azurerm_app_configuration"},
			Set:   []Attribute{set("purge_protection_enabled", true)},
		}, {
			Types: []string{"microsoft.keyvault/vaults", "microsoft.appconfiguration/configurationstores"},
			Set:   []Attribute{set("properties.enablePurgeProtection", true)},
		}},
	}, {
		// The first 14 days cost nothing (Microsoft Learn, Soft delete for Azure Backup).
		Name:  "soft-delete-backups",
		Title: "Keep deleted backups for some days",
		Safe:  true,
		Targets: []Target{{
			Types: []string{"azurerm_data_protection_backup_vault"},
			Set:   []Attribute{replace("soft_delete", map[string]string{"Off": "On"})},
		}, {
			Types: []string{"azurerm_recovery_services_vault"},
			Set:   []Attribute{{Path: "soft_delete_enabled", To: true, Present: true}},
		}, {
			Types: []string{"microsoft.dataprotection/backupvaults"},
			Set:   []Attribute{replace("properties.securitySettings.softDeleteSettings.state", map[string]string{"Off": "On"})},
		}, {
			Types: []string{"microsoft.recoveryservices/vaults"},
			Set:   []Attribute{replace("properties.securitySettings.softDeleteSettings.softDeleteState", map[string]string{"Disabled": "Enabled"})},
		}},
	}, {
		// It cannot be switched off again.
		Name:  "restore-in-other-region",
		Title: "Turn cross-region restore on, for good",
		Targets: []Target{{
			Types: []string{"azurerm_recovery_services_vault", "azurerm_data_protection_backup_vault"},
			Set:   []Attribute{set("cross_region_restore_enabled", true)},
		}, {
			Types: []string{"microsoft.dataprotection/backupvaults"},
			Set:   []Attribute{set("properties.featureSettings.crossRegionRestoreSettings.state", "Enabled")},
		}, {
			Types: []string{"microsoft.recoveryservices/vaults"},
			Set:   []Attribute{set("properties.redundancySettings.crossRegionRestore", "Enabled")},
		}},
	}}
}
