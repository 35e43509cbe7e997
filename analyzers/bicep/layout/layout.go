// Package layout reads how the resources of Bicep files are written.
package layout

import (
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/layout"
)

// Read returns the layout of a .bicep or .bicepparam file: its resources, and
// what is assigned to its variables and parameters. False when it cannot be read
// without fault.
func Read(path string, data []byte) (body layout.Body, ok bool) {
	if guard.Check(path, data, guard.Text) != nil {
		return layout.Body{}, false
	}
	problem := guard.Barrier(path, func() {
		file, problems := syntax.Parse(path, data)
		if len(problems) > 0 {
			return
		}
		body, ok = layout.Body{Braces: layout.Span{End: len(data)}}, true
		for _, statement := range file.Statements {
			if resource, isResource := statement.(*syntax.Resource); isResource {
				body.Entries = append(body.Entries, resourceOf(resource))
			}
		}
	})
	return body, ok && problem == nil
}

func resourceOf(r *syntax.Resource) layout.Entry {
	return layout.Entry{Name: "resource", Labels: []string{r.Name.Text}, Whole: spanOf(r), Body: bodyOf(r.Body)}
}

// bodyOf finds the object of a resource, in a loop and a condition as well.
func bodyOf(value syntax.Expr) *layout.Body {
	switch e := value.(type) {
	case *syntax.Object:
		return objectOf(e)
	case *syntax.If:
		return bodyOf(e.Body)
	case *syntax.For:
		return bodyOf(e.Body)
	default:
		return nil
	}
}

func objectOf(object *syntax.Object) *layout.Body {
	body := &layout.Body{Braces: spanOf(object)}
	for _, item := range object.Items {
		switch i := item.(type) {
		case *syntax.Property:
			entry := layout.Entry{Whole: spanOf(i), Value: spanOf(i.Value)}
			if name, literal := i.Key.Literal(); literal {
				entry.Name = name
			} else {
				body.Open = true
			}
			if inner, ok := i.Value.(*syntax.Object); ok {
				entry.Body = objectOf(inner)
			}
			body.Entries = append(body.Entries, entry)
		case *syntax.Resource:
			body.Entries = append(body.Entries, resourceOf(i))
		default:
			body.Open = true
		}
	}
	return body
}

func spanOf(node syntax.Node) layout.Span {
	at := node.At()
	return layout.Span{Start: at.Start, End: at.End}
}
