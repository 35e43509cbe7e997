package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Azure Data Explorer, business continuity; Azure Analysis Services,
// backup and restore; Azure Event Hubs, geo-replication, geo-disaster recovery and
// capture; Azure IoT Hub, message routing; Azure Cache for Redis and Azure Managed
// Redis, geo-replication and persistence.
var azureStreamMechanisms = []Mechanism{
	{
		ID: "kusto.zones", RTO: "instant", Basis: SLA, Source: "Azure Data Explorer availability zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{ID: "kusto.follower", Source: "Azure Data Explorer followers read the storage of their leader", Covers: cells{}},
	{
		ID: "analysis_services.backup", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure Analysis Services: backups are made by commands",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "stream.zones", RTO: "instant", Basis: SLA, Source: "Azure Event Hubs and IoT Hub in regions with availability zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "stream.capture", RTO: "hours", Basis: Configured, Source: "Azure Event Hubs capture, IoT Hub message routing to storage",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "eventhubs.geo_replication", RTO: "minutes", Basis: Configured, Source: "Azure Event Hubs geo-replication: nothing lost in synchronous mode, else the configured lag",
		Covers: cells{model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{ID: "eventhubs.geo_pairing", Source: "Azure Event Hubs geo-disaster recovery: names and settings, no events", Covers: cells{}},
	{
		ID: "redis.zones", RTO: "instant", Basis: NoBound, Source: "Azure Cache for Redis zone redundancy: asynchronous replicas",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "redis.geo_replication", RTO: "minutes", Basis: NoBound, Source: "Azure Cache for Redis geo-replication: asynchronous",
		Covers: cells{model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{ID: "redis.persistence", Source: "Azure Cache for Redis persistence: loaded into the same cache only", Covers: cells{}},
}
