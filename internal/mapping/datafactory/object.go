package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// object is a pipeline, a dataset or another part of a factory.
type object struct {
	r       *resource.Resource
	factory *factory
	kind    string
	name    string
	props   resource.Value // the ARM body's "properties"
	// copied is set for what a template repeats of a Git layout.
	copied bool
	// activities are those of a pipeline, once they were asked for.
	walked     bool
	activities []*activity
	byName     map[string]*activity
	labels     map[string]int
	// folded holds parameters and variables that were asked for; open are those
	// that are being folded, to stop references that run in a circle.
	folded map[string]adf.Result
	open   map[string]bool
}

// objectOf reads a resource of any format; false for one that is no object of a
// factory.
func objectOf(r *resource.Resource) (*object, bool) {
	if r.Mode != resource.Managed {
		return nil, false
	}
	o := &object{r: r, open: map[string]bool{}, folded: map[string]adf.Result{}}
	var name resource.Value
	switch form, native := terraformForms[r.Type]; {
	case native:
		o.kind, o.props, name = form.kind, form.read(r), r.Attrs.Get("name")
	case r.Type == azapiResource:
		typ, _ := r.Attrs.Get("type").AsString()
		typ, _, _ = strings.Cut(typ, "@")
		o.kind, name = kindOf(typ), r.Attrs.Get("name")
		o.props = jsonText(r.Attrs.Get("body")).Get("properties")
	default:
		o.kind, o.props, name = kindOf(r.Type), r.Attrs.Get("properties"), r.Attrs.Get("name")
	}
	o.name = nameOf(name)
	return o, o.kind != ""
}

// kindOf returns the kind of an ARM type, "" for any other.
func kindOf(typ string) string {
	typ = strings.ToLower(typ)
	for _, prefix := range []string{factoryPrefix, synapsePrefix} {
		rest, ok := strings.CutPrefix(typ, prefix)
		for _, kind := range objectKinds {
			if ok && rest == kind {
				return kind
			}
		}
	}
	return ""
}

// nameOf is the last segment of a name as far as it is readable: templates write
// the factory's before it.
func nameOf(v resource.Value) string {
	text, ok := v.AsString()
	if !ok {
		text = v.Hint
	}
	text = text[strings.LastIndexByte(text, '/')+1:]
	if strings.ContainsRune(text, resource.Hole) {
		return ""
	}
	return text
}

// at reads a member of the properties: "typeProperties.url".
func (o *object) at(path string) resource.Value {
	v := o.props.Path(path)
	if v.At.IsZero() {
		v.At = o.r.At
	}
	return v
}

// typ is properties.type: the connector of a linked service, the format of a
// dataset.
func (o *object) typ() string {
	text, _ := o.props.Get("type").AsString()
	return text
}

// title is what messages call an object.
func (o *object) title() string {
	words := map[string]string{
		pipelineKind: "pipeline", datasetKind: "dataset", linkKind: "linked service", triggerKind: "trigger",
		runtimeKind: "integration runtime", dataFlowKind: "data flow", notebookKind: "notebook",
	}
	return words[o.kind] + " " + o.name
}

func orElse(at, fallback source.Range) source.Range {
	if at.IsZero() {
		return fallback
	}
	return at
}

// member returns a field of an object by its name in any case, as the services
// compare names.
func member(v resource.Value, name string) resource.Value {
	if v.State == resource.Unknown {
		return v
	}
	for i := range v.Fields {
		if strings.EqualFold(v.Fields[i].Name, name) {
			return v.Fields[i].Value
		}
	}
	return resource.Value{At: v.At}
}

// once folds something under a key; a second question while it is being folded
// gets the answer for a circle.
func (o *object) once(key string, circle adf.Result, work func() adf.Result) adf.Result {
	if known, ok := o.folded[key]; ok {
		return known
	}
	if o.open[key] {
		return circle
	}
	o.open[key] = true
	r := work()
	delete(o.open, key)
	o.folded[key] = r
	return r
}
