package edit

import (
	"bytes"
	"io/fs"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/drlint/drlint/internal/finding"
)

// Unified returns the unified diff of one file, with three lines of context, as
// patch and git apply read it; nothing when the two are equal. The text is that
// of the file: whoever shows it on a terminal escapes it.
func (c Change) Unified() []byte {
	text := diff.Diff("a/"+c.File, c.Before, "b/"+c.File, c.After)
	// The first line names the program that made the diff.
	if _, rest, ok := bytes.Cut(text, []byte("\n")); ok {
		return rest
	}
	return text
}

// Preview returns the unified diff of one fix, file by file; fsys is the scanned
// tree. It fails when the fix does not fit the files, as they may have changed
// since the scan.
func Preview(fsys fs.FS, fix finding.Fix) ([]byte, error) {
	plan, err := Merge(fsys, []finding.Fix{fix})
	if err != nil {
		return nil, err
	}
	var text []byte
	for _, c := range plan.Changes {
		text = append(text, c.Unified()...)
	}
	return text, nil
}
