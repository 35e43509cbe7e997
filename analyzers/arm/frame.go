package arm

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
)

// frame is one deployment: a template with its parameters.
type frame struct {
	doc      *document
	template resource.Value
	// outer is the deployment that contains this one.
	outer *frame
	// by is the deployment resource that makes this deployment.
	by *entry
	to *deployment.Destination // see destination
	// base is where the expressions of its resources are evaluated.
	base env

	given     map[string]*lazy // parameters that were set
	params    map[string]*lazy
	variables map[string]*lazy
	outputs   map[string]*lazy
	functions map[string]resource.Value

	entries  []*entry
	bySymbol map[string][]*entry
	byName   map[string][]*entry // made when it is asked for
	symbolic bool                // resources are an object (languageVersion 2.0)

	scope  functions.Scope
	place  string // see identity.go
	number int    // unique in an evaluation
	prefix string // of addresses
	via    []resource.Call
	maybe  string
	depth  int
}

// env is where an expression is evaluated.
type env struct {
	// owner has the parameters and variables, frame the resources. They differ
	// in nested deployments whose expressions have outer scope.
	owner, frame *frame
	loops        *loop
	locals       *local
	// args are the parameters of the user-defined function that is called.
	args *arguments
}

// loop is a copy element in progress. Its index may be unknown.
type loop struct {
	name  string
	index int
	why   string // why the index is unknown
	outer *loop
}

// local is a variable of a lambda.
type local struct {
	name  string
	value resource.Value
	outer *local
}

type arguments struct{ values map[string]resource.Value }

// lazy is a value that is made when it is asked for.
type lazy struct {
	make       func() resource.Value
	value      resource.Value
	made       bool
	running    bool
	generation int
	// written renders it, see renderer; rendered keeps that for each purpose.
	written  func(r *renderer) string
	rendered map[rendering]string
}

type rendering struct {
	address    bool
	generation int
}

func (ev *evaluation) newFrame(doc *document, template resource.Value) *frame {
	ev.made++
	f := &frame{
		number: ev.made, doc: doc, template: template, given: map[string]*lazy{}, params: map[string]*lazy{}, variables: map[string]*lazy{},
		outputs: map[string]*lazy{}, functions: map[string]resource.Value{}, bySymbol: map[string][]*entry{},
	}
	f.base = env{owner: f, frame: f}
	ev.declareFunctions(f)
	return f
}

// force makes a value; one that needs itself is unknown.
func (ev *evaluation) force(l *lazy, name string) resource.Value {
	if l.made && l.generation == ev.generation {
		return l.value
	}
	if l.running {
		return resource.Value{State: resource.Unknown, Why: name + " refers to itself"}
	}
	l.running = true
	l.value = ev.deeper(l.make)
	l.running, l.made, l.generation = false, true, ev.generation
	return l.value
}

// deeper runs an evaluation that another one waits for.
func (ev *evaluation) deeper(run func() resource.Value) resource.Value {
	if ev.depth >= depthLimit {
		return resource.Value{State: resource.Unknown, Why: "its expressions refer to each other too many times over"}
	}
	ev.depth++
	defer func() { ev.depth-- }()
	return run()
}

// parameter returns a parameter of a deployment.
func (ev *evaluation) parameter(f *frame, name string) (*lazy, bool) {
	key := strings.ToLower(name)
	if l, ok := f.params[key]; ok {
		return l, true
	}
	declared, ok := functions.Member(member(f.template, "parameters"), name)
	given := f.given[key]
	if given == nil && !ok {
		return nil, false
	}
	l := &lazy{make: func() resource.Value { return ev.defaultOf(f, name, declared) }}
	if given != nil {
		l.make = func() resource.Value {
			v := ev.force(given, "parameter "+name)
			if v.IsAbsent() && hasMember(declared, "defaultValue") {
				// A parameter that is set to null has its default.
				return ev.defaultOf(f, name, declared)
			}
			return v
		}
		if given.written != nil {
			l.written = func(r *renderer) string {
				if ev.force(given, "parameter "+name).IsAbsent() {
					return r.token(f.token(name), name)
				}
				return given.written(r)
			}
		}
	}
	f.params[key] = l
	return l, true
}

// token is the text of a parameter for which nothing else stands.
func (f *frame) token(name string) string {
	return "parameters" + strconv.Itoa(f.number) + "." + strings.ToLower(name)
}

func (ev *evaluation) defaultOf(f *frame, name string, declared resource.Value) resource.Value {
	if written, ok := functions.Member(declared, "defaultValue"); ok {
		v := ev.value(env{owner: f, frame: f}, written)
		return deployment.FromInput(v, ev.budget)
	}
	if nullable, _ := member(declared, "nullable").AsBool(); nullable {
		return resource.NullAt(declared.At)
	}
	// It is set nowhere, so it has no place.
	return resource.Value{State: resource.Unknown, Why: "parameter " + name + " has no default"}
}

// variable returns a variable of a deployment.
func (ev *evaluation) variable(f *frame, name string) (*lazy, bool) {
	key := strings.ToLower(name)
	if l, ok := f.variables[key]; ok {
		return l, true
	}
	en := env{owner: f, frame: f}
	section := member(f.template, "variables")
	l := &lazy{}
	if written, ok := functions.Member(section, name); ok && key != copyMember {
		l.make = func() resource.Value { return ev.value(en, written) }
		l.written = func(r *renderer) string { return r.value(en, written) }
	} else if copied, ok := copyNamed(section, name); ok {
		l.make = func() resource.Value { return ev.copied(en, copied) }
	} else {
		return nil, false
	}
	f.variables[key] = l
	return l, true
}

// output returns an output of a deployment.
func (ev *evaluation) output(f *frame, name string) (*lazy, bool) {
	key := strings.ToLower(name)
	if l, ok := f.outputs[key]; ok {
		return l, true
	}
	declared, ok := functions.Member(member(f.template, "outputs"), name)
	if !ok {
		return nil, false
	}
	l := &lazy{}
	if written, ok := functions.Member(declared, "value"); ok {
		l.make = func() resource.Value { return ev.conditioned(f.base, declared, written) }
		l.written = func(r *renderer) string { return r.value(f.base, written) }
	} else if copied := member(declared, copyMember); copied.IsKnown() {
		l.make = func() resource.Value { return ev.copied(f.base, copied) }
	} else {
		return nil, false
	}
	f.outputs[key] = l
	return l, true
}

// conditioned evaluates an output, which may have a condition.
func (ev *evaluation) conditioned(en env, declared, written resource.Value) resource.Value {
	condition, ok := functions.Member(declared, "condition")
	if !ok {
		return ev.value(en, written)
	}
	if truth, known := ev.value(en, condition).AsBool(); known && !truth {
		return resource.NullAt(written.At)
	}
	return ev.value(en, written)
}

// declareFunctions collects user-defined functions by namespace.name.
func (ev *evaluation) declareFunctions(f *frame) {
	for _, namespace := range items(member(f.template, "functions")) {
		for _, field := range members(member(namespace, "members")) {
			f.functions[strings.ToLower(text(namespace, "namespace")+"."+field.Name)] = field.Value
		}
	}
}
