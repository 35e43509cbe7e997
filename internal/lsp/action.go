package lsp

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/suppression"
)

// remedy is a set of edits that belong together.
type remedy struct {
	title string
	safe  bool
	edits []fileEdits // ordered by file
}

type fileEdits struct {
	file  string
	edits []textEdit
}

// placeholder is the reason that users replace by theirs.
const placeholder = "why this is accepted"

// onCodeAction offers what can be done about the findings of a range.
func (s *server) onCodeAction(r *request, params json.RawMessage) (any, error) {
	p, err := read[actionParams](params)
	if err != nil {
		return nil, err
	}
	d := s.docs[p.TextDocument.URI]
	if d == nil || d.root == nil || !s.client.literals {
		return []codeAction{}, nil
	}
	return s.whenScanned(r, d.root, func() (any, error) {
		actions := []codeAction{}
		if d.root == nil {
			return actions, nil
		}
		if wants(p.Context.Only, kindQuickFix) {
			start, end := d.text.offset(p.Range.Start), d.text.offset(p.Range.End)
			for _, e := range d.entries() {
				if e.at.Start <= end && start <= e.at.End {
					actions = append(actions, d.quickFixes(e)...)
				}
			}
		}
		if wants(p.Context.Only, kindFixAll) {
			actions = append(actions, d.fixAll()...)
		}
		return actions, nil
	})
}

// wants reports whether the editor asks for a kind of action: for all kinds, for
// this one, or for one that includes it.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(asked string) bool {
		return asked == "" || asked == kind || strings.HasPrefix(kind, asked+".")
	})
}

// quickFixes are the remedies of a finding, the safest first, then the ways to
// accept it.
func (d *document) quickFixes(e entry) (actions []codeAction) {
	for i, fix := range e.remedies {
		title := fix.title
		if !fix.safe {
			title += " (unsafe: costs money or changes what runs)"
		}
		actions = append(actions, codeAction{
			Title: title, Kind: kindQuickFix, Diagnostics: []diagnostic{e.shown},
			IsPreferred: i == 0 && fix.safe, Edit: d.root.edit(fix.edits),
		})
	}
	if e.finding == nil || suppression.Judges(e.finding.Rule) {
		return actions
	}
	title, edit := d.ignore(e.finding)
	if edit != nil {
		actions = append(actions, codeAction{Title: title, Kind: kindQuickFix, Diagnostics: []diagnostic{e.shown}, Edit: edit})
	}
	return actions
}

// fixAll makes all safe remedies of a file that go together.
func (d *document) fixAll() []codeAction {
	v := d.root.last.views[d.file]
	if v == nil || v.text != d.text || len(v.safe) == 0 {
		return nil
	}
	return []codeAction{{Title: "Make all safe fixes of drlint in this file", Kind: kindFixAll, Edit: d.root.edit(v.safe)}}
}

// ignore accepts a finding: with a comment above what it is about, else with an
// entry of the configuration.
func (d *document) ignore(f *finding.Finding) (title string, edit *workspaceEdit) {
	if sign := suppression.Sign(d.file); sign != "" {
		at := f.At
		if f.Body.Contains(at) {
			at = f.Body
		}
		if at, comment, ok := d.text.above(at, sign, ignoreText(f.Rule.ID, placeholder)); ok {
			change := []fileEdits{{d.file, []textEdit{{d.text.span(at.Start, at.End), comment}}}}
			return "Ignore " + f.Rule.ID + " here, with a reason", d.root.edit(change)
		}
	}
	return "Ignore " + f.Rule.ID + " in " + d.root.last.config + ", with a reason", d.accept(f)
}

// accept adds an entry to the configuration, which is made when there is none
// and the editor can make files.
func (d *document) accept(f *finding.Finding) *workspaceEdit {
	r, last := d.root, d.root.last
	client := r.server.client
	if last.config == "" || last.settings == nil && (!client.creates || !client.documentChanges) {
		return nil
	}
	entry := finding.Acceptance{Rule: f.Rule.ID, Path: config.Literal(d.file), Reason: placeholder}
	if len(f.Instances) == 0 {
		entry.Address = config.Literal(f.Subject.Address)
	}
	before := last.settings
	if before == nil {
		before = newText(nil, client.unit)
	}
	change, err := config.Accept(last.config, before.data, entry)
	if err != nil {
		return nil
	}
	edit := r.edit([]fileEdits{{last.config, []textEdit{{before.span(change.At.Start, change.At.End), change.New}}}})
	if last.settings == nil {
		create := createFile{Kind: "create", URI: r.uri(last.config), Options: createOptions{IgnoreIfExists: true}}
		edit.DocumentChanges = append([]any{create}, edit.DocumentChanges...)
	}
	return edit
}

// edit names the files of edits as the editor does, and the versions that the
// edits are for.
func (r *root) edit(files []fileEdits) *workspaceEdit {
	edit := &workspaceEdit{}
	if !r.server.client.documentChanges {
		edit.Changes = map[string][]textEdit{}
	}
	for _, f := range files {
		if edit.Changes != nil {
			edit.Changes[r.uri(f.file)] = f.edits
			continue
		}
		of := versioned{URI: r.uri(f.file)}
		if d := r.docs[f.file]; d != nil {
			of.Version = &d.version
		}
		edit.DocumentChanges = append(edit.DocumentChanges, documentEdit{TextDocument: of, Edits: f.edits})
	}
	return edit
}
