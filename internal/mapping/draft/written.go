package draft

import (
	"io/fs"

	"github.com/drlint/drlint/internal/source"
)

// Written returns the text of a place as it is written; empty when the file
// cannot be read. Files are kept, because mappers compare expressions pairwise.
func (d *Draft) Written(at source.Range) string {
	data, ok := d.texts[at.File]
	if !ok && d.Tree.FS != nil && !at.IsZero() {
		data, _ = fs.ReadFile(d.Tree.FS, at.File) // what cannot be read is empty and equals nothing
		if d.texts == nil {
			d.texts = map[string][]byte{}
		}
		d.texts[at.File] = data
	}
	if at.Start < 0 || at.Start > at.End || at.End > len(data) {
		return ""
	}
	return string(data[at.Start:at.End])
}
