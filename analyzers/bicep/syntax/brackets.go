package syntax

// brackets says which brackets belong together, so that the parser can go on
// behind an error at the right level. Strings with interpolations count as
// brackets.
type brackets struct {
	// match is, of a bracket, the index of its partner; -1 without one and for
	// all other tokens.
	match []int32
	// outer is the index of the innermost bracket around a token that has a
	// partner, -1 at the top level.
	outer []int32
	// cuts are the indexes of tokens at which a new statement starts although
	// brackets are still open: the statement before is broken.
	cuts []int
}

func opens(kind kind) bool {
	return kind == leftBrace || kind == leftSquare || kind == leftParen || kind == stringLeftToken
}

// opener is the kind that a closing bracket closes.
func opener(closing kind) (kind, bool) {
	switch closing {
	case rightBrace:
		return leftBrace, true
	case rightSquare:
		return leftSquare, true
	case rightParen:
		return leftParen, true
	case stringRightToken:
		return stringLeftToken, true
	}
	return endToken, false
}

func pair(text string, tokens []token) *brackets {
	numbers := make([]int32, 2*len(tokens))
	b := &brackets{match: numbers[:len(tokens)], outer: numbers[len(tokens):]}
	b.pairUp(tokens)
	b.nest(text, tokens)
	return b
}

// pairUp finds partners: a closing bracket belongs to the nearest open one of
// its kind, and those opened in between have none.
func (b *brackets) pairUp(tokens []token) {
	var open []int32
	var counts [badToken + 1]int
	for i, token := range tokens {
		b.match[i] = -1
		if opens(token.kind) {
			open = append(open, int32(i))
			counts[token.kind]++
			continue
		}
		wanted, closes := opener(token.kind)
		if !closes || counts[wanted] == 0 {
			continue
		}
		for {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			counts[tokens[last].kind]--
			if tokens[last].kind == wanted {
				b.match[last], b.match[i] = int32(i), last
				break
			}
		}
	}
}

// nest finds what is around each token, and where statements start inside of
// brackets that nothing closes.
func (b *brackets) nest(text string, tokens []token) {
	var around []int32
	lost := false // a bracket at the top level is open and never closed
	for i, token := range tokens {
		if lost && startsLine(text, token) && startsStatement(text, tokens, i) {
			b.cuts = append(b.cuts, i)
			around, lost = around[:0], false
		}
		partner := b.match[i]
		if partner >= 0 && int(partner) < i && len(around) > 0 && around[len(around)-1] == partner {
			around = around[:len(around)-1]
		}
		b.outer[i] = -1
		if len(around) > 0 {
			b.outer[i] = around[len(around)-1]
		}
		switch {
		case int(partner) > i:
			around = append(around, int32(i))
		case partner < 0 && len(around) == 0 && opens(token.kind):
			lost = true
		}
	}
}

// startsLine reports whether a token has nothing before it on its line, no
// space either.
func startsLine(text string, token token) bool {
	return token.start == 0 || text[token.start-1] == '\n' || text[token.start-1] == '\r'
}

// startsStatement reports whether the tokens from an index on look like the
// beginning of a statement: its keyword and what must follow it.
func startsStatement(text string, tokens []token, at int) bool {
	if at >= len(tokens) || tokens[at].kind == atToken {
		return true
	}
	if tokens[at].kind != identToken || at+1 >= len(tokens) {
		return false
	}
	next := tokens[at+1].kind
	switch keyword := text[tokens[at].start:tokens[at].end]; keyword {
	case "targetScope":
		return next == assign
	case "import":
		return next == stringToken || next == leftBrace || next == star
	case "using", "extends", "extension", "provider":
		return next == stringToken || next == identToken
	default:
		_, known := statements[keyword]
		return known && next == identToken
	}
}
