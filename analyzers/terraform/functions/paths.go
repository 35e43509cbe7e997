package functions

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// located is what the path argument of a function leads to: a path below the
// root of the file system, or why drlint does not go there.
type located struct{ path, why string }

// locate resolves a path as written in an expression.
func (t *table) locate(written string) located {
	switch {
	case strings.HasPrefix(written, "~"):
		return located{why: strconv.Quote(written) + " starts at the home directory of whoever runs Terraform"}
	case path.IsAbs(written) || hasDrive(written):
		return located{why: strconv.Quote(written) + " is an absolute path, which lies outside the repository"}
	}
	candidates := []string{path.Join(t.scope.RootDir, written)}
	for _, dir := range []string{t.scope.RootDir, t.scope.ModuleDir} {
		if dir = path.Clean(dir); dir != "." && within(strings.TrimPrefix(written, "./"), dir) {
			candidates = append(candidates, path.Clean(written))
			break
		}
	}
	for _, candidate := range candidates {
		if _, err := fs.Stat(t.scope.FS, candidate); err == nil {
			return located{path: candidate}
		}
	}
	if !fs.ValidPath(candidates[0]) {
		return located{why: strconv.Quote(written) + " lies outside the repository"}
	}
	return located{path: candidates[0]}
}

// within reports whether a path is a directory or starts with it.
func within(name, dir string) bool {
	return name == dir || strings.HasPrefix(name, dir+"/")
}

// hasDrive recognises C:\ on every system, so that results do not depend on it.
func hasDrive(written string) bool {
	return len(written) >= 2 && written[1] == ':' && (written[0]|0x20 >= 'a' && written[0]|0x20 <= 'z') ||
		strings.HasPrefix(written, `\`)
}

// unreadError stands for a file that is there and that drlint does not read; its
// text completes "unknown because …".
type unreadError struct{ why string }

func (e unreadError) Error() string { return e.why }

// open returns a regular file of at most limit bytes. Its errors are unreadError,
// or say what Terraform would complain of.
func (t *table) open(written string, limit int64) (fs.File, int64, error) {
	at := t.locate(written)
	if at.why != "" {
		return nil, 0, unreadError{at.why}
	}
	info, err := fs.Stat(t.scope.FS, at.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, function.NewArgErrorf(0, "there is no file %s in the repository", at.path)
	case err != nil:
		return nil, 0, unreadError{"the file " + at.path + " cannot be read"}
	case info.IsDir():
		return nil, 0, function.NewArgErrorf(0, "%s is a directory", at.path)
	case !info.Mode().IsRegular():
		return nil, 0, unreadError{at.path + " is not a regular file"}
	case info.Size() > limit:
		return nil, 0, unreadError{"the file " + at.path + " is larger than " + count(int(limit)) + " bytes"}
	}
	if why := t.budget.spend(info.Size() / bytesPerStep); why != "" {
		return nil, 0, unreadError{why}
	}
	file, err := t.scope.FS.Open(at.path)
	if err != nil {
		return nil, 0, unreadError{"the file " + at.path + " cannot be read"}
	}
	return file, info.Size(), nil
}

// read returns the bytes of a file.
func (t *table) read(written string) ([]byte, error) {
	file, _, err := t.open(written, int64(t.limit.Bytes))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, int64(t.limit.Bytes)+1))
	if err != nil || len(data) > t.limit.Bytes {
		return nil, unreadError{"the file " + strconv.Quote(written) + " cannot be read"}
	}
	return data, nil
}

// settled turns unreadError into an unknown value of a type.
func settled(ty cty.Type, v cty.Value, err error) (cty.Value, error) {
	if unread, ok := err.(unreadError); ok { //nolint:errorlint // never wrapped
		return unknown(ty, unread.why), nil
	}
	return v, err
}
