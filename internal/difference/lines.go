// Package difference tells what changed between two trees of files: which files
// are new, gone, renamed or edited, and which of their lines.
package difference

import (
	"bytes"
	"slices"
)

// Span is a run of lines of the newer text, counted from 1, that the older text
// does not have: First to Last. Where lines are only gone, First is the line
// that now stands in their place and Last the one before it.
type Span struct{ First, Last int }

// touches reports whether a change lies in a run of lines. Lines that are gone
// lie in it when they stood between two lines of the run.
func (s Span) touches(first, last int) bool {
	if s.Last < s.First {
		return first < s.First && s.First <= last
	}
	return s.First <= last && first <= s.Last
}

// Lines compares two texts line by line, whatever ends the lines. Lines that
// appear once in both anchor the comparison; between two anchors, what the run
// has in common at its start and its end is equal and the rest is changed. That
// never calls a changed line equal, takes no longer than sorting, and calls a
// repeated line changed where a shorter difference exists.
func Lines(older, newer []byte) []Span {
	names := map[string]int{}
	c := &comparison{older: numbered(older, names), newer: numbered(newer, names)}
	c.count = make([]occurrence, len(names))
	c.compare(0, len(c.older), 0, len(c.newer))
	return c.spans
}

// numbered replaces each line by a number that equal lines share.
func numbered(text []byte, names map[string]int) []int {
	if len(text) == 0 {
		return nil
	}
	lines := bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	numbers := make([]int, len(lines))
	for i, line := range lines {
		line = bytes.TrimSuffix(line, []byte("\r"))
		number, known := names[string(line)]
		if !known {
			number = len(names)
			names[string(line)] = number
		}
		numbers[i] = number
	}
	return numbers
}

type comparison struct {
	older, newer []int
	count        []occurrence // by line, reused by every run
	spans        []Span
}

// occurrence counts a line in two runs and keeps where it was last seen.
type occurrence struct{ inOlder, inNewer, older, newer int }

// run is a pair of half-open ranges of lines that are compared with each other.
type run struct{ a, b, c, d int }

// compare appends what changed from older[a:b] to newer[c:d]. Runs wait on a
// stack of its own, so that no text can exhaust that of the program.
func (cmp *comparison) compare(a, b, c, d int) {
	waiting := []run{{a, b, c, d}}
	for len(waiting) > 0 {
		r := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		for r.a < r.b && r.c < r.d && cmp.older[r.a] == cmp.newer[r.c] {
			r.a, r.c = r.a+1, r.c+1
		}
		for r.a < r.b && r.c < r.d && cmp.older[r.b-1] == cmp.newer[r.d-1] {
			r.b, r.d = r.b-1, r.d-1
		}
		if r.a == r.b && r.c == r.d {
			continue
		}
		anchors := cmp.anchors(r)
		if len(anchors) == 0 {
			cmp.spans = append(cmp.spans, Span{r.c + 1, r.d})
			continue
		}
		// The first part must be on top of the stack.
		end := run{b: r.b, d: r.d}
		for _, anchor := range slices.Backward(anchors) {
			end.a, end.c = anchor.older+1, anchor.newer+1
			waiting = append(waiting, end)
			end.b, end.d = anchor.older, anchor.newer
		}
		waiting = append(waiting, run{r.a, end.b, r.c, end.d})
	}
}

// anchors are the longest sequence of lines that appear once in both parts of a
// run and stand in the same order.
func (cmp *comparison) anchors(r run) []occurrence {
	for _, line := range cmp.older[r.a:r.b] {
		cmp.count[line] = occurrence{}
	}
	for _, line := range cmp.newer[r.c:r.d] {
		cmp.count[line] = occurrence{}
	}
	for i := r.a; i < r.b; i++ {
		o := &cmp.count[cmp.older[i]]
		o.inOlder, o.older = o.inOlder+1, i
	}
	for i := r.c; i < r.d; i++ {
		o := &cmp.count[cmp.newer[i]]
		o.inNewer, o.newer = o.inNewer+1, i
	}
	var unique []occurrence // ordered by their place in newer
	for i := r.c; i < r.d; i++ {
		if o := cmp.count[cmp.newer[i]]; o.inOlder == 1 && o.inNewer == 1 {
			unique = append(unique, o)
		}
	}
	return rising(unique)
}

// rising is the longest subsequence whose places in older rise.
func rising(all []occurrence) []occurrence {
	before := make([]int, len(all))
	var ends []int // ends[n] is where the best sequence of n+1 elements ends
	for i, o := range all {
		at, _ := slices.BinarySearchFunc(ends, o.older, func(end, older int) int { return all[end].older - older })
		before[i] = -1
		if at > 0 {
			before[i] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, i)
		} else {
			ends[at] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	longest := make([]occurrence, len(ends))
	for i, n := ends[len(ends)-1], len(ends)-1; n >= 0; i, n = before[i], n-1 {
		longest[n] = all[i]
	}
	return longest
}
