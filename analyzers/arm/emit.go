package arm

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
)

// emit hands out the resources of a deployment and of what it deploys.
func (ev *evaluation) emit(f *frame) {
	for _, e := range f.entries {
		switch {
		case ev.ctx.Err() != nil:
			return
		case e.child != nil:
			ev.emit(e.child)
		case strings.EqualFold(e.resourceType, deploymentType) && e.mode == resource.Managed:
			ev.emitNotFollowed(f, e)
		default:
			ev.emitResource(f, e)
		}
	}
}

func (ev *evaluation) declaration(f *frame, e *entry) deployment.Declaration {
	return deployment.Declaration{
		Format: formatName, Root: ev.root, Environment: ev.environment, Address: e.address, Label: e.symbol,
		Type: e.resourceType, Mode: e.mode, At: e.at, Whole: e.written.At, Via: f.via, Maybe: e.maybe,
		Destination: ev.destination(f),
	}
}

func (ev *evaluation) emitResource(f *frame, e *entry) {
	d := ev.declaration(f, e)
	d.Segments = e.segments
	d.APIVersion = ev.value(e.en, member(e.written, "apiVersion"))
	d.ParentID = ev.parentID(e)
	d.ScopeID = ev.scopeID(e)
	d.Body = resource.ObjectAt(e.written.At)
	for _, field := range members(e.written) {
		switch {
		case deployment.IsEnvelope(field.Name):
			continue
		case strings.EqualFold(field.Name, "dependsOn"):
			field.Value = ev.dependencies(e, field.Value)
		default:
			field.Value = deployment.Settled(ev.value(e.en, field.Value))
		}
		d.Body.Fields = append(d.Body.Fields, field)
	}
	ev.resources = append(ev.resources, d.Resource())
}

// parentID is the id of the resource that contains another one.
func (ev *evaluation) parentID(e *entry) resource.Value {
	parentType := deployment.ParentType(e.resourceType)
	last := len(e.segments) - 1
	if parentType == "" || last < 1 {
		return resource.Value{}
	}
	at := e.segments[last].At
	id := deployment.ID(at, e.en.owner.scope, parentType, e.segments[:last])
	if e.targetID != "" {
		id = deployment.ExtensionID(at, e.target, parentType, e.segments[:last])
	}
	place := e.id[:strings.LastIndex(e.id, "/providers/")]
	// What contains it may be declared nowhere (every account has a blob service);
	// then the nearest resource around that is what it refers to.
	for ; last > 0; parentType, last = deployment.ParentType(parentType), last-1 {
		for _, parent := range ev.find(joinID(place, parentType, e.names[:last])) {
			id = parent.referred(id, "")
		}
		if len(id.Refs) > 0 {
			break
		}
	}
	return id
}

// scopeID is the id of what a resource is attached to.
func (ev *evaluation) scopeID(e *entry) resource.Value {
	if e.targetID == "" {
		return resource.Value{}
	}
	id := e.target
	relative, known := id.AsString()
	if !known {
		relative = id.Hint
	}
	if resourceType, names, ok := deployment.ParseID(relative); ok && !strings.HasPrefix(relative, "/") {
		segments := make([]resource.Value, len(names))
		for i, name := range names {
			segments[i] = resource.StringAt(id.At, name)
			if strings.ContainsRune(name, resource.Hole) {
				segments[i] = resource.UnknownAt(id.At, id.Why)
				segments[i].Hint = name
			}
		}
		id = carry(deployment.ID(id.At, e.en.owner.scope, resourceType, segments), id)
	}
	for _, target := range ev.find(e.targetID) {
		id = target.referred(id, "")
	}
	return id
}

// dependencies adds to the texts of dependsOn the resources that they mean.
func (ev *evaluation) dependencies(e *entry, written resource.Value) resource.Value {
	list := ev.value(e.en, written)
	if !list.IsKnown() || list.Kind != resource.List || len(list.Items) != len(items(written)) {
		return list
	}
	for i, item := range items(written) {
		for _, target := range ev.mentioned(e.en, item) {
			if !slices.ContainsFunc(list.Items[i].Refs, func(known resource.Ref) bool { return known.ID == target.resourceID }) {
				list.Items[i] = target.referred(list.Items[i], "")
			}
		}
	}
	return deployment.Inherit(list)
}

// emitNotFollowed stands for a deployment whose template is not in the
// repository: its parameters, with the address and version of the template.
func (ev *evaluation) emitNotFollowed(f *frame, e *entry) {
	d := ev.declaration(f, e)
	d.Type, d.Mode = "module", resource.NotFollowed
	properties := member(e.written, "properties")
	body := resource.ObjectAt(e.written.At)
	for _, field := range members(member(properties, "parameters")) {
		if written, ok := deployment.ParameterValue(field.Name, field.Value); ok {
			body.Fields = append(body.Fields, resource.Field{Name: field.Name, At: field.At, Value: deployment.Settled(ev.value(e.en, written))})
		}
	}
	link := member(properties, "templateLink")
	for _, from := range [][2]string{{"uri", "source"}, {"id", "source"}, {"relativePath", "source"}, {"contentVersion", "version"}} {
		if written, ok := functions.Member(link, from[0]); ok {
			body.Fields = append(body.Fields, resource.Field{Name: from[1], At: written.At, Value: deployment.Settled(ev.value(e.en, written))})
		}
	}
	d.Body = body
	ev.resources = append(ev.resources, d.Resource())
}
