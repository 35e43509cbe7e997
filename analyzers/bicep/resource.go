package bicep

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// resourceNode is one resource declaration within an instance of its file.
type resourceNode struct {
	decl    *syntax.Resource
	inst    *instance
	outer   *resourceInstance // of a nested resource
	address string            // "module.storage/lake::blobs"
	state   cellState
	set     expansion
	members []*resourceInstance
	all     resource.Value
}

// resourceInstance is one instance of a resource declaration.
type resourceInstance struct {
	node  *resourceNode
	one   occurrence
	env   env
	body  *syntax.Object // nil when it cannot be read
	kids  map[*syntax.Resource]*resourceNode
	props map[string]*cell
	names []resource.Value // of the type's levels
	id    cell
}

func (inst *instance) resourceNode(decl *syntax.Resource, outer *resourceInstance) *resourceNode {
	nodes := inst.resources
	if outer != nil {
		nodes = outer.kids
	}
	node := nodes[decl]
	if node == nil {
		node = &resourceNode{decl: decl, inst: inst, outer: outer, address: inst.prefix + decl.Name.Text}
		if outer != nil {
			node.address = outer.address() + "::" + decl.Name.Text
		}
		nodes[decl] = node
	}
	return node
}

func (n *resourceNode) name() string { return n.decl.Name.Text }

// force finds out which instances there are.
func (n *resourceNode) force(ev *evaluation) {
	if n.state != waiting {
		return
	}
	n.state = running
	outer := env{inst: n.inst, within: n.outer}
	if n.outer != nil {
		outer.locals = n.outer.env.locals
	}
	n.set = ev.expand(outer, n.decl.Body, n.inst.doc.at(n.decl.Header))
	for _, one := range n.set.copies {
		r := &resourceInstance{node: n, one: one, env: one.env, kids: map[*syntax.Resource]*resourceNode{}, props: map[string]*cell{}}
		r.body, _ = one.body.(*syntax.Object)
		r.env.within = r
		n.members = append(n.members, r)
	}
	n.state = done
}

// whole is the value of the symbol: the resource, or the list of its instances.
func (n *resourceNode) whole(ev *evaluation) resource.Value {
	if n.state == running {
		return ev.loopOnItself(n.name(), n.inst.doc.at(n.decl.Name))
	}
	n.force(ev)
	if n.all.State == resource.Absent {
		n.all = wholeSet(ev, n.set, n.members)
	}
	return n.all
}

func (ev *evaluation) loopOnItself(name string, at source.Range) resource.Value {
	ev.report(source.Diagnostic{
		Code: "bicep/cycle", Severity: source.Error, At: at,
		Summary: "the instances of " + name + " depend on itself",
		Detail:  "Bicep rejects such a file; the value stays unknown.",
	})
	return resource.UnknownAt(at, "the instances of "+name+" depend on itself")
}

// wholeSet is the value of a symbol with its instances. It has no place until an
// expression names it.
func wholeSet[H handle](ev *evaluation, set expansion, members []H) resource.Value {
	if !set.loop || set.open {
		if len(members) == 0 {
			return resource.UnknownAt(source.Range{}, overBudget)
		}
		return ev.whole(members[0])
	}
	list := resource.ListAt(source.Range{})
	for _, member := range members {
		list.Items = append(list.Items, ev.whole(member))
	}
	return inherit(list)
}

func (r *resourceInstance) address() string { return r.node.address + r.one.key }

func (r *resourceInstance) title() string { return r.node.name() + r.one.key }

func (r *resourceInstance) counted() bool { return r.node.set.open }

func (r *resourceInstance) reference() resource.Ref {
	return resource.Ref{ID: deployment.ResourceID(r.node.inst.root, r.address())}
}

func (r *resourceInstance) why() string {
	return "the resource " + r.title() + " is known only after deployment"
}

// nested returns a resource nested in the body, or nil.
func (r *resourceInstance) nested(name string) *resourceNode {
	for _, node := range r.nestedNodes() {
		if node.name() == name {
			return node
		}
	}
	return nil
}

// nestedNodes returns the resources nested in the body, each name once.
func (r *resourceInstance) nestedNodes() []*resourceNode {
	if r.body == nil {
		return nil
	}
	var nodes []*resourceNode
	seen := map[string]bool{"": true}
	for _, item := range r.body.Items {
		if decl, ok := item.(*syntax.Resource); ok && !seen[decl.Name.Text] {
			seen[decl.Name.Text] = true
			nodes = append(nodes, r.node.inst.resourceNode(decl, r))
		}
	}
	return nodes
}

// member evaluates what can be asked of a resource: what identifies it, and the
// properties of its body. Those that are not written Azure decides.
func (r *resourceInstance) member(ev *evaluation, name string, at source.Range) resource.Value {
	switch name {
	case "id":
		return r.idValue(ev, at)
	case "type":
		kind, _ := r.node.typed()
		return resource.StringAt(at, kind)
	case "apiVersion":
		_, version := r.node.typed()
		return resource.StringAt(at, version)
	case "name":
		return r.property(ev, "name")
	}
	value := r.property(ev, name)
	if value.State == resource.Absent {
		return afterDeployment(r, name, at)
	}
	return value
}

// property evaluates a property of the body once; it is absent when it is not
// written.
func (r *resourceInstance) property(ev *evaluation, name string) resource.Value {
	at := r.node.inst.doc.at(r.node.decl.Header)
	if r.body == nil {
		return resource.UnknownAt(at, "the resource has a syntax error")
	}
	p := r.body.Property(name)
	if p == nil {
		if isOpen(r.body) {
			return ev.spreadMember(r.env, r.body, name)
		}
		return resource.Value{At: at}
	}
	c := r.props[name]
	if c == nil {
		c = &cell{}
		r.props[name] = c
	}
	return ev.force(c, name+" of "+r.title(), r.env.at(p.Key), func() resource.Value {
		return ev.placed(ev.eval(r.env, p.Value), r.env.at(p.Value))
	})
}

// isOpen reports whether the members of an object cannot be told by their
// written names alone.
func isOpen(o *syntax.Object) bool {
	for _, item := range o.Items {
		switch i := item.(type) {
		case *syntax.Spread:
			return true
		case *syntax.Property:
			if _, literal := i.Key.Literal(); !literal {
				return true
			}
		}
	}
	return false
}

// spreadMember evaluates a member that only a spread or computed name may hold.
func (ev *evaluation) spreadMember(en env, o *syntax.Object, name string) resource.Value {
	whole := functions.Certain(ev.eval(en, o))
	if whole.IsUnknown() {
		return whole
	}
	return whole.Get(name)
}

// typed returns the full type and the API version; a nested resource continues
// the type of the one around it and inherits its version.
func (n *resourceNode) typed() (kind, version string) {
	text, _ := syntax.Literal(n.decl.Type)
	kind, version, _ = strings.Cut(text, "@")
	if n.outer != nil {
		outerKind, outerVersion := n.outer.node.typed()
		kind = outerKind + "/" + kind
		if version == "" {
			version = outerVersion
		}
	}
	return kind, version
}

// versionAt is the place of the API version within the type.
func (n *resourceNode) versionAt() source.Range {
	if text, _ := syntax.Literal(n.decl.Type); n.outer != nil && !strings.Contains(text, "@") {
		return n.outer.node.versionAt()
	}
	at := n.inst.doc.at(n.decl.Type)
	if text, ok := n.decl.Type.(*syntax.String); ok && len(text.Parts) == 1 {
		if cut := strings.IndexByte(text.Parts[0].Text, '@'); cut >= 0 {
			part := text.Parts[0].At()
			at.Start, at.End = min(part.Start+cut+1, part.End), part.End
		}
	}
	return at
}
