package shell

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/powershell"
)

// powerShell follows a script of PowerShell: assignments and commands in
// written order. What stands in a block may not run.
func (r *reader) powerShell(text string, f frame, ctx context) {
	p := &powerShellReader{r: r, text: text, frame: f, ctx: ctx}
	p.setRoot()
	p.statements(f.statements(text))
}

// statements parses a script, or takes what was kept of it.
func (f frame) statements(text string) []powershell.Statement {
	if f.parsed == nil {
		return powershell.Parse(text)
	}
	if !f.parsed.done {
		f.parsed.done, f.parsed.statements = true, powershell.Parse(text)
	}
	return f.parsed.statements
}

func (p *powerShellReader) statements(list []powershell.Statement) {
	for _, s := range list {
		p.r.steps += 1 + (s.End-s.Start)/stepSize
		if p.r.steps > maxSteps {
			p.r.report("shell/budget", source.Warning, p.frame.at(s.Start, s.End), "A script does more than is followed",
				"The commands after this place are not checked.")
			return
		}
		p.enter(s.Blocks)
		p.statement(s)
	}
	p.enter(nil)
}

// enter follows the script into and out of blocks. What a block sets holds in
// it; behind it the block may have run or not.
func (p *powerShellReader) enter(blocks []int) {
	same := 0
	for same < len(p.blocks) && same < len(blocks) && p.blocks[same] == blocks[same] {
		same++
	}
	for len(p.blocks) > same {
		inner := p.ctx.scope
		p.ctx.scope, p.blocks = inner.outer, p.blocks[:len(p.blocks)-1]
		for _, name := range slices.Sorted(maps.Keys(inner.vars)) {
			why := "$" + strings.TrimPrefix(name, "$") + " is set in a branch"
			if name == dirName {
				why = "the directory is changed in a branch"
			}
			p.r.forget(p.ctx.scope, name, why)
		}
	}
	for _, block := range blocks[same:] {
		p.ctx.scope, p.blocks = newScope(p.ctx.scope), append(p.blocks, block)
	}
}

// powerShellReader keeps PowerShell's own variables, whose case does not
// matter, apart from those of the environment by a dollar in front.
type powerShellReader struct {
	r      *reader
	text   string
	frame  frame
	ctx    context
	blocks []int // that the script is in, with a scope each
}

// setRoot gives the script its own directory.
func (p *powerShellReader) setRoot() {
	if name, ok := p.ctx.scope.get(bashSource); ok && len(name.items) == 1 && len(p.frame.keys) > 0 {
		root := name.items[0]
		root.text, root.exact = path.Dir(strings.ReplaceAll(root.text, `\`, "/")), false
		set(p.ctx.scope, "$psscriptroot", root)
	}
}

func (p *powerShellReader) statement(s powershell.Statement) {
	switch {
	case s.Function != "":
		definer := *p
		p.r.cmdlets[s.Function] = cmdlet{body: s.Body, reader: &definer}
	case s.Params != nil:
		p.bind(s.Params)
	case len(s.Words) > 0:
		p.command(s)
		if s.Assign != "" {
			p.result(s)
		}
	case s.Add:
		p.compute(s)
	case s.Table != nil:
		p.set(s, p.table(s.Table))
	case s.Value != nil:
		p.set(s, variable{items: []field{p.field(*s.Value)}})
	case s.Assign != "":
		p.compute(s)
	}
}

// compute makes a variable unknown that an expression sets; what is not known
// in the expression is the better reason.
func (p *powerShellReader) compute(s powershell.Statement) {
	why := "$" + s.Assign + " is computed when the script runs"
	if text := p.text[s.Start:s.End]; hasHole(text) {
		why = p.r.why(text)
	}
	p.r.forget(p.ctx.scope, scopeName(s.Assign), why)
}

// scopeName is where the scope keeps a variable.
func scopeName(name string) string {
	if environment, ok := strings.CutPrefix(name, "env:"); ok {
		return environment
	}
	return "$" + name
}

func (p *powerShellReader) set(s powershell.Statement, v variable) {
	p.ctx.scope.set(scopeName(s.Assign), v)
}

// result is a variable that takes what a command prints.
func (p *powerShellReader) result(s powershell.Statement) {
	words := p.fields(s.Words)
	name := words[0].text
	if strings.EqualFold(name, "join-path") && len(words) == 3 && !strings.HasPrefix(words[1].text, "-") {
		joined := words[2]
		joined.text, joined.at = p.r.limit(path.Join(words[1].text, words[2].text)), p.frame.at(s.Start, s.End)
		p.set(s, variable{items: []field{joined}})
		return
	}
	why := "the output of a command is known only when the script runs"
	if !hasHole(name) && name != "" {
		why = "the output of " + name + " is known only when the script runs"
	}
	p.r.forget(p.ctx.scope, scopeName(s.Assign), why)
}

// table turns the pairs of a table into the words that @name stands for.
func (p *powerShellReader) table(pairs []powershell.Pair) variable {
	v := variable{array: true, items: []field{}}
	for _, pair := range pairs {
		value := p.field(pair.Value)
		v.items = append(v.items, field{text: "-" + clean(pair.Name), at: value.at}, value)
	}
	return v
}

// command follows one command.
func (p *powerShellReader) command(s powershell.Statement) {
	run := invocation{at: p.frame.at(s.Start, s.End), words: p.fields(s.Words)}
	if s.Operator == "" && !looksLikeCommand(s.Words[0], run.words[0]) || len(run.words) == 0 {
		return
	}
	run.at = p.frame.at(s.Words[0].Start, s.End)
	for _, redirect := range s.Redirects {
		run.redirects = append(run.redirects, Redirect{Op: redirect.Op, Target: p.r.word(p.field(redirect.Target))})
	}
	if strings.Contains(run.words[0].text, `\`) {
		run.words[0].text, run.words[0].exact = strings.ReplaceAll(run.words[0].text, `\`, "/"), false
	}
	ctx := p.ctx.when(s.Depth > 0)
	ctx.piped = s.Piped
	switch strings.ToLower(run.words[0].text) {
	case "set-location", "push-location", "sl":
		p.r.emit(run, p.frame, ctx)
		p.changeDir(run.words[1:])
		return
	case "pop-location":
		p.r.emit(run, p.frame, ctx)
		p.r.forget(p.ctx.scope, dirName, "Pop-Location restores a directory")
		return
	case "cd", "pushd", "chdir":
		p.r.emit(run, p.frame, ctx)
		p.changeDir(run.words[1:])
		return
	}
	if c, ok := p.r.cmdlets[strings.ToLower(run.words[0].text)]; ok && s.Operator != "." {
		p.call(strings.ToLower(run.words[0].text), c, run, ctx)
		return
	}
	if s.Operator == "." {
		p.r.emit(run, p.frame, ctx)
		inner := ctx
		if len(run.words) > 1 {
			p.r.setArguments(inner.scope, run.words[1:])
		}
		p.r.open(run.words[0], run.at, p.frame, inner)
		return
	}
	p.r.run(run, p.frame, ctx)
}

// changeDir follows Set-Location.
func (p *powerShellReader) changeDir(words []field) {
	words = slices.DeleteFunc(slices.Clone(words), func(w field) bool { return strings.HasPrefix(w.text, "-") })
	for i := range words {
		words[i].text = strings.ReplaceAll(words[i].text, `\`, "/")
	}
	p.r.changeDir(words, p.ctx.scope)
}

// fields evaluates words; a table that is spread becomes its parameters.
func (p *powerShellReader) fields(words []powershell.Word) []field {
	var out []field
	for _, w := range words {
		if w.Splat {
			out = append(out, p.spread(w)...)
			continue
		}
		out = append(out, p.field(w))
	}
	return out
}

func (p *powerShellReader) spread(w powershell.Word) []field {
	name := w.Pieces[0].Text
	v, ok := p.ctx.scope.get(scopeName(name))
	if !ok || !v.array {
		return []field{{text: p.r.hole("what @" + name + " stands for is known only when the script runs"), at: p.frame.at(w.Start, w.End)}}
	}
	return v.items
}

// field evaluates one word.
func (p *powerShellReader) field(w powershell.Word) field {
	f := field{at: p.frame.at(w.Start, w.End)}
	if p.frame.origin != nil {
		f.origin = p.frame.origin(w.Start, w.End)
	}
	var b strings.Builder
	for _, piece := range w.Pieces {
		switch piece.Kind {
		case powershell.Text:
			b.WriteString(piece.Text)
		case powershell.Variable:
			v, ok := p.ctx.scope.get(scopeName(piece.Text))
			if !ok || len(v.items) != 1 || v.array {
				b.WriteString(p.r.hole(unset(strings.TrimPrefix(piece.Text, "env:"))))
				continue
			}
			b.WriteString(v.items[0].text)
			f.origin = addOrigins(f.origin, append(slices.Clip(v.items[0].origin), v.items[0].at)...)
		default:
			b.WriteString(p.r.hole(computed(piece.Text)))
		}
	}
	f.text = p.r.limit(b.String())
	if len(w.Pieces) == 1 && w.Pieces[0].Kind == powershell.Text && !w.Quoted && len(f.text) == w.End-w.Start {
		f.start, f.exact = w.Start, true
	}
	return f
}

func computed(command string) string {
	if command != "" && !hasHole(command) {
		return "the output of " + command + " is known only when the script runs"
	}
	return "a part of it is known only when the script runs"
}

// looksLikeCommand reports whether a word names a program.
func looksLikeCommand(w powershell.Word, f field) bool {
	return looksLikeProgram([]lineWord{{field: f, quoted: w.Quoted}}) && len(w.Pieces) > 0 && w.Pieces[0].Kind == powershell.Text
}
