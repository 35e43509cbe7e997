package syntax

import "fmt"

// where says in which files a statement may occur.
type where uint8

const (
	inTemplates where = 1 << iota
	inParams
)

// statements are the keywords that start one, which are ordinary names
// elsewhere.
var statements = map[string]where{
	"targetScope":     inTemplates,
	"metadata":        inTemplates,
	"param":           inTemplates | inParams,
	"var":             inTemplates | inParams,
	"type":            inTemplates | inParams,
	"func":            inTemplates,
	"resource":        inTemplates,
	"module":          inTemplates,
	"test":            inTemplates,
	"output":          inTemplates,
	"assert":          inTemplates,
	"import":          inTemplates | inParams,
	"extension":       inTemplates | inParams,
	"provider":        inTemplates | inParams,
	"using":           inParams,
	"extends":         inParams,
	"extensionConfig": inParams,
}

// statement reads one statement of the top level up to the newline behind it.
func (p *parser) statement() Statement {
	start, errors := p.start(), p.errors
	head := Head{Decorators: p.decorators()}
	head.Header.Start = p.start()
	read := p.declaration(head)
	if p.kind() != newlineToken && p.pos < p.limit {
		p.unexpected("a new line")
	}
	if p.failed {
		p.skipStatement()
	}
	p.finish(read, start, errors)
	return read
}

// finish sets what is known of a statement when all of it is read.
func (p *parser) finish(read Statement, start, errors int) {
	head := read.Lead()
	head.Span = p.since(start)
	head.Header.Start = min(head.Header.Start, head.End)
	head.Header.End = max(head.Header.Start, head.Header.End)
	head.Broken = p.errors > errors || p.lexed.within(head.Span)
}

// skipStatement ends a failure: it goes on at the next line that starts with a
// decorator or a keyword and is not within brackets.
func (p *parser) skipStatement() {
	p.failed = false
	for ; p.pos < p.limit; p.pos++ {
		if p.kind() == newlineToken && p.outer[p.pos] < 0 && p.leads(p.pos+1) {
			return
		}
		if partner := p.closer(p.pos); partner > p.pos {
			p.pos = partner
		}
	}
}

// leads reports whether a token may be the first of a statement.
func (p *parser) leads(at int) bool {
	switch p.kindAt(at) {
	case atToken, endToken:
		return true
	case identToken:
		_, known := statements[p.word(p.tokens[at])]
		return known
	}
	return false
}

// declaration reads a statement behind its decorators. Every function below
// sets Header.End in the head that it returns.
func (p *parser) declaration(head Head) Statement {
	if p.kind() != identToken {
		p.unexpected("a statement")
		return &BadStatement{head}
	}
	keyword := p.tokens[p.pos]
	word := p.word(keyword)
	switch allowed, known := statements[word]; {
	case !known:
		p.fail(Span{int(keyword.start), int(keyword.end)}, fmt.Sprintf("%q starts no statement of the language", shorten(word)))
		return &BadStatement{head}
	case p.params && allowed&inParams == 0:
		p.fail(Span{int(keyword.start), int(keyword.end)}, fmt.Sprintf("a parameter file has no statement %q", word))
		return &BadStatement{head}
	case !p.params && allowed&inTemplates == 0:
		p.fail(Span{int(keyword.start), int(keyword.end)}, fmt.Sprintf("only a parameter file has the statement %q", word))
		return &BadStatement{head}
	}
	p.pos++
	return p.declare(word, head)
}

func (p *parser) declare(keyword string, head Head) Statement {
	switch keyword {
	case "param":
		return p.param(head)
	case "var":
		return p.variable(head)
	case "resource":
		return p.resource(head)
	case "module":
		return p.module(head)
	case "output":
		return p.output(head)
	case "type":
		return p.typeDecl(head)
	case "func":
		return p.function(head)
	case "targetScope":
		read := &TargetScope{Head: head}
		read.Value = p.assigned(&read.Head)
		return read
	case "metadata":
		read := &Metadata{Head: head, Name: p.name("the name of the metadata")}
		read.Value = p.assigned(&read.Head)
		return read
	case "assert":
		read := &Assert{Head: head, Name: p.name("the name of the assertion")}
		read.Value = p.assigned(&read.Head)
		return read
	case "test":
		return p.test(head)
	default:
		return p.fileStatement(keyword, head)
	}
}

// endHeader marks the end of what stands before "=".
func (p *parser) endHeader(head *Head) { head.Header.End = p.end() }

// assigned reads "= expression".
func (p *parser) assigned(head *Head) Expr {
	p.endHeader(head)
	p.expect(assign, `"="`)
	return p.expression()
}

func (p *parser) param(head Head) Statement {
	read := &Param{Head: head, Name: p.name("the name of the parameter")}
	if p.params {
		read.Value = p.assigned(&read.Head)
		return read
	}
	read.Type = p.declaredType()
	p.endHeader(&read.Head)
	if p.accept(assign) {
		read.Value = p.expression()
	}
	return read
}

func (p *parser) variable(head Head) Statement {
	read := &Var{Head: head, Name: p.name("the name of the variable")}
	if found := p.kind(); found != assign && found != newlineToken && found != endToken {
		read.Type = p.declaredType()
	}
	read.Value = p.assigned(&read.Head)
	return read
}

func (p *parser) output(head Head) Statement {
	read := &Output{Head: head, Name: p.name("the name of the output"), Type: p.declaredType()}
	read.Value = p.assigned(&read.Head)
	return read
}

func (p *parser) typeDecl(head Head) Statement {
	read := &TypeDecl{Head: head, Name: p.name("the name of the type")}
	p.endHeader(&read.Head)
	p.expect(assign, `"="`)
	read.Value = p.typeExpression()
	return read
}

// function reads "func name(a string) int => body" behind the keyword.
func (p *parser) function(head Head) Statement {
	read := &Func{Head: head, Name: p.name("the name of the function")}
	if p.expect(leftParen, `"("`) {
		for p.skipNewlines(); !p.failed && !p.accept(rightParen); p.skipNewlines() {
			start := p.start()
			name := p.name("the name of a parameter")
			param := TypedParam{Name: name, Type: p.declaredType()}
			param.Span = p.since(start)
			read.Params = append(read.Params, param)
			if p.skipNewlines(); !p.accept(comma) && p.kind() != rightParen {
				p.unexpected(`"," or ")"`)
			}
		}
	}
	read.Result = p.declaredType()
	p.endHeader(&read.Head)
	p.expect(arrow, `"=>"`)
	read.Body = p.lambdaBody()
	return read
}

// resource reads a resource behind its keyword.
func (p *parser) resource(head Head) *Resource {
	read := &Resource{Head: head, Name: p.name("the name of the resource")}
	read.Type = p.requiredString("the type of the resource, a string,")
	read.Existing = p.acceptWord("existing")
	p.endHeader(&read.Head)
	read.Body = p.body(true)
	return read
}

func (p *parser) module(head Head) Statement {
	read := &Module{Head: head, Name: p.name("the name of the module")}
	read.Path = p.requiredString("the path of the module, a string,")
	p.endHeader(&read.Head)
	read.Body = p.body(false)
	return read
}

func (p *parser) test(head Head) Statement {
	read := &Test{Head: head, Name: p.name("the name of the test")}
	read.Path = p.requiredString("the path of the tested file, a string,")
	p.endHeader(&read.Head)
	read.Body = p.body(false)
	return read
}

// requiredString reads a string, which must be there.
func (p *parser) requiredString(what string) Expr {
	if found := p.kind(); found != stringToken && found != stringLeftToken {
		p.unexpected(what)
		return &Bad{p.missing()}
	}
	return p.stringValue()
}

// body reads what is assigned to a resource, a module or a test.
func (p *parser) body(nested bool) Expr {
	if !p.expect(assign, `"="`) {
		return &Bad{p.missing()}
	}
	if p.kind() == newlineToken && p.pos+1 < p.limit {
		next := p.tokens[p.pos+1]
		if next.kind == leftBrace || next.kind == leftSquare || p.word(next) == "if" {
			p.pos++
		}
	}
	switch {
	case p.kind() == leftBrace:
		return p.object(nested)
	case p.kind() == leftSquare && p.isFor():
		return p.forLoop(nested)
	case p.isWord("if"):
		return p.condition(nested)
	}
	p.unexpected(`a body in braces, "if" or a "for" loop`)
	return &Bad{p.missing()}
}
