package shell

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const holeText = string(resource.Hole)

// Value returns a command as analyzers put it into a resource: an object with
// "words", placed at the command, and
// "conditional", "piped", "dir", "redirects" ({op, target}) and "via".
func (c Command) Value() resource.Value {
	words := make([]resource.Value, len(c.Words))
	for i, w := range c.Words {
		words[i] = w.Value()
	}
	fields := []resource.Field{
		{Name: "words", At: c.At, Value: resource.ListAt(c.At, words...)},
		{Name: "conditional", At: c.At, Value: resource.BoolAt(c.At, c.Conditional)},
	}
	if c.Piped {
		fields = append(fields, resource.Field{Name: "piped", At: c.At, Value: resource.BoolAt(c.At, true)})
	}
	if !c.Dir.Known || c.Dir.Text != "" {
		dir := c.Dir
		if dir.At.IsZero() {
			dir.At = c.At
		}
		fields = append(fields, resource.Field{Name: "dir", At: c.At, Value: dir.Value()})
	}
	if len(c.Redirects) > 0 {
		fields = append(fields, resource.Field{Name: "redirects", At: c.At, Value: redirectsValue(c)})
	}
	if len(c.Via) > 0 {
		fields = append(fields, resource.Field{Name: "via", At: c.At, Value: ViaValue(c.At, c.Via)})
	}
	return resource.ObjectAt(c.At, fields...)
}

func redirectsValue(c Command) resource.Value {
	var items []resource.Value
	for _, redirect := range c.Redirects {
		items = append(items, resource.ObjectAt(redirect.Target.At,
			resource.Field{Name: "op", At: redirect.Target.At, Value: resource.StringAt(redirect.Target.At, redirect.Op)},
			resource.Field{Name: "target", At: redirect.Target.At, Value: redirect.Target.Value()}))
	}
	return resource.ListAt(c.At, items...)
}

// ViaValue returns a chain of calls as a list of strings, each the name of the
// calling file, placed at the call.
func ViaValue(at source.Range, calls []source.Range) resource.Value {
	items := make([]resource.Value, len(calls))
	for i, call := range calls {
		items[i] = resource.StringAt(call, call.File)
	}
	return resource.ListAt(at, items...)
}

// Value returns a word as a string, known or not.
func (w Word) Value() resource.Value {
	v := resource.Value{State: resource.Known, Kind: resource.String, Text: w.Text, At: w.At, Origin: w.Origin}
	if !w.Known {
		v = resource.UnknownAt(w.At, w.Why)
		v.Hint, v.Origin = w.Hint, w.Origin
	}
	return v
}

// WordOf is the inverse of Word.Value.
func WordOf(v resource.Value) Word {
	if text, ok := v.AsString(); ok {
		return Word{Text: text, Known: true, At: v.At, Origin: v.Origin}
	}
	hint := v.Hint
	if hint == "" {
		hint = holeText
	}
	return Word{Hint: hint, Why: v.Why, At: v.At, Origin: v.Origin}
}

// CommandOf is the inverse of Command.Value.
func CommandOf(v resource.Value) Command {
	c := Command{At: v.At, Dir: Word{Known: true}}
	for _, w := range v.Get("words").Blocks() {
		c.Words = append(c.Words, WordOf(w))
	}
	c.Conditional, _ = v.Get("conditional").AsBool()
	c.Piped, _ = v.Get("piped").AsBool()
	if dir := v.Get("dir"); !dir.IsAbsent() {
		c.Dir = WordOf(dir)
	}
	for _, redirect := range v.Get("redirects").Blocks() {
		op, _ := redirect.Get("op").AsString()
		c.Redirects = append(c.Redirects, Redirect{Op: op, Target: WordOf(redirect.Get("target"))})
	}
	for _, call := range v.Get("via").Blocks() {
		c.Via = append(c.Via, call.At)
	}
	return c
}

// String shows a command for people, with "…" for what is not known.
func (c Command) String() string {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = strings.ReplaceAll(w.Readable(), holeText, "…")
	}
	return strings.Join(words, " ")
}
