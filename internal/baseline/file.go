package baseline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// version is that of the format. It heads the file, so that all entries are
// written alike: with the comma in front, each is a line of its own and two
// branches that add entries meet in no line.
const version = 1

// header is the first item of the file.
type header struct {
	Version int `json:"drlint-baseline"`
}

// line is how an entry is written.
type line struct {
	File    string `json:"file"`
	Rule    string `json:"rule"`
	Address string `json:"address,omitempty"`
	Path    string `json:"path,omitempty"`
	// Ordinal is written only where it tells two entries apart.
	Ordinal int `json:"ordinal,omitempty"`
}

// Encode writes the entries sorted, each once.
func Encode(entries []Entry) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	b.WriteByte('[')
	if err := encoder.Encode(header{version}); err != nil {
		return nil, err
	}
	for _, e := range tidy(entries) {
		b.WriteByte(',')
		if err := encoder.Encode(line{File: e.File, Rule: e.Rule, Address: e.Address, Path: e.Path, Ordinal: e.Ordinal}); err != nil {
			return nil, err
		}
	}
	b.WriteString("]\n")
	return b.Bytes(), nil
}

// Load reads a baseline. Any diagnostic means that it must not be used.
func Load(fsys fs.FS, file string) (*Baseline, []source.Diagnostic) {
	data, refused := guard.Read(fsys, file, guard.JSON)
	if refused != nil {
		return nil, []source.Diagnostic{*refused}
	}
	return Parse(file, data)
}

// Parse reads the content of a baseline. Any diagnostic means that it must not
// be used.
func Parse(file string, data []byte) (*Baseline, []source.Diagnostic) {
	if at := conflict(data); at >= 0 {
		return nil, []source.Diagnostic{problem(source.Range{File: file, Start: at, End: at + len(marker)},
			"a merge left its marks in the baseline", "Keep the entries of both sides and delete the lines with the marks.")}
	}
	root, problems := jsonc.Parse(file, data, jsonc.Options{})
	if len(problems) > 0 {
		for i := range problems {
			problems[i].Code = "baseline/invalid"
		}
		return nil, problems
	}
	r := reader{}
	r.read(root)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return &Baseline{File: file, Entries: tidy(r.entries)}, nil
}

var marker = []byte("<<<<<<< ")

// conflict is the offset of the first mark of a merge, or -1.
func conflict(data []byte) int {
	if bytes.HasPrefix(data, marker) {
		return 0
	}
	if at := bytes.Index(data, append([]byte("\n"), marker...)); at >= 0 {
		return at + 1
	}
	return -1
}

func problem(at source.Range, summary, detail string) source.Diagnostic {
	return source.Diagnostic{Code: "baseline/invalid", Severity: source.Error, Summary: summary, Detail: detail, At: at}
}

type reader struct {
	entries  []Entry
	problems []source.Diagnostic
}

func (r *reader) fail(at source.Range, format string, arguments ...any) {
	r.problems = append(r.problems, problem(at, fmt.Sprintf(format, arguments...), "drlint baseline writes the file anew once it is removed"))
}

func (r *reader) read(root resource.Value) {
	if root.Kind != resource.List || len(root.Items) == 0 {
		r.fail(root.At, "this is no baseline: it is no list that begins with %s", `{"drlint-baseline":1}`)
		return
	}
	switch found, ok := root.Items[0].Get("drlint-baseline").AsNumber(); {
	case !ok:
		r.fail(root.Items[0].At, "this is no baseline: its first item is not %s", `{"drlint-baseline":1}`)
		return
	case found != version:
		r.fail(root.Items[0].At, "the baseline has version %v, and this drlint reads version %d", found, version)
		return
	}
	for _, item := range root.Items[1:] {
		r.entry(item)
	}
}

func (r *reader) entry(v resource.Value) {
	e := Entry{At: v.At}
	if v.Kind != resource.Object {
		r.fail(v.At, "an entry is an object with file and rule")
		return
	}
	texts := map[string]*string{"file": &e.File, "rule": &e.Rule, "address": &e.Address, "path": &e.Path}
	for _, field := range v.Fields {
		if into, ok := texts[field.Name]; ok {
			if *into, ok = field.Value.AsString(); !ok || field.Value.Kind != resource.String {
				r.fail(field.Value.At, "%s is no text", field.Name)
			}
			continue
		}
		number, ok := field.Value.AsNumber()
		switch {
		case field.Name != "ordinal":
			r.fail(field.At, "an entry has no key %q", field.Name)
		case !ok || field.Value.Kind != resource.Number || number < 0 || number != float64(int32(number)):
			r.fail(field.Value.At, "ordinal is no number that counts")
		default:
			e.Ordinal = int(number)
		}
	}
	if e.File == "" || e.Rule == "" {
		r.fail(v.At, "an entry needs file and rule")
		return
	}
	r.entries = append(r.entries, e)
}
