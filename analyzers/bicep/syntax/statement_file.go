package syntax

// fileStatement reads the statements that name other files or extensions.
func (p *parser) fileStatement(keyword string, head Head) Statement {
	switch keyword {
	case "import":
		if found := p.kind(); found == stringToken || found == stringLeftToken {
			return p.extension(head)
		}
		return p.importSymbols(head)
	case "using":
		return p.using(head)
	case "extends":
		read := &Extends{Head: head, Path: p.requiredString("the path of a parameter file, a string,")}
		p.endHeader(&read.Head)
		return read
	case "extensionConfig":
		read := &ExtensionConfig{Head: head, Name: p.name("the name of the extension")}
		p.endHeader(&read.Head)
		read.With = p.with(`"with"`, true)
		return read
	default:
		return p.extension(head)
	}
}

func (p *parser) importSymbols(head Head) Statement {
	read := &Import{Head: head}
	switch p.kind() {
	case star:
		p.pos++
		read.Wildcard = true
		if p.acceptWord("as") {
			read.Alias = p.name("the name of the namespace")
		} else {
			p.unexpected(`"as"`)
		}
	case leftBrace:
		read.Symbols = p.importList()
	default:
		p.unexpected(`a list of names in braces or "*"`)
	}
	if !p.acceptWord("from") {
		p.unexpected(`"from"`)
	}
	read.From = p.requiredString("the path of a file, a string,")
	p.endHeader(&read.Head)
	return read
}

func (p *parser) importList() []ImportedSymbol {
	var symbols []ImportedSymbol
	p.items(rightBrace, func() {
		start := p.start()
		var symbol ImportedSymbol
		if p.kind() == stringToken {
			token := p.next()
			symbol.Name = Ident{Span{int(token.start), int(token.end)}, decode(p.text, token)}
		} else {
			symbol.Name = p.name("the name of an exported symbol")
		}
		if p.acceptWord("as") {
			symbol.Alias = p.name("the name under which it is imported")
		}
		symbol.Span = p.since(start)
		if !p.failed {
			symbols = append(symbols, symbol)
		}
	})
	return symbols
}

// extension reads "extension x with {…} as y" behind its keyword.
func (p *parser) extension(head Head) Statement {
	read := &Extension{Head: head}
	if p.kind() == identToken {
		name := p.ident()
		read.Spec = &Variable{Span: name.Span, Name: name.Text}
	} else {
		read.Spec = p.requiredString("the name of the extension")
	}
	p.endHeader(&read.Head)
	read.With = p.with(`"with", "as" or a new line`, false)
	if p.acceptWord("as") {
		read.Alias = p.name("the name of the namespace")
	}
	return read
}

func (p *parser) using(head Head) Statement {
	read := &Using{Head: head}
	if p.acceptWord("none") {
		read.None = true
	} else {
		read.Path = p.requiredString(`the path of a template, a string, or "none"`)
	}
	p.endHeader(&read.Head)
	read.With = p.with(`"with" or a new line`, false)
	return read
}

// with reads "with {…}", which may be absent unless it is needed.
func (p *parser) with(what string, needed bool) *Object {
	if !p.acceptWord("with") {
		if needed {
			p.unexpected(what)
		}
		return nil
	}
	if p.kind() != leftBrace {
		p.unexpected("an object in braces")
		return nil
	}
	return p.object(false)
}

// decorators reads those of a statement, each usually on a line of its own.
func (p *parser) decorators() []*Decorator {
	var found []*Decorator
	for p.kind() == atToken {
		found = append(found, p.decorator())
		p.skipNewlines()
	}
	return found
}

func (p *parser) decorator() *Decorator {
	read := &Decorator{}
	start := p.start()
	p.pos++
	read.Name = p.name("the name of a decorator")
	if p.accept(dot) {
		read.Namespace = read.Name
		read.Name = p.name("the name of a decorator")
	}
	if p.kind() == leftParen {
		read.Args = p.arguments()
	}
	read.Span = p.since(start)
	return read
}
