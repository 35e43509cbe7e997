package bicep

import (
	"cmp"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// instance is one file within an evaluation: the root, one instance of a
// module, a file whose exports are imported, or a parameter file.
type instance struct {
	root   string // of the evaluation
	doc    *document
	args   arguments // nil where nothing sets parameters
	prefix string    // "module.storage[0]/", "" for the root
	via    []resource.Call
	maybe  string
	parent *instance
	depth  int
	to     *deployment.Destination // see destination

	cells     map[string]*cell // of parameters and variables
	outputs   map[string]*cell
	resources map[*syntax.Resource]*resourceNode
	modules   map[*syntax.Module]*moduleNode
	index     map[string]string // see declared
}

// arguments set the parameters of a file.
type arguments interface {
	// argument returns the value that is set and the place where it is; ok is
	// false when nothing sets the parameter.
	argument(ev *evaluation, name string) (value resource.Value, at source.Range, ok bool)
	// why completes "unknown because …" for a parameter that nothing sets.
	why(name string) string
}

func newInstance(ev *evaluation, doc *document, args arguments) *instance {
	return &instance{
		root: ev.root, doc: doc, args: args, cells: map[string]*cell{}, outputs: map[string]*cell{},
		resources: map[*syntax.Resource]*resourceNode{}, modules: map[*syntax.Module]*moduleNode{},
	}
}

func (inst *instance) cell(cells map[string]*cell, name string) *cell {
	c := cells[name]
	if c == nil {
		c = &cell{}
		cells[name] = c
	}
	return c
}

// param evaluates a parameter: what sets it, else its default.
func (inst *instance) param(ev *evaluation, p *syntax.Param) resource.Value {
	name := p.Name.Text
	return ev.force(inst.cell(inst.cells, name), "param "+name, inst.doc.at(p.Name), func() resource.Value {
		if inst.doc.file.Params {
			return ev.eval(env{inst: inst}, p.Value)
		}
		if inst.args != nil {
			// An argument that is null counts as none where there is a default
			// (Bicep documentation, "Parameters").
			value, from, ok := inst.args.argument(ev, name)
			if ok && (!value.IsAbsent() || p.Value == nil) {
				return ev.arrived(value, from)
			}
		}
		if p.Value != nil {
			return ev.arrived(ev.eval(env{inst: inst}, p.Value), inst.doc.at(p.Value))
		}
		if ev.nullable(inst.doc, p.Type, 0) {
			return resource.NullAt(inst.doc.at(p.Name))
		}
		why := "param " + name + " has no default"
		if inst.args != nil {
			why = cmp.Or(inst.args.why(name), why)
		}
		return resource.UnknownAt(inst.doc.at(p.Name), why)
	})
}

// variable evaluates a variable.
func (inst *instance) variable(ev *evaluation, v *syntax.Var) resource.Value {
	return ev.force(inst.cell(inst.cells, v.Name.Text), "var "+v.Name.Text, inst.doc.at(v.Name), func() resource.Value {
		return ev.eval(env{inst: inst}, v.Value)
	})
}

// output evaluates an output, which only the caller of a module asks for.
func (inst *instance) output(ev *evaluation, o *syntax.Output) resource.Value {
	return ev.force(inst.cell(inst.outputs, o.Name.Text), "output "+o.Name.Text, inst.doc.at(o.Name), func() resource.Value {
		return ev.eval(env{inst: inst}, o.Value)
	})
}

// symbol evaluates what a name stands for at the top level of a file.
func (inst *instance) symbol(ev *evaluation, name string, at source.Range) (value resource.Value, ok bool) {
	switch s := inst.doc.symbols[name].(type) {
	case *syntax.Param:
		return inst.param(ev, s), true
	case *syntax.Var:
		return inst.variable(ev, s), true
	case *syntax.Resource:
		return inst.resourceNode(s, nil).whole(ev), true
	case *syntax.Module:
		return inst.moduleNode(s).whole(ev), true
	case imported:
		return ev.imported(s, at), true
	default:
		return resource.Value{}, false
	}
}

// nullable reports whether a parameter of a type may be left out: its value is
// null then.
func (ev *evaluation) nullable(doc *document, typ syntax.Type, depth int) bool {
	if depth > moduleDepth || typ == nil || !ev.spend(&ev.budget.steps, 1, doc.at(typ)) {
		return false
	}
	switch t := typ.(type) {
	case *syntax.NullableType:
		return true
	case *syntax.ParenType:
		return ev.nullable(doc, t.Type, depth+1)
	case *syntax.LiteralType:
		_, isNull := t.Value.(*syntax.Null)
		return isNull
	case *syntax.UnionType:
		for _, member := range t.Members {
			if ev.nullable(doc, member, depth+1) {
				return true
			}
		}
	case *syntax.NamedType:
		switch s := doc.symbols[t.Name].(type) {
		case *syntax.TypeDecl:
			return ev.nullable(doc, s.Value, depth+1)
		case imported:
			return ev.nullableExport(s.from, s.local, s.name, depth)
		}
	case *syntax.MemberType:
		if target, ok := t.Target.(*syntax.NamedType); ok {
			if from, ok := doc.symbols[target.Name].(wildcard); ok {
				return ev.nullableExport(from.from, from.local, t.Name.Text, depth)
			}
		}
	}
	return false
}

func (ev *evaluation) nullableExport(from string, local bool, name string, depth int) bool {
	if !local {
		return false
	}
	doc := ev.loader.document(from)
	if doc == nil {
		return false
	}
	declaration, ok := doc.symbols[name].(*syntax.TypeDecl)
	return ok && ev.nullable(doc, declaration.Value, depth+1)
}
