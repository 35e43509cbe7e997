package notebook

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// names are the variables of a notebook that are set exactly once, at the top
// level, by what is written there.
type names struct {
	values map[string]binding
	ruined map[string]bool // set more than once, in a loop, or by a caller
	work   int
}

// Limits of one file: tokens that are evaluated and bytes of one value.
const (
	maxTerms = 200_000
	maxText  = 4096
)

// binding is what a name is set to and the cell in which that is written.
type binding struct {
	cell   *cell
	tokens []token
}

// expression is what tokens evaluate to. Unknown parts are holes.
type expression struct {
	text    string
	unknown []string // what fills the holes
	dated   bool     // a date or time is part of it
}

// dateWords are the words that make a value of the current date or time in
// Python, Scala and SQL.
var dateWords = []string{
	"strftime", "now", "utcnow", "today", "isoformat", "current_date", "current_timestamp", "LocalDate", "LocalDateTime", "Instant", "DateTimeFormatter",
}

// learn notes the variables that a cell sets.
func (n *names) learn(c *cell, tokens []token) {
	if n.values == nil {
		n.values, n.ruined = map[string]binding{}, map[string]bool{}
	}
	for i, t := range tokens {
		if t.kind != word {
			continue
		}
		switch {
		case t.text == "for" || t.text == "def" || t.text == "lambda" || t.text == "as" || t.text == "global":
			n.ruin(tokens[i+1:])
		case i+1 < len(tokens) && tokens[i+1].kind == sign && t.depth == 0 && assigns(tokens[i+1].text):
			n.set(c, tokens, i)
		}
	}
}

func assigns(operator string) bool { return operator == "=" || operator == "+=" || operator == ":=" }

// maxBound is the number of tokens that one loop or head may have.
const maxBound = 100

// ruin marks what a loop, a function's head or "with … as" binds.
func (n *names) ruin(tokens []token) {
	for _, t := range tokens[:min(len(tokens), maxBound)] {
		if t.first || t.kind == sign && (t.text == ":" || t.text == "{") || t.kind == word && t.text == "in" {
			return
		}
		if t.kind == word {
			n.ruined[t.text] = true
		}
	}
}

// set notes the assignment whose name is at an index.
func (n *names) set(c *cell, tokens []token, at int) {
	name := tokens[at]
	statement := name.first || at > 0 && tokens[at-1].first && slices.Contains([]string{"val", "var"}, tokens[at-1].text)
	if !statement {
		return
	}
	_, twice := n.values[name.text]
	indent := name.indent
	if !name.first {
		indent = tokens[at-1].indent
	}
	if twice || indent > 0 || tokens[at+1].text != "=" {
		n.ruined[name.text] = true
		return
	}
	end := at + 2
	for end < len(tokens) && (!tokens[end].first || tokens[end].depth > 0 || tokens[end].kind == sign && tokens[end].text == ".") {
		end++
	}
	n.values[name.text] = binding{c, tokens[at+2 : end]}
}

func (n *names) get(name string) (binding, bool) {
	if n.work++; n.work > maxTerms {
		return binding{}, false
	}
	value, ok := n.values[name]
	return value, ok && !n.ruined[name]
}

const maxNames = 10 // names that lead to each other

// evaluate folds texts, names that are set once, "+" and os.path.join.
func (n *names) evaluate(tokens []token, depth int) (result expression) {
	if n.work += len(tokens); n.work > maxTerms {
		return expression{text: string(hole)}
	}
	for len(tokens) > 1 && isSign(tokens[0], "(") && isSign(tokens[len(tokens)-1], ")") && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	for _, part := range split(tokens, "+") {
		result.append(n.term(part, depth))
	}
	return result
}

func (e *expression) append(more expression) {
	if len(e.text)+len(more.text) > maxText {
		more.text = string(hole)
	}
	e.text += more.text
	e.dated = e.dated || more.dated
	for _, name := range more.unknown {
		if !slices.Contains(e.unknown, name) {
			e.unknown = append(e.unknown, name)
		}
	}
}

func (n *names) term(tokens []token, depth int) expression {
	switch {
	case len(tokens) == 0:
		return expression{}
	case len(tokens) == 1 && tokens[0].kind == number:
		return expression{text: tokens[0].text}
	case tokens[0].kind == text && isLiteral(tokens):
		return n.literal(tokens, depth)
	case len(tokens) == 1 && tokens[0].kind == word:
		if value, ok := n.get(tokens[0].text); ok && depth < maxNames {
			return n.evaluate(value.tokens, depth+1)
		}
	case isJoin(tokens):
		return n.join(tokens, depth)
	case len(tokens) > 2 && tokens[0].text == "str" && isSign(tokens[1], "(") && closing(tokens, 1) == len(tokens)-1:
		return n.evaluate(tokens[2:len(tokens)-1], depth)
	}
	return n.opaque(tokens, depth)
}

// isLiteral reports whether tokens are texts next to each other, with .format()
// or "%" behind them.
func isLiteral(tokens []token) bool {
	for len(tokens) > 0 && tokens[0].kind == text {
		tokens = tokens[1:]
	}
	switch {
	case len(tokens) == 0:
		return true
	case isSign(tokens[0], "%"):
		return true
	case len(tokens) > 3 && isSign(tokens[0], ".") && slices.Contains([]string{"format", "stripMargin", "strip"}, tokens[1].text) && isSign(tokens[2], "("):
		return closing(tokens, 2) == len(tokens)-1
	}
	return false
}

func hasDate(written string) bool {
	return strings.Contains(written, "%Y") || slices.ContainsFunc(dateWords, func(w string) bool { return strings.Contains(written, w+"(") || strings.Contains(written, "."+w) })
}

func isJoin(tokens []token) bool {
	return len(tokens) > 7 && tokens[0].text == "os" && tokens[2].text == "path" && tokens[4].text == "join" && isSign(tokens[5], "(") && closing(tokens, 5) == len(tokens)-1
}

func (n *names) join(tokens []token, depth int) (result expression) {
	for i, part := range split(tokens[6:len(tokens)-1], ",") {
		if i > 0 && !strings.HasSuffix(result.text, "/") {
			result.text += "/"
		}
		result.append(n.evaluate(part, depth+1))
	}
	return result
}

// opaque is an expression that only a run can evaluate.
func (n *names) opaque(tokens []token, depth int) expression {
	e := expression{text: string(hole)}
	for i, t := range tokens[:min(len(tokens), maxBound)] {
		if t.kind != word {
			continue
		}
		if slices.Contains(dateWords, t.text) {
			e.dated = true
		}
		if i > 0 && isSign(tokens[i-1], ".") {
			continue
		}
		if len(e.unknown) == 0 {
			e.unknown = []string{callee(tokens[i:])}
		}
		if value, ok := n.get(t.text); ok && depth < maxNames && n.opaque(value.tokens, depth+1).dated {
			e.dated = true
		}
	}
	return e
}

// callee names what the first of some tokens begins: "os.environ.get", or the
// widget whose value whoever runs a notebook sets.
func callee(tokens []token) string {
	words, i := []string{tokens[0].text}, 1
	for i+1 < len(tokens) && i < 2*maxNames && isSign(tokens[i], ".") && tokens[i+1].kind == word {
		words = append(words, tokens[i+1].text)
		i += 2
	}
	name := strings.Join(words, ".")
	if name == "dbutils.widgets.get" && i+1 < len(tokens) && isSign(tokens[i], "(") && tokens[i+1].kind == text {
		return "the widget " + tokens[i+1].text
	}
	return name
}

// value turns an expression into a positioned value.
func (e expression) value(at source.Range) resource.Value {
	if !strings.ContainsRune(e.text, hole) {
		return resource.StringAt(at, e.text)
	}
	v := resource.UnknownAt(at, "only a run of the code knows "+strings.Join(e.unknown, " and "))
	if len(e.unknown) == 0 {
		v.Why = "only a run of the code knows it"
	}
	var hint strings.Builder
	for i := range len(e.text) {
		if e.text[i] != hole {
			hint.WriteByte(e.text[i])
		} else if i == 0 || e.text[i-1] != hole {
			hint.WriteRune(resource.Hole)
		}
	}
	v.Hint = hint.String()
	return v
}

// datedValue says whether the place that an expression names is a new one for
// each run: known when it holds a date or no unknown part.
func (e expression) datedValue(at source.Range) resource.Value {
	switch {
	case e.dated:
		return resource.BoolAt(at, true)
	case !strings.ContainsRune(e.text, hole):
		return resource.BoolAt(at, false)
	default:
		return resource.UnknownAt(at, e.value(at).Why)
	}
}
