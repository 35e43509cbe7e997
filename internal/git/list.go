package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// Entry is one file of a commit or of the index.
type Entry struct {
	// Path is slash-separated and below the directory of the repository that was
	// opened. It may hold any byte but 0.
	Path string
	// Mode is 0 for a file, fs.ModeSymlink for a symbolic link, whose blob holds
	// its target, and fs.ModeDir for a submodule, whose ID is a commit of its own.
	Mode fs.FileMode
	// ID is the hexadecimal name of the object.
	ID string
}

// Files lists what a commit holds below the directory.
func (r *Repository) Files(ctx context.Context, commit Commit) ([]Entry, error) {
	out, err := r.run(ctx, "ls-tree", "-r", "-z", commit.ID)
	if err != nil {
		return nil, err
	}
	return parseList(out, func(fields [][]byte) (mode, id []byte, err error) {
		if len(fields) != 3 { // mode, type, object
			return nil, nil, errList
		}
		return fields[0], fields[2], nil
	})
}

// Staged lists what the index holds below the directory.
func (r *Repository) Staged(ctx context.Context) ([]Entry, error) {
	out, err := r.run(ctx, "ls-files", "--stage", "-z")
	if err != nil {
		return nil, err
	}
	return parseList(out, func(fields [][]byte) (mode, id []byte, err error) {
		switch {
		case len(fields) != 3: // mode, object, stage
			return nil, nil, errList
		case string(fields[2]) != "0":
			return nil, nil, refuse("the index holds files whose merge is not resolved: resolve and add them first")
		default:
			return fields[0], fields[1], nil
		}
	})
}

var errList = errors.New("git: a list of files cannot be read")

// parseList reads records that end in 0: fields with a space between them, a
// tabulator and the path.
func parseList(out []byte, pick func(fields [][]byte) (mode, id []byte, err error)) ([]Entry, error) {
	entries := make([]Entry, 0, bytes.Count(out, []byte{0}))
	for len(out) > 0 {
		record, rest, terminated := bytes.Cut(out, []byte{0})
		if !terminated {
			return nil, errList
		}
		out = rest
		head, path, ok := bytes.Cut(record, []byte{'\t'})
		if !ok || len(path) == 0 {
			return nil, errList
		}
		mode, id, err := pick(bytes.Split(head, []byte{' '}))
		if err != nil {
			return nil, err
		}
		entry, err := newEntry(string(path), string(mode), string(id))
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func newEntry(path, mode, id string) (Entry, error) {
	e := Entry{Path: path, ID: id}
	switch mode {
	case "100644", "100755", "100664":
	case "120000":
		e.Mode = fs.ModeSymlink
	case "160000":
		e.Mode = fs.ModeDir
	default:
		return e, fmt.Errorf("%w: mode %q", errList, mode)
	}
	if len(id) != 40 && len(id) != 64 {
		return e, fmt.Errorf("%w: object %q", errList, id)
	}
	return e, nil
}
