package scan

// PhaseName says what a scan is doing.
type PhaseName string

// The phases of a scan, in order.
const (
	Reading   PhaseName = "reading"   // Count files
	Modelling PhaseName = "modelling" // Count resources
	Judging   PhaseName = "judging"   // Count assets
	Done      PhaseName = "done"      // nothing follows
)

// Phase is one step of a scan with the number of things it is about.
type Phase struct {
	Name  PhaseName
	Count int
}

func (o Options) tell(name PhaseName, count int) {
	if o.Progress != nil {
		o.Progress(Phase{name, count})
	}
}
