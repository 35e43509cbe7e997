package git

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// Remembered is what the index knows of a file of the work tree from the last
// time that git looked at it: which blob it is, while it has this size and time.
type Remembered struct {
	ID       string // the hexadecimal name of the object
	Size     uint32 // in bytes, without what exceeds 32 bits
	Modified time.Time
}

// Remembered lists what the index knows, by path below the directory. A file that
// changed in the moment in which the index was written is left out, for its time
// would not tell. It is empty where the index cannot be read like this, as
// with one that is split or names objects by SHA-256; then contents tell.
func (r *Repository) Remembered() map[string]Remembered {
	file, err := os.Open(r.index)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil
	}
	var all index.Index
	if err := index.NewDecoder(file).Decode(&all); err != nil {
		return nil
	}
	known := make(map[string]Remembered, len(all.Entries))
	for _, e := range all.Entries {
		name, below := strings.CutPrefix(e.Name, r.prefix)
		regular := e.Mode == filemode.Regular || e.Mode == filemode.Executable
		if below && regular && e.Stage == 0 && !e.IntentToAdd && e.ModifiedAt.Before(info.ModTime()) {
			known[name] = Remembered{e.Hash.String(), e.Size, e.ModifiedAt}
		}
	}
	return known
}

// prefixOf is the path of a directory below the top of its work tree, which lies
// at cdup from there; it ends in a slash unless it is empty.
func prefixOf(directory, cdup string) string {
	below, err := filepath.Rel(filepath.Join(directory, filepath.FromSlash(cdup)), directory)
	if err != nil || below == "." {
		return ""
	}
	return filepath.ToSlash(below) + "/"
}
