package terraform

import (
	"path"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// resourceNode is a resource, data or ephemeral block in one module instance.
type resourceNode struct {
	block   *block
	inst    *instance
	local   string // address within the module
	address string
	id      string

	value    cell
	expanded expansion
	members  []*resourceInstance
}

// resourceInstance is one instance of it.
type resourceInstance struct {
	node  *resourceNode
	keyed keyed
	id    string
	cells map[string]*cell
}

// resourceValue returns what a reference to a resource block stands for.
func (inst *instance) resourceValue(ev *evaluation, local string, at source.Range) cty.Value {
	node := inst.resourceNode(ev, local)
	if node == nil {
		return ev.undeclared(local, at)
	}
	return node.force(ev)
}

func (inst *instance) resourceNode(ev *evaluation, local string) *resourceNode {
	node := inst.resources[local]
	if node == nil && inst.module.resources[local] != nil {
		address := inst.prefix + local
		node = &resourceNode{
			block: inst.module.resources[local], inst: inst, local: local, address: address, id: ev.root + "#" + address,
		}
		inst.resources[local] = node
	}
	return node
}

// force expands the block and returns its instances as one value.
func (n *resourceNode) force(ev *evaluation) cty.Value {
	return ev.force(&n.value, n.local, n.block.header, func() cty.Value {
		n.expanded = ev.expand(env{inst: n.inst}, n.block.body)
		whole := refTo(n.id, "")
		handles := make([]cty.Value, 0, len(n.expanded.instances))
		for _, k := range n.expanded.instances {
			r := &resourceInstance{node: n, keyed: k, id: n.id + k.suffix, cells: map[string]*cell{}}
			n.members = append(n.members, r)
			handles = append(handles, newHandle(r).Mark(refTo(r.id, "")))
		}
		return n.expanded.collect(handles).Mark(whole)
	})
}

// attribute returns the configured value of an argument. Everything else of a
// resource is up to its provider.
func (r *resourceInstance) attribute(ev *evaluation, name string) cty.Value {
	ref := refTo(r.id, name)
	ev.note(ref)
	a := r.node.block.body.attr(name)
	if a == nil || isMetaArgument(r.node.block.kind, name) {
		return unknown(r.node.late(name)).Mark(ref)
	}
	value := ev.force(cellOf(r.cells, name), r.node.local+"."+name, a.nameAt, func() cty.Value {
		return because(ev.eval(r.env(), a.expr), r.node.late(name))
	})
	return ev.noteValue(value).Mark(ref)
}

func (r *resourceInstance) env() env { return env{inst: r.node.inst, keyed: r.keyed} }

func (r *resourceInstance) loose() bool { return r.keyed.uncertain }

func (r *resourceInstance) describe() string {
	if r.loose() {
		return r.node.expanded.maybe
	}
	return r.node.late("")
}

// late says why an attribute is not known before Terraform runs.
func (n *resourceNode) late(name string) string {
	what := n.local
	if name != "" {
		what += "." + name
	}
	if n.block.kind == "resource" {
		return what + " is known after apply"
	}
	return what + " is read when Terraform runs"
}

// callNode is a module block in one module instance.
type callNode struct {
	block       *block
	inst        *instance // the caller
	name        string
	module      *module // nil when it is not followed
	notFollowed string  // why its outputs are unknown

	value    cell
	expanded expansion
	members  []*instance
}

func (n *callNode) id(ev *evaluation) string {
	return ev.root + "#" + n.inst.prefix + "module." + n.name
}

func (inst *instance) callValue(ev *evaluation, name string, at source.Range) cty.Value {
	node := inst.callNode(ev, name)
	if node == nil {
		return ev.undeclared("module."+name, at)
	}
	return node.force(ev)
}

func (inst *instance) callNode(ev *evaluation, name string) *callNode {
	node := inst.calls[name]
	if node == nil && inst.module.calls[name] != nil {
		node = &callNode{block: inst.module.calls[name], inst: inst, name: name}
		node.module, node.notFollowed = ev.target(inst, node.block)
		inst.calls[name] = node
	}
	return node
}

func (n *callNode) force(ev *evaluation) cty.Value {
	return ev.force(&n.value, "module."+n.name, n.block.header, func() cty.Value {
		n.expanded = ev.expand(env{inst: n.inst}, n.block.body)
		handles := make([]cty.Value, 0, len(n.expanded.instances))
		for _, k := range n.expanded.instances {
			if !ev.spend(&ev.budget.modules, 1, n.block.header) {
				n.members = nil
				return unknown(overBudget)
			}
			child := n.instantiate(k)
			n.members = append(n.members, child)
			whole := child.handle
			if child.module == nil {
				whole = whole.Mark(refTo(n.id(ev)+k.suffix, ""))
			}
			handles = append(handles, whole)
		}
		return n.expanded.collect(handles)
	})
}

func (n *callNode) instantiate(k keyed) *instance {
	child := newInstance(n.module)
	child.call, child.parent, child.keyed, child.key = n, n.inst, k, k.suffix
	child.prefix = n.inst.prefix + "module." + n.name + k.suffix + "."
	child.depth = n.inst.depth + 1
	child.maybe = n.inst.maybe
	if child.maybe == "" {
		child.maybe = n.expanded.maybe
	}
	child.via = append(slices.Clip(n.inst.via), resource.Call{
		Name: "module." + n.name, At: n.block.header, Body: n.block.whole,
	})
	return child
}

// isMetaArgument reports whether an argument of a block is Terraform's own and
// not one of the provider or the called module.
func isMetaArgument(kind, name string) bool {
	switch name {
	case "count", "for_each":
		return true
	case "provider":
		return kind != "module"
	case "providers", "source", "version", "depends_on":
		return kind == "module"
	default:
		return false
	}
}

// target finds the module that a call names, or says why it was not read.
func (ev *evaluation) target(inst *instance, call *block) (m *module, notFollowed string) {
	from := call.body.literalAttr("source")
	name := "module." + call.labels[0]
	if from == "" {
		return nil, name + " has a source that is not a literal string"
	}
	dir, followed := ev.sourceDirectory(inst, call, from)
	if !followed {
		return nil, name + " comes from " + from + ", which was not read"
	}
	at := rangeOf(call.body.attr("source").expr)
	for caller := inst; caller != nil; caller = caller.parent {
		if caller.module.dir == dir {
			ev.report(source.Diagnostic{
				Code: "terraform/module-cycle", Severity: source.Error, At: at,
				Summary: "the module in " + dir + " calls itself", Detail: "Terraform rejects modules that contain themselves.",
			})
			return nil, name + " contains itself"
		}
	}
	if inst.depth >= moduleDepth {
		ev.overspend(at)
		return nil, name + " is nested too deeply"
	}
	if m = ev.loader.module(dir); m != nil {
		return m, ""
	}
	ev.report(source.Diagnostic{
		Code: "terraform/module-missing", Severity: source.Error, At: at,
		Summary: "there is no module in " + dir, Detail: "The directory does not exist or holds no Terraform files.",
	})
	return nil, name + " comes from " + from + ", which was not found"
}

// sourceDirectory resolves a source to a directory of the tree.
func (ev *evaluation) sourceDirectory(inst *instance, call *block, from string) (dir string, ok bool) {
	if isLocal(from) {
		if dir, ok = join(inst.module.dir, from); !ok {
			ev.report(source.Diagnostic{
				Code: "terraform/module-outside", Severity: source.Warning, At: rangeOf(call.body.attr("source").expr),
				Summary: "the module lies outside of what is scanned", Detail: "Scan the directory that contains both.",
			})
		}
		return dir, ok
	}
	if dir, ok = ev.installed[inst.callPath(call.labels[0])]; ok && ev.loader.module(dir) != nil {
		return dir, true
	}
	if dir, ok = itself(ev.loader.tree, from); ok && ev.loader.module(path.Clean(dir)) != nil {
		return dir, true
	}
	return "", false
}

// callPath is the key of a call in the manifest of installed modules.
func (inst *instance) callPath(name string) string {
	for ; inst.call != nil; inst = inst.parent {
		name = inst.call.name + "." + name
	}
	return name
}
