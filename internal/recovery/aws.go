package recovery

import "github.com/drlint/drlint/internal/model"

// cell shortens the rows below.
type cells = map[model.Fault]Condition

const minute = 1.0 / 60

// Sources: Amazon S3, RDS, Aurora, DynamoDB and AWS Backup user guides, AWS
// Prescriptive Guidance on disaster recovery of databases.
var awsMechanisms = []Mechanism{
	{
		ID: "s3.zones", RTO: "instant", Basis: SLA, Source: "Amazon S3 storage classes: at least three zones, One Zone classes aside",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "s3.versioning", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Amazon S3 User Guide, versioning and MFA delete: versions are deleted for good with a second factor only",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.CompromiseFault: IfSecondFactor},
	},
	{
		ID: "s3.object_lock_governance", RTO: "minutes", Basis: SLA, Source: "Amazon S3 User Guide, Object Lock: privileged users can bypass governance mode",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: IfLocked, model.CompromiseFault: IfLocked},
	},
	{
		ID: "s3.object_lock_compliance", RTO: "minutes", Basis: SLA, Source: "Amazon S3 User Guide, Object Lock: nobody can shorten compliance mode",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.CompromiseFault: Always},
	},
	{
		ID: "s3.replication", RTO: "minutes", Basis: NoBound, Source: "Amazon S3 User Guide, replication: large objects can take hours",
		Covers: cells{model.DeleteFault: IfDeletesStay, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfOtherAccount},
	},
	{
		ID: "s3.replication_time_control", RTO: "minutes", RPOHours: 15 * minute, Basis: SLA, Source: "Amazon S3 SLA: 99.9 % of objects within 15 minutes",
		Covers: cells{model.DeleteFault: IfDeletesStay, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfOtherAccount},
	},
	{
		ID: "aws_backup.continuous", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "AWS Backup Developer Guide, point-in-time recovery",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.CompromiseFault: IfLockedOrAccount},
	},
	{
		ID: "aws_backup.snapshot", RTO: "hours", Basis: Configured, Windowed: true, Source: "AWS Backup Developer Guide, backup plans",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLockedOrAccount},
	},
	{
		ID: "aws_backup.copy", RTO: "hours", Basis: Configured, Windowed: true, Source: "AWS Backup Developer Guide, copies: snapshots at the rule's cadence, no point-in-time recovery",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLockedOrAccount},
	},
	{
		ID: "aws_backup.air_gapped_vault", RTO: "hours", Basis: Configured, Windowed: true, Source: "AWS Backup Developer Guide, logically air-gapped vaults: locked in compliance mode",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: Always},
	},
	{
		ID: "aws_backup.vault_lock", RTO: "instant", Basis: SLA, Source: "AWS Backup Developer Guide, Vault Lock",
		Covers: cells{model.DeleteFault: Always, model.DestroyFault: IfLocked, model.CompromiseFault: IfLocked},
	},
	{
		ID: "aws_backup.zones", RTO: "instant", Basis: SLA, Source: "AWS Backup Developer Guide: recovery points are kept in several zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "rds.automated_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Amazon RDS User Guide, point-in-time recovery",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "rds.retained_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Source: "Amazon RDS User Guide, retained automated backups",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "rds.final_snapshot", RTO: "hours", Basis: SLA, Source: "Amazon RDS User Guide, final snapshot",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "rds.cross_region_backup", RTO: "hours", RPOHours: 30 * minute, Basis: Typical, Windowed: true, Source: "AWS Prescriptive Guidance: 5 to 30 minutes, no SLA",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLockedOrAccount},
	},
	{
		ID: "rds.multi_az", RTO: "minutes", Basis: SLA, Source: "Amazon RDS User Guide, Multi-AZ: synchronous standby",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "rds.read_replica", RTO: "minutes", Basis: NoBound, Source: "Amazon RDS User Guide, cross-region read replicas: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "aurora.storage", RTO: "minutes", Basis: SLA, Source: "Amazon Aurora User Guide, storage spans three zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "aurora.automated_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Amazon Aurora User Guide, continuous backup",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "aurora.backtrack", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Amazon Aurora User Guide, backtracking: at most 72 hours",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "aurora.global_database", RTO: "minutes", RPOHours: 1.0 / 3600, Basis: Typical, Source: "Amazon Aurora User Guide, global databases: lag typically under a second",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "aurora.read_replica", RTO: "minutes", Basis: NoBound, Source: "Amazon Aurora User Guide, cross-region replicas: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "dynamodb.zones", RTO: "instant", Basis: SLA, Source: "Amazon DynamoDB Developer Guide: three zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "dynamodb.pitr", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Amazon DynamoDB Developer Guide, point-in-time recovery; a deleted table keeps a system backup for 35 days",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "dynamodb.global_table", RTO: "instant", RPOHours: 1.0 / 3600, Basis: Typical, Source: "Amazon DynamoDB Developer Guide, global tables: about a second, no SLA",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "dynamodb.global_table_strong", RTO: "instant", Basis: SLA, Source: "Amazon DynamoDB Developer Guide, multi-Region strong consistency",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "docdb.automated_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Amazon DocumentDB Developer Guide, continuous backup",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "docdb.storage", RTO: "minutes", Basis: SLA, Source: "Amazon DocumentDB Developer Guide: storage spans three zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "neptune.automated_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Amazon Neptune User Guide, continuous backup",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "neptune.storage", RTO: "minutes", Basis: SLA, Source: "Amazon Neptune User Guide: storage spans three zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "docdb.global_cluster", RTO: "minutes", Basis: NoBound, Source: "Amazon DocumentDB Developer Guide, global clusters: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "neptune.global_database", RTO: "minutes", Basis: NoBound, Source: "Amazon Neptune User Guide, global databases: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
}
