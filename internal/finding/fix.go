package finding

import "github.com/drlint/drlint/internal/source"

// Fix is one way to remedy a finding by editing files of the repository. Its
// edits belong together: all of them are made or none.
type Fix struct {
	// Title says what the edits do, as an order: "Replicate to the paired region (GRS)".
	Title string
	// Safe means that the edits cost no money and change nothing that runs;
	// others are made only when users ask for them.
	Safe bool
	// Edits do not overlap; ordered by file and place.
	Edits []Edit
}

// Edit replaces the text at a place, which may be empty, with another.
type Edit struct {
	At  source.Range
	New string
}
