package syntax

import (
	"math"
	"strconv"
)

// integer reads a number. The one past the largest is let through, since a
// minus makes it the smallest.
func (p *parser) integer() Expr {
	token := p.next()
	read := &Int{Span: Span{int(token.start), int(token.end)}}
	number, err := strconv.ParseUint(p.word(token), 10, 64)
	if err != nil || number > math.MaxInt64+1 {
		p.fail(read.Span, "the number does not fit into 64 bits")
		number = math.MaxInt64
	}
	read.Value = int64(min(number, math.MaxInt64))
	return read
}

// stringValue reads a string with its interpolations.
func (p *parser) stringValue() *String {
	open := p.pos
	piece := p.next()
	read := &String{Multiline: piece.multiline}
	read.text(p.text, piece)
	for piece.kind == stringLeftToken || piece.kind == stringMiddleToken {
		value := p.expression()
		if found := p.kind(); found != stringMiddleToken && found != stringRightToken {
			p.unexpected("the end of the interpolation")
		}
		if p.failed && !p.recoverAt(open, func(kind kind) bool { return kind == stringMiddleToken }) {
			break
		}
		read.Parts = append(read.Parts, StringPart{Span: value.At(), Expr: value})
		piece = p.next()
		read.text(p.text, piece)
	}
	read.Span = p.since(int(p.tokens[open].start))
	return read
}

// text appends the text of a piece unless it is empty.
func (s *String) text(source string, piece token) {
	from, to := int(piece.start+piece.lead), int(piece.end-piece.trail)
	if from >= to {
		return
	}
	if text := decode(source, piece); text != "" {
		s.Parts = append(s.Parts, StringPart{Span: Span{from, to}, Text: text})
	}
}

// items reads what stands between brackets, separated by newlines or commas,
// from the opening one on, which is the next token. It goes on behind an item
// that fails.
func (p *parser) items(closing kind, item func()) {
	open := p.pos
	p.pos++
	for p.separators(); !p.failed && !p.accept(closing); p.separators() {
		if p.closer(open) < 0 && (p.pos >= p.limit || isClosing(p.kind())) {
			opened := p.tokens[open]
			p.fail(Span{int(opened.start), int(opened.end)}, strconv.Quote(p.word(opened))+" is opened here and never closed")
			return
		}
		item()
		if found := p.kind(); found != newlineToken && found != comma && found != closing && found != endToken {
			p.unexpected("a comma or a new line")
		}
		if p.failed && !p.recover(open) {
			return
		}
	}
}

// separators skips newlines and the commas between items.
func (p *parser) separators() {
	for p.accept(newlineToken) || p.accept(comma) {
		continue
	}
}

func isClosing(kind kind) bool {
	_, closes := opener(kind)
	return closes || kind == stringMiddleToken
}

func (p *parser) array() Expr {
	start := p.start()
	read := &Array{}
	p.items(rightSquare, func() {
		if p.kind() == ellipsis {
			read.Items = append(read.Items, p.spread())
			return
		}
		read.Items = append(read.Items, p.expression())
	})
	read.Span = p.since(start)
	return read
}

func (p *parser) spread() *Spread {
	start := p.start()
	p.pos++
	value := p.expression()
	return &Spread{Span: p.since(start), Value: value}
}

// object reads "{…}". The body of a resource may hold nested resources.
func (p *parser) object(nested bool) *Object {
	start := p.start()
	read := &Object{}
	p.items(rightBrace, func() {
		switch {
		case nested && (p.kind() == atToken || p.isWord("resource") && p.after() == identToken):
			read.Items = append(read.Items, p.nestedResource())
		case p.kind() == ellipsis:
			read.Items = append(read.Items, p.spread())
		default:
			read.Items = append(read.Items, p.property())
		}
	})
	read.Span = p.since(start)
	return read
}

func (p *parser) nestedResource() ObjectItem {
	start, errors := p.start(), p.errors
	defer p.leave()
	if !p.enter() {
		return &Bad{p.missing()}
	}
	head := Head{Decorators: p.decorators()}
	head.Header.Start = p.start()
	if !p.acceptWord("resource") {
		p.unexpected("a nested resource")
		return &Bad{p.since(start)}
	}
	read := p.resource(head)
	p.finish(read, start, errors)
	return read
}

func (p *parser) property() ObjectItem {
	start := p.start()
	key := p.key()
	if key == nil {
		p.unexpected("the name of a property")
		return &Bad{p.missing()}
	}
	read := &Property{Key: key}
	if !p.expect(colon, `":"`) {
		read.Value = &Bad{p.missing()}
	} else {
		read.Value = p.expression()
	}
	read.Span = p.since(start)
	return read
}

// key reads the name of a property; nil when there is none.
func (p *parser) key() *String {
	switch p.kind() {
	case stringToken, stringLeftToken:
		return p.stringValue()
	case identToken:
		name := p.ident()
		return &String{Span: name.Span, Bare: true, Parts: []StringPart{{Span: name.Span, Text: name.Text}}}
	}
	return nil
}

// isFor reports whether the bracket that comes next starts a loop.
func (p *parser) isFor() bool {
	at := p.pos + 1
	if p.kindAt(at) == newlineToken {
		at++
	}
	return p.kindAt(at) == identToken && p.word(p.tokens[at]) == "for"
}

func (p *parser) forLoop(nested bool) Expr {
	start := p.start()
	p.pos++
	p.skipNewlines()
	p.pos++ // for
	read := &For{}
	if p.accept(leftParen) {
		read.Item = p.name("the name of the item")
		p.expect(comma, `","`)
		read.Index = p.name("the name of the index")
		p.expect(rightParen, `")"`)
	} else {
		read.Item = p.name(`the name of the item or "("`)
	}
	if !p.acceptWord("in") {
		p.unexpected(`"in"`)
	}
	read.List = p.expression()
	p.expect(colon, `":"`)
	p.skipNewlines()
	switch {
	case p.isWord("if") && p.after() == leftParen:
		read.Body = p.condition(nested)
	case p.kind() == leftBrace && nested:
		read.Body = p.object(true)
	default:
		read.Body = p.expression()
	}
	p.skipNewlines()
	p.expect(rightSquare, `"]"`)
	read.Span = p.since(start)
	return read
}

// condition reads "if (condition) {…}".
func (p *parser) condition(nested bool) Expr {
	start := p.start()
	p.pos++
	read := &If{Condition: &Bad{p.missing()}, Body: &Bad{p.missing()}}
	if p.expect(leftParen, `"("`) {
		p.skipNewlines()
		read.Condition = p.expression()
		p.skipNewlines()
		p.expect(rightParen, `")"`)
	}
	if p.kind() == leftBrace {
		read.Body = p.object(nested)
	} else {
		p.unexpected("a body in braces")
		read.Body = &Bad{p.missing()}
	}
	read.Span = p.since(start)
	return read
}
