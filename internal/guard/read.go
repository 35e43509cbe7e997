package guard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/drlint/drlint/internal/source"
)

// Read returns the bytes of a file that may be parsed, unchanged (a UTF-8 byte
// order mark is kept), or the diagnostic that says why it may not. Exactly one
// of the two is nil.
func Read(fsys fs.FS, path string, limits Limits) ([]byte, *source.Diagnostic) {
	data, problem := load(fsys, path, limits)
	if problem != nil {
		return nil, problem
	}
	if problem := Check(path, data, limits); problem != nil {
		return nil, problem
	}
	return data, nil
}

// Check judges text that is already in memory: its size, encoding and nesting.
// It returns nil when the text may be parsed. Offsets count from the start of
// data.
func Check(path string, data []byte, limits Limits) *source.Diagnostic {
	if int64(len(data)) > limits.Bytes {
		return tooLarge(path, limits)
	}
	if problem := checkText(path, data); problem != nil {
		return problem
	}
	return checkDepth(path, data, limits)
}

// load stats before it opens: opening a named pipe would wait for ever.
func load(fsys fs.FS, path string, limits Limits) ([]byte, *source.Diagnostic) {
	info, err := fs.Stat(fsys, path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	switch {
	case info.IsDir():
		return nil, unreadable(path, errors.New("it is a directory"))
	case !info.Mode().IsRegular():
		return nil, unreadable(path, errors.New("it is not a regular file"))
	case info.Size() > limits.Bytes:
		return nil, tooLarge(path, limits)
	}
	file, err := fsys.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { _ = file.Close() }()
	data, err := readAll(file, info.Size(), limits.Bytes)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if int64(len(data)) > limits.Bytes {
		return nil, tooLarge(path, limits)
	}
	return data, nil
}

// readAll reads one byte past the limit at most: a file may grow after its
// size was asked for, and some file systems report no size at all.
func readAll(file io.Reader, size, limit int64) ([]byte, error) {
	data := make([]byte, 0, min(max(size, 0), limit)+1)
	for {
		count, err := file.Read(data[len(data):cap(data)])
		data = data[:len(data)+count]
		switch {
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		case int64(len(data)) > limit:
			return data, nil
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}

func tooLarge(path string, limits Limits) *source.Diagnostic {
	return &source.Diagnostic{
		Code:     "guard/too-large",
		Severity: source.Error,
		Summary:  "the file is larger than " + size(limits.Bytes) + " and was not read",
		Detail:   "Split the file, or exclude it when it is generated or holds data.",
		At:       source.Range{File: path},
	}
}

func unreadable(path string, err error) *source.Diagnostic {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &source.Diagnostic{
		Code:     "guard/unreadable",
		Severity: source.Error,
		Summary:  "the file cannot be read: " + err.Error(),
		Detail:   "Check its permissions, or exclude it.",
		At:       source.Range{File: path},
	}
}

func size(bytes int64) string {
	if bytes >= mebibyte && bytes%mebibyte == 0 {
		return fmt.Sprintf("%d MiB", bytes/mebibyte)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
