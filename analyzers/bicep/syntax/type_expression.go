package syntax

// declaredType reads the type of a parameter, variable, output or function:
// unlike elsewhere it may be a resource.
func (p *parser) declaredType() Type {
	if !p.isWord("resource") || p.after() == less {
		return p.typeExpression()
	}
	start := p.start()
	p.pos++
	read := &ResourceType{}
	if found := p.kind(); found == stringToken || found == stringLeftToken {
		read.Of = p.stringValue()
	}
	read.Span = p.since(start)
	return read
}

// typeExpression reads any type. The "|" of a union may start the next line.
func (p *parser) typeExpression() Type {
	start := p.start()
	defer p.leave()
	if !p.enter() {
		return &BadType{p.missing()}
	}
	leading := p.acceptPast(pipe)
	first := p.suffixedType()
	if !leading && p.kind() != pipe && (p.kind() != newlineToken || p.after() != pipe) {
		return first
	}
	read := &UnionType{Members: []Type{first}}
	for p.acceptPast(pipe) {
		read.Members = append(read.Members, p.suffixedType())
	}
	read.Span = p.since(start)
	return read
}

// suffixedType reads a type with the accesses and marks behind it.
func (p *parser) suffixedType() Type {
	start := p.start()
	outside := p.chain()
	defer p.endChain(outside)
	read := p.primaryType()
	for {
		switch p.kind() {
		case leftSquare:
			read = p.typeIndex(start, read)
		case dot:
			read = p.typeMember(start, read)
		case question:
			p.pos++
			read = &NullableType{Span: p.since(start), Type: read}
		case exclamation:
			p.pos++
			read = &NonNullType{Span: p.since(start), Type: read}
		default:
			return read
		}
		if !p.link() {
			return read
		}
	}
}

// typeIndex reads "[]", "[*]" or "[0]" behind a type.
func (p *parser) typeIndex(start int, target Type) Type {
	p.pos++
	if p.accept(rightSquare) {
		return &ArrayType{Span: p.since(start), Element: target}
	}
	read := &ItemType{Target: target}
	if !p.accept(star) {
		read.Index = p.expression()
	}
	p.expect(rightSquare, `"]"`)
	read.Span = p.since(start)
	return read
}

// typeMember reads ".name", ".*" or ".name<…>" behind a type.
func (p *parser) typeMember(start int, target Type) Type {
	p.pos++
	if p.kind() == star {
		p.pos++
		return &MemberType{Span: p.since(start), Target: target, Name: Ident{Span{p.end() - 1, p.end()}, "*"}}
	}
	name := p.name("the name of a type")
	if p.kind() == less {
		args := p.typeArguments()
		return &ParameterizedType{Span: p.since(start), Namespace: target, Name: name, Args: args}
	}
	return &MemberType{Span: p.since(start), Target: target, Name: name}
}

func (p *parser) primaryType() Type {
	start := p.start()
	switch p.kind() {
	case intToken, nullToken, trueToken, falseToken, stringToken, stringLeftToken:
		value := p.primary()
		return &LiteralType{Span: p.since(start), Value: value}
	case minus, plus, exclamation:
		value := p.unary()
		return &LiteralType{Span: p.since(start), Value: value}
	case leftBrace:
		members := p.members(rightBrace)
		return &ObjectType{Span: p.since(start), Members: members}
	case leftSquare:
		items := p.members(rightSquare)
		return &TupleType{Span: p.since(start), Items: items}
	case leftParen:
		return p.parenType()
	case identToken:
		name := p.ident()
		if p.kind() == less {
			args := p.typeArguments()
			return &ParameterizedType{Span: p.since(start), Name: name, Args: args}
		}
		return &NamedType{Span: name.Span, Name: name.Text}
	}
	p.unexpected("a type")
	return &BadType{p.missing()}
}

func (p *parser) parenType() Type {
	start := p.start()
	p.pos++
	p.skipNewlines()
	inner := p.typeExpression()
	p.skipNewlines()
	p.expect(rightParen, `")"`)
	return &ParenType{Span: p.since(start), Type: inner}
}

// typeArguments reads "<a, b>".
func (p *parser) typeArguments() []Type {
	p.pos++
	var args []Type
	for p.skipNewlines(); !p.failed && !p.accept(greater); p.skipNewlines() {
		args = append(args, p.typeExpression())
		if p.accept(comma) {
			continue
		}
		if !p.acceptPast(greater) {
			p.unexpected(`"," or ">"`)
		}
		break
	}
	return args
}

// members reads those of an object type or the items of a tuple type.
func (p *parser) members(closing kind) []TypeMember {
	var members []TypeMember
	p.items(closing, func() {
		start := p.start()
		member := TypeMember{Decorators: p.decorators()}
		if closing == rightBrace {
			if member.Rest = p.accept(star); !member.Rest {
				member.Key = p.key()
			}
			if !member.Rest && member.Key == nil {
				p.unexpected("the name of a property")
			}
			p.expect(colon, `":"`)
		}
		member.Type = p.typeExpression()
		member.Span = p.since(start)
		members = append(members, member)
	})
	return members
}
