package guard

import (
	"fmt"

	"github.com/drlint/drlint/internal/source"
)

// Barrier runs parse and turns a panic into a diagnostic about the file, so
// that one file never ends a scan. It cannot stop a stack overflow: that is
// what Read's depth check is for. Use it within the goroutine that parses.
func Barrier(path string, parse func()) (problem *source.Diagnostic) {
	defer func() {
		if cause := recover(); cause != nil {
			problem = &source.Diagnostic{
				Code:     "guard/internal-error",
				Severity: source.Error,
				Summary:  fmt.Sprintf("drlint failed on this file: %v", cause),
				Detail:   "This is a defect of drlint; please report it with the file. The rest of the scan is not affected.",
				At:       source.Range{File: path},
			}
		}
	}()
	parse()
	return nil
}
