package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/drlint/drlint/internal/resource"
)

// providerOf returns the configuration of the provider that manages an
// instance: the one its block names, else the default one of its type.
func (ev *evaluation) providerOf(r *resourceInstance) resource.Value {
	local := r.node.block.labels[0]
	local, _, _ = strings.Cut(local, "_")
	a := r.node.block.body.attr("provider")
	if a == nil {
		return ev.provider(r.node.inst, local)
	}
	key, why := ev.providerKey(r.env(), a.expr)
	if why != "" {
		return resource.UnknownAt(rangeOf(a.expr), why)
	}
	return ev.provider(r.node.inst, key)
}

// providerOfModule is the provider that a module of a registry is made for, which
// its address ends in (Terraform, "Module Sources": NAMESPACE/NAME/PROVIDER). It
// is handed in by the call, or the caller's own without an alias.
func (ev *evaluation) providerOfModule(inst *instance) resource.Value {
	address, _, _ := strings.Cut(inst.call.block.body.literalAttr("source"), "//")
	parts := strings.Split(address, "/")
	if n := len(parts); (n != 3 && n != 4) || strings.HasPrefix(address, ".") || strings.ContainsAny(address, ":?") || parts[0] == "github.com" || parts[0] == "bitbucket.org" {
		return resource.Value{}
	}
	return ev.provider(inst, parts[len(parts)-1])
}

// providerKey reads a reference to a provider configuration: aws, aws.dr, or in
// OpenTofu aws.by_region[each.key].
func (ev *evaluation) providerKey(en env, expr hclsyntax.Expression) (key, why string) {
	switch e := expr.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return traversalText(e.Traversal), ""
	case *hclsyntax.IndexExpr:
		base, why := ev.providerKey(en, e.Collection)
		if why != "" {
			return "", why
		}
		ev.trace = nil
		index := ev.eval(en, e.Key)
		suffix := keySuffix(index)
		if suffix == "" {
			return "", "the provider depends on a key that is not known"
		}
		return base + suffix, ""
	default:
		if text, ok := literal(expr); ok {
			return text, ""
		}
		return "", "the provider is not named by a reference"
	}
}

// provider finds the configuration that a module knows under a name: handed in
// by the call, written in the module, or inherited when it has no alias. It is
// absent when nothing is written.
func (ev *evaluation) provider(inst *instance, key string) resource.Value {
	if value, ok := inst.providers[key]; ok {
		return value
	}
	inst.providers[key] = resource.Value{} // ends a circle of references
	value := ev.findProvider(inst, key)
	local, _, _ := strings.Cut(key, ".")
	value = withVersion(value, inst, local)
	inst.providers[key] = value
	return value
}

func (ev *evaluation) findProvider(inst *instance, key string) resource.Value {
	if inst.call != nil {
		if a := inst.call.block.body.attr("providers"); a != nil {
			for _, item := range objectItems(a.expr) {
				if item.name != key {
					continue
				}
				outer, why := ev.providerKey(env{inst: inst.parent, keyed: inst.keyed}, item.expr)
				if why != "" {
					return resource.UnknownAt(rangeOf(item.expr), why)
				}
				return ev.provider(inst.parent, outer)
			}
		}
	}
	base, index, indexed := strings.Cut(key, "[")
	if inst.module == nil { // not read, and so not known to configure any
		return ev.provider(inst.parent, key)
	}
	if b := inst.module.providers[base]; b != nil {
		return ev.providerBlock(inst, b, "["+index, indexed)
	}
	if inst.parent != nil && !strings.Contains(key, ".") {
		return ev.provider(inst.parent, key)
	}
	return resource.Value{}
}

// providerBlock evaluates a provider block; OpenTofu lets one have for_each.
func (ev *evaluation) providerBlock(inst *instance, b *block, suffix string, indexed bool) resource.Value {
	en := env{inst: inst}
	if a := b.body.attr("for_each"); a != nil && indexed {
		all := ev.expandEach(ev.eval(en, a.expr), rangeOf(a.expr))
		at := slices.IndexFunc(all.instances, func(k keyed) bool { return k.suffix == suffix || k.uncertain })
		if at < 0 {
			return resource.UnknownAt(b.header, "the provider has no instance "+suffix)
		}
		en.keyed = all.instances[at]
	}
	skip := func(name string) bool { return name == "for_each" }
	fields := ev.content(en, b.body, skip)
	ev.task.unit.relocate(fields)
	return resource.ObjectAt(ev.task.unit.written(b.header), fields...)
}

// withVersion adds the version constraints of a module to the configuration of
// a provider, unless an outer module or the block itself has one.
func withVersion(value resource.Value, inst *instance, local string) resource.Value {
	if inst.module == nil {
		return value
	}
	required := inst.module.requirement(local)
	if required.version == "" || value.State == resource.Unknown {
		return value
	}
	at := rangeOf(required.at)
	version := resource.Field{Name: "version", At: at, Value: resource.StringAt(at, required.version)}
	if value.IsAbsent() {
		return resource.ObjectAt(at, version)
	}
	present := slices.IndexFunc(value.Fields, func(f resource.Field) bool { return f.Name == "version" })
	value.Fields = slices.Clone(value.Fields)
	if present < 0 {
		value.Fields = append(value.Fields, version)
		return value
	}
	if known := value.Fields[present].Value; known.Kind == resource.String && !constrains(known.Text, required.version) {
		known.Text += ", " + required.version
		value.Fields[present].Value = known
	}
	return value
}

// constrains reports whether a list of constraints holds another one already.
func constrains(all, one string) bool {
	parts := strings.Split(all, ",")
	for part := range strings.SplitSeq(one, ",") {
		if !slices.ContainsFunc(parts, func(p string) bool { return strings.TrimSpace(p) == strings.TrimSpace(part) }) {
			return false
		}
	}
	return true
}
