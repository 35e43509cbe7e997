package expression

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// parser evaluates while it parses: expressions are short and used once.
type parser struct {
	tokens []token
	next   int
	at     source.Range
	lookup Lookup
}

func (p *parser) peek() token { return p.tokens[p.next] }

// take consumes a symbol when it comes next.
func (p *parser) take(text string) bool {
	if t := p.peek(); t.kind == symbol && t.text == text {
		p.next++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if p.take(text) {
		return nil
	}
	return errorf("%q is expected instead of %q", text, p.peek().text)
}

// or returns the first true operand or the last one.
func (p *parser) or(depth int) (resource.Value, error) {
	if depth > maxDepth {
		return resource.Value{}, errorf("it nests deeper than %d levels", maxDepth)
	}
	left, err := p.and(depth)
	for err == nil && p.take("||") {
		var right resource.Value
		if right, err = p.and(depth); err != nil {
			break
		}
		truth, known := Truth(left)
		rightTruth, rightKnown := Truth(right)
		switch {
		case known && !truth:
			left = right
		case !known && rightKnown && rightTruth && right.Kind == resource.Bool && isCondition(left):
			left = right
		}
	}
	return left, err
}

// and returns the first false operand or the last one. An unknown operand is
// followed by a false one as by a true one: the result is false either way, but
// which value it has is not known.
func (p *parser) and(depth int) (resource.Value, error) {
	left, err := p.comparison(depth)
	for err == nil && p.take("&&") {
		var right resource.Value
		if right, err = p.comparison(depth); err != nil {
			break
		}
		truth, known := Truth(left)
		rightTruth, rightKnown := Truth(right)
		switch {
		case known && truth:
			left = right
		case !known && rightKnown && !rightTruth && right.Kind == resource.Bool && isCondition(left):
			left = right
		}
	}
	return left, err
}

// isCondition reports whether an unknown value can only be true or false.
func isCondition(v resource.Value) bool { return v.Kind == resource.Bool }

func (p *parser) comparison(depth int) (resource.Value, error) {
	left, err := p.unary(depth)
	for err == nil {
		op := p.peek().text
		if p.peek().kind != symbol || op != "==" && op != "!=" && op != "<" && op != "<=" && op != ">" && op != ">=" {
			break
		}
		p.next++
		var right resource.Value
		if right, err = p.unary(depth); err == nil {
			left = compare(op, left, right)
		}
	}
	return left, err
}

func (p *parser) unary(depth int) (resource.Value, error) {
	negations := 0
	for p.take("!") {
		negations++
	}
	v, err := p.postfix(depth)
	if err != nil || negations == 0 {
		return v, err
	}
	truth, known := Truth(v)
	if !known {
		return condition(v), nil
	}
	return boolean(truth == (negations%2 == 0)), nil
}

// condition keeps an unknown value's reason for a result that is true or false.
func condition(v resource.Value) resource.Value {
	return resource.Value{State: resource.Unknown, Kind: resource.Bool, Why: v.Why, Origin: v.Origin}
}

func boolean(truth bool) resource.Value { return resource.BoolAt(source.Range{}, truth) }

// postfix reads a primary and its ".name" and "[index]".
func (p *parser) postfix(depth int) (resource.Value, error) {
	t := p.peek()
	if t.kind == name && !isLiteral(t.text) {
		p.next++
		if p.take("(") {
			v, err := p.call(t.text, depth)
			if err != nil {
				return v, err
			}
			return p.members(v, depth)
		}
		return p.context(t.text, depth)
	}
	v, err := p.primary(depth)
	if err != nil {
		return v, err
	}
	return p.members(v, depth)
}

func isLiteral(word string) bool {
	switch word {
	case "true", "false", "null", "NaN", "Infinity":
		return true
	}
	return false
}

func (p *parser) primary(depth int) (resource.Value, error) {
	t := p.peek()
	p.next++
	switch {
	case t.kind == number:
		return resource.NumberAt(source.Range{}, t.num), nil
	case t.kind == text:
		return resource.StringAt(source.Range{}, t.text), nil
	case t.kind == name && (t.text == "true" || t.text == "false"):
		return boolean(t.text == "true"), nil
	case t.kind == name:
		return resource.NullAt(source.Range{}), nil
	case t.kind == symbol && t.text == "(":
		v, err := p.or(depth + 1)
		if err == nil {
			err = p.expect(")")
		}
		return v, err
	}
	p.next--
	if t.kind == end {
		return resource.Value{}, errorf("it ends too early")
	}
	return resource.Value{}, errorf("%q is not expected here", t.text)
}

// context reads a path and looks it up as a whole.
func (p *parser) context(root string, depth int) (resource.Value, error) {
	path := []string{root}
	for {
		key, unknown, more, err := p.key(depth)
		switch {
		case err != nil:
			return resource.Value{}, err
		case !more:
			return p.lookup(path), nil
		case unknown != nil:
			if _, err := p.members(*unknown, depth); err != nil {
				return resource.Value{}, err
			}
			return *unknown, nil
		}
		path = append(path, key)
	}
}

// key reads one ".name" or "[index]". An index that is not known is returned
// as unknown.
func (p *parser) key(depth int) (key string, unknown *resource.Value, more bool, err error) {
	switch {
	case p.take("."):
		t := p.peek()
		if t.kind != name && (t.kind != symbol || t.text != "*") {
			return "", nil, false, errorf("a name is expected instead of %q", t.text)
		}
		p.next++
		return t.text, nil, true, nil
	case p.take("["):
		if p.take("*") {
			return "*", nil, true, p.expect("]")
		}
		index, err := p.or(depth + 1)
		if err != nil {
			return "", nil, false, err
		}
		if err := p.expect("]"); err != nil {
			return "", nil, false, err
		}
		if text, ok := index.AsString(); ok {
			return text, nil, true, nil
		}
		if !index.IsUnknown() {
			index = resource.UnknownAt(source.Range{}, "an index is not a text")
		}
		return "", &index, true, nil
	}
	return "", nil, false, nil
}

// members applies ".name" and "[index]" to a value that is not a context.
func (p *parser) members(v resource.Value, depth int) (resource.Value, error) {
	for {
		key, unknown, more, err := p.key(depth)
		switch {
		case err != nil || !more:
			return v, err
		case unknown != nil:
			v = *unknown
		default:
			v = Member(v, key)
		}
	}
}

// Member returns a member of an object, whose names ignore case, or an item of
// a list. "*" is not followed.
func Member(v resource.Value, key string) resource.Value {
	switch {
	case v.IsUnknown():
		return v
	case key == "*":
		return resource.UnknownAt(v.At, "an object filter is not followed")
	case v.Kind == resource.List:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v.Items) {
			return v.Items[i]
		}
	case v.Kind == resource.Object:
		for _, f := range v.Fields {
			if strings.EqualFold(f.Name, key) {
				return f.Value
			}
		}
	}
	return resource.NullAt(v.At)
}
