package databricks

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// text resolves the references in a string. A string that is one reference
// takes the type of what it names.
func (e *evaluation) text(v resource.Value) resource.Value {
	open := strings.Index(v.Text, "${")
	if open < 0 {
		return v
	}
	if reference, rest, ok := cutReference(v.Text); ok && rest == "" {
		return placed(e.reference(reference, v.At), v.At)
	}
	whole := resource.Value{State: resource.Known, Kind: resource.String, At: v.At}
	var text strings.Builder
	for rest := v.Text; rest != ""; {
		reference, after, ok := cutReference(rest)
		if !ok {
			next := strings.Index(rest[1:], "${") + 1
			if next == 0 {
				next = len(rest)
			}
			text.WriteString(rest[:next])
			rest = rest[next:]
			continue
		}
		text.WriteString(e.part(&whole, placed(e.reference(reference, v.At), v.At)))
		rest = after
		if text.Len() > maxText {
			return resource.UnknownAt(v.At, "the text grows beyond 1 MiB")
		}
	}
	if whole.State == resource.Unknown {
		whole.Hint = text.String()
		return whole
	}
	whole.Text = text.String()
	return whole
}

// part returns the text of one reference within a string and records in whole
// what it means for the string.
func (e *evaluation) part(whole *resource.Value, part resource.Value) string {
	whole.Refs = append(whole.Refs, part.Refs...)
	whole.Origin = joined(whole.Origin, part.Origin)
	if text, ok := part.AsString(); ok {
		return text
	}
	if whole.State == resource.Known {
		whole.State, whole.Kind, whole.Why = resource.Unknown, resource.Null, part.Why
		if part.Why == "" {
			whole.Why = "it names something that is no text"
		}
	}
	if part.Hint != "" {
		return part.Hint
	}
	return string(resource.Hole)
}

// cutReference takes "${path}" from the start of a text. The path follows the
// grammar of databricks/cli (libs/dyn/dynvar: names of letters, digits, "-" and
// "_", separated by dots, with indexes in brackets); anything else is no reference.
func cutReference(text string) (reference, rest string, ok bool) {
	inner, found := strings.CutPrefix(text, "${")
	if !found {
		return "", text, false
	}
	end := strings.IndexByte(inner, '}')
	if end <= 0 {
		return "", text, false
	}
	for i := range end {
		if char := inner[i]; !isNamePart(char) && !strings.ContainsRune(".[]", rune(char)) {
			return "", text, false
		}
	}
	return inner[:end], inner[end+1:], true
}

func isNamePart(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char >= '0' && char <= '9' || char == '_' || char == '-'
}

// placed moves a value to where its name is written and keeps where it was set.
func placed(v resource.Value, at source.Range) resource.Value {
	if v.At != at {
		v.Origin = joined([]source.Range{v.At}, v.Origin)
	}
	v.At = at
	return v
}

func joined(first, more []source.Range) []source.Range {
	origins := slices.Clone(first)
	for _, at := range more {
		if !at.IsZero() && !slices.Contains(origins, at) && len(origins) < maxOrigins {
			origins = append(origins, at)
		}
	}
	return slices.DeleteFunc(origins, source.Range.IsZero)
}
