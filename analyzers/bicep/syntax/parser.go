package syntax

import (
	"fmt"
	"strconv"
)

const (
	// nestingLimit bounds the recursion of the parser.
	nestingLimit = 250
	// heightLimit bounds the height of a tree, to which operators and index
	// steps add although nothing nests.
	heightLimit = 1_000
)

// parser is a recursive descent. After an error every token reads as the end,
// so that all functions return soon with what they have; then the nearest
// object, array, interpolation or statement around goes on behind the error.
type parser struct {
	text   string
	params bool // a .bicepparam file
	tokens []token
	*brackets
	pos    int
	limit  int // the end of the part that is read
	failed bool
	errors int // all failures, reported or not

	depth  int // of the recursion
	height int // how deep the tree reaches below the present chain of operators

	lexed    *problems
	problems problems
}

// kind is the kind of the next token.
func (p *parser) kind() kind { return p.kindAt(p.pos) }

// after is the kind of the token behind the next one.
func (p *parser) after() kind { return p.kindAt(p.pos + 1) }

func (p *parser) kindAt(at int) kind {
	if p.failed || at >= p.limit {
		return endToken
	}
	return p.tokens[at].kind
}

// next consumes a token.
func (p *parser) next() token {
	if p.failed || p.pos >= p.limit {
		return token{kind: endToken, start: int32(p.start()), end: int32(p.start())}
	}
	p.pos++
	return p.tokens[p.pos-1]
}

func (p *parser) word(token token) string { return p.text[token.start:token.end] }

// isWord reports whether the next token is a keyword, which all are ordinary
// names elsewhere.
func (p *parser) isWord(keyword string) bool {
	return p.kind() == identToken && p.word(p.tokens[p.pos]) == keyword
}

// start is where the next token starts; at the end of a part, where the part
// ends.
func (p *parser) start() int {
	if p.pos < p.limit {
		return int(p.tokens[p.pos].start)
	}
	return p.end()
}

// end is where the last consumed token that is no newline ends.
func (p *parser) end() int {
	last := p.pos - 1
	if last > 0 && p.tokens[last].kind == newlineToken {
		last--
	}
	if last < 0 {
		return 0
	}
	return int(p.tokens[last].end)
}

// since is the span from a place to the last consumed token.
func (p *parser) since(start int) Span { return Span{start, max(start, p.end())} }

// missing is the empty span where something is expected.
func (p *parser) missing() Span { return Span{p.end(), p.end()} }

// accept consumes a token of a kind when it is the next one.
func (p *parser) accept(wanted kind) bool {
	if p.kind() != wanted {
		return false
	}
	p.pos++
	return true
}

// acceptWord consumes a keyword when it is the next token.
func (p *parser) acceptWord(keyword string) bool {
	if !p.isWord(keyword) {
		return false
	}
	p.pos++
	return true
}

// expect consumes a token or fails; what is the token and where it belongs.
func (p *parser) expect(wanted kind, what string) bool {
	if p.accept(wanted) {
		return true
	}
	p.unexpected(what)
	return false
}

// name consumes a name or fails.
func (p *parser) name(what string) Ident {
	if p.kind() != identToken {
		p.unexpected(what)
		return Ident{Span: p.missing()}
	}
	return p.ident()
}

func (p *parser) ident() Ident {
	token := p.next()
	return Ident{Span: Span{int(token.start), int(token.end)}, Text: p.word(token)}
}

func (p *parser) skipNewlines() { p.accept(newlineToken) }

// acceptPast consumes a token of a kind that comes next or in the next line.
func (p *parser) acceptPast(wanted kind) bool {
	if p.kind() == newlineToken && p.after() == wanted {
		p.pos++
	}
	return p.accept(wanted)
}

// unexpected fails because something else is wanted here.
func (p *parser) unexpected(wanted string) {
	if p.failed {
		return
	}
	found, at := p.found()
	p.fail(at, fmt.Sprintf("%s is expected here, but %s", wanted, found))
}

// found describes the next token.
func (p *parser) found() (string, Span) {
	if p.pos >= p.limit {
		if p.limit < len(p.tokens) {
			return "the next statement follows", p.missing()
		}
		return "the file ends", p.missing()
	}
	token := p.tokens[p.pos]
	at := Span{int(token.start), int(token.end)}
	switch word := p.word(token); token.kind {
	case newlineToken:
		return "the line ends", p.missing()
	case stringToken, stringLeftToken:
		return "a string follows", at
	case stringMiddleToken, stringRightToken:
		return "the interpolation ends", at
	case badToken:
		if word == `"` {
			return `" follows, and strings are written in single quotes`, at
		}
		return "the character " + strconv.Quote(word) + " follows, which the language does not use", at
	default:
		return strconv.Quote(shorten(word)) + " follows", at
	}
}

// fail reports an error and makes all callers return.
func (p *parser) fail(at Span, summary string) {
	if p.failed {
		return
	}
	p.failed = true
	p.errors++
	if !p.lexed.covers(at.Start) {
		p.problems.add(at.Start, at.End, summary)
	}
}

// enter counts one level of recursion and must be paired with leave.
func (p *parser) enter() bool {
	p.depth++
	p.height = max(p.height, p.depth)
	if p.depth > nestingLimit {
		p.fail(Span{p.start(), p.start()}, "the text nests deeper than "+strconv.Itoa(nestingLimit)+" levels here")
	}
	return !p.failed
}

func (p *parser) leave() { p.depth-- }

// chain starts a chain of operators, whose tree grows by a level with each. It
// returns what endChain needs.
func (p *parser) chain() int {
	outside := p.height
	p.height = p.depth
	return outside
}

// link adds an operator to the chain; false when it is too long.
func (p *parser) link() bool {
	p.height++
	if p.height > heightLimit {
		p.fail(Span{p.start(), p.start()}, "the expression has too many operators and nested parts; split it into variables")
	}
	return !p.failed
}

func (p *parser) endChain(outside int) { p.height = max(p.height, outside) }

// closer is the index of the partner of a bracket within the part that is read,
// or -1.
func (p *parser) closer(open int) int {
	if partner := int(p.match[open]); partner < p.limit {
		return partner
	}
	return -1
}

// recover ends a failure inside the bracket of an index: it goes on at the next
// newline or comma of its level or at its end. False leaves the failure to the
// caller's caller.
func (p *parser) recover(open int) bool {
	return p.recoverAt(open, func(kind kind) bool { return kind == newlineToken || kind == comma })
}

func (p *parser) recoverAt(open int, stops func(kind) bool) bool {
	end, level := p.closer(open), open
	if end < 0 {
		level = int(p.outer[open])
	}
	for ; p.pos < p.limit; p.pos++ {
		switch {
		case p.pos == end, int(p.outer[p.pos]) == level && stops(p.tokens[p.pos].kind):
			p.failed = false
			return true
		case level >= 0 && p.pos == p.closer(level):
			return false
		}
		if partner := p.closer(p.pos); partner > p.pos {
			p.pos = partner
		}
	}
	return false
}

// shorten cuts text for a message.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
