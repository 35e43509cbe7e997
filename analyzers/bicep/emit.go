package bicep

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
)

const formatName = "bicep"

// emitInstance hands out the resources of a file and of the modules it calls.
func (ev *evaluation) emitInstance(inst *instance) {
	for _, decl := range inst.doc.resources {
		ev.emitNode(inst.resourceNode(decl, nil))
	}
	for _, decl := range inst.doc.modules {
		node := inst.moduleNode(decl)
		ev.guarded(inst.doc.at(decl.Header), func() { node.force(ev) })
		for _, m := range node.members {
			switch {
			case m.one.off || ev.ctx.Err() != nil:
			case m.inside != nil:
				ev.emitInstance(m.inside)
			default:
				ev.emitNotFollowed(m)
			}
		}
	}
}

func (ev *evaluation) emit(r resource.Resource) { ev.resources = append(ev.resources, &r) }

func (ev *evaluation) emitNode(node *resourceNode) {
	header := node.inst.doc.at(node.decl.Header)
	ev.guarded(header, func() { node.force(ev) })
	for _, r := range node.members {
		if r.one.off || ev.ctx.Err() != nil {
			continue
		}
		if !ev.spend(&ev.budget.resources, 1, header) {
			return
		}
		ev.guarded(header, func() { ev.emit(ev.declaration(r).Resource()) })
		for _, nested := range r.nestedNodes() {
			ev.emitNode(nested)
		}
	}
}

func (ev *evaluation) declaration(r *resourceInstance) deployment.Declaration {
	node := r.node
	doc := node.inst.doc
	kind, version := node.typed()
	d := deployment.Declaration{
		Format: formatName, Root: ev.root, Environment: ev.environment, Address: r.address(), Label: node.name(),
		Type: kind, Mode: resource.Managed, Segments: r.segments(ev), ParentID: r.parentID(ev), ScopeID: r.scopeID(ev),
		At: doc.at(node.decl.Header), Whole: doc.at(node.decl), Via: node.inst.via, Maybe: r.maybe(),
		Destination: r.destination(ev),
	}
	if node.decl.Existing {
		d.Mode = resource.Existing
	}
	if version != "" {
		d.APIVersion = resource.StringAt(node.versionAt(), version)
	}
	d.Body = resource.ObjectAt(d.At, ev.bodyOf(r)...)
	return d
}

// maybe is why the instance may not exist: for itself, for the resource around
// it or for the module that declares it.
func (r *resourceInstance) maybe() string {
	why := r.one.maybe
	if why == "" && r.node.outer != nil {
		return r.node.outer.maybe()
	}
	return cmp.Or(why, r.node.inst.maybe)
}

// bodyOf evaluates the properties of a resource that are part of what is
// deployed.
func (ev *evaluation) bodyOf(r *resourceInstance) []resource.Field {
	if r.body == nil {
		return ev.unreadBody(r, nil, "the resource has a syntax error")
	}
	fields := make([]resource.Field, 0, len(r.body.Items))
	for _, item := range r.body.Items {
		p, ok := item.(*syntax.Property)
		if !ok {
			continue
		}
		name, literal := p.Key.Literal()
		if !literal || isDeploymentProperty(name) || r.body.Property(name) != p {
			continue
		}
		fields = append(fields, resource.Field{Name: name, At: r.env.at(p.Key), Value: r.property(ev, name)})
	}
	if !isOpen(r.body) {
		return fields
	}
	whole := ev.placed(functions.Certain(ev.eval(r.env, r.body)), r.env.at(r.body))
	if whole.IsUnknown() {
		return ev.unreadBody(r, fields, whole.Why)
	}
	var all []resource.Field
	for _, f := range whole.Fields {
		if !isDeploymentProperty(f.Name) {
			all = append(all, f)
		}
	}
	return all
}

func isDeploymentProperty(name string) bool {
	return name == "name" || name == "parent" || name == "scope"
}

// unreadBody adds to the fields that are written the ones that may be: nobody
// may take them for absent.
func (ev *evaluation) unreadBody(r *resourceInstance, fields []resource.Field, why string) []resource.Field {
	at := r.node.inst.doc.at(r.node.decl.Header)
	for _, name := range []string{"location", "sku", "kind", "tags", "identity", "zones", "properties"} {
		written := false
		for _, f := range fields {
			written = written || f.Name == name
		}
		if !written {
			fields = append(fields, resource.Field{Name: name, At: at, Value: resource.UnknownAt(at, why)})
		}
	}
	return fields
}

// emitNotFollowed stands for a module that was not read. Its params are those of
// the call; what it makes of them is not known.
func (ev *evaluation) emitNotFollowed(m *moduleInstance) {
	decl, caller := m.node.decl, m.node.inst
	header := caller.doc.at(decl.Header)
	if !ev.spend(&ev.budget.resources, 1, header) {
		return
	}
	attrs := resource.ObjectAt(header, sourceFields(caller.doc, decl.Path)...)
	if m.body != nil {
		if p := m.body.Property("params"); p != nil {
			params := ev.placed(functions.Certain(ev.eval(m.one.env, p.Value)), m.one.env.at(p.Value))
			attrs.Fields = withParams(attrs.Fields, params)
		}
	}
	ev.emit(resource.Resource{
		ID: m.reference().ID, Format: formatName, Type: "module", Mode: resource.NotFollowed, Name: decl.Name.Text,
		Address: caller.prefix + m.title(), Root: ev.root, Environment: ev.environment,
		Attrs: attrs, At: header, Body: caller.doc.at(decl), Via: caller.via, Maybe: cmp.Or(m.one.maybe, caller.maybe),
	})
}

// withParams adds the params of a call. A param that is called as what names the
// module is left out.
func withParams(fields []resource.Field, params resource.Value) []resource.Field {
	fields = slices.Grow(fields, len(params.Fields))
	for _, f := range params.Fields {
		if f.Name != "source" && f.Name != "version" {
			fields = append(fields, f)
		}
	}
	return fields
}

// sourceFields splits a module reference into what is called and its version.
func sourceFields(doc *document, path syntax.Expr) []resource.Field {
	at := doc.at(path)
	reference, ok := syntax.Literal(path)
	if !ok {
		return []resource.Field{{Name: "source", At: at, Value: resource.UnknownAt(at, "the path cannot be read")}}
	}
	from, version := splitReference(reference)
	fields := []resource.Field{{Name: "source", At: at, Value: resource.StringAt(at, from)}}
	if version != "" {
		fields = append(fields, resource.Field{Name: "version", At: at, Value: resource.StringAt(at, version)})
	}
	return fields
}

// splitReference cuts the tag or digest off a reference to a registry:
// "br/public:avm/res/storage/storage-account:0.9.1", "br:host/path@sha256:…".
func splitReference(reference string) (from, version string) {
	if !isRemote(reference) {
		return reference, ""
	}
	if from, version, found := strings.Cut(reference, "@"); found {
		return from, version
	}
	first, last := strings.IndexByte(reference, ':'), strings.LastIndexByte(reference, ':')
	if last == first || strings.Contains(reference[last:], "/") {
		return reference, ""
	}
	return reference[:last], reference[last+1:]
}
