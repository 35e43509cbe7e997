package terraform

import (
	"cmp"
	"io/fs"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// syntaxLimit bounds the diagnostics of one broken file; the first few tell.
const syntaxLimit = 10

// file is one parsed file. body is never nil; what could be read of a broken
// file is in it.
type file struct {
	path        string
	role        role
	body        *body
	opened      bool // it was admitted to the parser
	diagnostics []source.Diagnostic
}

func parseFile(fsys fs.FS, path string) *file { return parseAs(fsys, path, roleOf(path)) }

// parseAs parses a file that something else than its name gives a role.
func parseAs(fsys fs.FS, path string, as role) *file {
	parsed := &file{path: path, role: as, body: &body{}}
	limits := guard.HCL
	if isJSON(path) {
		limits = guard.HCLJSON
	}
	data, problem := guard.Read(fsys, path, limits)
	if problem == nil {
		problem = guard.Barrier(path, func() { parsed.read(data) })
	}
	if problem != nil {
		parsed.diagnostics = append(parsed.diagnostics, *problem)
	}
	return parsed
}

func (f *file) read(data []byte) {
	f.opened = true
	if isJSON(f.path) {
		f.readJSON(data)
		return
	}
	parsed, diags := hclsyntax.ParseConfig(data, f.path, hcl.InitialPos)
	f.report(diags, len(data))
	if native, ok := parsed.Body.(*hclsyntax.Body); ok {
		f.body = nativeBody(native)
	}
}

// report turns the parser's diagnostics into ours.
func (f *file) report(diags hcl.Diagnostics, size int) {
	for _, diag := range diags {
		if len(f.diagnostics) == syntaxLimit {
			return
		}
		at := source.Range{File: f.path}
		if diag.Subject != nil {
			at = placed(*diag.Subject)
			at.File = f.path
			at.Start = min(at.Start, size)
			at.End = min(at.End, size)
		}
		severity := source.Error
		if diag.Severity == hcl.DiagWarning {
			severity = source.Warning
		}
		f.diagnostics = append(f.diagnostics, source.Diagnostic{
			Code: "terraform/syntax", Severity: severity, Summary: sentence(diag.Summary), Detail: diag.Detail, At: at,
		})
	}
}

func nativeBody(native *hclsyntax.Body) *body {
	read := &body{
		attrs:  make([]*attribute, 0, len(native.Attributes)),
		blocks: make([]*block, 0, len(native.Blocks)),
	}
	for name, attr := range native.Attributes {
		read.attrs = append(read.attrs, &attribute{name: name, nameAt: placed(attr.NameRange), expr: attr.Expr})
	}
	slices.SortFunc(read.attrs, func(a, b *attribute) int { return cmp.Compare(a.nameAt.Start, b.nameAt.Start) })
	for _, nested := range native.Blocks {
		header := placed(nested.DefRange())
		whole := source.Range{File: header.File, Start: header.Start, End: max(header.End, nested.CloseBraceRange.End.Byte)}
		read.blocks = append(read.blocks, &block{
			kind: nested.Type, labels: nested.Labels, body: nativeBody(nested.Body), header: header, whole: whole,
		})
	}
	return read
}
