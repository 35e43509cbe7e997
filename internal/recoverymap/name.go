package recoverymap

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
)

// stars finds the parts of a name that are not known; each appears as one star.
var stars = regexp.MustCompile("\uFFFC+")

// name is what people call an asset: the name that the provider sees, after that
// of its account; the address where it is not known.
func (x *index) name(a *model.Asset) string {
	own := ownName(a)
	if outer := x.outer(a); outer != nil {
		return ownName(outer) + "/" + own
	}
	return own
}

func ownName(a *model.Asset) string {
	if a.Kind == model.StateStore {
		return "state of " + clean(folder(environment.Root(a.Root, a.Environment)))
	}
	if name := a.Name.Text(); name != "" {
		return clean(name)
	}
	if hint := stars.ReplaceAllString(a.NameHint, "*"); strings.Trim(hint, "*-_/. ") != "" {
		return clean(hint)
	}
	return clean(cmp.Or(a.Address, a.ID))
}

func folder(root string) string {
	if root == "." || root == "" {
		return "the root"
	}
	return path.Clean(root)
}

// distinguish adds to names that several rows of a map share what tells them
// apart: the root, the address, or both.
func distinguish(m *Map) {
	root := func(row *Row) string { return folder(environment.Root(row.Asset.Root, row.Asset.Environment)) }
	address := func(row *Row) string { return row.Asset.Address }
	both := func(row *Row) string { return root(row) + ", " + address(row) }
	shared := map[string][]*Row{}
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			shared[row.Name] = append(shared[row.Name], row)
		}
	}
	for _, rows := range shared {
		for _, by := range []func(*Row) string{root, address, both} {
			if labels, ok := tails(rows, by); len(rows) > 1 && ok {
				for i, row := range rows {
					row.Name += " (" + clean(labels[i]) + ")"
				}
				break
			}
		}
	}
}

// tails are the shortest ends of paths that tell rows apart; false when even the
// whole paths do not.
func tails(rows []*Row, by func(*Row) string) (labels []string, ok bool) {
	longest := 0
	for _, row := range rows {
		longest = max(longest, strings.Count(by(row), "/")+1)
	}
	for segments := 1; segments <= longest; segments++ {
		seen := map[string]bool{}
		labels = labels[:0]
		for _, row := range rows {
			parts := strings.Split(by(row), "/")
			label := strings.Join(parts[max(0, len(parts)-segments):], "/")
			labels = append(labels, label)
			seen[label] = true
		}
		if len(seen) == len(rows) {
			return labels, true
		}
	}
	return nil, false
}

// clean makes text from a repository safe for one line of any format: control
// characters and the marks that reorder text appear as U+XXXX.
func clean(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case hidden(r):
			b.WriteString("<" + strings.ToUpper(hexadecimal(r)) + ">")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}

func hexadecimal(r rune) string {
	const digits = "0123456789ABCDEF"
	text := []byte{digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]}
	return "U+" + string(text)
}

// capital makes the first letter large.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// listed joins words as a sentence does: "a, b and c".
func listed(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
	}
}

// shortlist names the first few and counts the rest.
func shortlist(items []string, most int) string {
	if len(items) <= most {
		return listed(items)
	}
	return listed(append(slices.Clone(items[:most]), number(len(items)-most)+" more"))
}
