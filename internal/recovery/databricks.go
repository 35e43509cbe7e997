package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Databricks pages on table history, on dropping tables, on Lakebase
// instances and on managed disaster recovery.
var databricksMechanisms = []Mechanism{
	{
		ID: "delta.time_travel", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Databricks, Work with table history: versions within the file retention, in the table's own storage",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "databricks.undrop", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Databricks, UNDROP: whole tables, as long as their schema exists",
		Covers: cells{},
	},
	{
		ID: "lakebase.pitr", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Lakebase, Restore data and time travel: any moment of the restore window",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "lakebase.ha", RTO: "minutes", Basis: SLA, Source: "Lakebase, What is a database instance: secondary nodes are in other zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "databricks.failover_group", RTO: "hours", Basis: NoBound, Source: "Databricks Managed Disaster Recovery: asynchronous replication of catalogs and their storage",
		Covers: cells{model.RegionFault: IfOtherRegion, model.ZoneFault: IfOtherRegion},
	},
}
