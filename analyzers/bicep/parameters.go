package bicep

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// layers set parameters from several places; later ones win.
type layers []arguments

func (l layers) argument(ev *evaluation, name string) (value resource.Value, at source.Range, ok bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if value, at, ok = l[i].argument(ev, name); ok {
			return value, at, true
		}
	}
	return value, at, false
}

func (l layers) why(string) string { return "" }

// given are parameters whose values are handed in.
type given map[string]resource.Value

func (g given) argument(_ *evaluation, name string) (value resource.Value, at source.Range, ok bool) {
	value, ok = g[name]
	return value, value.At, ok
}

func (g given) why(string) string { return "" }

// fileParameters are the parameters of a JSON parameter file.
type fileParameters []deployment.Parameter

func (f fileParameters) argument(_ *evaluation, name string) (value resource.Value, at source.Range, ok bool) {
	for _, p := range f {
		if strings.EqualFold(p.Name, name) {
			return p.Value, p.Value.At, true
		}
	}
	return value, at, false
}

func (f fileParameters) why(string) string { return "" }

func (f fileParameters) names() []string {
	names := make([]string, len(f))
	for i, p := range f {
		names[i] = p.Name
	}
	return names
}

// fileParameters reads a JSON parameter file once; there are none when the file
// is something else.
func (l *loader) fileParameters(file string) (read fileParameters, problems []source.Diagnostic) {
	s := slotOf(l, l.parameters, file)
	s.once.Do(func() {
		s.value.read, s.value.problems = deployment.ReadParameters(l.tree.FS, file)
		for i := range s.value.read {
			s.value.read[i].Value = filled(s.value.read[i].Value)
		}
	})
	return s.value.read, s.value.problems
}

// parameterFile is a JSON parameter file and what could not be read of it.
type parameterFile struct {
	read     fileParameters
	problems []source.Diagnostic
}

// token is text that a pipeline replaces before it deploys: #{name}#, $(name),
// __name__, {{name}}, ${{ name }}.
var token = regexp.MustCompile(`#\{[^{}]*\}#?|\$\([\w.\- ]+\)|__\w+?__|\$?\{\{[^{}]*\}\}`)

// filled makes the texts unknown that are yet to be filled in.
func filled(v resource.Value) resource.Value {
	if isString(v) && token.MatchString(v.Text) {
		unknown := resource.UnknownAt(v.At, token.FindString(v.Text)+" is replaced before the deployment")
		return hinted(unknown, token.ReplaceAllLiteralString(v.Text, string(resource.Hole)))
	}
	for i := range v.Items {
		v.Items[i] = filled(v.Items[i])
	}
	for i := range v.Fields {
		v.Fields[i].Value = filled(v.Fields[i].Value)
	}
	return v
}

// assigned are the parameters that a .bicepparam file assigns, with those of the
// file that it extends below them.
type assigned struct {
	inst *instance
	base *assigned
}

func (a *assigned) argument(ev *evaluation, name string) (value resource.Value, at source.Range, ok bool) {
	for ; a != nil; a = a.base {
		if p, found := a.inst.doc.symbols[name].(*syntax.Param); found {
			return a.inst.param(ev, p), a.inst.doc.at(p.Value), true
		}
	}
	return value, at, false
}

func (a *assigned) why(string) string { return "" }

// assignments reads a .bicepparam file and what it extends.
func (ev *evaluation) assignments(doc *document, depth int) *assigned {
	a := &assigned{}
	if doc.extends != nil {
		a.base = ev.extended(doc, depth)
	}
	a.inst = newInstance(ev, doc, &baseArguments{a.base})
	return a
}

func (ev *evaluation) extended(doc *document, depth int) *assigned {
	at := doc.at(doc.extends.Path)
	reference, ok := syntax.Literal(doc.extends.Path)
	if !ok {
		return nil
	}
	file, local := doc.resolve(reference)
	base := (*document)(nil)
	if local && depth < moduleDepth {
		base = ev.loader.document(file)
	}
	if base == nil || base == doc {
		ev.report(source.Diagnostic{
			Code: "bicep/extends", Severity: source.Warning, At: at,
			Summary: "the parameter file " + reference + " cannot be read",
			Detail:  "The values that it sets stay unknown.",
		})
		return nil
	}
	return ev.assignments(base, depth+1)
}

// baseArguments are what "base" stands for in a file that extends another.
type baseArguments struct{ of *assigned }

func (b *baseArguments) argument(*evaluation, string) (value resource.Value, at source.Range, ok bool) {
	return value, at, false
}

func (b *baseArguments) why(string) string { return "" }

func (b *baseArguments) object(ev *evaluation, at source.Range) resource.Value {
	object := resource.ObjectAt(at)
	seen := map[string]bool{}
	for a := b.of; a != nil; a = a.base {
		for _, p := range a.inst.doc.params {
			if name := p.Name.Text; !seen[name] {
				seen[name] = true
				object.Fields = append(object.Fields, resource.Field{Name: name, At: a.inst.doc.at(p.Name), Value: a.inst.param(ev, p)})
			}
		}
	}
	return inherit(object)
}
