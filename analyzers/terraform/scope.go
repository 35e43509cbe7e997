package terraform

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/source"
)

// resolve looks up the first words of a reference and says how many it took.
func (ev *evaluation) resolve(en env, traversal hcl.Traversal) (value cty.Value, taken int) {
	root := traversal.RootName()
	name, complete := stepName(traversal, 1)
	if !complete {
		return ev.fail("the reference " + root + " is not complete"), len(traversal)
	}
	at := placed(hcl.RangeBetween(traversal[0].SourceRange(), traversal[1].SourceRange()))
	switch root {
	case "var":
		return ev.noteValue(en.inst.variable(ev, name, at)), 2
	case "local":
		return ev.noteValue(en.inst.local(ev, name, at)), 2
	case "module":
		return ev.noteValue(en.inst.callValue(ev, name, at)), 2
	case "each", "count", "path", "terraform", "tofu", "self":
		return ev.noteValue(ev.ambient(en, root, name)), 2
	case "data", "ephemeral":
		second, complete := stepName(traversal, 2)
		if !complete {
			return ev.fail("the reference " + root + "." + name + " is not complete"), len(traversal)
		}
		at = placed(hcl.RangeBetween(traversal[0].SourceRange(), traversal[2].SourceRange()))
		return ev.noteValue(en.inst.resourceValue(ev, root+"."+name+"."+second, at)), 3
	case "resource":
		// OpenTofu and Terraform accept the keyword in front of an address.
		if second, complete := stepName(traversal, 2); complete {
			return ev.noteValue(en.inst.resourceValue(ev, name+"."+second, at)), 3
		}
	}
	return ev.noteValue(en.inst.resourceValue(ev, root+"."+name, at)), 2
}

func stepName(traversal hcl.Traversal, i int) (name string, ok bool) {
	if i >= len(traversal) {
		return "", false
	}
	step, ok := traversal[i].(hcl.TraverseAttr)
	return step.Name, ok
}

// ambient returns what Terraform itself provides.
func (ev *evaluation) ambient(en env, root, name string) cty.Value {
	switch root + "." + name {
	case "each.key", "each.value", "count.index":
		if value := en.keyed.value(root, name); value != cty.NilVal {
			return value
		}
		return ev.fail(root + "." + name + " is not set here")
	case "path.module":
		return cty.StringVal(relative(ev.task.dir, en.inst.module.dir))
	case "path.root":
		return cty.StringVal(".")
	case "path.cwd":
		return unknown("path.cwd is where Terraform runs")
	case "terraform.workspace", "tofu.workspace":
		return unknown(root + ".workspace is chosen when Terraform runs")
	case "terraform.applying", "tofu.applying":
		return unknown(root + "." + name + " is set when Terraform runs")
	}
	if root == "self" {
		return unknown("self is known only while Terraform runs")
	}
	return ev.fail("there is no " + root + "." + name)
}

// relative writes path.module as Terraform does: from the root module.
func relative(root, dir string) string {
	path, err := filepath.Rel(root, dir)
	if err != nil {
		return dir
	}
	return filepath.ToSlash(path)
}

// variable returns an input: what the call or a variable file gives, else the
// default.
func (inst *instance) variable(ev *evaluation, name string, at source.Range) cty.Value {
	v := inst.module.variables[name]
	if v == nil {
		return ev.undeclared("var."+name, at)
	}
	return ev.force(cellOf(inst.variables, name), "var."+name, at, func() cty.Value {
		value, place, given := inst.given(ev, name)
		if !given || !v.nullable && value.IsKnown() && value.IsNull() {
			if v.fallback == nil {
				return unknown(inst.missing(name))
			}
			value, place = ev.eval(env{}, v.fallback), rangeOf(v.fallback)
		}
		return v.conform(ev, value).Mark(setAt(place, inst.depth))
	})
}

func (inst *instance) missing(name string) string {
	if inst.call == nil {
		return "var." + name + " has no default"
	}
	return "var." + name + " has no default and module." + inst.call.name + " does not set it"
}

// given returns what is set for an input from outside its module.
func (inst *instance) given(ev *evaluation, name string) (value cty.Value, at source.Range, ok bool) {
	if inst.call != nil {
		if isMetaArgument("module", name) {
			return cty.NilVal, at, false
		}
		a := inst.call.block.body.attr(name)
		if a == nil {
			return cty.NilVal, at, false
		}
		return ev.eval(env{inst: inst.parent, keyed: inst.keyed}, a.expr), rangeOf(a.expr), true
	}
	// Files named by -var-file win over those that are loaded by name
	// (Terraform, "Input Variables", variable definition precedence).
	for _, files := range [][]*file{ev.task.files, inst.module.varFiles} {
		for _, f := range slices.Backward(files) {
			if a := f.body.attr(name); a != nil {
				return ev.eval(env{}, a.expr), rangeOf(a.expr), true
			}
		}
	}
	// Terragrunt passes inputs as environment variables, over which all files win.
	if ev.task.unit != nil {
		return ev.task.unit.input(name)
	}
	return cty.NilVal, at, false
}

func (inst *instance) local(ev *evaluation, name string, at source.Range) cty.Value {
	a := inst.module.locals[name]
	if a == nil {
		return ev.undeclared("local."+name, at)
	}
	return ev.force(cellOf(inst.locals, name), "local."+name, at, func() cty.Value {
		return ev.eval(env{inst: inst}, a.expr)
	})
}

// attribute returns an output of a module; instance is a target.
func (inst *instance) attribute(ev *evaluation, name string) cty.Value {
	if inst.module == nil {
		ref := refTo(inst.call.id(ev)+inst.key, name)
		ev.note(ref)
		return unknown(inst.describe()).Mark(ref)
	}
	output := inst.module.outputs[name]
	if output == nil {
		return ev.fail("module." + inst.call.name + " has no output " + name)
	}
	return ev.noteValue(ev.force(cellOf(inst.outputs, name), "output."+name, output.header, func() cty.Value {
		if a := output.body.attr("value"); a != nil {
			return ev.eval(env{inst: inst}, a.expr)
		}
		return unknown("output." + name + " has no value")
	}))
}

// all returns the outputs of a module as one object.
func (inst *instance) all(ev *evaluation) cty.Value {
	var at source.Range
	if inst.call != nil {
		at = inst.call.block.header
	}
	return ev.force(&inst.whole, "the module", at, func() cty.Value {
		outputs := map[string]cty.Value{}
		for _, name := range slices.Sorted(maps.Keys(inst.module.outputs)) {
			outputs[name] = inst.attribute(ev, name)
		}
		return cty.ObjectVal(outputs)
	})
}

func (inst *instance) loose() bool { return inst.keyed.uncertain }

func (inst *instance) describe() string {
	switch {
	case inst.module == nil:
		return inst.call.notFollowed
	case inst.loose():
		return inst.call.expanded.maybe
	}
	return "module." + inst.call.name + " is an object whose parts are known only one by one"
}
