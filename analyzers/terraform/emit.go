package terraform

import (
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/resource"
)

// emitModule hands out the resources of a module and of everything it calls.
func (ev *evaluation) emitModule(inst *instance) {
	for _, local := range slices.Sorted(maps.Keys(inst.module.resources)) {
		node := inst.resourceNode(ev, local)
		node.force(ev)
		for _, r := range node.members {
			if !ev.emitResource(r) {
				return
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inst.module.calls)) {
		node := inst.callNode(ev, name)
		node.force(ev)
		for _, child := range node.members {
			if child.module != nil {
				ev.emitModule(child)
			} else {
				ev.emitNotFollowed(child)
			}
		}
	}
}

func (ev *evaluation) emitResource(r *resourceInstance) bool {
	b := r.node.block
	if ev.ctx.Err() != nil || !ev.spend(&ev.budget.resources, 1, b.header) {
		return false
	}
	skip := func(name string) bool { return isMetaArgument(b.kind, name) || name == "lifecycle" }
	mode := resource.Existing
	if b.kind == "resource" {
		mode = resource.Managed
	}
	ev.resources = append(ev.resources, resource.Resource{
		ID: r.id, Format: formatName, Type: b.labels[0], Mode: mode, Name: b.labels[1],
		Address: r.node.address + r.keyed.suffix, Root: ev.root, Environment: ev.task.environment,
		Attrs: resource.ObjectAt(b.header, ev.content(r.env(), b.body, skip)...),
		At:    b.header, Body: b.whole, Via: r.node.inst.via,
		Provider: ev.providerOf(r), Lifecycle: ev.lifecycle(r.env(), b.body), Maybe: r.maybe(),
	})
	return true
}

func (r *resourceInstance) maybe() string {
	if r.node.expanded.maybe != "" {
		return r.node.expanded.maybe
	}
	return r.node.inst.maybe
}

// emitNotFollowed stands for a call whose module was not read. Its inputs are
// those of the call; what it makes of them is not known.
func (ev *evaluation) emitNotFollowed(inst *instance) {
	b := inst.call.block
	if !ev.spend(&ev.budget.resources, 1, b.header) {
		return
	}
	skip := func(name string) bool { return isMetaArgument("module", name) && name != "source" && name != "version" }
	caller := inst.parent
	ev.resources = append(ev.resources, resource.Resource{
		ID: inst.call.id(ev) + inst.key, Format: formatName, Type: "module", Mode: resource.NotFollowed, Name: inst.call.name,
		Address: caller.prefix + "module." + inst.call.name + inst.key, Root: ev.root, Environment: ev.task.environment,
		Attrs: resource.ObjectAt(b.header, ev.content(env{inst: caller, keyed: inst.keyed}, b.body, skip)...),
		At:    b.header, Body: b.whole, Via: caller.via, Maybe: inst.maybe, Provider: ev.providerOfModule(inst),
	})
}
