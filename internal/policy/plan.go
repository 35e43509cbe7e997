package policy

import (
	"cmp"
	"context"
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/drlint/drlint/internal/policy/machine"
)

// planSuffix ends the name of the file that holds the plan of a Rego file.
const planSuffix = ".plan"

func planName(name string) string { return strings.TrimSuffix(name, ".rego") + planSuffix }

// Plans translates the rules below a directory into the steps that evaluate them,
// so that no process has to do so again. It returns the content of a file for
// each Rego file that defines something: raw/not-backed-up/rule.plan.
func Plans(fsys fs.FS) (map[string][]byte, error) {
	set, problems := read(fsys, embeddedID)
	if len(problems) > 0 {
		return nil, joined(problems)
	}
	if len(set.rules) == 0 {
		return nil, nil
	}
	compiler := set.rules[0].group.compiler
	plan, err := planOf(compiler, set.rules)
	if err != nil {
		return nil, err
	}
	names := map[string]string{} // by package
	for name, module := range compiler.Modules {
		names[generation+module.Package.Path.String()] = name
	}
	functions := map[string][]*ir.Func{}
	for _, fn := range plan.Funcs.Funcs {
		name := names[fn.Name[:strings.LastIndexByte(fn.Name, '.')]]
		functions[name] = append(functions[name], fn)
	}
	files, err := encode(fsys, functions, plan.Static)
	if err != nil {
		return nil, err
	}
	return files, linkable(files)
}

// linkable finds what the machine cannot do.
func linkable(files map[string][]byte) error {
	var plans []*machine.Plan
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		plan, err := machine.Decode(files[name][checksumSize:])
		if err != nil {
			return err
		}
		plans, names = append(plans, plan), append(names, plan.Names()...)
	}
	_, err := machine.Link(plans, names, machineOptions())
	return err
}

// checksumSize is how many bytes of a plan are the checksum of the text that it
// was made of.
const checksumSize = 4

func encode(fsys fs.FS, functions map[string][]*ir.Func, static *ir.Static) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, list := range functions {
		text, err := load(fsys, name)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(list, func(a, b *ir.Func) int { return cmp.Compare(a.Name, b.Name) })
		data, err := machine.Encode(list, static)
		if err != nil {
			return nil, err
		}
		files[planName(name)] = append(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(text)), data...)
	}
	return files, nil
}

// readPlan returns the plan of a Rego file; nil if there is none that was made
// of exactly this text.
func readPlan(fsys fs.FS, name string) *machine.Plan {
	text, err := load(fsys, name)
	if err != nil {
		return nil
	}
	data, err := fs.ReadFile(fsys, planName(name))
	if err != nil || len(data) < checksumSize || binary.BigEndian.Uint32(data) != crc32.ChecksumIEEE(text) {
		return nil
	}
	plan, err := machine.Decode(data[checksumSize:])
	if err != nil {
		return nil
	}
	return plan
}

// link returns a program of rules and of those that were linked before; nil
// unless the plans of all of them are there and fresh. Rules that are being
// written, and those of users, are compiled instead.
func (g *group) link(rules []*rule) *machine.Program {
	if g.unplanned {
		return nil
	}
	if g.plans == nil {
		g.plans = map[string]*machine.Plan{}
		for _, name := range g.libraries {
			g.plans[name] = readPlan(g.fsys, name)
		}
	}
	for _, r := range rules {
		if _, known := g.plans[r.path]; known {
			continue
		}
		plan := readPlan(g.fsys, r.path)
		g.plans[r.path], g.program = plan, nil
		g.unplanned, r.planned = g.unplanned || plan == nil, map[string]string{}
		for _, name := range []string{denySet, unknownSet, exemptSet} {
			if function := generation + r.document() + "." + name; plan.Has(function) {
				r.planned[name], g.planned = function, append(g.planned, function)
			}
		}
	}
	if g.program == nil && !g.unplanned {
		plans := slices.DeleteFunc(slices.Collect(maps.Values(g.plans)), func(p *machine.Plan) bool { return p == nil })
		var err error
		g.program, err = machine.Link(plans, g.planned, machineOptions())
		g.unplanned = err != nil
	}
	return g.program
}

// machineOptions are those of all programs.
func machineOptions() machine.Options {
	return machine.Options{Capabilities: capabilities(), Common: commonKeys, Vocabulary: vocabulary}
}

// planner takes the plan of a query from the library, which gives it to those
// who evaluate queries in a way of their own.
type planner struct{ plan *ir.Policy }

type plannerKey struct{}

const planTarget = "drlint"

// generation is what the library puts before the names of functions.
const generation = "g0."

func (planner) IsTarget(name string) bool { return name == planTarget }

func (planner) PrepareForEval(ctx context.Context, plan *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	ctx.Value(plannerKey{}).(*planner).plan = plan
	return nil, nil
}

var registerPlanner = sync.OnceFunc(func() { rego.RegisterPlugin(planTarget, planner{}) })

// planOf returns the plan of rules and of everything that they refer to.
func planOf(compiler *ast.Compiler, rules []*rule) (*ir.Policy, error) {
	registerPlanner()
	var queries []string
	for _, r := range rules {
		queries = append(queries, r.text)
	}
	var p planner
	ctx := context.WithValue(context.Background(), plannerKey{}, &p)
	_, err := rego.New(rego.Query("["+strings.Join(queries, ", ")+"]"), rego.Compiler(compiler), rego.Target(planTarget),
		rego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
	return p.plan, err
}
