package syntax

// binaryOps are the binary operators; those of higher precedence bind closer.
var binaryOps = [badToken + 1]struct {
	op         Op
	precedence int
}{
	star:         {OpTimes, 7},
	slash:        {OpDivide, 7},
	percent:      {OpModulo, 7},
	plus:         {OpPlus, 6},
	minus:        {OpMinus, 6},
	less:         {OpLess, 5},
	lessEqual:    {OpLessEq, 5},
	greater:      {OpGreater, 5},
	greaterEqual: {OpGreaterEq, 5},
	equal:        {OpEqual, 4},
	notEqual:     {OpNotEqual, 4},
	equalFold:    {OpEqualFold, 4},
	notEqualFold: {OpNotEqFold, 4},
	and:          {OpAnd, 3},
	or:           {OpOr, 2},
	// The language gives "??" less precedence than "||".
	doubleQuestion: {OpCoalesce, 1},
}

// expression reads any expression. The "?" and ":" of a conditional may start
// the next line, all other operators may not.
func (p *parser) expression() Expr {
	start := p.start()
	if !p.enter() {
		p.leave()
		return &Bad{p.missing()}
	}
	defer p.leave()
	value := p.binary(0)
	if !p.acceptPast(question) {
		return value
	}
	read := &Ternary{Condition: value, Then: p.expression()}
	if !p.acceptPast(colon) {
		p.unexpected(`":"`)
	}
	read.Else = p.expression()
	read.Span = p.since(start)
	return read
}

// binary reads operators that bind closer than a precedence.
func (p *parser) binary(precedence int) Expr {
	start := p.start()
	outside := p.chain()
	defer p.endChain(outside)
	value := p.unary()
	for {
		operator := binaryOps[p.kind()]
		if operator.precedence <= precedence {
			return value
		}
		sign := p.next()
		read := &Binary{Op: operator.op, OpAt: Span{int(sign.start), int(sign.end)}, X: value}
		read.Y = p.binary(operator.precedence)
		read.Span = p.since(start)
		value = read
		if !p.link() {
			return value
		}
	}
}

func (p *parser) unary() Expr {
	var op Op
	switch p.kind() {
	case exclamation:
		op = OpNot
	case minus:
		op = OpMinus
	case plus:
		op = OpPlus
	default:
		return p.postfix()
	}
	start := p.start()
	p.pos++
	defer p.leave()
	if !p.enter() {
		return &Bad{p.since(start)}
	}
	operand := p.unary()
	return &Unary{Span: p.since(start), Op: op, X: operand}
}

// postfix reads a primary expression with all accesses behind it.
func (p *parser) postfix() Expr {
	start := p.start()
	outside := p.chain()
	defer p.endChain(outside)
	value := p.primary()
	for {
		switch p.kind() {
		case leftSquare:
			value = p.index(start, value)
		case dot:
			value = p.member(start, value)
		case doubleColon:
			p.pos++
			name := p.name("the name of a nested resource")
			value = &Nested{Span: p.since(start), Target: value, Name: name}
		case exclamation:
			p.pos++
			value = &NonNull{Span: p.since(start), Target: value}
		default:
			return value
		}
		if !p.link() {
			return value
		}
	}
}

func (p *parser) index(start int, target Expr) Expr {
	p.pos++
	read := &Index{Target: target, Safe: p.accept(question), FromEnd: p.accept(hat)}
	read.Key = p.expression()
	p.expect(rightSquare, `"]"`)
	read.Span = p.since(start)
	return read
}

func (p *parser) member(start int, target Expr) Expr {
	p.pos++
	safe := p.accept(question)
	name := p.name("the name of a property or function")
	if p.kind() == leftParen {
		args := p.arguments()
		return &MethodCall{Span: p.since(start), Target: target, Name: name, Args: args}
	}
	return &Member{Span: p.since(start), Target: target, Name: name, Safe: safe}
}

func (p *parser) primary() Expr {
	switch p.kind() {
	case intToken:
		return p.integer()
	case nullToken:
		token := p.next()
		return &Null{Span{int(token.start), int(token.end)}}
	case trueToken, falseToken:
		token := p.next()
		return &Bool{Span{int(token.start), int(token.end)}, token.kind == trueToken}
	case stringToken, stringLeftToken:
		return p.stringValue()
	case leftBrace:
		return p.object(false)
	case leftSquare:
		if p.isFor() {
			return p.forLoop(false)
		}
		return p.array()
	case leftParen:
		return p.paren()
	case identToken:
		return p.named()
	}
	p.unexpected("an expression")
	return &Bad{p.missing()}
}

// named reads a variable, a call or a lambda with one parameter.
func (p *parser) named() Expr {
	name := p.ident()
	switch p.kind() {
	case leftParen:
		args := p.arguments()
		return &Call{Span: p.since(name.Start), Name: name, Args: args}
	case arrow:
		p.pos++
		body := p.lambdaBody()
		return &Lambda{Span: p.since(name.Start), Params: []Ident{name}, Body: body}
	}
	return &Variable{Span: name.Span, Name: name.Text}
}

// lambdaBody reads what follows "=>", which may be in the next line unless that
// is a statement.
func (p *parser) lambdaBody() Expr {
	if p.kind() == newlineToken && !startsStatement(p.text, p.tokens, p.pos+1) {
		p.pos++
	}
	return p.expression()
}

// arguments reads "(a, b)". A comma may end a line, and the parenthesis may
// stand on a line of its own.
func (p *parser) arguments() []Expr {
	p.pos++
	var args []Expr
	for p.skipNewlines(); !p.failed && !p.accept(rightParen); p.skipNewlines() {
		args = append(args, p.expression())
		if p.accept(comma) {
			continue
		}
		if !p.acceptPast(rightParen) {
			p.unexpected(`"," or ")"`)
		}
		break
	}
	return args
}

// paren reads "(x)" or a lambda "(x, y) => body".
func (p *parser) paren() Expr {
	start := p.start()
	p.pos++
	var inner []Expr
	for p.skipNewlines(); !p.failed && p.kind() != rightParen; p.skipNewlines() {
		inner = append(inner, p.expression())
		if p.skipNewlines(); !p.accept(comma) {
			break
		}
	}
	p.skipNewlines()
	p.expect(rightParen, `")"`)
	if p.kind() == arrow {
		return p.lambda(start, inner)
	}
	if len(inner) != 1 {
		p.fail(p.since(start), "parentheses hold exactly one expression unless \"=>\" follows")
		return &Bad{p.since(start)}
	}
	return &Paren{Span: p.since(start), X: inner[0]}
}

func (p *parser) lambda(start int, names []Expr) Expr {
	p.pos++
	read := &Lambda{}
	for _, name := range names {
		variable, ok := name.(*Variable)
		if !ok {
			p.fail(name.At(), "the parameters of a lambda are names only")
			return &Bad{p.since(start)}
		}
		read.Params = append(read.Params, Ident{Span: variable.Span, Text: variable.Name})
	}
	read.Body = p.lambdaBody()
	read.Span = p.since(start)
	return read
}
