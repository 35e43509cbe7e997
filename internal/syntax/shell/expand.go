package shell

import (
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/drlint/drlint/internal/source"
)

// expansion builds the fields that one word expands to.
type expansion struct {
	r      *reader
	frame  frame
	ctx    context
	fields []field
	text   strings.Builder
	whole  bool // nothing splits, as in an assignment
	pieces int  // what the current field was put together from; none: there is no field
	origin []source.Range
	at     source.Range
	given  []source.Range // the origins of the script's own text
	own    source.Range   // where the current field's only piece was written
}

// expand returns the fields of a word. Patterns and braces are left as written:
// what they match is known only where the script runs.
func (r *reader) expand(word *syntax.Word, f frame, ctx context) []field {
	if word == nil || len(word.Parts) == 0 {
		return nil
	}
	return r.expansion(word, f, ctx, false)
}

// value returns a word as one field, as in an assignment.
func (r *reader) value(word *syntax.Word, f frame, ctx context) field {
	if word == nil || len(word.Parts) == 0 {
		return field{}
	}
	fields := r.expansion(word, f, ctx, true)
	if len(fields) == 0 {
		return field{at: f.place(word)}
	}
	return fields[0]
}

func (r *reader) expansion(word *syntax.Word, f frame, ctx context, whole bool) []field {
	e := &expansion{r: r, frame: f, ctx: ctx, at: f.place(word), whole: whole}
	if f.origin != nil {
		e.given = f.origin(int(word.Pos().Offset()), int(word.End().Offset()))
	}
	for _, part := range word.Parts {
		e.part(part, false)
	}
	e.flush()
	if len(word.Parts) == 1 && len(e.fields) == 1 {
		e.fields[0].start, e.fields[0].exact = literalStart(word.Parts[0])
	}
	return e.fields
}

// literalStart tells where the text of a part begins when each byte of the
// text is a byte of the script.
func literalStart(part syntax.WordPart) (int, bool) {
	switch p := part.(type) {
	case *syntax.SglQuoted:
		return int(p.Left.Offset()) + 1, !p.Dollar
	case *syntax.Lit:
		return int(p.Pos().Offset()), !strings.Contains(p.Value, `\`) &&
			int(p.End().Offset()-p.Pos().Offset()) == len(p.Value)
	case *syntax.DblQuoted:
		if len(p.Parts) == 1 && !p.Dollar {
			if lit, ok := p.Parts[0].(*syntax.Lit); ok {
				return literalStart(lit)
			}
		}
	}
	return 0, false
}

func (e *expansion) part(part syntax.WordPart, quoted bool) {
	switch p := part.(type) {
	case *syntax.Lit:
		e.add(unescape(p.Value, quoted))
	case *syntax.SglQuoted:
		if p.Dollar {
			e.add(ansi(p.Value))
		} else {
			e.add(p.Value)
		}
	case *syntax.DblQuoted:
		if !onlyList(p) {
			e.add("")
		}
		for _, inner := range p.Parts {
			e.part(inner, true)
		}
	case *syntax.ParamExp:
		e.param(p, quoted)
	case *syntax.CmdSubst:
		e.add(e.r.output(p, e.frame, e.inner()))
	case *syntax.ArithmExp:
		e.r.substitutions(p, e.frame, e.inner())
		e.add(e.r.hole("a number is computed when the script runs"))
	case *syntax.ProcSubst:
		e.r.stmts(p.Stmts, e.frame, e.inner())
		e.add(e.r.hole("a file is made when the script runs"))
	case *syntax.ExtGlob:
		e.add(p.Op.String() + p.Pattern.Value + ")")
	default:
		e.add(e.r.hole("this part of a word is not read"))
	}
}

// inner is the context of a command substitution: a shell of its own.
func (e *expansion) inner() context {
	ctx := e.ctx.in(newScope(e.ctx.scope))
	ctx.depth++
	return ctx
}

// onlyList reports whether a quoted text is a list alone ("$@"), which may
// expand to no word at all.
func onlyList(q *syntax.DblQuoted) bool {
	if len(q.Parts) != 1 {
		return false
	}
	p, ok := q.Parts[0].(*syntax.ParamExp)
	return ok && isList(p)
}

func (e *expansion) add(text string) {
	e.pieces++
	e.own = source.Range{}
	e.text.WriteString(text)
}

func (e *expansion) flush() {
	if e.pieces > 0 && e.r.fields < maxFields {
		e.r.fields++
		f := field{text: e.r.limit(e.text.String()), at: e.at, origin: addOrigins(slices.Clone(e.given), e.origin...)}
		if e.pieces == 1 && !e.own.IsZero() {
			f.at, f.origin = e.own, nil
		}
		e.fields = append(e.fields, f)
	} else if e.pieces > 0 {
		e.r.exhausted(e.at)
	}
	e.text.Reset()
	e.pieces, e.origin, e.own = 0, nil, source.Range{}
}

// param adds a parameter. Unquoted, a known text splits at blanks; one that is
// not known may be several words, which its hole stands for.
func (e *expansion) param(p *syntax.ParamExp, quoted bool) {
	items := e.r.parameter(p, e.frame, e.ctx)
	if isList(p) {
		e.list(items)
		return
	}
	for _, item := range items {
		if quoted || e.whole {
			e.addItem(item)
			continue
		}
		for i, word := range splitBlanks(item.text) {
			if i > 0 {
				e.flush()
			}
			if word != "" {
				item.text = word
				e.addItem(item)
			}
		}
	}
}

// list adds the items of "$@" or "${a[@]}". An item that makes up a word keeps
// the place where it was written: there a reader recognises the command.
func (e *expansion) list(items []field) {
	for i, item := range items {
		if e.r.fields >= maxFields {
			return
		}
		if i > 0 {
			if e.whole {
				e.add(" ")
			} else {
				e.flush()
			}
		}
		e.addItem(item)
		e.own = item.at
	}
}

func (e *expansion) addItem(item field) {
	e.origin = addOrigins(addOrigins(e.origin, item.at), item.origin...)
	e.add(item.text)
}

// splitBlanks splits like the shell does by default; a blank at an end yields an
// empty piece there, so that joins with neighbouring text are right.
func splitBlanks(text string) []string {
	words := strings.Fields(text)
	if text == "" || len(words) == 0 {
		if text != "" {
			return []string{"", ""}
		}
		return nil
	}
	if strings.IndexByte(" \t\n", text[0]) >= 0 {
		words = append([]string{""}, words...)
	}
	if strings.IndexByte(" \t\n", text[len(text)-1]) >= 0 {
		words = append(words, "")
	}
	return words
}

// limit replaces a text that is too long, alone or with all the others.
func (r *reader) limit(text string) string {
	r.text += len(text)
	if len(text) > maxValue || r.text > maxText {
		return r.hole("the text is longer than is followed")
	}
	return text
}

// unescape removes the backslashes that the shell removes.
func unescape(text string, quoted bool) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch {
		case text[i] == '\n':
		case quoted && strings.IndexByte("$`\"\\", text[i]) < 0:
			b.WriteByte('\\')
			b.WriteByte(text[i])
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// ansi resolves the escapes of $'…' that Go and Bash share.
func ansi(text string) string {
	if !strings.Contains(text, `\`) || hasHole(text) {
		return text
	}
	quoted := strings.ReplaceAll(strings.ReplaceAll(text, `\'`, `'`), `"`, `\"`)
	if plain, err := strconv.Unquote(`"` + quoted + `"`); err == nil {
		return clean(plain)
	}
	return text
}

// substitutions follows the commands inside expressions that yield no words.
func (r *reader) substitutions(n syntax.Node, f frame, ctx context) {
	ctx = ctx.in(newScope(ctx.scope))
	ctx.depth++
	syntax.Walk(n, func(n syntax.Node) bool {
		switch inner := n.(type) {
		case *syntax.CmdSubst:
			r.stmts(inner.Stmts, f, ctx)
			return false
		case *syntax.ProcSubst:
			r.stmts(inner.Stmts, f, ctx)
			return false
		}
		return true
	})
}
