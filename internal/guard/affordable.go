package guard

import (
	"io/fs"
	"slices"
)

// TotalSize is how many bytes the files of one format may have together: syntax
// trees take many times the memory of their text.
const TotalSize = 64 << 20

// Affordable parts files into those that together stay within TotalSize and the
// rest. A file that cannot be looked at is kept: reading it says why.
func Affordable(fsys fs.FS, files []string) (kept, refused []string) {
	total := int64(0)
	kept = slices.DeleteFunc(slices.Clone(files), func(name string) bool {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			return false
		}
		if total+info.Size() <= TotalSize {
			total += info.Size()
			return false
		}
		refused = append(refused, name)
		return true
	})
	return kept, refused
}
