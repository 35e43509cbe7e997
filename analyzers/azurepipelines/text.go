package azurepipelines

import (
	"bytes"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// expandText evaluates the template expressions in a text. A text that is one
// expression has the expression's type.
func (a *analysis) expandText(v resource.Value, s *scope) resource.Value {
	if !strings.Contains(v.Text, "${{") {
		return v
	}
	pieces := expression.Split(v.Text)
	if len(pieces) == 1 && pieces[0].Expression {
		return placed(a.evaluate(pieces[0].Text, v.At, s), v.At)
	}
	return joined(v.At, a.templateParts(v, s))
}

// resolve evaluates a value as a running step sees it: template expressions
// first, then $(name) and $[ … ].
func (a *analysis) resolve(v resource.Value, s *scope) resource.Value {
	v = a.settled(v, s)
	if !a.afford(v.At) {
		return resource.UnknownAt(v.At, "the pipelines expand to more than is followed")
	}
	switch {
	case v.IsUnknown() && strings.Contains(v.Hint, "$("):
		return a.replaced(v, s)
	case v.State != resource.Known:
	case v.Kind == resource.String:
		return a.runtimeText(v, s)
	case v.Kind == resource.List:
		items := make([]resource.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = a.resolve(item, s.expanded())
		}
		v.Items = items
	case v.Kind == resource.Object:
		fields := make([]resource.Field, len(v.Fields))
		for i, f := range v.Fields {
			f.Value = a.resolve(f.Value, s.expanded())
			fields[i] = f
		}
		v.Fields = fields
	}
	return v
}

// settled expands a value unless it is a text, whose places are still needed.
func (a *analysis) settled(v resource.Value, s *scope) resource.Value {
	if !isString(v) {
		return a.expand(v, s)
	}
	pieces := expression.Split(v.Text)
	if !s.literal && len(pieces) == 1 && pieces[0].Expression {
		return a.expand(v, s)
	}
	return v
}

func (a *analysis) runtimeText(v resource.Value, s *scope) resource.Value {
	if text := strings.TrimSpace(v.Text); strings.HasPrefix(text, "$[") && strings.HasSuffix(text, "]") {
		if v = a.expand(v, s); !isString(v) {
			return v
		}
		return a.runtimeExpression(v, s, 0)
	}
	if !strings.Contains(v.Text, "$(") && (s.literal || !strings.Contains(v.Text, "${{")) {
		return v
	}
	return joined(v.At, a.parts(v, s))
}

func (a *analysis) replaced(v resource.Value, s *scope) resource.Value {
	out := joined(v.At, a.macros(hinted(v), s, 0))
	out.Origin = v.Origin
	return out
}

// parts takes a text apart into its own stretches and what Azure Pipelines
// fills in before the step runs.
func (a *analysis) parts(v resource.Value, s *scope) []shell.Part {
	return a.macros(a.templateParts(v, s), s, 0)
}

// templateParts fills in the template expressions of a text only.
func (a *analysis) templateParts(v resource.Value, s *scope) []shell.Part {
	place := a.places(v)
	if s.literal {
		if a.isComputed(v) {
			place = fixed(v.At)
		}
		return []shell.Part{{Text: v.Text, At: place, Origin: v.Origin}}
	}
	var parts []shell.Part
	for _, piece := range expression.Split(v.Text) {
		at := place(piece.Start, piece.End)
		if piece.Expression {
			parts = append(parts, valueParts(a.evaluate(piece.Text, at, s), at)...)
			continue
		}
		parts = append(parts, shell.Part{Text: piece.Text, At: func(start, end int) source.Range {
			return place(piece.Start+start, piece.Start+end)
		}})
	}
	return parts
}

// isComputed reports whether an expression stands where a value is placed, so
// that the bytes there are not those of its text.
func (a *analysis) isComputed(v resource.Value) bool {
	f := a.files[v.At.File]
	return f == nil || v.At.Start < 0 || v.At.End > len(f.data) || v.At.Start > v.At.End ||
		bytes.Contains(f.data[v.At.Start:v.At.End], []byte("${{"))
}

// valueParts shows a value at the place of the expression that yields it.
func valueParts(v resource.Value, at source.Range) []shell.Part {
	if v.IsUnknown() {
		parts := hinted(v)
		for i := range parts {
			parts[i].At = fixed(at)
		}
		return parts
	}
	if v.IsKnown() && (v.Kind == resource.List || v.Kind == resource.Object) {
		return []shell.Part{{Unknown: "a list or mapping stands in a text", At: fixed(at)}}
	}
	return []shell.Part{{Text: expression.Text(v), At: fixed(at), Origin: v.Origin}}
}

// hinted returns the readable parts of an unknown text and the holes between.
func hinted(v resource.Value) []shell.Part {
	at := fixed(v.At)
	if !strings.ContainsRune(v.Hint, resource.Hole) {
		return []shell.Part{{Unknown: v.Why, At: at, Origin: v.Origin}}
	}
	var parts []shell.Part
	for i, text := range strings.Split(v.Hint, string(resource.Hole)) {
		if i > 0 {
			parts = append(parts, shell.Part{Unknown: v.Why, At: at, Origin: v.Origin})
		}
		if text != "" {
			parts = append(parts, shell.Part{Text: text, At: at, Origin: v.Origin})
		}
	}
	return parts
}

func fixed(at source.Range) func(int, int) source.Range {
	return func(int, int) source.Range { return at }
}

// joined puts parts together: text when all are known, else unknown with a hint.
func joined(at source.Range, parts []shell.Part) resource.Value {
	values := make([]resource.Value, len(parts))
	for i, part := range parts {
		if part.Unknown != "" {
			values[i] = resource.UnknownAt(at, part.Unknown)
		} else {
			values[i] = resource.StringAt(at, part.Text)
		}
		values[i].Origin = part.Origin
	}
	out := expression.Join(at, values...)
	if len(out.Origin) > maxOrigins {
		out.Origin = out.Origin[:maxOrigins]
	}
	return out
}

// places returns a function from bytes of a text to their place in its file.
func (a *analysis) places(v resource.Value) func(start, end int) source.Range {
	f := a.files[v.At.File]
	if f == nil || !isString(v) {
		return fixed(v.At)
	}
	offset := yaml.Positions(f.data, v)
	return func(start, end int) source.Range {
		from := offset(start)
		to := from
		if end > start {
			to = max(offset(end-1)+1, from)
		}
		return source.Range{File: v.At.File, Start: from, End: min(to, len(f.data))}
	}
}

// macros fills in $(name). A name may be put together from several parts.
func (a *analysis) macros(parts []shell.Part, s *scope, depth int) []shell.Part {
	text, starts := flat(parts)
	if !strings.Contains(text, "$(") {
		return parts
	}
	var out []shell.Part
	done := 0
	for at := 0; ; {
		open := strings.Index(text[at:], "$(")
		if open < 0 {
			break
		}
		open += at
		name, length := macroName(text[open:])
		if length == 0 {
			at = open + 2
			continue
		}
		place := between(parts, starts, open, open+length)
		filled, ok := a.macro(name, place, s, depth)
		if at = open + length; !ok {
			continue
		}
		out = append(out, cut(parts, starts, done, open)...)
		out = append(out, filled...)
		done = at
	}
	return append(out, cut(parts, starts, done, len(text))...)
}

const hole = string(resource.Hole)

// flat joins the texts of parts, with one hole for each that is not known.
func flat(parts []shell.Part) (text string, starts []int) {
	var b strings.Builder
	for _, part := range parts {
		starts = append(starts, b.Len())
		if part.Unknown != "" {
			b.WriteString(hole)
		} else {
			b.WriteString(part.Text)
		}
	}
	return b.String(), append(starts, b.Len())
}

// macroName reads "$(name)". Commands of a shell have other characters in them.
func macroName(text string) (name string, length int) {
	end := strings.IndexByte(text, ')')
	if end <= 2 || end > 200 {
		return "", 0
	}
	name = text[2:end]
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("._-"+hole, c) {
			return "", 0
		}
	}
	return name, end + 1
}

// cut returns the parts between two offsets of their joined text.
func cut(parts []shell.Part, starts []int, from, to int) []shell.Part {
	var out []shell.Part
	first, _ := slices.BinarySearch(starts, from)
	for i := max(0, first-1); i < len(parts) && starts[i] < to; i++ {
		low, high := max(from, starts[i]), min(to, starts[i+1])
		if low >= high {
			continue
		}
		part := parts[i]
		if part.Unknown == "" {
			at, shift := part.At, low-starts[i]
			part.Text = part.Text[shift : high-starts[i]]
			part.At = func(start, end int) source.Range { return at(shift+start, shift+end) }
		}
		out = append(out, part)
	}
	return out
}

// between places a stretch of the joined text.
func between(parts []shell.Part, starts []int, from, to int) source.Range {
	pieces := cut(parts, starts, from, to)
	if len(pieces) == 0 {
		return source.Range{}
	}
	first, last := pieces[0], pieces[len(pieces)-1]
	at := first.At(0, len(first.Text))
	if end := last.At(0, len(last.Text)); end.File == at.File && end.End > at.End {
		at.End = end.End
	}
	return at
}
