package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Cloud Storage availability and data protection pages, Cloud SQL
// backup, point-in-time recovery and high availability pages, BigQuery reliability,
// time travel, dataset copy and table snapshot pages.
var googleMechanisms = []Mechanism{
	{
		ID: "gcs.zones", RTO: "instant", Basis: SLA, Source: "Cloud Storage: every location class spans zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "gcs.multi_region", RTO: "instant", RPOHours: 12, Basis: Typical, Source: "Cloud Storage default replication: 99.9 % within an hour, all within 12 hours",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: Always},
	},
	{
		ID: "gcs.turbo_replication", RTO: "instant", RPOHours: 15 * minute, Basis: Typical, Source: "Cloud Storage turbo replication: 15 minutes targeted",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: Always},
	},
	{
		ID: "gcs.versioning", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Cloud Storage object versioning",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "gcs.soft_delete", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Cloud Storage soft delete: objects and buckets, whose objects are restored apart",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.CompromiseFault: IfLocked},
	},
	{
		ID: "gcs.retention_policy", RTO: "instant", Basis: SLA, Source: "Cloud Storage bucket lock: an unlocked policy can be removed",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: IfLocked, model.CompromiseFault: IfLocked},
	},
	{
		ID: "gcs.object_retention", RTO: "instant", Basis: SLA, Source: "Cloud Storage object retention lock: set object by object",
		Covers: cells{},
	},
	{
		ID: "gcs.transfer", RTO: "minutes", Basis: Configured, Source: "Storage Transfer Service",
		Covers: cells{model.DeleteFault: IfDeletesStay, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLockedOrAccount},
	},
	{
		ID: "cloudsql.automated_backup", RTO: "hours", RPOHours: 24, Basis: Typical, Windowed: true, Source: "Cloud SQL automated backups: daily, in a four-hour window",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "cloudsql.retained_backup", RTO: "hours", RPOHours: 24, Basis: Typical, Source: "Cloud SQL retained backups and final backup",
		Covers: cells{model.DestroyFault: Always},
	},
	{
		ID: "cloudsql.pitr", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Cloud SQL point-in-time recovery: logs within five minutes, in the instance's own region",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "cloudsql.regional", RTO: "minutes", Basis: SLA, Source: "Cloud SQL high availability: synchronous standby in another zone",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "cloudsql.read_replica", RTO: "minutes", Basis: NoBound, Source: "Cloud SQL cross-region read replicas: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "bigquery.zones", RTO: "instant", Basis: SLA, Source: "BigQuery reliability: data is written to two zones of a region",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "bigquery.time_travel", RTO: "minutes", Basis: SLA, Windowed: true, Source: "BigQuery time travel, restored tables and datasets: in the region of the dataset, within the window",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "bigquery.dataset_copy", RTO: "minutes", Basis: Configured, Source: "BigQuery dataset copies: brought up to date by each run of the transfer",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "bigquery.snapshot", RTO: "minutes", Basis: Configured, Source: "BigQuery table snapshots: in the region of their table",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always},
	},
	{
		ID: "pubsub.zones", RTO: "instant", Basis: SLA, Source: "Pub/Sub architecture overview: a message is in two zones before it is acknowledged",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "pubsub.export", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Source: "Pub/Sub Cloud Storage and BigQuery subscriptions: a file at least every five minutes by default",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
}
