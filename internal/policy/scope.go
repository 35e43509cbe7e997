package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// selfSetting marks the repository that is being scanned.
const selfSetting = "self"

// scopes chooses the assets that rules are about.
type scopes struct {
	platform bool
	assets   []*model.Asset
	// classified holds the IDs of assets inside which something has a stage.
	classified map[string]bool
	contains   map[string][]string
	replicaOf  map[string][]string
	// known are the scopes that were chosen before; many rules have the same.
	known map[string][]*model.Asset
}

func newScopes(m *model.Model) *scopes {
	s := &scopes{
		platform: m.Platform.DataPlatform, assets: m.Assets, classified: map[string]bool{},
		contains: map[string][]string{}, replicaOf: map[string][]string{}, known: map[string][]*model.Asset{},
	}
	byID := make(map[string]*model.Asset, len(m.Assets))
	for _, a := range m.Assets {
		byID[a.ID] = a
	}
	for _, a := range m.Assets {
		if a.Within != "" {
			s.contains[a.Within] = append(s.contains[a.Within], a.ID)
		}
		for _, r := range a.Relations {
			sources := s.replicaOf[r.Target]
			if r.Type == "replicates_to" && (len(sources) == 0 || sources[len(sources)-1] != a.ID) {
				s.replicaOf[r.Target] = append(sources, a.ID)
			}
		}
		if len(a.Stages) > 0 {
			s.classify(byID, a)
		}
	}
	return s
}

// classify marks everything around an asset that has a stage. A mark that is
// already there ends the walk, and with it a circle.
func (s *scopes) classify(byID map[string]*model.Asset, a *model.Asset) {
	for outer := byID[a.Within]; outer != nil && !s.classified[outer.ID]; outer = byID[outer.Within] {
		s.classified[outer.ID] = true
	}
}

// of returns the assets in scope of a rule, ordered by ID: of its kinds and, if
// it names stages, in one of them. An asset whose insides have stages of their
// own is judged there. The scanned repository is in scope only when it is that
// of a data platform. An asset that may not be created stays in scope: what is
// said of it holds if it is.
func (s *scopes) of(r *finding.Rule) []*model.Asset {
	id := fmt.Sprint(r.Kinds, r.Stages)
	scope, ok := s.known[id]
	if !ok {
		scope = s.choose(r)
		s.known[id] = scope
	}
	return scope
}

func (s *scopes) choose(r *finding.Rule) (scope []*model.Asset) {
	kinds := map[model.Kind]bool{}
	for _, kind := range r.Kinds {
		kinds[model.Kind(kind)] = true
	}
	for _, a := range s.assets {
		if kinds[a.Kind] && s.covers(r, a) {
			scope = append(scope, a)
		}
	}
	byID := func(a, b *model.Asset) int { return strings.Compare(a.ID, b.ID) }
	if !slices.IsSortedFunc(scope, byID) {
		slices.SortStableFunc(scope, byID)
	}
	return scope
}

func (s *scopes) covers(r *finding.Rule, a *model.Asset) bool {
	if a.Kind == model.Repository && a.Settings[selfSetting].Tri() == model.Yes && !s.platform {
		return false
	}
	if len(r.Stages) == 0 {
		return true
	}
	return !s.classified[a.ID] && slices.ContainsFunc(a.Stages, func(f model.StageFact) bool {
		return slices.Contains(r.Stages, string(f.Stage))
	})
}
