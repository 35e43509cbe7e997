package policy

import (
	"maps"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy/machine"
	"github.com/drlint/drlint/internal/policy/value"
)

// inputs holds the terms that all rules share. Terms are built directly: going
// through JSON or Go maps takes twice the time and three times the memory.
type inputs struct {
	assets   []*ast.Term
	numbers  map[string]int // of assets by ID
	common   common
	sessions map[*machine.Program]*machine.Session
	// library is set if there are rules without a plan.
	library *library
}

// common is what of the input is the same for every rule.
type common struct{ byID, pipelines, flows, platform, now *ast.Term }

// commonKeys are the keys of it.
var commonKeys = []string{"by_id", "pipelines", "flows", "platform", "now"}

// input is what one rule sees.
type input struct {
	common
	assets, settings *ast.Term
}

// by_id and settings have keys that only a scan knows.
var inputShape = newShape(
	key("assets", listType(assetShape.schema()), func(_ *builder, in input) *ast.Term { return in.assets }),
	key("settings", openType(anyType), func(_ *builder, in input) *ast.Term { return in.settings }),
	key("by_id", openType(assetShape.schema()), func(_ *builder, in input) *ast.Term { return in.byID }),
	key("pipelines", listType(pipelineShape.schema()), func(_ *builder, in input) *ast.Term { return in.pipelines }),
	key("flows", listType(flowShape.schema()), func(_ *builder, in input) *ast.Term { return in.flows }),
	key("platform", platformShape.schema(), func(_ *builder, in input) *ast.Term { return in.platform }),
	key("now", textType, func(_ *builder, in input) *ast.Term { return in.now }),
)

// chunk is how many assets one goroutine builds at a time.
const chunk = 512

// inChunks calls work for all numbers below n, in chunks, on all processors.
func inChunks(n int, work func(from, to int)) {
	parallel((n+chunk-1)/chunk, func(i int) { work(i*chunk, min((i+1)*chunk, n)) })
}

func newInputs(m *model.Model, s *scopes, now time.Time) *inputs {
	in := &inputs{
		assets: make([]*ast.Term, len(m.Assets)), numbers: make(map[string]int, len(m.Assets)), sessions: map[*machine.Program]*machine.Session{},
	}
	inChunks(len(m.Assets), func(from, to int) {
		b := newBuilder()
		for i := from; i < to; i++ {
			a := m.Assets[i]
			record := assetShape.own(b, subject{a, s.contains[a.ID], s.replicaOf[a.ID]})
			record.ID = i + 1
			in.assets[i] = record.Term()
		}
	})
	byID := value.NewObject()
	for i, a := range m.Assets {
		in.numbers[a.ID] = i
		byID.Put(text(a.ID), in.assets[i])
	}
	b := newBuilder()
	in.common = common{
		byID.Term(), objects(b, pipelineShape, m.Pipelines), objects(b, flowShape, m.Flows), platformShape.term(b, m.Platform), text(now.UTC().Format(time.RFC3339)),
	}
	return in
}

// session returns what evaluates the rules of a program over the model, if there
// is one. All of them share it.
func (in *inputs) session(program *machine.Program) *machine.Session {
	if program == nil {
		return nil
	}
	s, ok := in.sessions[program]
	if !ok {
		s = program.Session(len(in.assets))
		in.sessions[program] = s
	}
	return s
}

// of returns the input of one rule.
func (in *inputs) of(scope []*model.Asset, settings *ast.Term) *ast.Term {
	assets := value.NewList(in.choose(in.assets, scope)...).Term()
	return inputShape.own(nil, input{in.common, assets, value.Own(settings)}).Term()
}

// choose returns the terms of assets.
func (in *inputs) choose(terms []*ast.Term, scope []*model.Asset) []*ast.Term {
	chosen := make([]*ast.Term, len(scope))
	for i, a := range scope {
		chosen[i] = terms[in.numbers[a.ID]]
	}
	return chosen
}

// settingsOf merges the defaults of a rule's settings with what users set.
// A value that the rule does not know or of another type is a problem.
func settingsOf(r *finding.Rule, given map[string]any) (*ast.Term, []Problem) {
	var problems []Problem
	merged := map[string]any{}
	for _, s := range r.Settings {
		merged[s.Name] = s.Default
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		wanted := given[name]
		setting, ok := r.Setting(name)
		if !ok {
			problems = append(problems, settingProblem(r, "the rule has no setting "+name))
			continue
		}
		if err := setting.Check(wanted); err != nil {
			problems = append(problems, settingProblem(r, err.Error()))
			continue
		}
		merged[name] = wanted
	}
	term, err := ast.InterfaceToValue(merged)
	if err != nil {
		return ast.InternedEmptyObject, append(problems, settingProblem(r, err.Error()))
	}
	return ast.NewTerm(term), problems
}

func settingProblem(r *finding.Rule, message string) Problem {
	return Problem{Code: "rule/setting", Rule: r.ID, Message: message}
}
