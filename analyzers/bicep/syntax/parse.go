package syntax

import (
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// Parse reads one file. The tree is never nil and holds everything that could
// be read; each diagnostic has the code "bicep/syntax" and a place. A path that
// ends in ".bicepparam" is read as a parameter file.
//
// Time and memory grow with the length of data only; its size is the caller's
// to bound.
func Parse(path string, data []byte) (*File, []source.Diagnostic) {
	text := string(data)
	file := &File{Path: path, Params: strings.HasSuffix(strings.ToLower(path), ".bicepparam")}
	lexed := lex(text)
	p := &parser{
		text: text, params: file.Params, tokens: lexed.tokens, brackets: pair(text, lexed.tokens),
		lexed: &lexed.problems, problems: problems{text: text},
	}
	for _, cut := range append(p.cuts, len(p.tokens)) {
		p.limit = cut
		for p.skipNewlines(); p.pos < p.limit; p.skipNewlines() {
			file.Statements = append(file.Statements, p.statement())
		}
	}
	return file, diagnostics(path, lexed.problems, p.problems)
}
