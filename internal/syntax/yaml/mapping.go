package yaml

import (
	"bytes"
	"slices"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// mapping converts an object: its own members in written order, then those
// that it merges in.
func (r *reader) mapping(n *node, start int) (resource.Value, span) {
	members := &members{reader: r, fields: make([]resource.Field, 0, len(n.Content)/2)}
	extent := span{start, start}
	for i := 0; i+1 < len(n.Content); i += 2 {
		keyNode, valueNode := n.Content[i], n.Content[i+1]
		key, keyPlace := r.value(keyNode)
		value, valuePlace := r.memberValue(valueNode, keyPlace.end)
		if i == 0 && !isExplicitFlow(n) {
			extent.start = min(max(keyPlace.start, 0), len(r.text))
		}
		extent.end = max(extent.end, keyPlace.end, valuePlace.end)
		if keyNode.Kind == scalarNode && keyNode.Tag == mergeTag {
			members.merge(value, valuePlace)
			continue
		}
		members.own(keyNode, key, keyPlace, value)
	}
	if isExplicitFlow(n) {
		extent.end = r.closeFlow(extent, '}')
	}
	return members.object(r.at(extent)), extent
}

// memberValue converts the value after a key. The parser places the value of a
// key without a colon ("? a", "{a}") where the next token starts, which may be
// far away; it belongs behind the key.
func (r *reader) memberValue(n *node, keyEnd int) (resource.Value, span) {
	value, place := r.value(n)
	if place.start == place.end && place.start > keyEnd && bytes.IndexByte(r.text[keyEnd:place.start], ':') < 0 && !hasText(n) {
		place = span{keyEnd, keyEnd}
		value.At = r.at(place)
	}
	return value, place
}

// isExplicitFlow reports whether a mapping has braces: a single pair in a flow
// sequence has none and starts where its key does.
func isExplicitFlow(n *node) bool {
	if n.Style&flowStyle == 0 {
		return false
	}
	return len(n.Content) == 0 || n.Content[0].Line != n.Line || n.Content[0].Column != n.Column
}

// members gathers the members of one object.
type members struct {
	*reader
	fields []resource.Field
	index  map[string]int // of fields, once there are many
	merged []resource.Value
	gap    string // why further members cannot be known
}

// few is the number of members up to which a search needs no index.
const few = 16

// find returns the place of a member, or -1.
func (m *members) find(name string) int {
	if m.index == nil {
		return slices.IndexFunc(m.fields, func(field resource.Field) bool { return field.Name == name })
	}
	if place, exists := m.index[name]; exists {
		return place
	}
	return -1
}

func (m *members) append(field resource.Field) {
	m.fields = append(m.fields, field)
	switch {
	case m.index != nil:
		m.index[field.Name] = len(m.fields) - 1
	case len(m.fields) > few:
		m.index = make(map[string]int, cap(m.fields))
		for i := range m.fields {
			m.index[m.fields[i].Name] = i
		}
	}
}

// own adds a member that the mapping writes itself; the last of a name wins.
func (m *members) own(n *node, key resource.Value, place span, value resource.Value) {
	if n.Kind == aliasNode {
		n = n.Alias
	}
	if n.Kind != scalarNode {
		m.add(source.Warning, "yaml/complex-key", m.base+place.start, m.base+place.end,
			"a key that is a list or a mapping is not read", "Quote the key if it is meant as text, as a template in braces is.")
		return
	}
	field := resource.Field{Name: n.Value, At: key.At, Value: value}
	if m.repeats != nil && m.repeats(n.Value) {
		m.append(field)
		return
	}
	if first := m.find(n.Value); first >= 0 {
		m.add(source.Warning, "yaml/duplicate-key", m.base+place.start, m.base+place.end,
			"the key "+quote(n.Value)+" is written twice in one mapping", "The last one counts here; other readers refuse the file. Remove one of them.")
		m.fields[first] = field
		return
	}
	m.append(field)
}

// merge takes in the value of "<<": a mapping, or a list of them of which the
// earlier ones win.
func (m *members) merge(value resource.Value, place span) {
	for _, object := range value.Blocks() {
		switch {
		case object.IsUnknown():
			m.gap = object.Why
		case object.IsKnown() && object.Kind == resource.Object:
			m.merged = append(m.merged, object)
		default:
			m.add(source.Warning, "yaml/bad-merge", m.base+place.start, m.base+place.end,
				"only a mapping or a list of mappings can be merged with <<", "Let the alias name an anchor on a mapping.")
		}
	}
}

// object is unknown as a whole when something that cannot be resolved is
// merged in: any member might come from there.
func (m *members) object(at source.Range) resource.Value {
	if m.gap != "" {
		return resource.UnknownAt(at, m.gap)
	}
	for _, object := range m.merged {
		for _, field := range object.Fields {
			if m.find(field.Name) < 0 {
				m.append(field)
			}
		}
	}
	return resource.ObjectAt(at, m.fields...)
}
