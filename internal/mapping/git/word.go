package git

import (
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// factOf turns a word into a fact.
func factOf(w shell.Word) model.Fact {
	if w.Known {
		return model.KnownFact(w.Text, w.At)
	}
	why := w.Why
	if why == "" {
		why = "its text cannot be read"
	}
	return model.UnknownFact(why, w.At)
}

// same reports whether two words certainly or, as far as they can be read,
// apparently stand for the same text.
func same(a, b shell.Word) bool {
	return a.Known == b.Known && a.Readable() == b.Readable() && a.Readable() != "" && (a.Known || a.Why == b.Why)
}
