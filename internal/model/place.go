package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// Place resolves a path that a rule names ("protections.backup",
// "settings.shared_key_access", "mirrors.0.history", "expiries.1") to the text
// that decides. The empty path is the asset itself. It reports false for a path
// that does not exist.
func (a *Asset) Place(path string) (source.Range, bool) {
	if path == "" {
		return a.At, true
	}
	head, rest, _ := strings.Cut(path, ".")
	switch head {
	case "region":
		return a.Region.At, rest == ""
	case "name":
		return a.Name.At, rest == ""
	case "protections":
		name, rest, _ := strings.Cut(rest, ".")
		protection, ok := a.Protections[name]
		if !ok {
			return source.Range{}, false
		}
		return protection.place(rest)
	case "settings":
		fact, ok := a.Settings[rest]
		return fact.At, ok
	case "declared":
		fact, ok := a.Declared[rest]
		return fact.At, ok
	case "lapsed":
		return indexed(a.Lapsed, rest, func(l Lapsed, rest string) (source.Range, bool) { return l.At, rest == "" })
	case "stages":
		return indexed(a.Stages, rest, func(s StageFact, rest string) (source.Range, bool) { return s.At, rest == "" })
	case "expiries":
		return indexed(a.Expiries, rest, func(e Expiry, rest string) (source.Range, bool) { return e.At, rest == "" })
	case "missing":
		return indexed(a.Missing, rest, func(m Missing, rest string) (source.Range, bool) { return m.At, rest == "" })
	case "mirrors":
		return indexed(a.Mirrors, rest, Mirror.place)
	default:
		return source.Range{}, false
	}
}

// Place resolves a path within a flow ("write", "dated") to the text that
// decides; the empty path is the flow itself.
func (f *Flow) Place(path string) (source.Range, bool) {
	facts := map[string]Fact{
		"source": f.Source, "sink": f.Sink, "mode": f.Mode, "write": f.Write, "dated": f.Dated, "partitioned": f.Partitioned, "interval_hours": f.Interval,
	}
	if path == "" {
		return f.At, true
	}
	fact, ok := facts[path]
	return orElse(fact.At, f.At), ok
}

// Place resolves what a rule says of an asset: a path of the asset, or
// "flows.", the ID of a flow and, after another dot, a path within it.
func (m *Model) Place(a *Asset, path string) (source.Range, bool) {
	id, isFlow := strings.CutPrefix(path, "flows.")
	if !isFlow {
		return a.Place(path)
	}
	if f := m.flow(id); f != nil {
		return f.Place("")
	}
	// IDs hold dots themselves.
	dot := strings.LastIndexByte(id, '.')
	if dot < 0 {
		return source.Range{}, false
	}
	if f := m.flow(id[:dot]); f != nil {
		return f.Place(id[dot+1:])
	}
	return source.Range{}, false
}

func (m *Model) flow(id string) *Flow {
	i, ok := slices.BinarySearchFunc(m.Flows, id, func(f Flow, id string) int { return strings.Compare(f.ID, id) })
	if !ok {
		return nil
	}
	return &m.Flows[i]
}

func (p Protection) place(path string) (source.Range, bool) {
	head, rest, _ := strings.Cut(path, ".")
	switch head {
	case "":
		return p.At, true
	case "means":
		return indexed(p.Means, rest, func(m Means, rest string) (source.Range, bool) { return m.place(rest) })
	default:
		return source.Range{}, false
	}
}

func (m Means) place(path string) (source.Range, bool) {
	switch path {
	case "":
		return m.At, true
	case "window_days":
		return orElse(m.Window.At, m.At), true
	case "interval_hours":
		return orElse(m.Interval.At, m.At), true
	case "region":
		return orElse(m.Region.At, m.At), true
	default:
		return source.Range{}, false
	}
}

func (m Mirror) place(path string) (source.Range, bool) {
	facts := map[string]Fact{
		"target": m.Target, "host": m.Host, "refs": m.Refs, "history": m.History,
		"propagates_deletes": m.PropagatesDeletes, "rewrites": m.Rewrites, "lfs": m.LFS,
		"interval_hours": m.Interval, "undeletable": m.Undeletable,
	}
	if path == "" {
		return m.At, true
	}
	fact, ok := facts[path]
	return orElse(fact.At, m.At), ok
}

func orElse(at, fallback source.Range) source.Range {
	if at.IsZero() {
		return fallback
	}
	return at
}

func indexed[T any](items []T, path string, place func(T, string) (source.Range, bool)) (source.Range, bool) {
	head, rest, _ := strings.Cut(path, ".")
	index, err := strconv.Atoi(head)
	if err != nil || index < 0 || index >= len(items) {
		return source.Range{}, false
	}
	return place(items[index], rest)
}
