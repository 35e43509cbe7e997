package terraform

import (
	"cmp"
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// emitSettings hands out how a root module keeps its state and which versions
// it wants. Those of called modules have no effect on the state.
func (ev *evaluation) emitSettings(top *instance) {
	ev.emitBackend(top)
	m := top.module
	if len(m.terraform) == 0 {
		return
	}
	var fields []resource.Field
	requirements := map[string]resource.Field{}
	var required source.Range
	for _, b := range m.terraform {
		if a := b.body.attr("required_version"); a != nil {
			fields = []resource.Field{{Name: a.name, At: a.nameAt, Value: ev.argument(env{}, a.expr)}}
		}
		for _, nested := range b.body.blocks {
			if nested.kind == "required_providers" {
				addRequirements(requirements, nested)
				required = nested.header
			}
		}
	}
	if len(requirements) > 0 {
		all := resource.Field{Name: "required_providers", At: required, Value: resource.ObjectAt(required)}
		for _, name := range slices.Sorted(maps.Keys(requirements)) {
			all.Value.Fields = append(all.Value.Fields, requirements[name])
		}
		fields = append(fields, all)
	}
	if len(fields) > 0 {
		ev.emitSetting("terraform_settings", "terraform", "terraform", m.terraform[0].header, m.terraform[0].whole, fields)
	}
}

func addRequirements(requirements map[string]resource.Field, b *block) {
	for _, a := range b.body.attrs {
		read, at := readRequirement(a.expr), rangeOf(a.expr)
		object := resource.ObjectAt(at)
		if read.source != "" {
			object.Fields = append(object.Fields, resource.Field{Name: "source", At: at, Value: resource.StringAt(at, read.source)})
		}
		if read.version != "" {
			place := rangeOf(read.at)
			object.Fields = append(object.Fields, resource.Field{Name: "version", At: place, Value: resource.StringAt(place, read.version)})
		}
		requirements[a.name] = resource.Field{Name: a.name, At: a.nameAt, Value: object}
	}
}

// emitBackend hands out where the state is kept. Without a backend block that
// is a local file (Terraform, "Backend Configuration"), but only a module that
// manages something has a state.
func (ev *evaluation) emitBackend(top *instance) {
	if ev.emitUnitState() {
		return
	}
	if b := backend(top.module); b != nil {
		name := b.kind
		if len(b.labels) == 1 {
			name = b.labels[0]
		}
		fields := ev.content(env{inst: top}, b.body, func(name string) bool { return name == "type" })
		fields = append(fields, resource.Field{Name: "type", At: b.header, Value: resource.StringAt(b.header, name)})
		ev.task.unit.relocate(fields)
		header, whole := ev.task.unit.written(b.header), ev.task.unit.written(b.whole)
		ev.emitSetting("terraform_backend", name, "terraform.backend."+name, header, whole, fields)
		return
	}
	at := firstManaged(top.module)
	if at == nil {
		return
	}
	if len(top.module.terraform) > 0 {
		at = top.module.terraform[0]
	}
	ev.emitSetting("terraform_backend", "local", "terraform.backend.local", at.header, at.whole, []resource.Field{
		{Name: "type", At: at.header, Value: resource.StringAt(at.header, "local")},
		{Name: "implicit", At: at.header, Value: resource.BoolAt(at.header, true)},
	})
}

// backend returns the backend or cloud block that applies: that of an override
// file, else the first.
func backend(m *module) *block {
	var found *block
	for _, b := range m.terraform {
		for _, nested := range b.body.blocks {
			isBackend := nested.kind == "backend" && len(nested.labels) == 1 || nested.kind == "cloud"
			if isBackend && (found == nil || roleOf(nested.header.File) == override) {
				found = nested
			}
		}
	}
	return found
}

// firstManaged returns the first resource block of a module, else its first
// call, by file and position.
func firstManaged(m *module) *block {
	for _, table := range []map[string]*block{m.resources, m.calls} {
		blocks := slices.SortedFunc(maps.Values(table), func(a, b *block) int { return a.header.Compare(b.header) })
		for _, b := range blocks {
			if b.kind == "resource" || b.kind == "module" {
				return b
			}
		}
	}
	return nil
}

func (ev *evaluation) emitSetting(typ, name, address string, at, whole source.Range, fields []resource.Field) {
	ev.resources = append(ev.resources, resource.Resource{
		ID: ev.root + "#" + address, Format: formatName, Type: typ, Mode: resource.Setting, Name: name,
		Address: address, Root: ev.root, Environment: ev.task.environment, Attrs: resource.ObjectAt(at, fields...), At: at,
		Body: cmp.Or(whole, at),
	})
}
