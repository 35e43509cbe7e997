package arm

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// renderer writes an expression as text, following parameters into the
// deployments that set them and variables to where they are declared.
//
// For the identity of resources, two texts are equal only if the values are
// equal at deployment, known or not: what is not known becomes a token for its
// own text. For addresses, it becomes a readable {name}; so does what differs
// between environments, since an address must not.
type renderer struct {
	ev      *evaluation
	address bool
	left    int // parts that may still be rendered
}

const (
	renderLimit = 2000
	// textLimit bounds what is rendered: texts that are made of each other grow
	// without end.
	textLimit = 1000
)

// canonical renders for identity.
func (ev *evaluation) canonical(en env, v resource.Value) string {
	return (&renderer{ev: ev, left: renderLimit}).value(en, v)
}

// label renders for addresses.
func (ev *evaluation) label(en env, v resource.Value) string {
	return short((&renderer{ev: ev, address: true, left: renderLimit}).value(en, v))
}

// short cuts a text that nobody reads to its end.
func short(text string) string {
	if len(text) <= textLimit {
		return text
	}
	return strings.ToValidUTF8(text[:textLimit], "") + "…"
}

func (r *renderer) value(en env, v resource.Value) string {
	if !v.IsKnown() || v.Kind != resource.String {
		if text, ok := v.AsString(); ok {
			return text
		}
		return r.token(fmt.Sprint(v.At), "value")
	}
	if !expression.Is(v.Text) {
		return expression.Literal(v.Text)
	}
	node, _ := r.ev.parse(v)
	if node == nil {
		return r.token(v.Text, "value")
	}
	return r.node(en, node, v.At)
}

// node renders a part of an expression: as its value when that may be shown.
func (r *renderer) node(en env, n *expression.Node, at source.Range) string {
	if r.left--; r.left < 0 || r.ev.depth >= depthLimit {
		return r.token(fmt.Sprint(at, n.Start), "…")
	}
	if n.Kind == expression.Text {
		return n.Text
	}
	v := r.ev.node(en, n, at)
	if text, ok := v.AsString(); ok && text != "" && (!r.address || !r.ev.differs(v)) {
		return text
	}
	r.ev.depth++
	defer func() { r.ev.depth-- }()
	var text string
	if n.Kind == expression.Call {
		text = r.call(en, n, at)
	} else {
		text = r.chain(en, n, at)
	}
	switch {
	case len(text) <= textLimit:
		return text
	case r.address:
		return short(text)
	default:
		return r.token(text, "")
	}
}

func (r *renderer) call(en env, n *expression.Node, at source.Range) string {
	switch name := strings.ToLower(n.Text); name {
	case "concat":
		var text strings.Builder
		for _, arg := range n.Args {
			text.WriteString(r.node(en, arg, at))
		}
		return text.String()
	case "format":
		if text, ok := r.format(en, n, at); ok {
			return text
		}
	case "tolower", "toupper", "string":
		// Names are compared without regard to case.
		if len(n.Args) == 1 {
			return r.node(en, n.Args[0], at)
		}
	case "parameters", "variables":
		return r.named(en, n, name, at)
	case "take", "replace", "trim", "substring":
		if r.address && len(n.Args) > 0 {
			return r.node(en, n.Args[0], at)
		}
	case "resourceid", "extensionresourceid", "subscriptionresourceid", "tenantresourceid", "managementgroupresourceid":
		if id, ok := r.id(en, n, name, at); ok && !r.address {
			return id
		}
	case "resourcegroup", "subscription", "managementgroup":
		return r.token(name+"()"+en.owner.place, n.Text)
	}
	return r.structure(en, n, at)
}

// structure renders what has no text of its own.
func (r *renderer) structure(en env, n *expression.Node, at source.Range) string {
	if r.address {
		return "{" + n.Text + "}"
	}
	parts := make([]string, len(n.Args))
	for i, arg := range n.Args {
		parts[i] = r.node(en, arg, at)
	}
	return r.token(strings.ToLower(n.Text)+"("+strings.Join(parts, "\x00")+")", n.Text)
}

// chain renders a.b[0].c; an output of a nested deployment as what it is there.
func (r *renderer) chain(en env, n *expression.Node, at source.Range) string {
	base, steps := r.ev.chain(en, n, at)
	if base.Kind == expression.Call && strings.EqualFold(base.Text, "reference") {
		if l := r.ev.outputOf(en, base, steps); l != nil && l.written != nil && !l.running {
			return r.lazy(l)
		}
	}
	var text strings.Builder
	text.WriteString(strings.Trim(r.node(en, base, at), "{}"))
	for _, s := range steps {
		if by, ok := s.by.AsString(); ok && s.by.Kind == resource.Number {
			text.WriteString("[" + by + "]")
		} else if ok {
			text.WriteString("." + by)
		} else {
			text.WriteString("[?" + s.by.Why + "]")
		}
	}
	return r.token(text.String(), text.String())
}

// named renders a parameter as what the outer deployment sets it to, a variable
// as what is declared.
func (r *renderer) named(en env, n *expression.Node, kind string, at source.Range) string {
	name, ok := "", false
	if len(n.Args) == 1 {
		name, ok = r.ev.node(en, n.Args[0], at).AsString()
	}
	if !ok || en.args != nil {
		return r.structure(env{owner: en.owner, frame: en.frame, loops: en.loops}, &expression.Node{Kind: expression.Call, Text: n.Text}, at)
	}
	if l, found := r.ev.lookup(en, kind, name); found && l.written != nil && !l.running {
		return r.lazy(l)
	}
	if kind == "parameters" {
		return r.token(en.owner.token(name), name)
	}
	return r.token("variables"+en.owner.token(name), name)
}

// lazy renders a value once: it is written in a place of its own, so that it is
// the same wherever it is asked for.
func (r *renderer) lazy(l *lazy) string {
	key := rendering{r.address, r.ev.generation}
	if text, done := l.rendered[key]; done {
		return text
	}
	l.running = true
	text := l.written(r)
	l.running = false
	if r.left > 0 {
		if l.rendered == nil {
			l.rendered = map[rendering]string{}
		}
		l.rendered[key] = text
	}
	return text
}

// format fills the plain items of a format.
func (r *renderer) format(en env, n *expression.Node, at source.Range) (string, bool) {
	if len(n.Args) == 0 {
		return "", false
	}
	pattern, ok := r.ev.node(en, n.Args[0], at).AsString()
	if !ok || strings.Contains(pattern, "{{") || strings.Contains(pattern, "}}") {
		return "", false
	}
	var text strings.Builder
	for rest := pattern; rest != ""; {
		start, after, found := strings.Cut(rest, "{")
		text.WriteString(start)
		if !found {
			break
		}
		item, next, _ := strings.Cut(after, "}")
		place, err := strconv.Atoi(item)
		if err != nil || place < 0 || place+1 >= len(n.Args) {
			return "", false
		}
		text.WriteString(r.node(en, n.Args[place+1], at))
		rest = next
	}
	return text.String(), true
}

// token stands for a text that is not known: one mark for one text, without a
// slash, so that it is one segment of an id.
func (r *renderer) token(text, readable string) string {
	if r.address {
		return "{" + strings.Map(func(char rune) rune {
			switch char {
			case '/':
				return '|'
			case '{', '}':
				return -1
			default:
				return char
			}
		}, readable) + "}"
	}
	mark, ok := r.ev.tokens[text]
	if !ok {
		mark = "\x01" + strconv.Itoa(len(r.ev.tokens)) + "\x02"
		r.ev.tokens[text] = mark
	}
	return mark
}
