package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy/value"
)

// read takes the verdicts out of a rule's answer: an object with a set of
// statements under "deny", "unknown" and "exempt".
func (j *job) read(said *ast.Term) {
	if said == nil {
		j.problem("rule/result", "gives no answer", nil)
		return
	}
	if !value.IsObject(said.Value) {
		j.problem("rule/result", "gives an answer that is no object", nil)
		return
	}
	for _, name := range []string{denySet, unknownSet, exemptSet} {
		set := value.Get(said, ast.InternedTerm(name))
		if set == nil {
			continue
		}
		statements, ok := set.Value.(*value.Set)
		if !ok {
			j.problem("rule/result", name+" is not a set", nil)
			continue
		}
		statements.Each(func(statement *ast.Term) { j.add(name, statement) })
	}
}

// add checks one statement and keeps it. An asset outside the scope or a path
// that does not exist is a fault of the rule, never a wrong place.
func (j *job) add(name string, statement *ast.Term) {
	fields, fault := decodeStatement(statement)
	if fault != "" {
		j.problem("rule/result", name+": "+fault, nil)
		return
	}
	asset := j.find(fields.asset)
	if asset == nil {
		j.problem("rule/result", fmt.Sprintf("%s: asset %q is not in the scope of the rule", name, fields.asset), nil)
		return
	}
	at, ok := j.model.Place(asset, fields.at)
	if !ok {
		j.problem("rule/result", fmt.Sprintf("%s: %s has no place %q", name, asset.Kind, fields.at), nil)
		return
	}
	if at.IsZero() {
		at = asset.At
	}
	j.verdicts = append(j.verdicts, Verdict{
		Rule: j.rule.about, Asset: asset, Verdict: verdicts[name], Message: fields.message, Path: fields.at, At: at,
	})
}

func (j *job) find(id string) *model.Asset {
	i, ok := slices.BinarySearchFunc(j.scope, id, func(a *model.Asset, id string) int { return strings.Compare(a.ID, id) })
	if !ok {
		return nil
	}
	return j.scope[i]
}

// statement is one object that a rule put into a set.
type statement struct{ asset, at, message string }

func decodeStatement(term *ast.Term) (s statement, fault string) {
	if !value.IsObject(term.Value) {
		return s, "a statement is not an object"
	}
	value.Until(term, func(key, said *ast.Term) bool {
		name, _ := key.Value.(ast.String)
		text, isText := said.Value.(ast.String)
		into := s.field(string(name))
		switch {
		case into == nil:
			fault = fmt.Sprintf("a statement has the key %s; asset, at and message are allowed", key)
		case !isText:
			fault = string(name) + " is not a text"
		default:
			*into = string(text)
		}
		return false
	})
	if fault == "" && (s.asset == "" || s.message == "") {
		fault = "a statement needs an asset and a message"
	}
	return s, fault
}

func (s *statement) field(name string) *string {
	switch name {
	case "asset":
		return &s.asset
	case "at":
		return &s.at
	case "message":
		return &s.message
	default:
		return nil
	}
}
