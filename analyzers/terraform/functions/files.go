package functions

import (
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func (t *table) fileFunctions() map[string]entry {
	all := map[string]entry{
		"abspath":    {fn: absPath()},
		"basename":   {fn: textToText("path", path.Base)},
		"dirname":    {fn: textToText("path", path.Dir)},
		"file":       {fn: t.ofFile(fileText)},
		"filebase64": {fn: t.ofFile(func(data []byte) (string, error) { return base64.StdEncoding.EncodeToString(data), nil })},
		"fileexists": {fn: t.fileExists()},
		"fileset":    {fn: t.fileSet()},
		"pathexpand": {fn: pathExpand()},
	}
	for name, d := range digests() {
		all["file"+name] = entry{fn: t.fileDigest(d)}
	}
	return all
}

func fileText(data []byte) (string, error) {
	if !utf8.Valid(data) {
		return "", function.NewArgErrorf(0, "the file is not valid UTF-8; use filebase64() to read it")
	}
	return string(data), nil
}

// ofFile is a function of the bytes of a file.
func (t *table) ofFile(impl func(data []byte) (string, error)) function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		data, err := t.read(in[0])
		if err != nil {
			return settled(cty.String, cty.NilVal, err)
		}
		text, err := impl(data)
		if err != nil {
			return cty.NilVal, err
		}
		return cty.StringVal(text), nil
	}, "path")
}

// fileDigest reads without keeping, so it takes larger files.
func (t *table) fileDigest(d digest) function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		file, size, err := t.open(in[0], t.limit.FileBytes)
		if err != nil {
			return settled(cty.String, cty.NilVal, err)
		}
		defer func() { _ = file.Close() }()
		h := d.new()
		if n, err := io.Copy(h, io.LimitReader(file, size)); err != nil || n != size {
			return unknown(cty.String, "the file "+strconv.Quote(in[0])+" cannot be read"), nil
		}
		return cty.StringVal(d.encode(h.Sum(nil))), nil
	}, "path")
}

func (t *table) fileExists() function.Function {
	return ofText(cty.Bool, func(in []string) (cty.Value, error) {
		at := t.locate(in[0])
		if at.why != "" {
			return unknown(cty.Bool, at.why), nil
		}
		info, err := fs.Stat(t.scope.FS, at.path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return cty.False, nil
		case err != nil: // not known is no error: try() must not take its fallback
			return unknown(cty.Bool, "the file "+at.path+" cannot be read"), nil //nolint:nilerr
		case !info.Mode().IsRegular():
			return cty.NilVal, function.NewArgErrorf(0, "%s is not a regular file", at.path)
		default:
			return cty.True, nil
		}
	}, "path")
}

func (t *table) fileSet() function.Function {
	names := cty.Set(cty.String)
	return ofText(names, func(in []string) (cty.Value, error) {
		at := t.locate(in[0])
		if at.why != "" {
			return unknown(names, at.why), nil
		}
		pattern := path.Join(at.path, in[1])
		if !fs.ValidPath(pattern) {
			return unknown(names, strconv.Quote(in[1])+" leads outside the repository"), nil
		}
		if tooManyAlternatives(pattern) {
			return unknown(names, "the pattern of fileset() has too many alternatives"), nil
		}
		walk := &countedFS{FS: t.scope.FS, budget: t.budget}
		matches, err := doublestar.Glob(walk, pattern, doublestar.WithFilesOnly())
		if walk.why == "" && len(matches) > t.limit.Elements {
			walk.why = "fileset() gives more than " + count(t.limit.Elements) + " values"
		}
		if walk.why != "" {
			return unknown(names, walk.why), nil
		}
		if err != nil {
			return cty.NilVal, function.NewArgError(1, err)
		}
		return relativeNames(at.path, matches)
	}, "path", "pattern")
}

func relativeNames(dir string, matches []string) (cty.Value, error) {
	values := make([]cty.Value, len(matches))
	for i, match := range matches {
		name, err := filepath.Rel(filepath.FromSlash(dir), filepath.FromSlash(match))
		if err != nil {
			return cty.NilVal, err
		}
		values[i] = cty.StringVal(filepath.ToSlash(name))
	}
	if len(values) == 0 {
		return cty.SetValEmpty(cty.String), nil
	}
	return cty.SetVal(values), nil
}

const (
	maxGlob         = 1024
	maxAlternatives = 256
)

// tooManyAlternatives bounds {a,b}{c,d}…, for which matching tries all
// combinations.
func tooManyAlternatives(pattern string) bool {
	combinations := 1
	for i := 0; i < len(pattern) && combinations <= maxAlternatives; i++ {
		switch pattern[i] {
		case '{':
			combinations *= 2
		case ',':
			combinations += combinations / 2
		}
	}
	return combinations > maxAlternatives || len(pattern) > maxGlob
}

// countedFS charges for the directory entries that a walk sees, and hides what
// differs between two clones of a repository.
type countedFS struct {
	fs.FS
	budget *Budget
	why    string
}

func (c *countedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if c.why != "" {
		return nil, nil
	}
	all, err := fs.ReadDir(c.FS, name)
	if c.why = c.budget.spend(callSteps * int64(len(all)+1)); c.why != "" {
		return nil, nil
	}
	kept := all[:0]
	for _, e := range all {
		if e.Name() != ".git" && e.Name() != ".terraform" {
			kept = append(kept, e)
		}
	}
	return kept, err
}

func (c *countedFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

// absPath leaves paths that are absolute already as they are.
func absPath() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		if path.IsAbs(in[0]) {
			return cty.StringVal(path.Clean(in[0])), nil
		}
		return unknown(cty.String, "abspath() depends on the directory that Terraform runs in"), nil
	}, "path")
}

// pathExpand replaces a leading ~ only.
func pathExpand() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		if strings.HasPrefix(in[0], "~") {
			return unknown(cty.String, "pathexpand() depends on the home directory of whoever runs Terraform"), nil
		}
		return cty.StringVal(in[0]), nil
	}, "path")
}
