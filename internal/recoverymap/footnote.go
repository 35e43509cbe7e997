package recoverymap

import (
	"fmt"

	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/source"
)

// footnotes number the reasons behind open cells and near misses; equal reasons
// share a number.
type footnotes struct {
	sources *source.Store
	numbers map[string]int
	texts   []string
}

func newFootnotes(sources *source.Store) *footnotes {
	return &footnotes{sources: sources, numbers: map[string]int{}}
}

// mark returns the number of a cell's reason, 0 where there is nothing to tell.
func (f *footnotes) mark(c Cell) int {
	if c.Answer == Answered || c.Why == "" || c.Why == uncovered {
		return 0
	}
	text := clean(c.Why)
	if place := where(f.sources, c.Survival.At); place != "" {
		text += " (" + place + ")"
	}
	if f.numbers[text] == 0 {
		f.texts = append(f.texts, text)
		f.numbers[text] = len(f.texts)
	}
	return f.numbers[text]
}

// uncovered is how package recovery says that there is nothing at all.
const uncovered = recovery.Uncovered

// where writes a place as file:line.
func where(sources *source.Store, at source.Range) string {
	if at.IsZero() {
		return ""
	}
	place := sources.Place(at)
	if place.Start.Line == 0 {
		return clean(place.File)
	}
	return fmt.Sprintf("%s:%d", clean(place.File), place.Start.Line)
}
