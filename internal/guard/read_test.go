package guard

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
)

func TestReadReturnsTheBytesUnchanged(t *testing.T) {
	text := "\xef\xbb\xbfa: \"é\"\r\n"
	fsys := fstest.MapFS{"a/b.yml": {Data: []byte(text)}, "empty": {}}
	for path, want := range map[string]string{"a/b.yml": text, "empty": ""} {
		data, problem := Read(fsys, path, YAML)
		if problem != nil || string(data) != want || data == nil {
			t.Errorf("%s: got %q, %v", path, data, problem)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	small := Limits{Bytes: 10, Depth: 3, Syntax: JSONSyntax}
	fsys := fstest.MapFS{
		"large":      {Data: []byte(strings.Repeat("a", 11))},
		"dir/file":   {Data: []byte("a")},
		"pipe":       {Data: []byte("a"), Mode: fs.ModeNamedPipe},
		"nul":        {Data: []byte("ab\x00c")},
		"latin1":     {Data: []byte("é=\xe9!")},
		"utf16le":    {Data: []byte("\xff\xfea\x00")},
		"utf16be":    {Data: []byte("\xfe\xff\x00a")},
		"truncated":  {Data: []byte("ab\xe2\x82")},
		"deep":       {Data: []byte("[[\n [[]]]]")},
		"surrogates": {Data: []byte("\xed\xa0\x80")},
	}
	tests := map[string]struct {
		code       string
		start, end int
		summary    string
	}{
		"large":      {"guard/too-large", 0, 0, "10 bytes"},
		"dir":        {"guard/unreadable", 0, 0, "directory"},
		"pipe":       {"guard/unreadable", 0, 0, "regular"},
		"missing":    {"guard/unreadable", 0, 0, "not exist"},
		"nul":        {"guard/binary", 2, 3, "NUL"},
		"latin1":     {"guard/not-utf8", 3, 4, "UTF-8"},
		"utf16le":    {"guard/not-utf8", 0, 2, "UTF-16"},
		"utf16be":    {"guard/not-utf8", 0, 2, "UTF-16"},
		"truncated":  {"guard/not-utf8", 2, 3, "UTF-8"},
		"surrogates": {"guard/not-utf8", 0, 1, "UTF-8"},
		"deep":       {"guard/too-deep", 5, 6, "3 levels"},
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			data, problem := Read(fsys, path, small)
			if problem == nil || data != nil {
				t.Fatalf("got %q, %v", data, problem)
			}
			at := source.Range{File: path, Start: want.start, End: want.end}
			if problem.Code != want.code || problem.At != at || problem.Severity != source.Error {
				t.Errorf("got %+v, want %s at %+v", problem, want.code, at)
			}
			if !strings.Contains(problem.Summary, want.summary) || problem.Detail == "" || strings.HasSuffix(problem.Summary, ".") {
				t.Errorf("text is %q / %q", problem.Summary, problem.Detail)
			}
		})
	}
}

// growing is a file that is larger than its directory entry says.
type growing struct{ fstest.MapFS }

func (g growing) Open(name string) (fs.File, error) {
	return fstest.MapFS{name: {Data: []byte(strings.Repeat("a", 1000))}}.Open(name)
}

func (g growing) Stat(name string) (fs.FileInfo, error) { return g.MapFS.Stat(name) }

func TestReadCountsWhileReading(t *testing.T) {
	fsys := growing{fstest.MapFS{"f": {Data: []byte("a")}}}
	if _, problem := Read(fsys, "f", Limits{Bytes: 999}); problem == nil || problem.Code != "guard/too-large" {
		t.Errorf("got %+v, want guard/too-large", problem)
	}
	if data, problem := Read(fsys, "f", Limits{Bytes: 1000}); problem != nil || len(data) != 1000 {
		t.Errorf("got %d bytes, %+v", len(data), problem)
	}
}

func TestReadStaysInTheRoot(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	if data, problem := Read(root.FS(), "link", Text); problem == nil || problem.Code != "guard/unreadable" {
		t.Errorf("got %q, %+v", data, problem)
	}
}

func TestBlankBOM(t *testing.T) {
	data := []byte("\xef\xbb\xbfa")
	if got := string(BlankBOM(data)); got != "   a" || string(data) != "\xef\xbb\xbfa" {
		t.Errorf("got %q, data became %q", got, data)
	}
	if got := string(BlankBOM([]byte("a"))); got != "a" {
		t.Errorf("got %q", got)
	}
}

func TestBarrier(t *testing.T) {
	ran := false
	if problem := Barrier("a.tf", func() { ran = true }); problem != nil || !ran {
		t.Errorf("got %+v, ran %v", problem, ran)
	}
	problem := Barrier("a.tf", func() { panic(errors.New("index out of range")) })
	if problem == nil || problem.Code != "guard/internal-error" || problem.At.File != "a.tf" || !strings.Contains(problem.Summary, "index out of range") {
		t.Errorf("got %+v", problem)
	}
}
