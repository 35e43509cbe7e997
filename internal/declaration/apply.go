package declaration

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// Apply states in the model what tags and declarations say; a declaration
// outweighs a tag, a later one an earlier one. Stages must be known, and recovery
// must not be computed yet. today is the date of the run; without one nothing has
// lapsed. It reports the entries that select nothing.
func Apply(m *model.Model, d Declarations, today time.Time) (problems []source.Diagnostic) {
	m.Platform.PrimaryRegion, m.Platform.RecoveryRegion = d.PrimaryRegion, d.RecoveryRegion
	outer := outerOf(m)
	byTag(m, outer)
	said := record{}
	for i := range d.Entries {
		e := &d.Entries[i]
		chosen := e.assets(m, outer)
		if len(chosen) == 0 {
			problems = append(problems, unused(e))
		}
		for _, a := range chosen {
			said.state(a, e, today)
		}
	}
	for _, a := range m.Assets {
		said.lapse(a, today)
	}
	return problems
}

// assets are those that an entry speaks of.
func (e *Entry) assets(m *model.Model, outer map[string]*model.Asset) []*model.Asset {
	if e.Attests == nil {
		return e.Select.chosen(m, outer)
	}
	chosen := e.Select.chosen(m, outer)
	if e.Select == (Selector{}) {
		chosen = scanned(m)
	}
	return slices.DeleteFunc(chosen, func(a *model.Asset) bool {
		return !slices.Contains(model.ProtectionsOf(a.Kind), e.Attests.Protection) || !e.Attests.handedDown(a, e.Select)
	})
}

// scanned is the scanned repository itself.
func scanned(m *model.Model) (found []*model.Asset) {
	for _, a := range m.Assets {
		if a.Kind == model.Repository && a.Settings["self"].Tri() == model.Yes {
			found = append(found, a)
		}
	}
	return found
}

func unused(e *Entry) source.Diagnostic {
	detail := "Names, addresses, paths and tags are globs, and all keys of an entry must match. drlint inventory lists every asset with its stage."
	if e.Attests != nil {
		detail += " What an asset cannot have cannot be attested."
	}
	return source.Diagnostic{
		Code: "config/unused", Severity: source.Warning, At: e.At, Detail: detail,
		Summary: fmt.Sprintf("this entry of %s changes nothing: it matches no asset", e.Section),
	}
}

// record remembers which entry decides each statement about each asset.
type record map[*model.Asset]map[string]*Entry

func (r record) state(a *model.Asset, e *Entry, today time.Time) {
	if r[a] == nil {
		r[a] = map[string]*Entry{}
	}
	if a.Declared == nil {
		a.Declared = map[string]model.Fact{}
	}
	for _, s := range e.Facts {
		fact := s.Fact
		if e.lapsed(today) {
			fact = model.UnknownFact(e.ended(), fact.At)
		}
		a.Declared[s.Name], r[a][s.Name] = fact, e
	}
	if e.Attests == nil {
		return
	}
	for _, protection := range e.Attests.provides(a.Kind) {
		e.attest(a, protection, today)
		if earlier := r[a][protection]; earlier == nil || earlier.lapsed(today) {
			r[a][protection] = e
		}
	}
}

// lapse lists the statements about an asset whose deciding entry has ended.
func (r record) lapse(a *model.Asset, today time.Time) {
	for _, name := range slices.Sorted(maps.Keys(r[a])) {
		if e := r[a][name]; e.lapsed(today) {
			a.Lapsed = append(a.Lapsed, model.Lapsed{What: name, Owner: e.Owner, Until: e.day(), At: e.At})
		}
	}
}
