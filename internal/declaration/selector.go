package declaration

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/stage"
)

// Selector chooses assets. Every key that is written must match: the stage and
// the kind as they are, the others as globs. The empty selector chooses nothing.
type Selector struct {
	Stage                          model.Stage
	Kind                           model.Kind
	Address, Name, Path, Tag, Host string
}

// chosen returns the assets that a selector means, in the order of the model.
// What is said of an account holds for its containers too, unless the selector
// names a stage and they hold data of another one.
func (s Selector) chosen(m *model.Model, outer map[string]*model.Asset) (found []*model.Asset) {
	if s == (Selector{}) {
		return nil
	}
	for _, a := range m.Assets {
		if s.Stage != "" && !stages(a, outer, s.Stage) {
			continue
		}
		for depth, at := 0, a; at != nil && depth < deepest; depth, at = depth+1, outer[at.Within] {
			if s.matches(at) {
				found = append(found, a)
				break
			}
		}
	}
	return found
}

// deepest is how many assets may lie within each other: a column in a table in a
// schema in a database on a server is less.
const deepest = 8

// stages reports whether an asset holds data of a stage. One that has no stage of
// its own belongs to that of the asset around it.
func stages(a *model.Asset, outer map[string]*model.Asset, stage model.Stage) bool {
	for depth := 0; a != nil && depth < deepest; depth, a = depth+1, outer[a.Within] {
		if len(a.Stages) > 0 {
			return slices.ContainsFunc(a.Stages, func(f model.StageFact) bool { return f.Stage == stage })
		}
	}
	return false
}

func (s Selector) matches(a *model.Asset) bool {
	if s.Kind != "" && s.Kind != a.Kind {
		return false
	}
	if host := strings.ToLower(a.Settings["host"].Text()); s.Host != "" && (host == "" || !stage.Globs(strings.ToLower(s.Host), host)) {
		return false
	}
	return stage.Declaration{Address: s.Address, Name: s.Name, Path: s.Path, Tag: s.Tag}.Matches(a)
}

// outerOf finds assets by ID.
func outerOf(m *model.Model) map[string]*model.Asset {
	byID := make(map[string]*model.Asset, len(m.Assets))
	for _, a := range m.Assets {
		byID[a.ID] = a
	}
	return byID
}
