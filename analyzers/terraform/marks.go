package terraform

import (
	"cmp"
	"slices"
	"strings"
	"unique"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// The provenance of a value travels as cty marks, which operations, functions
// and conversions hand on to their results. cty copies the set of marks each
// time it looks at a value, so the kinds of marks that most values have are
// handles, which are hashed as fast as a pointer.
type (
	// refMark names the resource, and the attribute of it, that was asked for.
	refMark = unique.Handle[resource.Ref]
	// whyMark completes "unknown because …".
	whyMark = functions.Why
	// originMark is the place where an input was set.
	originMark = unique.Handle[origin]
	// hintMark is the readable part of an unknown string.
	hintMark struct{ text string }
)

// origin is a place, with the depth of the module that declares the input: the
// deepest is the nearest.
type origin struct {
	at    source.Range
	depth int
}

func refTo(id, attr string) refMark { return unique.Make(resource.Ref{ID: id, Attr: attr}) }

func setAt(at source.Range, depth int) originMark { return unique.Make(origin{at, depth}) }

// whyLimit bounds how many reasons one value names.
const whyLimit = 3

// unknown returns a value that is not known for a reason.
func unknown(why string) cty.Value { return cty.DynamicVal.Mark(whyMark(why)) }

// Limits of the marks of one value, by kind. A value computed from more inputs
// keeps the first by name.
const (
	refLimit    = 64
	originLimit = 16
	otherLimit  = 8
	markLimit   = refLimit + originLimit + otherLimit
)

// carry adds marks to a value, except hints: those describe the text of another.
func carry(val cty.Value, sets ...cty.ValueMarks) cty.Value {
	total, added, hints := 0, false, false
	for _, marks := range sets {
		for mark := range marks {
			if _, isHint := mark.(hintMark); isHint {
				hints = true
				continue
			}
			total++
			added = added || !val.HasMark(mark)
		}
	}
	if total == 0 {
		return val
	}
	for range cty.ValueMarksOfType[any](val) {
		total++
	}
	switch {
	case hints || total > markLimit:
		return carryLimited(val, sets)
	case !added:
		return val
	default:
		return val.WithMarks(sets...)
	}
}

// carryLimited does what carry promises without its shortcuts.
func carryLimited(val cty.Value, sets []cty.ValueMarks) cty.Value {
	plain, kept := val.Unmark()
	if kept == nil {
		kept = cty.ValueMarks{}
	}
	for _, marks := range sets {
		for mark := range marks {
			if _, isHint := mark.(hintMark); !isHint {
				kept[mark] = struct{}{}
			}
		}
	}
	return plain.WithMarks(limited(kept))
}

// withoutHint drops the hint of a value that is not the text it describes.
func withoutHint(val cty.Value) cty.Value {
	total, hinted := 0, false
	for mark := range cty.ValueMarksOfType[any](val) {
		_, isHint := mark.(hintMark)
		total, hinted = total+1, hinted || isHint
	}
	if !hinted && total <= markLimit {
		return val
	}
	plain, marks := val.Unmark()
	return carry(plain, marks)
}

// limited drops marks beyond the limits, the same ones every time.
func limited(marks cty.ValueMarks) cty.ValueMarks {
	if len(marks) <= markLimit {
		return marks
	}
	kept, counts := cty.ValueMarks{}, map[int]int{}
	for _, mark := range ordered(marks, nil) {
		kind, limit := markKind(mark), otherLimit
		switch mark.(type) {
		case refMark:
			limit = refLimit
		case originMark:
			limit = originLimit
		}
		if counts[kind]++; counts[kind] <= limit {
			kept[mark] = struct{}{}
		}
	}
	return kept
}

// decided keeps what a choice (a condition, a key) leaves on the chosen value:
// where it was set, but not what it refers to, since the value does not.
func decided(marks cty.ValueMarks) cty.ValueMarks {
	kept := cty.ValueMarks{}
	for mark := range marks {
		if _, isOrigin := mark.(originMark); isOrigin {
			kept[mark] = struct{}{}
		}
	}
	return kept
}

// because adds a reason to an unknown value that has none.
func because(val cty.Value, why string) cty.Value {
	if val.IsKnown() || hasWhy(val) {
		return val
	}
	return val.Mark(whyMark(why))
}

func hasWhy(val cty.Value) bool {
	for range cty.ValueMarksOfType[whyMark](val) {
		return true
	}
	return false
}

// hint returns the readable part of a value that is a string or may become one.
func hint(val cty.Value) string {
	for h := range cty.ValueMarksOfType[hintMark](val) {
		return h.text
	}
	return string(resource.Hole)
}

// hinted replaces the hint of an unknown string; one without readable text says
// nothing.
func hinted(val cty.Value, text string) cty.Value {
	if strings.Trim(text, string(resource.Hole)) == "" {
		return val
	}
	return val.Mark(hintMark{text})
}

// provenance is what marks say, in order of appearance.
type provenance struct {
	refs    []resource.Ref
	origins []source.Range
	whys    []string
	hint    string
}

// read sorts marks into a provenance. trace lists marks in the order in which
// the evaluation met them.
func read(marks cty.ValueMarks, trace []any) provenance {
	var found provenance
	if len(marks) == 0 {
		return found
	}
	ordered := ordered(marks, trace)
	var origins []origin
	for _, mark := range ordered {
		switch m := mark.(type) {
		case refMark:
			found.refs = append(found.refs, m.Value())
		case whyMark:
			found.whys = append(found.whys, string(m))
		case originMark:
			origins = append(origins, m.Value())
		case hintMark:
			found.hint = m.text
		}
	}
	slices.SortStableFunc(origins, func(a, b origin) int { return cmp.Compare(b.depth, a.depth) })
	for _, from := range origins {
		found.origins = append(found.origins, from.at)
	}
	return found
}

// why joins the reasons of an unknown value.
func (p provenance) why() string {
	if len(p.whys) > whyLimit {
		return strings.Join(p.whys[:whyLimit], " and ") + " and more"
	}
	return strings.Join(p.whys, " and ")
}

// ordered lists marks by first appearance in the trace, then by content.
func ordered(marks cty.ValueMarks, trace []any) []any {
	list := make([]any, 0, len(marks))
	for mark := range marks {
		list = append(list, mark)
	}
	if len(list) < 2 {
		return list
	}
	rank := make(map[any]int, len(list))
	for i, mark := range trace {
		if _, wanted := marks[mark]; wanted {
			if _, seen := rank[mark]; !seen {
				rank[mark] = i
			}
		}
	}
	position := func(mark any) int {
		if at, ok := rank[mark]; ok {
			return at
		}
		return len(trace)
	}
	slices.SortFunc(list, func(a, b any) int {
		return cmp.Or(cmp.Compare(position(a), position(b)), compareMarks(a, b))
	})
	return list
}

func compareMarks(a, b any) int {
	switch x := a.(type) {
	case refMark:
		if y, ok := b.(refMark); ok {
			return compareRefs(x.Value(), y.Value())
		}
	case whyMark:
		if y, ok := b.(whyMark); ok {
			return cmp.Compare(x, y)
		}
	case originMark:
		if y, ok := b.(originMark); ok {
			x, y := x.Value(), y.Value()
			return cmp.Or(cmp.Compare(y.depth, x.depth), x.at.Compare(y.at))
		}
	case hintMark:
		if y, ok := b.(hintMark); ok {
			return strings.Compare(x.text, y.text)
		}
	}
	return cmp.Compare(markKind(a), markKind(b))
}

func compareRefs(a, b resource.Ref) int {
	return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Attr, b.Attr))
}

func markKind(mark any) int {
	switch mark.(type) {
	case refMark:
		return 0
	case whyMark:
		return 1
	case originMark:
		return 2
	case hintMark:
		return 3
	default:
		return 4
	}
}
