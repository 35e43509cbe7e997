// Package layout says how the blocks of a file are written: where each begins
// and ends and what its entries are called. Nothing is evaluated. It is what an
// edit needs to know to put something into a block.
package layout

// Span is a half-open range of bytes [Start, End) of the file.
type Span struct{ Start, End int }

// Body is what lies between two braces.
type Body struct {
	// Braces are the places of the two, both included: the first byte is "{" and
	// the last one "}". The body of a whole file has none, and they are its start and end.
	Braces Span
	// Entries are in written order.
	Entries []Entry
	// Open means that more belongs to the body than its entries tell: a spread.
	Open bool
}

// Entry is one member of a body: "name = value", "name: value", "name { … }".
type Entry struct {
	Name string // as written, without quotes
	// Labels are those of a block: the type and name of a resource.
	Labels []string
	// Whole is from the name to the end of the value or block.
	Whole Span
	// Value is what is assigned; a block has none.
	Value Span
	// Body is the block, or the value where that is written as an object.
	Body *Body
}

// IsBlock reports whether an entry is a block rather than an assignment.
func (e *Entry) IsBlock() bool { return e.Value == Span{} }

// At returns the body of the entry that covers exactly a span, nil when there is none.
func (b *Body) At(span Span) *Body {
	for i := range b.Entries {
		e := &b.Entries[i]
		switch {
		case e.Body == nil:
		case e.Whole == span || e.Body.Braces == span:
			return e.Body
		case e.Whole.Start <= span.Start && span.End <= e.Whole.End:
			return e.Body.At(span)
		}
	}
	return nil
}

// Find returns the entries of a name; equal decides which names are one.
func (b *Body) Find(name string, equal func(a, b string) bool) (found []*Entry) {
	for i := range b.Entries {
		if equal(b.Entries[i].Name, name) {
			found = append(found, &b.Entries[i])
		}
	}
	return found
}
