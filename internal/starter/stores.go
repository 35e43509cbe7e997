package starter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// holds reports whether an asset keeps data for somebody: stores that other
// resources give a purpose, such as logs, are none of a data platform's.
func holds(a *model.Asset) bool {
	switch a.Kind {
	case model.ObjectStore, model.Container, model.FileShare, model.Database, model.DatabaseServer, model.Table,
		model.EventStream, model.SemanticModel, model.CacheStore:
		return a.Settings["purpose"].Text() == ""
	default:
		return false
	}
}

// store is what one selector chooses: the same block in all environments.
type store struct {
	assets   []*model.Asset
	selector string // "name: bronze", "address: module.lake.*"
}

func (s *store) first() *model.Asset { return s.assets[0] }

// told is how surely the stages of a store are known: how sure the least
// certain of its evaluations is.
func (s *store) told() model.Confidence {
	told := model.High
	for _, a := range s.assets {
		if len(a.Stages) == 0 {
			return ""
		}
		for _, f := range a.Stages {
			if f.Confidence == model.Low || f.Confidence == model.Medium && told == model.High {
				told = f.Confidence
			}
		}
	}
	return told
}

// storesOf lists the stores about whose data one can ask. A store with others
// inside is left to them.
func storesOf(m *model.Model) []*store {
	outer := map[string]bool{}
	for _, a := range m.Assets {
		if holds(a) {
			outer[a.Within] = true
		}
	}
	names, files := map[string]map[string]bool{}, map[string]map[string]bool{}
	var asked []*model.Asset
	for _, a := range m.Assets {
		if !holds(a) || demonstrates(a) || outer[a.ID] && len(a.Stages) == 0 {
			continue
		}
		asked = append(asked, a)
		note(names, a.Name.Text(), a.Address)
		note(names, a.Address, a.Name.Text())
		note(files, a.Address, a.At.File)
	}
	var found []*store
	index := map[string]*store{}
	for _, a := range asked {
		selector := "address: " + scalar(literal(a.Address))
		switch {
		case a.Name.Text() != "" && len(names[a.Name.Text()]) == 1 && len(names[a.Address]) == 1:
			selector = "name: " + scalar(literal(a.Name.Text()))
		case len(files[a.Address]) > 1:
			selector += ", path: " + scalar(literal(a.At.File))
		}
		s := index[selector]
		if s == nil {
			s = &store{selector: selector}
			index[selector], found = s, append(found, s)
		}
		s.assets = append(s.assets, a)
	}
	slices.SortStableFunc(found, func(a, b *store) int {
		return cmp.Or(strings.Compare(a.first().At.File, b.first().At.File), strings.Compare(a.first().Address, b.first().Address), strings.Compare(a.selector, b.selector))
	})
	return found
}

func note(seen map[string]map[string]bool, key, value string) {
	if seen[key] == nil {
		seen[key] = map[string]bool{}
	}
	seen[key][value] = true
}

func (w *writer) stages(m *model.Model) {
	var sure, guessed, open []*store
	for _, s := range storesOf(m) {
		switch s.told() {
		case "":
			open = append(open, s)
		case model.Low:
			guessed = append(guessed, s)
		default:
			sure = append(sure, s)
		}
	}
	w.gap()
	w.say("What a store holds decides what is asked of it: %sstages-and-recovery.md", pages)
	if len(sure)+len(guessed)+len(open) == 0 {
		w.say("No stores were found here, so there is nothing to ask.")
		return
	}
	w.sure(sure)
	if len(guessed)+len(open) > 0 {
		w.suggest("stages:")
	}
	w.guessed(guessed)
	w.open(open)
}

// sure says what needs no answer.
func (w *writer) sure(stores []*store) {
	if len(stores) == 0 {
		return
	}
	w.say("These are told by a tag, by the name of the data, or by their kind:")
	for _, stage := range model.Stages {
		shown, more := 0, 0
		for _, s := range stores {
			if s.first().Stages[0].Stage != stage {
				continue
			}
			if shown == longest/3 {
				more++
				continue
			}
			shown++
			w.item("%-12s %s (%s)", stage, printable(s.first().Address), printable(s.basis()))
		}
		if more > 0 {
			w.item("%-12s and %d more", stage, more)
		}
	}
}

// guessed offers what only the names in the code tell.
func (w *writer) guessed(stores []*store) {
	if len(stores) == 0 {
		return
	}
	w.say("These are guessed by what the code calls them. Confirm or correct them:")
	for i, s := range stores {
		if i == longest {
			w.rest(len(stores) - longest)
			return
		}
		for _, stage := range s.stages() {
			w.suggest("- {stage: %s, %s} # %s; %s", stage, s.selector, printable(s.basis()), s.place())
		}
	}
}

// open asks what nothing tells.
func (w *writer) open(stores []*store) {
	if len(stores) == 0 {
		return
	}
	var names []string
	for _, stage := range model.Stages {
		names = append(names, string(stage))
	}
	w.say("Nothing tells the stage of these. Which is it? %s. A store that holds no data of the platform says so by a tag: purpose = logs, artifacts, static-website …", strings.Join(names, " | "))
	for i, s := range stores {
		if i == longest {
			w.rest(len(stores) - longest)
			return
		}
		w.suggest("- {stage: %s, %s} # %s; %s", Blank, s.selector, s.what(), s.place())
	}
}

func (w *writer) rest(n int) {
	w.say("and %d more, which drlint inventory lists.", n)
}

func (s *store) stages() (found []model.Stage) {
	for _, a := range s.assets {
		for _, f := range a.Stages {
			if !slices.Contains(found, f.Stage) {
				found = append(found, f.Stage)
			}
		}
	}
	return found
}

func (s *store) basis() string {
	var parts []string
	for _, a := range s.assets {
		for _, f := range a.Stages {
			if !slices.Contains(parts, f.Basis) {
				parts = append(parts, f.Basis)
			}
		}
	}
	const enough = 2
	return strings.Join(parts[:min(enough, len(parts))], ", ")
}

// what describes a store whose selector does not.
func (s *store) what() string {
	a := s.first()
	kind := strings.ReplaceAll(string(a.Kind), "_", " ")
	if strings.HasPrefix(s.selector, "name:") {
		return fmt.Sprintf("%s %s", kind, printable(a.Address))
	}
	return kind
}

// place is the file that declares the store or, where a module does, that calls it.
func (s *store) place() string {
	a := s.first()
	if len(a.Via) > 0 {
		return printable(a.Via[0].File)
	}
	return printable(a.At.File)
}
