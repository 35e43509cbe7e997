package terraform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/drlint/drlint/internal/source"
)

// module is the configuration in one directory. It is read-only once built and
// shared by all evaluations that reach it.
type module struct {
	dir       string
	variables map[string]*variable
	locals    map[string]*attribute
	outputs   map[string]*block
	resources map[string]*block // by local address: aws_s3_bucket.raw, data.aws_region.here
	calls     map[string]*block
	providers map[string]*block // aws, aws.dr
	terraform []*block          // in the order of precedence: overrides last

	varFiles    []*file // by precedence: later ones win
	diagnostics []source.Diagnostic
}

// blockKinds are the top-level blocks that are read, and their label counts.
var blockKinds = map[string]int{
	"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1,
	"locals": 0, "terraform": 0,
}

// isReadOver reports whether blocks of a kind neither describe nor configure
// resources, so that there is nothing to say about them.
func isReadOver(kind string) bool {
	switch kind {
	case "moved", "removed", "import", "check", "action", "language":
		return true
	default:
		return false
	}
}

// newModule builds a module from the files of one directory, sorted by path.
// It returns nil when none of them is configuration.
func newModule(dir string, files []*file) *module {
	m := &module{
		dir: dir, variables: map[string]*variable{}, locals: map[string]*attribute{}, outputs: map[string]*block{},
		resources: map[string]*block{}, calls: map[string]*block{}, providers: map[string]*block{},
	}
	files = withoutReplaced(files)
	configured := false
	for _, wanted := range []role{primary, override} {
		for _, f := range files {
			if f.role == wanted {
				configured = true
				m.declare(f, wanted == override)
			}
		}
	}
	if !configured {
		return nil
	}
	for _, f := range files {
		if f.role == variables {
			m.varFiles = append(m.varFiles, f)
		}
	}
	slices.SortStableFunc(m.varFiles, func(a, b *file) int {
		return strings.Compare(variableRank(baseName(a.path)), variableRank(baseName(b.path)))
	})
	return m
}

// withoutReplaced drops the .tf files that OpenTofu replaces by .tofu files.
func withoutReplaced(files []*file) []*file {
	present := map[string]bool{}
	for _, f := range files {
		present[f.path] = true
	}
	return slices.DeleteFunc(slices.Clone(files), func(f *file) bool {
		name := preferred(f.path)
		return name != "" && present[name]
	})
}

func (m *module) declare(f *file, overriding bool) {
	for _, b := range f.body.blocks {
		labels, known := blockKinds[b.kind]
		switch {
		case isReadOver(b.kind):
		case !known:
			m.report("terraform/unsupported-block", source.Note, b.header, b.kind+" blocks are not read",
				"A newer version of the language may define them; drlint reads the rest of the file.")
		case labels != len(b.labels):
			m.report("terraform/syntax", source.Error, b.header,
				fmt.Sprintf("a %s block has %d labels, not %d", b.kind, labels, len(b.labels)), "")
		case b.kind == "locals":
			m.declareLocals(b, overriding)
		case b.kind == "terraform":
			m.terraform = append(m.terraform, b)
		default:
			m.declareBlock(b, overriding)
		}
	}
	for _, a := range f.body.attrs {
		m.report("terraform/syntax", source.Error, a.nameAt, fmt.Sprintf("the argument %q stands outside of any block", a.name), "")
	}
}

func (m *module) declareLocals(b *block, overriding bool) {
	for _, a := range b.body.attrs {
		if m.locals[a.name] != nil && !overriding {
			m.duplicate("local."+a.name, a.nameAt)
			continue
		}
		m.locals[a.name] = a
	}
}

// declareBlock files a block under its name; a later file of the same name is
// an override or a mistake.
func (m *module) declareBlock(b *block, overriding bool) {
	table, key := m.table(b)
	if table == nil {
		if b.kind == "variable" {
			m.declareVariable(b, overriding)
		}
		return
	}
	base := table[key]
	switch {
	case base == nil:
		if overriding {
			m.orphan(b)
		}
		table[key] = b
	case overriding:
		table[key] = mergeBlock(base, b)
	default:
		m.duplicate(blockName(b), b.header)
	}
}

func (m *module) table(b *block) (table map[string]*block, key string) {
	switch b.kind {
	case "resource":
		return m.resources, b.labels[0] + "." + b.labels[1]
	case "data", "ephemeral":
		return m.resources, b.kind + "." + b.labels[0] + "." + b.labels[1]
	case "module":
		return m.calls, b.labels[0]
	case "output":
		return m.outputs, b.labels[0]
	case "provider":
		if alias := b.body.literalAttr("alias"); alias != "" {
			return m.providers, b.labels[0] + "." + alias
		}
		return m.providers, b.labels[0]
	default:
		return nil, ""
	}
}

func (m *module) declareVariable(b *block, overriding bool) {
	name := b.labels[0]
	base := m.variables[name]
	switch {
	case base == nil:
		if overriding {
			m.orphan(b)
		}
	case overriding:
		b = mergeBlock(base.block, b)
	default:
		m.duplicate("var."+name, b.header)
		return
	}
	m.variables[name] = newVariable(b)
}

func (m *module) report(code string, severity source.Severity, at source.Range, summary, detail string) {
	m.diagnostics = append(m.diagnostics, source.Diagnostic{Code: code, Severity: severity, Summary: summary, Detail: detail, At: at})
}

func (m *module) duplicate(name string, at source.Range) {
	m.report("terraform/duplicate", source.Error, at, name+" is declared more than once in this module",
		"Only the first declaration is read. Terraform rejects such a module.")
}

func (m *module) orphan(b *block) {
	m.report("terraform/override-base", source.Warning, b.header, blockName(b)+" overrides nothing",
		"Terraform accepts a block in an override file only when another file declares it.")
}

// blockName writes a block's address within its module.
func blockName(b *block) string {
	switch b.kind {
	case "resource":
		return strings.Join(b.labels, ".")
	case "variable":
		return "var." + b.labels[0]
	default:
		return b.kind + "." + strings.Join(b.labels, ".")
	}
}

// requirement is what required_providers says of one provider.
type requirement struct {
	source, version string
	at              hclsyntax.Expression // the version, or nil
}

// requirement looks a provider up by its local name; later files win.
func (m *module) requirement(name string) requirement {
	found := requirement{}
	for _, b := range m.terraform {
		for _, nested := range b.body.blocks {
			if nested.kind != "required_providers" {
				continue
			}
			if a := nested.body.attr(name); a != nil {
				found = readRequirement(a.expr)
			}
		}
	}
	return found
}

func readRequirement(expr hclsyntax.Expression) requirement {
	if text, ok := literal(expr); ok {
		return requirement{version: text, at: expr}
	}
	read := requirement{}
	for _, item := range objectItems(expr) {
		text, ok := literal(item.expr)
		switch {
		case !ok:
		case item.name == "source":
			read.source = text
		case item.name == "version":
			read.version, read.at = text, item.expr
		}
	}
	return read
}
