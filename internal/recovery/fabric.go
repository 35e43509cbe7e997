package recovery

import "github.com/drlint/drlint/internal/model"

var fabricMechanisms = []Mechanism{
	{
		ID: "fabric.warehouse_history", RTO: "minutes", Basis: SLA, Windowed: true, Source: "Fabric warehouse, Data retention: time travel and restore points in the warehouse itself, 30 days by default",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
}
