package source

// Severity says how much of a file a diagnostic cost.
type Severity string

// An Error lost a file or a part of it; a Warning left a value undecided; a
// Note tells what was left out on purpose.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Diagnostic is what drlint could not read or resolve. It never ends a scan.
// Code is stable and kebab-case ("terraform/cycle"); Summary is one sentence
// without a final stop; Detail says what to do about it and may be empty.
type Diagnostic struct {
	Code     string
	Severity Severity
	Summary  string
	Detail   string
	At       Range
}
