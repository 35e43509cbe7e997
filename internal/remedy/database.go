package remedy

// databases restores them: backups, and how long they are kept.
func databases() []Remedy {
	return []Remedy{{
		Name:  "keep-backups",
		Title: "Keep backups for longer than a fault goes unnoticed",
		Targets: []Target{{
			Types: []string{"aws_db_instance", "aws_rds_cluster"},
			Set:   []Attribute{keep("backup_retention_period", 1)},
		}, {
			Types: []string{"aws_docdb_cluster", "aws_neptune_cluster"},
			Set:   []Attribute{keep("backup_retention_period", 1)},
		}, {
			Types: []string{"aws_redshift_cluster"},
			Set:   []Attribute{keep("automated_snapshot_retention_period", 1)},
		}, {
			Types: []string{"aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_memorydb_cluster"},
			Set:   []Attribute{keep("snapshot_retention_limit", 1)},
		}, {
			Types: []string{"azurerm_mssql_database"},
			Set:   []Attribute{keep("short_term_retention_policy.retention_days", 1)},
		}, {
			Types: []string{"microsoft.sql/servers/databases/backupshorttermretentionpolicies"},
			Set:   []Attribute{keep("properties.retentionDays", 1)},
		}, {
			Types: []string{"azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"},
			Set:   []Attribute{keep("backup_retention_days", 1)},
		}, {
			Types: []string{"microsoft.dbforpostgresql/flexibleservers", "microsoft.dbformysql/flexibleservers"},
			Set:   []Attribute{keep("properties.backup.backupRetentionDays", 1)},
		}, {
			// Continuous backup would keep no copy in another region for an account
			// of one region, as periodic backups do.
			Types: []string{"azurerm_cosmosdb_account"},
			When:  []Condition{isOrAbsent("backup.type", "Periodic")},
			Set:   []Attribute{set("backup.type", "Periodic"), keep("backup.retention_in_hours", 24)},
		}, {
			Types: []string{"microsoft.documentdb/databaseaccounts"},
			When:  []Condition{isOrAbsent("properties.backupPolicy.type", "Periodic")},
			Set: []Attribute{
				set("properties.backupPolicy.type", "Periodic"),
				keep("properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours", 24),
			},
		}, {
			// Seven days are the longest time travel that BigQuery has.
			Types: []string{"google_bigquery_dataset"},
			Set:   []Attribute{set("max_time_travel_hours", "168")},
		}},
	}, {
		Name:  "point-in-time-recovery",
		Title: "Turn point-in-time recovery on",
		Targets: []Target{{
			Types: []string{"aws_dynamodb_table"},
			Set:   []Attribute{set("point_in_time_recovery.enabled", true)},
		}},
	}, {
		Name:  "back-up-automatically",
		Title: "Turn automated backups on",
		Targets: []Target{{
			Types: []string{"google_sql_database_instance"},
			When:  []Condition{absent("master_instance_name"), is("database_version", "POSTGRES*", "SQLSERVER*")},
			Set: []Attribute{
				set("settings.backup_configuration.enabled", true),
				set("settings.backup_configuration.point_in_time_recovery_enabled", true),
			},
		}, {
			Types: []string{"google_sql_database_instance"},
			When:  []Condition{absent("master_instance_name"), is("database_version", "MYSQL*")},
			Set: []Attribute{
				set("settings.backup_configuration.enabled", true),
				set("settings.backup_configuration.binary_log_enabled", true),
			},
		}},
	}, {
		Name:  "keep-backups-after-deletion",
		Title: "Keep the backups when it is deleted",
		Targets: []Target{{
			Types: []string{"aws_db_instance"},
			Set:   []Attribute{set("delete_automated_backups", false)},
		}, {
			Types: []string{"google_sql_database_instance"},
			Set:   []Attribute{set("settings.retain_backups_on_delete", true)},
		}},
	}, {
		Name:  "take-final-snapshot",
		Title: "Take a final snapshot before it is deleted",
		Targets: []Target{{
			Types: []string{"aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster", "aws_docdb_cluster", "aws_neptune_cluster"},
			When:  []Condition{absent("final_snapshot_identifier")},
			Set:   []Attribute{{Path: "skip_final_snapshot", To: false, Present: true}, set("final_snapshot_identifier", "{name}-final")},
		}, {
			Types: []string{"aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster", "aws_docdb_cluster", "aws_neptune_cluster"},
			Set:   []Attribute{{Path: "skip_final_snapshot", To: false, Present: true}},
		}},
	}}
}
