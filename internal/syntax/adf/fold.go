package adf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const (
	// maxText bounds a folded text, in bytes.
	maxText = 1 << 16
	// maxParts bounds the pieces of one.
	maxParts = 256
)

// Scope says what the references of an expression stand for. A nil function
// stands for a reference that has no meaning, or no answer, at this place.
type Scope struct {
	Parameter       func(name string) Result // pipeline().parameters
	GlobalParameter func(name string) Result // pipeline().globalParameters
	Dataset         func(name string) Result // dataset()
	LinkedService   func(name string) Result // linkedService()
	Variable        func(name string) Result // variables('…')
	Item            func() Result            // item()
}

// Fold evaluates the text of a property as far as the scope answers. The place
// of the result is at.
func Fold(text string, at source.Range, scope Scope) Result {
	node, err := Parse(text)
	if err != nil {
		return Open(at, "the expression cannot be read: "+err.Error(), text, 0)
	}
	r := (&folder{scope: scope, at: at}).fold(node)
	r.Value.At = at
	return r
}

type folder struct {
	scope Scope
	at    source.Range
}

func (f *folder) fold(n *Node) Result {
	switch n.Kind {
	case Literal:
		v := n.Value
		v.At = f.at
		return Known(v)
	case Text:
		parts := make([]Result, len(n.Args))
		for i, arg := range n.Args {
			parts[i] = f.fold(arg)
		}
		return f.concat(n, parts)
	case Call:
		if r, ok := f.reference(n, nil); ok {
			return r.sealed()
		}
		return f.call(n).sealed()
	default:
		return f.chain(n).sealed()
	}
}

// chain folds members and indexes: of a reference they are its path, of any
// other value they are taken of what it folds to.
func (f *folder) chain(n *Node) Result {
	var path []string
	base := n
	for base.Kind == Member || base.Kind == Index {
		name := base.Name
		if base.Kind == Index {
			key := f.fold(base.Args[0])
			text, ok := key.Text()
			if !ok {
				return f.open(n, "the index "+base.Args[0].Source+" is not known").join(f.fold(base.On), key)
			}
			name = text
		}
		path = append(path, name)
		base = base.On
	}
	slices.Reverse(path)
	if base.Kind == Call {
		if r, ok := f.reference(base, path); ok {
			return r
		}
	}
	return f.descend(f.fold(base), path, n.Source)
}

// descend takes a member of a folded value.
func (f *folder) descend(r Result, path []string, written string) Result {
	v := r.Value
	for _, name := range path {
		v = member(v, name)
	}
	switch {
	case v.IsUnknown():
		r.Value = resource.UnknownAt(f.at, v.Why)
		r.Value.Hint = v.Hint
		if len(path) > 0 || len(r.Parts) == 0 {
			r.Parts = []Part{{Expression: written}}
		}
		return r
	case v.State == resource.Absent:
		return Open(f.at, written+" is not written", written, r.On).join(r)
	default:
		known := Known(v)
		known.Value.Origin = r.Value.Origin
		return known
	}
}

// member takes a field by its name, in any case as the service does, or an item
// by its number.
func member(v resource.Value, name string) resource.Value {
	if v.State != resource.Known {
		return v
	}
	switch v.Kind {
	case resource.Object:
		for _, field := range v.Fields {
			if strings.EqualFold(field.Name, name) {
				return field.Value
			}
		}
	case resource.List:
		for i, item := range v.Items {
			if strconv.Itoa(i) == name {
				return item
			}
		}
	}
	return resource.Value{At: v.At}
}

func (f *folder) open(n *Node, why string) Result { return Open(f.at, why, n.Source, 0) }

// later returns a value that only a run knows: a reference and its path, or a
// function.
func (f *folder) later(n *Node, path []string, on Dependence, moment Moment) Result {
	r := Open(f.at, dotted(n, path)+" is known only when it runs", dotted(n, path), on)
	r.Moment = moment
	return r
}

// dotted writes a reference with the members taken of it.
func dotted(n *Node, path []string) string {
	return strings.Join(append([]string{n.Source}, path...), ".")
}

// concat joins texts; numbers and booleans become texts.
func (f *folder) concat(n *Node, values []Result) Result {
	var parts []Part
	var out Result
	known, why, size := true, "", 0
	for _, value := range values {
		out = out.join(value)
		text, ok := value.Text()
		switch {
		case ok:
			parts = append(parts, Part{Text: text})
			size += len(text)
		case value.Value.IsUnknown() && len(value.Parts) > 0:
			parts = append(parts, value.Parts...)
			known = false
		default:
			parts = append(parts, Part{Expression: n.Source, On: value.On, Activities: value.Activities})
			known = false
		}
		if !ok && why == "" {
			why = whyOf(value)
		}
		if size > maxText || len(parts) > maxParts {
			return f.open(n, "the text is too long to be followed").join(values...)
		}
	}
	out.Parts = merged(parts)
	if known {
		out.Value = resource.StringAt(f.at, hint(out.Parts))
		return out
	}
	out.Value = resource.UnknownAt(f.at, why)
	out.Value.Hint = hint(out.Parts)
	return out
}

func whyOf(r Result) string {
	if r.Value.Why != "" {
		return r.Value.Why
	}
	return "it is made of a list or an object"
}

// merged joins neighbouring known pieces.
func merged(parts []Part) (out []Part) {
	for _, part := range parts {
		if last := len(out) - 1; last >= 0 && out[last].Expression == "" && part.Expression == "" {
			out[last].Text += part.Text
		} else {
			out = append(out, part)
		}
	}
	return out
}
