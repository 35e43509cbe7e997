package bicep

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// moduleNode is one module declaration within an instance of its file.
type moduleNode struct {
	decl    *syntax.Module
	inst    *instance
	state   cellState
	set     expansion
	members []*moduleInstance
	all     resource.Value
}

// moduleInstance is one instance of a module declaration.
type moduleInstance struct {
	node *moduleNode
	one  occurrence
	body *syntax.Object
	// inside is the called file, nil when it was not read: unread says why.
	inside *instance
	unread string
	params *moduleArguments
}

func (inst *instance) moduleNode(decl *syntax.Module) *moduleNode {
	node := inst.modules[decl]
	if node == nil {
		node = &moduleNode{decl: decl, inst: inst}
		inst.modules[decl] = node
	}
	return node
}

func (n *moduleNode) name() string { return n.decl.Name.Text }

func (n *moduleNode) force(ev *evaluation) {
	if n.state != waiting {
		return
	}
	n.state = running
	header := n.inst.doc.at(n.decl.Header)
	n.set = ev.expand(env{inst: n.inst}, n.decl.Body, header)
	target, unread := n.target(ev)
	for _, one := range n.set.copies {
		if !ev.spend(&ev.budget.modules, 1, header) {
			break
		}
		m := &moduleInstance{node: n, one: one, unread: unread}
		m.body, _ = one.body.(*syntax.Object)
		m.params = &moduleArguments{module: m}
		if target != nil {
			m.inside = m.enter(ev, target)
		}
		n.members = append(n.members, m)
	}
	n.state = done
}

// enter makes the instance of the called file.
func (m *moduleInstance) enter(ev *evaluation, target *document) *instance {
	caller := m.node.inst
	inside := newInstance(ev, target, m.params)
	inside.parent, inside.depth = caller, caller.depth+1
	inside.prefix = caller.prefix + m.title() + "/"
	inside.maybe = m.one.maybe
	if inside.maybe == "" {
		inside.maybe = caller.maybe
	}
	doc := caller.doc
	call := resource.Call{Name: m.title(), At: doc.at(m.node.decl.Header), Body: doc.at(m.node.decl)}
	inside.via = slices.Concat(caller.via, []resource.Call{call})
	return inside
}

// target returns the called file, or the reason why it was not read.
func (n *moduleNode) target(ev *evaluation) (target *document, unread string) {
	at := n.inst.doc.at(n.decl.Path)
	reference, ok := syntax.Literal(n.decl.Path)
	if !ok {
		return nil, "the path of module " + n.name() + " cannot be read"
	}
	file, local := n.inst.doc.resolve(reference)
	switch {
	case !local && isRemote(reference):
		return nil, "the module " + reference + " is not part of this repository"
	case !local:
		return nil, ev.missingModule(at, reference, "it lies outside of this repository")
	case strings.HasSuffix(strings.ToLower(file), ".json"):
		return nil, "the template " + file + " is not followed"
	}
	if target = ev.loader.document(file); target == nil {
		return nil, ev.missingModule(at, reference, "there is no such Bicep file")
	}
	for caller := n.inst; caller != nil; caller = caller.parent {
		if caller.doc.path == target.path {
			ev.report(source.Diagnostic{
				Code: "bicep/module-cycle", Severity: source.Error, At: at,
				Summary: "the module " + file + " calls itself",
				Detail:  "Bicep rejects modules that call each other in a circle. What lies within the circle is read once.",
			})
			return nil, "the module " + file + " calls itself"
		}
	}
	if n.inst.depth >= moduleDepth {
		ev.overspend(at)
		return nil, overBudget
	}
	return target, ""
}

func (ev *evaluation) missingModule(at source.Range, reference, problem string) string {
	ev.report(source.Diagnostic{
		Code: "bicep/module-missing", Severity: source.Warning, At: at,
		Summary: "the module " + reference + " cannot be read: " + problem,
		Detail:  "Its resources are missing from the scan.",
	})
	return "the module " + reference + " cannot be read"
}

func (n *moduleNode) whole(ev *evaluation) resource.Value {
	if n.state == running {
		return ev.loopOnItself(n.name(), n.inst.doc.at(n.decl.Name))
	}
	n.force(ev)
	if n.all.State == resource.Absent {
		n.all = wholeSet(ev, n.set, n.members)
	}
	return n.all
}

func (m *moduleInstance) title() string { return "module." + m.node.name() + m.one.key }

func (m *moduleInstance) counted() bool { return m.node.set.open }

func (m *moduleInstance) reference() resource.Ref {
	return resource.Ref{ID: deployment.ResourceID(m.node.inst.root, m.node.inst.prefix+m.title())}
}

func (m *moduleInstance) why() string {
	return m.title() + " is known only after deployment"
}

func (m *moduleInstance) member(ev *evaluation, name string, at source.Range) resource.Value {
	switch name {
	case "outputs":
		return ev.whole(moduleOutputs{m})
	case "name":
		if m.body != nil {
			if p := m.body.Property("name"); p != nil {
				return ev.eval(m.one.env, p.Value)
			}
		}
	}
	return resource.UnknownAt(at, name+" of "+m.title()+" is known only after deployment")
}

// moduleOutputs are the outputs of one instance of a module.
type moduleOutputs struct{ of *moduleInstance }

func (o moduleOutputs) reference() resource.Ref {
	ref := o.of.reference()
	ref.Attr = "outputs"
	return ref
}

func (o moduleOutputs) why() string { return o.title() + " are known only after deployment" }

func (o moduleOutputs) title() string { return "the outputs of " + o.of.title() }

func (o moduleOutputs) member(ev *evaluation, name string, at source.Range) resource.Value {
	m := o.of
	if m.inside == nil {
		unread := resource.UnknownAt(at, m.unread)
		unread.Refs = []resource.Ref{{ID: m.reference().ID, Attr: name}}
		return unread
	}
	if m.one.off {
		return resource.UnknownAt(at, m.title()+" is not deployed, because its condition is false")
	}
	output := m.inside.doc.outputs[name]
	if output == nil {
		return resource.UnknownAt(at, m.title()+" has no output "+name)
	}
	return m.inside.output(ev, output)
}

// moduleArguments are the params of a module call.
type moduleArguments struct {
	module *moduleInstance
	whole  cell // where they are no plain object
}

func (a *moduleArguments) why(name string) string {
	if whole := a.whole.value; whole.IsUnknown() {
		return whole.Why
	}
	return "param " + name + " has no default and is not set by " + a.module.title()
}

func (a *moduleArguments) argument(ev *evaluation, name string) (value resource.Value, at source.Range, ok bool) {
	m := a.module
	if m.body == nil {
		return value, at, false
	}
	params := m.body.Property("params")
	if params == nil {
		return value, at, false
	}
	object, plain := syntax.Bare(params.Value).(*syntax.Object)
	if plain {
		if p := object.Property(name); p != nil {
			at = m.one.env.at(p.Value)
			return ev.eval(m.one.env, p.Value), at, true
		}
		if !isOpen(object) {
			return value, at, false
		}
	}
	at = m.one.env.at(params.Value)
	whole := ev.force(&a.whole, "params of "+m.title(), at, func() resource.Value {
		return ev.eval(m.one.env, params.Value)
	})
	value = functions.Certain(whole).Get(name)
	return value, at, value.State != resource.Absent
}
