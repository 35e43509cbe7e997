package shell

import (
	"strings"
)

// lines reads a script line by line from an offset: words, quotes, variables
// and separators are recognised, statements are not. Commands inside braces
// count as conditional.
func (r *reader) lines(text string, from int, f frame, ctx context) {
	l := &lineReader{r: r, text: text, pos: from, frame: f, ctx: ctx}
	l.escape = '\\'
	if f.dialect == Cmd {
		l.escape = '^'
	}
	l.read()
}

// lineReader is a lexer that lists a command at each separator.
type lineReader struct {
	r      *reader
	text   string
	pos    int
	frame  frame
	ctx    context
	escape byte

	words     []lineWord
	redirects []Redirect
	op        string // the redirection whose target comes next
	word      strings.Builder
	start     int
	inWord    bool
	braces    int
	piped     bool
}

func (l *lineReader) read() {
	for l.pos < len(l.text) {
		l.step(l.text[l.pos])
	}
	l.endCommand(false)
}

// step reads one token or one character of a word.
func (l *lineReader) step(c byte) {
	switch {
	case c == l.escape && l.pos+1 < len(l.text):
		l.escaped()
	case c == ' ' || c == '\t' || c == '\r':
		l.endWord()
		l.pos++
	case c == '\n' || c == ';':
		l.endCommand(false)
		l.pos++
	case c == '|' || c == '&':
		double := l.pos+1 < len(l.text) && l.text[l.pos+1] == c
		l.separator(c, double)
	case c == '{' || c == '}' || c == '(' || c == ')':
		l.bracket(c)
	case c == '>':
		l.redirect()
	case c == '#' && !l.inWord && l.frame.dialect != Cmd:
		l.skipLine()
	case c == '"' || c == '\'' && l.frame.dialect != Cmd:
		l.quote(c)
	case c == '$' && l.frame.dialect != Cmd || c == '%' && l.frame.dialect == Cmd:
		l.begin()
		l.variable()
	case c == holeByte && l.pos+holeSize <= len(l.text):
		l.add(l.text[l.pos : l.pos+holeSize])
		l.pos += holeSize
	default:
		l.add(string(c))
		l.pos++
	}
}

func (l *lineReader) begin() {
	if !l.inWord {
		l.inWord, l.start = true, l.pos
	}
}

func (l *lineReader) add(text string) {
	l.begin()
	l.word.WriteString(text)
}

func (l *lineReader) escaped() {
	next := l.text[l.pos+1]
	if next == '\r' && l.pos+2 < len(l.text) && l.text[l.pos+2] == '\n' {
		l.pos++
		next = '\n'
	}
	if next != '\n' {
		l.add(string(next))
	} else {
		l.endWord()
	}
	l.pos += 2
}

func (l *lineReader) separator(c byte, double bool) {
	l.endCommand(c == '|' && !double)
	l.pos++
	if double {
		l.pos++
	}
}

// bracket ends a command; a brace also opens or closes a block. Within a word
// of a POSIX script braces are text.
func (l *lineReader) bracket(c byte) {
	if l.inWord && (c == '{' || c == '}') && l.frame.dialect == Bash {
		l.add(string(c))
		l.pos++
		return
	}
	l.endCommand(false)
	l.pos++
	switch c {
	case '{':
		l.braces++
	case '}':
		l.braces = max(l.braces-1, 0)
	}
}

// redirect reads ">", ">>" and "2>&1".
func (l *lineReader) redirect() {
	if l.inWord && strings.Trim(l.word.String(), "0123456789*") == "" {
		l.word.Reset()
		l.inWord = false
	}
	l.endWord()
	l.op = ">"
	for l.pos++; l.pos < len(l.text) && l.text[l.pos] == '>'; l.pos++ {
		l.op = ">>"
	}
	if l.pos < len(l.text) && l.text[l.pos] == '&' {
		l.op = ">&"
		l.pos++
	}
}

// quote reads a quoted text.
func (l *lineReader) quote(q byte) {
	l.begin()
	l.pos++
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		switch {
		case c == q:
			l.pos++
			return
		case q == '"' && c == l.escape && l.pos+1 < len(l.text):
			l.add(l.text[l.pos+1 : l.pos+2])
			l.pos += 2
		case q == '"' && (c == '$' && l.frame.dialect != Cmd || c == '%' && l.frame.dialect == Cmd):
			l.variable()
		default:
			l.add(string(c))
			l.pos++
		}
	}
}

func (l *lineReader) skipLine() {
	l.endWord()
	if at := strings.IndexByte(l.text[l.pos:], '\n'); at >= 0 {
		l.pos += at
	} else {
		l.pos = len(l.text)
	}
}

func (l *lineReader) endWord() {
	if !l.inWord {
		return
	}
	f := field{text: l.r.limit(l.word.String()), at: l.frame.at(l.start, l.pos)}
	if l.op != "" {
		l.redirects = append(l.redirects, Redirect{Op: l.op, Target: l.r.word(f)})
		l.op, l.inWord = "", false
		l.word.Reset()
		return
	}
	name, _ := l.name(l.start)
	l.words = append(l.words, lineWord{field: f, name: name, quoted: isQuote(l.text[l.start])})
	l.word.Reset()
	l.inWord = false
}

// endCommand lists the words so far when they look like a command.
func (l *lineReader) endCommand(pipe bool) {
	l.endWord()
	words := l.words
	redirects := l.redirects
	l.words, l.redirects, l.op = nil, nil, ""
	piped := l.piped
	l.piped = pipe
	for len(words) > 0 && isKeyword(words[0].text) {
		words = words[1:]
	}
	words = l.assignments(words)
	if l.frame.dialect == Cmd && len(words) > 0 {
		if strings.EqualFold(words[0].text, "rem") || strings.HasPrefix(words[0].text, "::") {
			return
		}
		if strings.Contains(words[0].text, `\`) {
			words[0].text, words[0].exact = strings.ReplaceAll(words[0].text, `\`, "/"), false
		}
	}
	l.r.steps++
	if !looksLikeProgram(words) || l.r.steps > maxSteps || len(l.r.commands) >= maxCommands {
		return
	}
	run := invocation{at: words[0].at, redirects: redirects}
	for _, w := range words {
		run.words = append(run.words, w.field)
		if w.at.File == run.at.File && w.at.End > run.at.End {
			run.at.End = w.at.End
		}
	}
	ctx := l.ctx.when(l.braces > 0)
	ctx.piped = piped
	l.r.run(run, l.frame, ctx)
}
