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
	lookup Lookup
	called bool // a function was called
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

// value reads a literal, a call or a context, and its ".name" and "[index]".
func (p *parser) value(depth int) (resource.Value, error) {
	if depth > maxDepth {
		return resource.Value{}, errorf("it nests deeper than %d levels", maxDepth)
	}
	t := p.peek()
	if t.kind != end {
		p.next++
	}
	switch {
	case t.kind == number:
		return resource.NumberAt(source.Range{}, t.num), nil
	case t.kind == text:
		return p.members(resource.StringAt(source.Range{}, t.text), depth)
	case t.kind == name && isLiteral(t.text):
		return literal(t.text), nil
	case t.kind == name && p.take("("):
		p.called = true
		v, err := p.call(t.text, depth)
		if err != nil {
			return v, err
		}
		return p.members(v, depth)
	case t.kind == name:
		return p.context(t.text, depth)
	case t.kind == end:
		return resource.Value{}, errorf("it ends too early")
	default:
		return resource.Value{}, errorf("%q is not expected here", t.text)
	}
}

func isLiteral(word string) bool {
	switch strings.ToLower(word) {
	case "true", "false", "null":
		return true
	}
	return false
}

func literal(word string) resource.Value {
	if strings.EqualFold(word, "null") {
		return resource.NullAt(source.Range{})
	}
	return boolean(strings.EqualFold(word, "true"))
}

func boolean(truth bool) resource.Value { return resource.BoolAt(source.Range{}, truth) }

// condition keeps an unknown value's reason for a result that is true or false.
func condition(v resource.Value) resource.Value {
	return resource.Value{State: resource.Unknown, Kind: resource.Bool, Why: v.Why, Origin: v.Origin}
}

// call evaluates a function; the opening bracket is consumed.
func (p *parser) call(function string, depth int) (resource.Value, error) {
	var args []resource.Value
	for !p.take(")") {
		if len(args) > 0 {
			if err := p.expect(","); err != nil {
				return resource.Value{}, err
			}
		}
		arg, err := p.value(depth + 1)
		if err != nil {
			return resource.Value{}, err
		}
		args = append(args, arg)
	}
	f, found := functions[strings.ToLower(function)]
	if !found {
		return resource.Value{}, errorf("there is no function %s", function)
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return resource.Value{}, errorf("%s does not take %d arguments", function, len(args))
	}
	return f.apply(args), nil
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
		index, err := p.value(depth + 1)
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
// a list; "*" yields all of them.
func Member(v resource.Value, key string) resource.Value {
	switch {
	case v.IsUnknown():
		return v
	case key == "*":
		return all(v)
	case v.Kind == resource.List:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v.Items) {
			return v.Items[i]
		}
		if filtered, ok := pluck(v, key); ok {
			return filtered
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

func all(v resource.Value) resource.Value {
	list := resource.ListAt(v.At)
	for _, f := range v.Fields {
		list.Items = append(list.Items, f.Value)
	}
	list.Items = append(list.Items, v.Items...)
	return list
}

// pluck takes a member of every object in a list, as "jobs.*.name" asks for.
func pluck(v resource.Value, key string) (resource.Value, bool) {
	list := resource.ListAt(v.At)
	for _, item := range v.Items {
		if item.IsUnknown() {
			return item, true
		}
		if item.Kind != resource.Object {
			return resource.Value{}, false
		}
		if member := Member(item, key); !member.IsAbsent() {
			list.Items = append(list.Items, member)
		}
	}
	return list, len(v.Items) > 0
}
