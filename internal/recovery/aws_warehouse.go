package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Amazon Redshift Management Guide, Amazon ElastiCache User Guide, Amazon
// MemoryDB Developer Guide, Amazon Kinesis Data Streams Developer Guide.
var awsWarehouseMechanisms = []Mechanism{
	{
		ID: "redshift.automated_snapshot", RTO: "hours", RPOHours: 8, Basis: Typical, Windowed: true, Source: "Amazon Redshift Management Guide, snapshots: every 8 hours or 5 GB a node, deleted with the cluster",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "redshift.snapshot_schedule", RTO: "hours", Basis: Configured, Windowed: true, Source: "Amazon Redshift Management Guide, snapshot schedules: automated snapshots, deleted with the cluster",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "redshift.final_snapshot", RTO: "hours", Basis: SLA, Source: "Amazon Redshift Management Guide, final snapshot: kept as a manual one",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "redshift.snapshot_copy", RTO: "hours", RPOHours: 8, Basis: Typical, Windowed: true, Source: "Amazon Redshift Management Guide, copying snapshots to another region: at their cadence",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "redshift.multi_az", RTO: "minutes", Basis: SLA, Source: "Amazon Redshift Management Guide, Multi-AZ: nothing is lost",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "redshift.relocation", RTO: "minutes", Basis: NoBound, Source: "Amazon Redshift Management Guide, relocating a cluster to another zone, best effort",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "redshiftserverless.recovery_points", RTO: "hours", RPOHours: 0.5, Basis: SLA, Windowed: true, Source: "Amazon Redshift Management Guide, recovery points: every 30 minutes for 24 hours",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "elasticache.snapshot", RTO: "minutes", Basis: Configured, Windowed: true, Source: "Amazon ElastiCache User Guide, automatic backups: daily, deleted with the cache",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "elasticache.multi_az", RTO: "minutes", Basis: NoBound, Source: "Amazon ElastiCache User Guide, Multi-AZ: asynchronous replicas",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "elasticache.zones", RTO: "instant", Basis: NoBound, Source: "Amazon ElastiCache User Guide, serverless caches span zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "elasticache.global_datastore", RTO: "minutes", Basis: NoBound, Source: "Amazon ElastiCache User Guide, global datastores: asynchronous, promoted by hand",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "memorydb.snapshot", RTO: "minutes", Basis: Configured, Windowed: true, Source: "Amazon MemoryDB Developer Guide, automatic snapshots: daily, deleted with the cluster",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "memorydb.zones", RTO: "instant", Basis: SLA, Source: "Amazon MemoryDB Developer Guide, durability: the transaction log spans zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "kinesis.zones", RTO: "instant", Basis: SLA, Source: "Amazon Kinesis Data Streams Developer Guide: three zones, synchronously",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "firehose.delivery", RTO: "hours", Basis: Configured, Source: "Amazon Data Firehose Developer Guide: objects at the buffering interval",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
}
