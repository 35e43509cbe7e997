// Package edit carries out edits of files: it applies them to bytes, shows what
// they change, and writes the result. It knows nothing of formats: a byte order
// mark, the ends of lines and everything else that no edit names stay as they are.
package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/drlint/drlint/internal/finding"
)

// Apply returns data with all edits made. It fails, and changes nothing, when an
// edit lies outside of the data, when two edits overlap, or when two edits
// insert something at the same place, whose order nobody states.
func Apply(data []byte, edits []finding.Edit) ([]byte, error) {
	sorted := slices.SortedFunc(slices.Values(edits), compare)
	size := len(data)
	for i, e := range sorted {
		if e.At.Start < 0 || e.At.Start > e.At.End || e.At.End > len(data) {
			return nil, fmt.Errorf("bytes %d to %d do not lie in %s, which has %d", e.At.Start, e.At.End, e.At.File, len(data))
		}
		if i > 0 && collide(sorted[i-1], e) {
			return nil, fmt.Errorf("two edits of %s overlap at byte %d", e.At.File, e.At.Start)
		}
		size += len(e.New) - (e.At.End - e.At.Start)
	}
	edited := make([]byte, 0, size)
	last := 0
	for _, e := range sorted {
		edited = append(edited, data[last:e.At.Start]...)
		edited = append(edited, e.New...)
		last = e.At.End
	}
	return append(edited, data[last:]...), nil
}

func compare(a, b finding.Edit) int { return a.At.Compare(b.At) }

// collide reports whether two edits of one file, the first of which does not
// begin later, cannot both be made.
func collide(first, second finding.Edit) bool {
	if first.At.File != second.At.File {
		return false
	}
	return second.At.Start < first.At.End || second.At.Start == first.At.Start
}

// Change is one file before and after.
type Change struct {
	File          string // slash-separated, below the root
	Before, After []byte
}

// Plan is what a number of fixes come to.
type Plan struct {
	// Changes are ordered by file; a file that stays as it is has none.
	Changes []Change
	// Made and Left hold the indexes of the fixes that are carried out and of
	// those that contradict an earlier one.
	Made, Left []int
}

// Merge joins fixes, as many as go together: each is made as a whole or left
// out as a whole, and the same edit of several fixes is made once. Earlier fixes
// win. It fails when a file cannot be read or an edit does not lie in its file.
func Merge(fsys fs.FS, fixes []finding.Fix) (Plan, error) {
	var plan Plan
	var accepted []finding.Edit
	for i, fix := range fixes {
		joined, ok := join(accepted, fix.Edits)
		if !ok {
			plan.Left = append(plan.Left, i)
			continue
		}
		accepted = joined
		plan.Made = append(plan.Made, i)
	}
	for len(accepted) > 0 {
		file, count := accepted[0].At.File, 1
		for count < len(accepted) && accepted[count].At.File == file {
			count++
		}
		change, err := changeOf(fsys, file, accepted[:count])
		if err != nil {
			return Plan{}, err
		}
		if string(change.Before) != string(change.After) {
			plan.Changes = append(plan.Changes, change)
		}
		accepted = accepted[count:]
	}
	return plan, nil
}

// join adds edits to sorted ones unless they collide; equal ones count once.
func join(sorted, added []finding.Edit) ([]finding.Edit, bool) {
	joined := slices.Clone(sorted)
	for _, e := range added {
		if !slices.Contains(joined, e) {
			joined = append(joined, e)
		}
	}
	slices.SortFunc(joined, compare)
	for i := 1; i < len(joined); i++ {
		if collide(joined[i-1], joined[i]) {
			return nil, false
		}
	}
	return joined, true
}

var errFile = errors.New("an edit names no file")

func changeOf(fsys fs.FS, file string, edits []finding.Edit) (Change, error) {
	if !fs.ValidPath(file) || file == "." {
		return Change{}, errFile
	}
	before, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Change{}, err
	}
	after, err := Apply(before, edits)
	if err != nil {
		return Change{}, err
	}
	return Change{File: file, Before: before, After: after}, nil
}

// Contents are the texts after some changes, by file.
func Contents(changes []Change) map[string][]byte {
	contents := map[string][]byte{}
	for _, c := range changes {
		contents[c.File] = c.After
	}
	return contents
}
