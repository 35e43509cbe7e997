package yaml

import (
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// maxDepth bounds the nesting of a document once its aliases are followed.
const maxDepth = 500

// reader converts the nodes of one document.
type reader struct {
	*problems
	*places
	tags    []Tag
	depth   int
	count   int  // values so far, those behind aliases included
	aliased *int // what is left of the file's budget for values behind aliases
	anchors map[*node]*anchored
	repeats func(key string) bool // keys that a mapping may write again; nil: none
}

// value converts a node. The span is its text in the piece, without anchor and
// tag; for an alias it is the alias itself, while the value keeps the place of
// what it stands for.
func (r *reader) value(n *node) (resource.Value, span) {
	if n.Kind == aliasNode {
		return r.alias(n)
	}
	start := r.of(n)
	content := r.afterProperties(n, start)
	if r.depth == maxDepth {
		r.add(source.Error, "yaml/too-deep", r.base+content, r.base+content,
			"the document nests deeper than 500 levels here", "Flatten it, or exclude the file when it is generated.")
		return resource.UnknownAt(r.at(span{content, content}), "it is nested too deeply to be read"), span{content, content}
	}
	r.depth++
	defer func() { r.depth-- }()
	r.count++
	done := r.define(n)
	tag, custom := r.customTag(n)
	value, extent := r.content(n, content, !custom && r.nonSpecific(n, start))
	if custom {
		r.tags[tag].Value = value
		value = resource.UnknownAt(value.At, "the custom tag "+n.Tag+" is not resolved")
	}
	done(value)
	return value, extent
}

func (r *reader) at(extent span) source.Range {
	return source.Range{File: r.path, Start: r.base + extent.start, End: r.base + extent.end}
}

// customTag reserves the place of a custom tag, so that the tags are listed in
// the order of the text.
func (r *reader) customTag(n *node) (index int, ok bool) {
	if n.Style&taggedStyle == 0 || isStandard(n.Tag) {
		return 0, false
	}
	r.tags = append(r.tags, Tag{Name: n.Tag})
	return len(r.tags) - 1, true
}

// nonSpecific reports whether a scalar has the tag "!", which makes it a string.
func (r *reader) nonSpecific(n *node, start int) bool {
	return n.Kind == scalarNode && n.Style == 0 && start < len(r.text) && r.text[start] == '!'
}

func (r *reader) content(n *node, start int, isText bool) (resource.Value, span) {
	switch n.Kind {
	case mappingNode:
		return r.mapping(n, start)
	case sequenceNode:
		return r.sequence(n, start)
	default:
		extent := span{start, start}
		if hasText(n) {
			extent.end = trace(r.text, start, n.Value, nil)
		}
		if isText {
			return resource.StringAt(r.at(extent), n.Value), extent
		}
		return scalar(n, r.at(extent)), extent
	}
}

func (r *reader) sequence(n *node, start int) (resource.Value, span) {
	extent := span{start, start}
	items := make([]resource.Value, 0, len(n.Content))
	for _, child := range n.Content {
		item, place := r.value(child)
		items = append(items, item)
		extent.end = max(extent.end, place.end)
	}
	if n.Style&flowStyle != 0 {
		extent.end = r.closeFlow(extent, ']')
	}
	return resource.ListAt(r.at(extent), items...), extent
}

// closeFlow returns the offset after the bracket that ends a flow collection,
// whose last child ends where the extent does.
func (r *reader) closeFlow(extent span, bracket byte) int {
	at := max(extent.end, min(extent.start+1, len(r.text)))
	for at < len(r.text) {
		switch r.text[at] {
		case bracket:
			return at + 1
		case ',', ':', '?':
			at++
		default:
			next := skipSpace(r.text, at)
			if next == at {
				return extent.end
			}
			at = next
		}
	}
	return extent.end
}
