package bicep

import (
	"path"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/source"
)

// document is one parsed file with its declarations by name. It is read-only
// once built and shared by all evaluations that reach it.
type document struct {
	path string
	file *syntax.File
	// symbols are the declarations that expressions name: *syntax.Param, Var,
	// Resource, Module, Func, TypeDecl, and imported or wildcard for what other
	// files declare. Outputs have names of their own.
	symbols   map[string]any
	outputs   map[string]*syntax.Output
	resources []*syntax.Resource
	modules   []*syntax.Module
	params    []*syntax.Param
	scope     functions.Scope

	// Of a parameter file: what it is for and what it adds to.
	using   *syntax.Using
	extends *syntax.Extends

	opened      bool
	diagnostics []source.Diagnostic
}

// imported is a symbol of another file; from is its path or what is written.
type imported struct {
	from  string
	local bool // from is a path in this repository
	name  string
	at    source.Range
}

// wildcard is all that another file exports.
type wildcard struct {
	from  string
	local bool
	at    source.Range
}

func newDocument(file *syntax.File) *document {
	d := &document{path: file.Path, file: file, symbols: map[string]any{}, outputs: map[string]*syntax.Output{}}
	for _, statement := range file.Statements {
		d.declare(statement)
	}
	return d
}

func (d *document) at(node syntax.Node) source.Range {
	span := node.At()
	return source.Range{File: d.path, Start: span.Start, End: span.End}
}

func (d *document) declare(statement syntax.Statement) {
	switch s := statement.(type) {
	case *syntax.TargetScope:
		d.scope = scopeOf(s)
	case *syntax.Param:
		if d.add(s.Name, s) {
			d.params = append(d.params, s)
		}
	case *syntax.Var:
		d.add(s.Name, s)
	case *syntax.Func:
		d.add(s.Name, s)
	case *syntax.TypeDecl:
		d.add(s.Name, s)
	case *syntax.Resource:
		if d.add(s.Name, s) {
			d.resources = append(d.resources, s)
		}
	case *syntax.Module:
		if d.add(s.Name, s) {
			d.modules = append(d.modules, s)
		}
	case *syntax.Output:
		d.declareOutput(s)
	case *syntax.Import:
		d.declareImport(s)
	case *syntax.Using:
		d.using = s
	case *syntax.Extends:
		d.extends = s
	}
}

func (d *document) add(name syntax.Ident, declaration any) bool {
	if name.Text == "" {
		return false // a diagnostic says that it is missing
	}
	if d.symbols[name.Text] != nil {
		d.duplicate(name)
		return false
	}
	d.symbols[name.Text] = declaration
	return true
}

func (d *document) declareOutput(s *syntax.Output) {
	switch {
	case s.Name.Text == "":
	case d.outputs[s.Name.Text] != nil:
		d.duplicate(s.Name)
	default:
		d.outputs[s.Name.Text] = s
	}
}

func (d *document) duplicate(name syntax.Ident) {
	d.diagnostics = append(d.diagnostics, source.Diagnostic{
		Code: "bicep/duplicate", Severity: source.Error, At: d.at(name),
		Summary: name.Text + " is declared more than once in this file",
		Detail:  "Only the first declaration is read. Bicep rejects such a file.",
	})
}

func (d *document) declareImport(s *syntax.Import) {
	from, local := "", false
	if text, ok := syntax.Literal(s.From); ok {
		from, local = d.resolve(text)
	}
	if s.Wildcard {
		d.add(s.Alias, wildcard{from: from, local: local, at: d.at(s.From)})
		return
	}
	for _, symbol := range s.Symbols {
		d.add(symbol.Local(), imported{from: from, local: local, name: symbol.Name.Text, at: d.at(s.From)})
	}
}

// resolve turns a reference to another file into its path in the repository.
// References to registries and template specs are returned as written.
func (d *document) resolve(reference string) (target string, local bool) {
	if isRemote(reference) {
		return reference, false
	}
	target = path.Join(path.Dir(d.path), strings.ReplaceAll(reference, `\`, "/"))
	if target == ".." || strings.HasPrefix(target, "../") || strings.HasPrefix(reference, "/") {
		return reference, false
	}
	return target, true
}

// isRemote reports whether a reference names a registry or a template spec:
// "br:…", "br/public:…", "ts:…", "ts/alias:…".
func isRemote(reference string) bool {
	scheme, _, found := strings.Cut(reference, ":")
	scheme, _, _ = strings.Cut(scheme, "/")
	return found && (scheme == "br" || scheme == "ts")
}

// scopeOf reads targetScope; a file without one is deployed to a resource group.
func scopeOf(s *syntax.TargetScope) functions.Scope {
	text, _ := syntax.Literal(s.Value)
	switch text {
	case "subscription":
		return functions.Subscription
	case "managementGroup":
		return functions.ManagementGroup
	case "tenant":
		return functions.Tenant
	default:
		return functions.ResourceGroup
	}
}
