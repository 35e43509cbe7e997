package policy

import (
	"maps"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy/machine"
)

// inputs holds the terms that all rules share. Terms are built directly: going
// through JSON or Go maps takes twice the time and three times the memory.
type inputs struct {
	assets map[string]*ast.Term
	// common are the entries that are the same for every rule.
	common   [][2]*ast.Term
	sessions map[*machine.Program]*machine.Session
}

// commonKeys are the keys of the entries that are the same for every rule.
var commonKeys = []*ast.Term{ast.StringTerm("by_id"), ast.StringTerm("pipelines"), ast.StringTerm("flows"), ast.StringTerm("platform"), ast.StringTerm("now")}

// chunk is how many assets one goroutine builds at a time.
const chunk = 512

func newInputs(m *model.Model, s *scopes, now time.Time) *inputs {
	terms := make([]*ast.Term, len(m.Assets))
	chunks := (len(m.Assets) + chunk - 1) / chunk
	parallel(chunks, func(i int) {
		b := newBuilder()
		for j := i * chunk; j < min((i+1)*chunk, len(m.Assets)); j++ {
			a := m.Assets[j]
			terms[j] = assetShape.term(b, subject{a, s.contains[a.ID], s.replicaOf[a.ID]})
		}
	})
	in := &inputs{assets: make(map[string]*ast.Term, len(m.Assets)), sessions: map[*machine.Program]*machine.Session{}}
	byID := ast.NewObjectWithCapacity(len(m.Assets))
	for i, a := range m.Assets {
		in.assets[a.ID] = terms[i]
		byID.Insert(text(a.ID), terms[i])
	}
	b := newBuilder()
	for i, value := range []*ast.Term{
		ast.NewTerm(byID), objects(b, pipelineShape, m.Pipelines), objects(b, flowShape, m.Flows), platformShape.term(b, m.Platform), text(now.UTC().Format(time.RFC3339)),
	} {
		in.common = append(in.common, [2]*ast.Term{commonKeys[i], value})
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
		s = program.Session(in.assets)
		in.sessions[program] = s
	}
	return s
}

// of returns the input of one rule.
func (in *inputs) of(scope []*model.Asset, settings *ast.Term) ast.Value {
	assets := make([]*ast.Term, len(scope))
	for i, a := range scope {
		assets[i] = in.assets[a.ID]
	}
	items := append([][2]*ast.Term{{ast.StringTerm("assets"), ast.ArrayTerm(assets...)}, {ast.StringTerm("settings"), settings}}, in.common...)
	return ast.NewObject(items...)
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
		value := given[name]
		setting, ok := r.Setting(name)
		if !ok {
			problems = append(problems, settingProblem(r, "the rule has no setting "+name))
			continue
		}
		if err := setting.Check(value); err != nil {
			problems = append(problems, settingProblem(r, err.Error()))
			continue
		}
		merged[name] = value
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
