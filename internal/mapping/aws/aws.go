// Package aws maps the stores of Amazon Web Services and what protects them:
// S3, RDS and its relatives, DynamoDB, Redshift, caches, streams and AWS Backup.
//
// A concern is written once for all formats: a reader per dialect (names that
// start with "read") turns a resource into a neutral description, one function
// (names that start with "state") says what that description protects.
// Defaults live in the readers, because CloudFormation and Terraform differ in
// them for the same property.
package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const provider = "aws"

// Mappers lists the mappers of the provider. Attachments run in this order:
// the window of versions needs the lifecycle rules, replication and AWS Backup
// need versioning, AWS Backup needs the locks of its vaults, and what cannot be
// resolved comes after what can.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		{Service: "s3", Types: []string{"aws_s3_bucket"}, Declare: declareBucket, Attach: attachInlineLifecycle},
		{Service: "s3", Types: []string{"aws_s3_directory_bucket"}, Declare: declareDirectoryBucket},
		{Service: "s3", Types: []string{"module"}, Declare: declareModule, Attach: ofModule(attachModuleLifecycle)},
		{Service: "s3", Types: []string{"aws_s3_bucket_lifecycle_configuration"}, Attach: attachLifecycle},
		{Service: "s3", Types: []string{"aws_s3_bucket_object_lock_configuration"}, Attach: attachObjectLock},
		{Service: "s3", Types: []string{"aws_s3_bucket_versioning"}, Attach: attachVersioning},
		{Service: "s3", Types: []string{"aws_s3_bucket"}, Attach: attachInlineVersioning},
		{Service: "s3", Types: []string{"module"}, Attach: ofModule(attachModuleVersioning)},
		{Service: "s3", Types: []string{"aws_s3_bucket"}, Attach: attachInlineObjectLock},
		{Service: "s3", Types: []string{"module"}, Attach: ofModule(attachModuleObjectLock)},
		{Service: "s3", Types: []string{"aws_s3_bucket_replication_configuration"}, Attach: attachReplication},
		{Service: "s3", Types: []string{"aws_s3_bucket"}, Attach: attachInlineReplication},
		{Service: "s3", Types: []string{"module"}, Attach: ofModule(attachModuleReplication)},
		{Service: "s3", Types: []string{"aws_s3_bucket_versioning", "aws_s3_bucket_object_lock_configuration", "aws_s3_bucket_replication_configuration"}, Attach: attachLone},
		{Service: "s3", Types: purposeTypes(), Attach: attachPurpose},
		{Service: "rds", Types: []string{"aws_db_instance"}, Declare: declareInstance, Attach: attachReadReplica},
		{Service: "rds", Types: []string{"aws_db_instance_automated_backups_replication"}, Attach: attachBackupReplication},
		{Service: "rds", Types: clusterTypes(), Declare: declareCluster, Attach: attachClusterReplication},
		{Service: "dynamodb", Types: []string{"aws_dynamodb_table"}, Declare: declareTable},
		{Service: "dynamodb", Types: []string{"aws_dynamodb_table_replica"}, Attach: attachTableReplica},
		{Service: "dynamodb", Types: []string{"aws_dynamodb_global_table"}, Attach: attachGlobalTable},
		{Service: redshift, Types: []string{"aws_redshift_cluster"}, Declare: declareWarehouse},
		{Service: redshift, Types: []string{"aws_redshift_snapshot_schedule_association"}, Attach: attachSnapshotSchedule},
		{Service: redshift, Types: []string{"aws_redshift_snapshot_copy"}, Attach: attachSnapshotCopy},
		{Service: redshiftServerless, Types: []string{"aws_redshiftserverless_namespace"}, Declare: declareNamespace},
		{Service: elastiCache, Types: cacheTypes(), Declare: declareCache, Attach: attachGlobalDatastore},
		{Service: kinesis, Types: []string{"aws_kinesis_stream"}, Declare: declareStream},
		{Service: kinesis, Types: []string{"aws_kinesis_firehose_delivery_stream"}, Attach: attachDelivery},
		{Service: "backup", Types: []string{"aws_backup_vault"}, Declare: declareVault},
		{Service: "backup", Types: []string{"aws_backup_logically_air_gapped_vault"}, Declare: declareAirGappedVault},
		{Service: "backup", Types: []string{"aws_backup_vault_lock_configuration"}, Attach: attachVaultLock},
		{Service: "backup", Types: []string{"aws_backup_selection"}, Attach: attachSelection},
		backupPlans(),
		{Service: "rds", Types: []string{"aws_db_instance_automated_backups_replication"}, Attach: attachLone},
		quickSightReports(),
		quickSightSources(),
		failoverRecords(),
		accelerators(),
	}
}

// begin declares the asset of a managed resource with what every resource of
// the provider has: region, tags and Terraform's own guard. It returns nil for
// data sources, which only refer to an asset.
func begin(d *draft.Draft, r *resource.Resource, kind model.Kind, service string, name resource.Value) *model.Asset {
	if r.Mode != resource.Managed {
		return nil
	}
	a := d.Declare(r, kind, provider, service, name)
	a.Region = regionOf(r)
	tag(d, a, r)
	stateDestroyGuard(d, a, r)
	return a
}
