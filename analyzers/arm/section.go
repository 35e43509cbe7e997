package arm

import (
	"bytes"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// declaredParameters returns the lower-case names of the parameters of a
// template. It reads no more than that section: which parameter file belongs to
// which template is asked of many templates.
func declaredParameters(tree source.Tree, file string) map[string]bool {
	declared := map[string]bool{}
	data, problem := guard.Read(tree.FS, file, guard.JSON)
	if problem != nil {
		return declared
	}
	v, _ := jsonc.Parse(file, section(data, "parameters"), syntax)
	for _, field := range members(v) {
		declared[strings.ToLower(field.Name)] = true
	}
	return declared
}

// section returns the text of a member of the outermost object, from its value
// on to the end of that, or nothing. It looks at brackets and strings only.
func section(data []byte, name string) []byte {
	depth, start, quoted := 0, -1, []byte(`"`+name+`"`)
	for at := 0; at < len(data); at++ {
		switch data[at] {
		case '"':
			end := stringEnd(data, at)
			if depth == 1 && start < 0 && bytes.EqualFold(data[at:end], quoted) && followedByColon(data[end:]) {
				start = end + bytes.IndexByte(data[end:], ':') + 1
			}
			at = end - 1
		case '/':
			at = commentEnd(data, at) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; start >= 0 && depth == 1 {
				return data[start : at+1]
			}
		}
	}
	return nil
}

func followedByColon(rest []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
}

func stringEnd(data []byte, at int) int {
	for at++; at < len(data); at++ {
		switch data[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(data)
}

// commentEnd is the offset after a comment, or after the slash that starts none.
func commentEnd(data []byte, at int) int {
	rest := data[at+1:]
	var end int
	switch {
	case bytes.HasPrefix(rest, []byte("/")):
		end = bytes.IndexByte(rest, '\n')
	case bytes.HasPrefix(rest, []byte("*")):
		if end = bytes.Index(rest[1:], []byte("*/")); end >= 0 {
			end += 2
		}
	default:
		return at + 1
	}
	if end < 0 {
		return len(data)
	}
	return at + 1 + end + 1
}
