package functions

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"go.yaml.in/yaml/v3"

	"github.com/drlint/drlint/internal/guard"
)

// yamlFunctions keep what they decode: bounding a call takes parsing the text
// already, and one file is often read by every instance of a module.
func (t *table) yamlFunctions() map[string]entry {
	return map[string]entry{
		"yamldecode": {fn: t.yamlDecode(), bound: t.boundYAML},
		"yamlencode": {fn: yamlEncode()},
	}
}

func (t *table) boundYAML(c *call) string {
	text, ok := c.text(0)
	if !ok {
		return ""
	}
	// Each value has a line, a comma or a bracket of its own.
	if strings.Count(text, "\n")+strings.Count(text, ",")+strings.Count(text, "[")+strings.Count(text, "- ") >= c.limit.Elements {
		return c.tooMany()
	}
	if why := c.guarded(text, guard.YAML); why != "" {
		return why
	}
	const parseSteps = 4
	if why := c.budget.spend(int64(len(text)) * parseSteps); why != "" {
		return why
	}
	if t.decodedYAML(text).tooMany {
		return c.tooMany()
	}
	return ""
}

func (t *table) decodedYAML(text string) decoded {
	return t.cache.decoded(cacheKey{"yaml", t.limit.Elements, text}, func() decoded {
		document, err := parseYAML(text)
		if err != nil {
			return decoded{err: err}
		}
		// Aliases may stand for more than the text holds.
		size := yamlSize{left: t.limit.Elements, open: make(map[*yaml.Node]bool)}
		if size.add(document, 0); size.left < 0 {
			return decoded{tooMany: true}
		}
		r := yamlReader{open: make(map[*yaml.Node]bool)}
		value, err := r.value(document)
		return decoded{value: value, err: err}
	})
}

// parseYAML reads the only document of a text.
func parseYAML(text string) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, errors.New("there is no document in the text")
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("line %d: only a single document is allowed", second.Line)
	}
	return document.Content[0], nil
}

// maxAliasDepth bounds aliases inside of what aliases stand for.
const maxAliasDepth = 100

// yamlSize counts the values that nodes stand for, until there are too many. An
// alias for something around it counts nothing: reading it is an error.
type yamlSize struct {
	left int
	open map[*yaml.Node]bool
}

func (s *yamlSize) add(node *yaml.Node, aliases int) {
	if node.Kind == yaml.AliasNode {
		switch {
		case aliases >= maxAliasDepth:
			s.left = -1
		case !s.open[node.Alias]:
			s.add(node.Alias, aliases+1)
		}
		return
	}
	s.left--
	s.open[node] = true
	for i := 0; i < len(node.Content) && s.left >= 0; i++ {
		s.add(node.Content[i], aliases)
	}
	delete(s.open, node)
}

func (t *table) yamlDecode() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{textParam("src")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			read := t.decodedYAML(args[0].AsString())
			if read.err != nil {
				return cty.NilVal, function.NewArgError(0, read.err)
			}
			return read.value, nil
		},
	})
}

// yamlReader makes values of nodes. open holds the collections around the
// present node.
type yamlReader struct {
	open map[*yaml.Node]bool
}

func (r *yamlReader) value(node *yaml.Node) (cty.Value, error) {
	switch node.Kind {
	case yaml.AliasNode:
		if r.open[node.Alias] {
			return cty.NilVal, fmt.Errorf("line %d: cannot refer to anchor %q from inside its own definition", node.Line, node.Value)
		}
		return r.value(node.Alias)
	case yaml.MappingNode:
		return r.collection(node, "!!map", r.mapping)
	case yaml.SequenceNode:
		return r.collection(node, "!!seq", r.sequence)
	default:
		return yamlScalar(node)
	}
}

func (r *yamlReader) collection(node *yaml.Node, tag string, read func(*yaml.Node) (cty.Value, error)) (cty.Value, error) {
	if given := explicitTag(node); given != "" && given != tag {
		return cty.NilVal, fmt.Errorf("line %d: unsupported tag %q", node.Line, given)
	}
	r.open[node] = true
	defer delete(r.open, node)
	return read(node)
}

func (r *yamlReader) sequence(node *yaml.Node) (cty.Value, error) {
	elements := make([]cty.Value, len(node.Content))
	for i, child := range node.Content {
		v, err := r.value(child)
		if err != nil {
			return cty.NilVal, err
		}
		elements[i] = v
	}
	return cty.TupleVal(elements), nil
}

// mapping lets the last of equal keys win, also those that << brings in.
func (r *yamlReader) mapping(node *yaml.Node) (cty.Value, error) {
	members := make(map[string]cty.Value, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		v, err := r.value(node.Content[i+1])
		if err != nil {
			return cty.NilVal, err
		}
		if isMergeKey(key) {
			if err := merge(members, v); err != nil {
				return cty.NilVal, fmt.Errorf("line %d: %w", key.Line, err)
			}
			continue
		}
		name, err := yamlKey(key)
		if err != nil {
			return cty.NilVal, err
		}
		members[name] = v
	}
	return cty.ObjectVal(members), nil
}

func isMergeKey(key *yaml.Node) bool {
	tag := explicitTag(key)
	return key.Kind == yaml.ScalarNode && (tag == "" && key.Value == "<<" || tag == "!!merge")
}

func merge(members map[string]cty.Value, from cty.Value) error {
	if from.Type().IsTupleType() {
		for _, element := range from.AsValueSlice() {
			if element.Type().IsTupleType() {
				return errors.New("<< takes a mapping or a sequence of mappings")
			}
			if err := merge(members, element); err != nil {
				return err
			}
		}
		return nil
	}
	if !from.Type().IsObjectType() {
		return errors.New("<< takes a mapping or a sequence of mappings")
	}
	for name, v := range from.AsValueMap() {
		members[name] = v
	}
	return nil
}

func yamlKey(key *yaml.Node) (string, error) {
	if key.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("line %d: only strings are allowed as mapping keys", key.Line)
	}
	v, err := resolveYAML(key)
	if err != nil {
		return "", err
	}
	name, err := convert.Convert(v, cty.String)
	if err != nil || name.IsNull() {
		return "", fmt.Errorf("line %d: a mapping key cannot be null", key.Line)
	}
	return name.AsString(), nil
}
