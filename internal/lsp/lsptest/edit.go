package lsptest

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf16"
)

// Action is a code action as far as tests look at it.
type Action struct {
	Title, Kind string
	IsPreferred bool
	Edit        struct {
		Changes         map[string][]TextEdit
		DocumentChanges []struct {
			Kind, URI    string // of a file to make
			TextDocument struct {
				URI     string
				Version *int
			}
			Edits []TextEdit
		}
	}
}

// Range is a range of the protocol.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Position is a place of the protocol.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// TextEdit replaces a range, counted in UTF-16 units.
type TextEdit struct {
	Range   Range
	NewText string
}

// Actions asks what can be done between two places of a line.
func (e *Editor) Actions(uri string, line, from, to int, only ...string) (actions []Action) {
	e.t.Helper()
	asked := map[string]any{"diagnostics": []any{}}
	if len(only) > 0 {
		asked["only"] = only
	}
	result := e.Call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": uri}, "context": asked,
		"range": map[string]any{
			"start": map[string]any{"line": line, "character": from}, "end": map[string]any{"line": line, "character": to},
		},
	})
	e.must(json.Unmarshal(result, &actions))
	return actions
}

// EditsOf returns the edits of an action in one file.
func (a *Action) EditsOf(uri string) []TextEdit {
	for _, change := range a.Edit.DocumentChanges {
		if change.TextDocument.URI == uri {
			return change.Edits
		}
	}
	return a.Edit.Changes[uri]
}

// Apply makes edits as an editor does.
func Apply(text string, edits []TextEdit) string {
	units := utf16.Encode([]rune(text))
	offset := func(line, character int) int {
		at := 0
		for ; line > 0; line-- {
			at += slices.Index(units[at:], '\n') + 1
		}
		return at + character
	}
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b TextEdit) int {
		return offset(b.Range.Start.Line, b.Range.Start.Character) - offset(a.Range.Start.Line, a.Range.Start.Character)
	})
	for _, e := range sorted {
		start, end := offset(e.Range.Start.Line, e.Range.Start.Character), offset(e.Range.End.Line, e.Range.End.Character)
		units = slices.Concat(units[:start], utf16.Encode([]rune(e.NewText)), units[end:])
	}
	return string(utf16.Decode(units))
}

// Titles lists what actions are called, one a line.
func Titles(actions []Action) string {
	var titles []string
	for _, a := range actions {
		titles = append(titles, a.Title)
	}
	return strings.Join(titles, "\n")
}
