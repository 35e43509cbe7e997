package model

import "github.com/drlint/drlint/internal/source"

// LoadMode says what one run of a flow does to its target.
type LoadMode string

// The load modes. The guide's answer for a product depends on them: a full load
// can be repeated, increments cannot.
const (
	FullLoad        LoadMode = "full"        // everything, every time
	IncrementalLoad LoadMode = "incremental" // what is new since the last run
)

// Flow is data that moves: one Copy activity, data flow or notebook write.
type Flow struct {
	ID      string
	Address string // "pipeline/Load/activities/CopyOrders"
	// Activity is what moves the data: "copy", "data_flow", "notebook", "stream", "capture", "refresh".
	Activity string
	// Pipeline is the asset ID of the pipeline, job or model that owns the flow.
	Pipeline string
	// From and To are asset IDs; empty when the place is in no scanned file.
	From, To string
	// Source and Sink are the places as far as they are readable:
	// "lake/raw/orders", "dbo.Orders".
	Source, Sink Fact
	// Reads is what it reads: "files", "table" or "service"; empty when that is
	// not known or not one of them.
	Reads string
	// Mode is a LoadMode; unknown when nothing in the repository decides it.
	Mode Fact
	// Write is "append", "overwrite", "upsert" or "new_file".
	Write Fact
	// Dated says whether each run writes to a path of its own: a date, a run ID.
	Dated Fact
	// Partitioned says whether what is written is laid out in partitions, so that
	// a part of it can be written again; absent where code cannot say it.
	Partitioned Fact
	// Interval is the time between two runs in hours; absent for a flow that is
	// started by events or by hand, unknown when its triggers are stopped.
	Interval Fact
	// Triggers are what starts it, sorted: "schedule", "tumbling_window", "event", "manual".
	Triggers []string
	// Runtime is the asset ID of the self-hosted integration runtime it needs.
	Runtime string
	At      source.Range
}
