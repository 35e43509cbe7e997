package adf

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Dependence is a set of what a value changes with.
type Dependence uint16

// What a value can depend on.
const (
	OnTime      Dependence = 1 << iota // the time at which the run happens
	OnRun                              // the run itself: its ID, a new GUID
	OnWindow                           // the window or the scheduled time of the trigger
	OnEvent                            // the event that started the run: a new file
	OnActivity                         // the output of an activity
	OnItem                             // the item of a ForEach
	OnVariable                         // a variable that cannot be followed
	OnParameter                        // a parameter that has no value here
	OnService                          // the service that runs it: its name
)

// Moment is how finely a text tells one run from the next.
type Moment uint8

// The parts of a moment. A text with Year, Month and Day differs every day, one
// with Unique every run.
const (
	Year Moment = 1 << iota
	Month
	Day
	Hour
	Unique
)

const (
	date      = Year | Month | Day
	timestamp = date | Hour
)

// Daily reports whether the text differs at least from day to day and never
// comes round again.
func (m Moment) Daily() bool { return m&Unique != 0 || m&date == date }

// Part is a piece of a text: Text when it is known, else the expression that
// stands for it.
type Part struct {
	Text       string
	Expression string
	// On and Activities are those of the expression.
	On         Dependence
	Activities []string
}

// Result is a folded value.
type Result struct {
	Value resource.Value
	// Parts are the pieces of a text, known and unknown ones.
	Parts  []Part
	On     Dependence
	Moment Moment
	// Activities are those whose output the value depends on, sorted.
	Activities []string
}

// Known wraps a known value.
func Known(v resource.Value) Result {
	text, ok := v.AsString()
	r := Result{Value: v}
	if ok {
		r.Parts = []Part{{Text: text}}
	}
	return r
}

// Open returns a value that is not known; written is the expression for it.
func Open(at source.Range, why, written string, on Dependence) Result {
	return Result{
		Value: resource.Value{State: resource.Unknown, At: at, Why: why, Hint: string(resource.Hole)},
		Parts: []Part{{Expression: written, On: on}}, On: on,
	}
}

// Of wraps a value that some other reader evaluated: what is unknown of it
// stays a hole, named by the reason.
func Of(v resource.Value) Result {
	if !v.IsUnknown() {
		return Known(v)
	}
	r := Result{Value: v, On: OnParameter}
	pieces := strings.Split(v.Hint, string(resource.Hole))
	for i, piece := range pieces {
		if piece != "" {
			r.Parts = append(r.Parts, Part{Text: piece})
		}
		if i+1 < len(pieces) || len(pieces) == 1 && piece == "" {
			r.Parts = append(r.Parts, Part{Expression: "…", On: OnParameter})
		}
	}
	return r
}

// Text returns the text when all of it is known.
func (r Result) Text() (string, bool) { return r.Value.AsString() }

// Readable writes the text for people: unknown parts as their expression in
// braces. It is empty for what is no text.
func (r Result) Readable() string {
	var b strings.Builder
	for _, part := range r.Parts {
		if part.Expression == "" {
			b.WriteString(part.Text)
		} else {
			b.WriteString("{" + shorten(part.Expression, 60) + "}")
		}
	}
	return b.String()
}

// Prefix is the text before the first unknown part.
func (r Result) Prefix() string {
	var b strings.Builder
	for _, part := range r.Parts {
		if part.Expression != "" {
			break
		}
		b.WriteString(part.Text)
	}
	return b.String()
}

// hint is the text with a hole for each unknown part.
func hint(parts []Part) string {
	var b strings.Builder
	for _, part := range parts {
		if part.Expression == "" {
			b.WriteString(part.Text)
		} else {
			b.WriteRune(resource.Hole)
		}
	}
	return b.String()
}

// sealed notes on the one piece of an unknown value what the value depends on.
func (r Result) sealed() Result {
	if len(r.Parts) == 1 && r.Parts[0].Expression != "" {
		r.Parts = []Part{{Expression: r.Parts[0].Expression, On: r.On, Activities: r.Activities}}
	}
	return r
}

// join adds what other values depend on.
func (r Result) join(others ...Result) Result {
	for _, other := range others {
		r.On |= other.On
		r.Moment |= other.Moment
		if len(other.Activities) > 0 {
			r.Activities = slices.Concat(r.Activities, other.Activities)
			slices.Sort(r.Activities)
			r.Activities = slices.Compact(r.Activities)
		}
	}
	return r
}

// Same returns the value that all alternatives agree on, else an unknown one
// that depends on what they all depend on.
func Same(why, written string, alternatives ...Result) Result {
	if len(alternatives) == 0 {
		return Open(source.Range{}, why, written, 0)
	}
	first := alternatives[0]
	same := true
	for _, other := range alternatives[1:] {
		same = same && first.Value.IsKnown() && equal(first.Value, other.Value) ||
			same && first.Value.IsUnknown() && other.Value.IsUnknown() && first.Readable() == other.Readable()
	}
	if same {
		return first
	}
	r := Open(first.Value.At, why, written, first.On)
	r.Moment = first.Moment
	for _, other := range alternatives[1:] {
		r.On &= other.On
		r.Moment &= other.Moment
	}
	return r
}

// equal compares known values as JSON does.
func equal(a, b resource.Value) bool {
	if a.State != b.State || a.Kind != b.Kind || len(a.Items) != len(b.Items) || len(a.Fields) != len(b.Fields) {
		return false
	}
	if a.State != resource.Known || a.Text != b.Text || a.Num != b.Num || a.Truth != b.Truth {
		return false
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Fields {
		if a.Fields[i].Name != b.Fields[i].Name || !equal(a.Fields[i].Value, b.Fields[i].Value) {
			return false
		}
	}
	return true
}

// Join joins texts with a separator between them, known and unknown ones.
func Join(separator string, values ...Result) Result {
	node := &Node{Kind: Text}
	var all []Result
	for i, value := range values {
		if i > 0 {
			all = append(all, Known(resource.StringAt(source.Range{}, separator)))
		}
		all = append(all, value)
	}
	at := source.Range{}
	if len(values) > 0 {
		at = values[0].Value.At
	}
	return (&folder{at: at}).concat(node, all)
}
