package lsp

import (
	"slices"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/finding"
)

// remedies are the fixes of a finding in positions of the protocol.
func (b *builder) remedies(f *finding.Finding) (all []remedy) {
	for _, fix := range f.Fixes {
		all = append(all, remedy{title: printable(fix.Title), safe: fix.Safe, edits: b.edits(fix.Edits)})
	}
	return all
}

func (b *builder) edits(edits []finding.Edit) (files []fileEdits) {
	sorted := slices.SortedStableFunc(slices.Values(edits), func(a, b finding.Edit) int { return a.At.Compare(b.At) })
	for i, e := range slices.Compact(sorted) {
		if i == 0 || files[len(files)-1].file != e.At.File {
			files = append(files, fileEdits{file: e.At.File})
		}
		last := &files[len(files)-1]
		last.edits = append(last.edits, textEdit{b.span(e.At), e.New})
	}
	return files
}

// safe are the edits of all safe fixes in a file that go together: of each
// finding the first one.
func (b *builder) safe(v *view) ([]fileEdits, error) {
	var fixes []finding.Fix
	for _, e := range v.entries {
		if e.finding == nil {
			continue
		}
		if first := slices.IndexFunc(e.finding.Fixes, func(f finding.Fix) bool { return f.Safe }); first >= 0 {
			fixes = append(fixes, e.finding.Fixes[first])
		}
	}
	plan, err := edit.Merge(b.outcome.Files, fixes)
	if err != nil {
		return nil, err
	}
	var made []finding.Edit
	for _, i := range plan.Made {
		made = append(made, fixes[i].Edits...)
	}
	return b.edits(made), nil
}
