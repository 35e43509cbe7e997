package terraform

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
)

// instance is one module within an evaluation: the root, or one instance of a
// call. module is nil when the called code was not read.
type instance struct {
	module *module
	call   *callNode // nil for the root
	parent *instance
	keyed  keyed  // of the call
	key    string // `["eu"]`, "[0]" or ""
	prefix string // `module.lake["eu"].`, "" for the root
	via    []resource.Call
	maybe  string
	depth  int
	handle cty.Value

	variables map[string]*cell
	locals    map[string]*cell
	outputs   map[string]*cell
	whole     cell // all outputs
	resources map[string]*resourceNode
	calls     map[string]*callNode
	providers map[string]resource.Value
}

func newInstance(m *module) *instance {
	inst := &instance{
		module: m, variables: map[string]*cell{}, locals: map[string]*cell{}, outputs: map[string]*cell{},
		resources: map[string]*resourceNode{}, calls: map[string]*callNode{}, providers: map[string]resource.Value{},
	}
	inst.handle = newHandle(inst)
	return inst
}

func cellOf(cells map[string]*cell, name string) *cell {
	c := cells[name]
	if c == nil {
		c = &cell{}
		cells[name] = c
	}
	return c
}

// env is what an expression can name: its module, the keys of its block and the
// variables of the for expressions and dynamic blocks around it.
type env struct {
	inst  *instance // nil in variable files, where nothing can be named
	unit  *unitFile // in Terragrunt files, instead of inst
	keyed keyed
	vars  *binding
}

// binding binds a name, or the item of a splat expression, in a chain of
// bindings. It is never changed.
type binding struct {
	name  string
	item  any // the splat's own symbol
	value cty.Value
	next  *binding
}

func (e env) bind(name string, value cty.Value) env {
	if name != "" {
		e.vars = &binding{name: name, value: value, next: e.vars}
	}
	return e
}

func (e env) bindItem(item any, value cty.Value) env {
	e.vars = &binding{item: item, value: value, next: e.vars}
	return e
}

func (e env) lookup(name string) (cty.Value, bool) {
	for b := e.vars; b != nil; b = b.next {
		if b.item == nil && b.name == name {
			return b.value, true
		}
	}
	return cty.NilVal, false
}

func (e env) lookupItem(item any) (cty.Value, bool) {
	for b := e.vars; b != nil; b = b.next {
		if b.item == item {
			return b.value, true
		}
	}
	return cty.NilVal, false
}
