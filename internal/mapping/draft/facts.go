package draft

import (
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Text turns a value into a fact with a string.
func Text(v resource.Value) model.Fact {
	if text, ok := v.AsString(); ok {
		return model.KnownFact(text, v.At)
	}
	return openFact(v, "it is not a string")
}

// Number turns a value into a fact with a number.
func Number(v resource.Value) model.Fact {
	if number, ok := v.AsNumber(); ok {
		return model.KnownFact(number, v.At)
	}
	return openFact(v, "it is not a number")
}

// Bool turns a value into a fact with a boolean.
func Bool(v resource.Value) model.Fact {
	if truth, ok := v.AsBool(); ok {
		return model.KnownFact(truth, v.At)
	}
	return openFact(v, "it is not a boolean")
}

// Or replaces an absent fact with the provider's default.
func Or(f model.Fact, value any) model.Fact {
	if f.State == model.Absent {
		return model.DefaultFact(value, f.At)
	}
	return f
}

func openFact(v resource.Value, wrongType string) model.Fact {
	switch {
	case v.IsAbsent():
		return model.AbsentFact(v.At)
	case v.IsUnknown():
		return model.UnknownFact(v.Why, v.At)
	default:
		return model.UnknownFact(wrongType, v.At)
	}
}

// SameRegion compares two regions as providers write them: "West Europe" and
// "westeurope" are one.
func SameRegion(a, b model.Fact) model.Tri {
	if a.Text() == "" || b.Text() == "" {
		return model.Maybe
	}
	return model.TriOf(NormalRegion(a.Text()) == NormalRegion(b.Text()))
}

// OtherRegion is the negation of SameRegion.
func OtherRegion(a, b model.Fact) model.Tri {
	switch SameRegion(a, b) {
	case model.Yes:
		return model.No
	case model.No:
		return model.Yes
	default:
		return model.Maybe
	}
}

// NormalRegion is the spelling in which regions are compared.
func NormalRegion(region string) string {
	return strings.ToLower(strings.ReplaceAll(region, " ", ""))
}
