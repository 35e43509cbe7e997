package shell

import (
	"errors"
	"fmt"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/drlint/drlint/internal/source"
)

// frame is one script text while it is read.
type frame struct {
	at func(start, end int) source.Range
	// origin lists where the text of a stretch was set; nil: nowhere else.
	origin  func(start, end int) []source.Range
	dialect Dialect
	parsed  *Parsed // of the whole text, where it is kept
	via     []source.Range
	// keys are the files that are being read, outermost first.
	keys []string
	// call is where the function that is being read was called, if one is.
	call source.Range
}

// context is what surrounds a statement.
type context struct {
	scope       *scope
	conditional bool
	piped       bool
	depth       int
}

func (c context) in(s *scope) context    { c.scope = s; c.piped = false; return c }
func (c context) when(cond bool) context { c.conditional = c.conditional || cond; return c }

// reader collects the commands of one Parse.
type reader struct {
	options     Options
	reasons     map[string]int
	whys        []string
	functions   map[string]function
	cmdlets     map[string]cmdlet // functions of PowerShell, by lower-case name
	active      map[string]bool
	commands    []Command
	diagnostics []source.Diagnostic
	reported    map[string]bool
	// What was used of the limits: steps, bytes of text, words.
	steps, text, fields int
}

func newReader(options Options) *reader {
	return &reader{
		options: options, reasons: map[string]int{}, functions: map[string]function{}, cmdlets: map[string]cmdlet{},
		active: map[string]bool{}, reported: map[string]bool{},
	}
}

// report adds a diagnostic once for each code and file.
func (r *reader) report(code string, severity source.Severity, at source.Range, summary, detail string) {
	key := code + "\x00" + at.File
	if r.reported[key] {
		return
	}
	r.reported[key] = true
	r.diagnostics = append(r.diagnostics, source.Diagnostic{
		Code: code, Severity: severity, Summary: summary, Detail: detail, At: at,
	})
}

// script reads one script text in its dialect.
func (r *reader) script(text string, f frame, ctx context) {
	if len(text) > maxScript {
		r.report("shell/too-large", source.Warning, f.at(0, 0),
			fmt.Sprintf("A script of %d bytes is not read; the limit is %d", len(text), maxScript),
			"Commands in it are not checked. Split the script.")
		return
	}
	switch f.dialect {
	case Other:
		return
	case PowerShell:
		r.powerShell(text, f, ctx)
		return
	case Cmd:
		r.lines(text, 0, f, ctx)
		return
	}
	if tooDeep(text) {
		r.report("shell/nesting", source.Warning, f.at(0, 0),
			"A script nests too much to be parsed and is read line by line",
			"Branches and functions in it are not followed. Split the script.")
		r.lines(text, 0, f, ctx)
		return
	}
	file, err := parseBash(text)
	for _, stmt := range file.Stmts {
		r.stmt(stmt, f, ctx)
	}
	if err != nil {
		r.recover(text, file, err, f, ctx)
	}
}

// recover reads the rest of a script after a syntax error line by line.
func (r *reader) recover(text string, file *syntax.File, err error, f frame, ctx context) {
	from := 0
	if n := len(file.Stmts); n > 0 {
		from = min(int(file.Stmts[n-1].End().Offset()), len(text))
	}
	at, message := from, "the parser gave up"
	if parse, ok := errors.AsType[syntax.ParseError](err); ok {
		at, message = min(int(parse.Pos.Offset()), len(text)), parse.Text
	}
	r.report("shell/syntax", source.Note, f.at(at, min(at+1, len(text))),
		"A script is not valid for Bash here: "+strings.ReplaceAll(message, string(rune(holeByte)), ""),
		"From here on it is read line by line; branches and functions are not followed.")
	r.lines(text, from, f, ctx.when(true))
}

// parseBash returns the statements up to the first error. The parser is not
// ours, so a panic of it costs one script only.
func parseBash(text string) (file *syntax.File, err error) {
	file = &syntax.File{}
	defer func() {
		if recover() != nil {
			err = errors.New("the parser failed")
		}
	}()
	parser := syntax.NewParser(syntax.Variant(syntax.LangBash))
	for stmt, err := range parser.StmtsSeq(strings.NewReader(text)) {
		if err != nil {
			return file, err
		}
		file.Stmts = append(file.Stmts, stmt)
	}
	return file, nil
}

// tooDeep reports whether a script may nest deeper than the parser's recursion
// bears: it needs up to 8 KiB of stack a level and an overflow cannot be
// recovered from. Quotes and comments hide where levels close, so everything
// that may open one is counted, which no script can cheat.
func tooDeep(text string) bool {
	count, word := 0, 0
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' {
			continue
		}
		if opensLevel(text[word:i]) || strings.IndexByte("([{`|?!*=", c) >= 0 {
			count++
		}
		word = i + 1
	}
	return count > maxNesting
}

func opensLevel(word string) bool {
	switch word {
	case "if", "elif", "then", "else", "while", "until", "for", "select", "case", "do", "time", "coproc", "function":
		return true
	}
	return false
}
