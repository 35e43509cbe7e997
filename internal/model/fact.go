// Package model is the vocabulary of the rules: what a data platform consists
// of and how each part is protected. It knows no configuration format and no
// rule language. The shape that rules see is derived from these types.
package model

import "github.com/drlint/drlint/internal/source"

// State says whether a fact can be judged.
type State string

// The states of a Fact.
const (
	Known   State = "known"
	Unknown State = "unknown"
	Absent  State = "absent"
)

// Tri is a yes-or-no answer that may be open.
type Tri string

// The answers.
const (
	Yes   Tri = "yes"
	No    Tri = "no"
	Maybe Tri = "unknown"
)

// TriOf converts a decided boolean.
func TriOf(yes bool) Tri {
	if yes {
		return Yes
	}
	return No
}

// Fact is one statement about an asset. Value is a string, float64 or bool and
// is meaningful only when State is Known; rules see no value otherwise.
type Fact struct {
	State State
	Value any
	// Why completes "unknown because …".
	Why string
	// Defaulted marks a value that nobody wrote: the provider's default.
	Defaulted bool
	// At is the expression that decides, or the place where it is missing.
	At source.Range
}

// KnownFact states a value that is written at a place.
func KnownFact(value any, at source.Range) Fact {
	return Fact{State: Known, Value: value, At: at}
}

// DefaultFact states a provider's default; at is where the value could be written.
func DefaultFact(value any, at source.Range) Fact {
	return Fact{State: Known, Value: value, Defaulted: true, At: at}
}

// UnknownFact states that something is written which cannot be resolved.
func UnknownFact(why string, at source.Range) Fact {
	return Fact{State: Unknown, Why: why, At: at}
}

// AbsentFact states that nothing applies.
func AbsentFact(at source.Range) Fact { return Fact{State: Absent, At: at} }

// Text returns a known string, else "".
func (f Fact) Text() string {
	text, _ := f.Value.(string)
	if f.State != Known {
		return ""
	}
	return text
}

// Number returns a known number.
func (f Fact) Number() (float64, bool) {
	number, ok := f.Value.(float64)
	return number, ok && f.State == Known
}

// Tri returns a known boolean as yes or no and everything else as unknown.
func (f Fact) Tri() Tri {
	truth, ok := f.Value.(bool)
	if !ok || f.State != Known {
		return Maybe
	}
	return TriOf(truth)
}
