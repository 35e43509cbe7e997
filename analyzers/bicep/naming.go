package bicep

import (
	"cmp"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// parent returns the resource that contains this one, when it is declared: the
// one around it, the one it names as its parent, or the one in the same file
// whose names it continues.
func (r *resourceInstance) parent(ev *evaluation) *resourceInstance {
	if r.node.outer != nil {
		return r.node.outer
	}
	parent, _ := ev.handleOf(r.property(ev, "parent")).(*resourceInstance)
	return parent
}

// segments returns the names of the levels of the resource's type, outermost
// first.
func (r *resourceInstance) segments(ev *evaluation) []resource.Value {
	if r.names != nil {
		return r.names
	}
	kind, _ := r.node.typed()
	levels := min(max(deployment.Levels(kind), 1), maxLevels)
	r.names = unknownNames(r.node.inst.doc.at(r.node.decl.Header), levels, "the names depend on themselves")
	name := r.property(ev, "name")
	if name.IsAbsent() {
		name = resource.UnknownAt(name.At, "the resource has no name")
	}
	names := deployment.Segments(name, levels)
	parent := r.property(ev, "parent")
	switch within := r.parent(ev); {
	case within != nil:
		names = continued(within.segments(ev), levels, name)
	case !parent.IsAbsent():
		names = continued(unknownNames(parent.At, levels-1, parent.Why), levels, name)
	}
	r.names = names
	return names
}

// continued appends the last name to those of the parent, of which there may be
// another number when the types do not match.
func continued(parents []resource.Value, levels int, name resource.Value) []resource.Value {
	if len(parents) != levels-1 {
		parents = unknownNames(name.At, levels-1, "the parent is of another type")
	}
	return append(parents[:len(parents):len(parents)], name)
}

func unknownNames(at source.Range, count int, why string) []resource.Value {
	if why == "" {
		why = "the parent is not known"
	}
	names := make([]resource.Value, max(count, 0))
	for i := range names {
		names[i] = resource.UnknownAt(at, why)
	}
	return names
}

// idValue is the id of the resource, with a reference to it.
func (r *resourceInstance) idValue(ev *evaluation, at source.Range) resource.Value {
	title := "the id of " + r.title()
	id := ev.force(&r.id, title, at, func() resource.Value {
		kind, _ := r.node.typed()
		names := r.segments(ev)
		var id resource.Value
		switch target, _ := ev.handleOf(r.attachedTo(ev)).(*resourceInstance); {
		case target != nil:
			id = deployment.ExtensionID(at, target.idValue(ev, at), kind, names)
		case strings.EqualFold(kind, groupType):
			id = ev.joined(at, resource.StringAt(at, "/subscriptions/"),
				resource.UnknownAt(at, "the subscription is known only at deployment"), resource.StringAt(at, "/resourceGroups/"), names[0])
		default:
			id = deployment.ID(at, r.node.inst.doc.scope, kind, names)
		}
		return deployment.RefersTo(id, r.reference().ID, "id")
	})
	id.At = at
	return id
}

// attachedTo evaluates the scope property, which a child takes from its parent.
func (r *resourceInstance) attachedTo(ev *evaluation) resource.Value {
	for range maxLevels {
		parent := r.parent(ev)
		if parent == nil {
			return r.property(ev, "scope")
		}
		r = parent
	}
	at := r.node.inst.doc.at(r.node.decl.Header)
	return resource.UnknownAt(at, "the parents of "+r.title()+" never end")
}

// maxLevels bounds the levels of a type and the parents above a resource; Azure
// has no type of half as many.
const maxLevels = 16

// parentID is the id of the resource that contains this one: absent for one
// that stands alone.
func (r *resourceInstance) parentID(ev *evaluation) resource.Value {
	header := r.node.inst.doc.at(r.node.decl.Header)
	written := r.property(ev, "parent")
	kind, _ := r.node.typed()
	outer := deployment.ParentType(kind)
	switch parent := r.parent(ev); {
	case parent != nil && written.IsAbsent():
		return parent.idValue(ev, header)
	case parent != nil:
		return parent.idValue(ev, written.At)
	case !written.IsAbsent():
		return written
	case outer == "":
		return resource.Value{At: header}
	}
	names := r.segments(ev)
	names = names[:len(names)-1]
	id := deployment.ID(r.property(ev, "name").At, r.node.inst.doc.scope, outer, names)
	// What contains it may be declared nowhere (every account has a blob service);
	// then the nearest resource around that is what it refers to.
	for ; len(names) > 0; outer, names = deployment.ParentType(outer), names[:len(names)-1] {
		if found := r.node.inst.declared(ev)[keyOf(outer, names)]; found != "" {
			return deployment.RefersTo(id, found, "id")
		}
	}
	return id
}

// scopeID is the id of what an extension resource is attached to; absent for
// others and for those of the resource group or subscription that the file is
// deployed to. Another scope that is no resource is given as it is written.
func (r *resourceInstance) scopeID(ev *evaluation) resource.Value {
	scope := r.property(ev, "scope")
	if r.isOwnScope() {
		return resource.Value{At: scope.At}
	}
	if target, ok := ev.handleOf(scope).(*resourceInstance); ok {
		return target.idValue(ev, scope.At)
	}
	return scope
}

// declared indexes the resources of a file by their types and names, for
// children that name their parent by text alone. Where conditions choose between
// two of one name, the first stands for both.
func (inst *instance) declared(ev *evaluation) map[string]string {
	if inst.index != nil {
		return inst.index
	}
	inst.index = map[string]string{}
	for _, decl := range inst.doc.resources {
		inst.indexNode(ev, inst.resourceNode(decl, nil))
	}
	return inst.index
}

// indexNode adds the instances of a resource and what is nested in them.
func (inst *instance) indexNode(ev *evaluation, node *resourceNode) {
	if node.state == running {
		return // it is what asks
	}
	node.force(ev)
	kind, _ := node.typed()
	for _, r := range node.members {
		if r.one.off {
			continue
		}
		if key := keyOf(kind, r.segments(ev)); inst.index[key] == "" {
			inst.index[key] = r.reference().ID
		}
		for _, nested := range r.nestedNodes() {
			inst.indexNode(ev, nested)
		}
	}
}

// keyOf renders a type and names so that equal texts stand for equal names: of a
// name that is not known, what can be read and what it rests on. Azure compares
// names without regard to case.
func keyOf(kind string, names []resource.Value) string {
	parts := []string{kind}
	for _, name := range names {
		text, ok := name.AsString()
		if !ok {
			hint := cmp.Or(name.Hint, string(resource.Hole))
			text = strings.ReplaceAll(hint, string(resource.Hole), "<"+name.Why+">")
		}
		parts = append(parts, text)
	}
	return strings.ToLower(strings.Join(parts, "/"))
}
