package bicep

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// selectorStep is one step of a path into a document.
type selectorStep struct {
	name    string
	index   int
	isIndex bool
}

// parseSelector reads the paths that loadJsonContent takes: names and indexes,
// "a.b[0]", "$.a['b']". Filters and wildcards are not read.
func parseSelector(v resource.Value) (steps []selectorStep, ok bool) {
	if v.IsAbsent() {
		return nil, true
	}
	if !isString(v) {
		return nil, false
	}
	rest := strings.TrimPrefix(v.Text, "$")
	for rest != "" {
		if inner, found := strings.CutPrefix(rest, "["); found {
			key, after, closed := strings.Cut(inner, "]")
			if !closed {
				return nil, false
			}
			step := selectorStep{name: strings.Trim(key, `'"`)}
			if index, err := strconv.Atoi(key); err == nil && index >= 0 {
				step = selectorStep{name: key, index: index, isIndex: true}
			} else if step.name == key {
				return nil, false
			}
			steps, rest = append(steps, step), after
			continue
		}
		rest = strings.TrimPrefix(rest, ".")
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if end == 0 || strings.ContainsAny(rest[:end], "*?@()") {
			return nil, false
		}
		steps, rest = append(steps, selectorStep{name: rest[:end]}), rest[end:]
	}
	return steps, true
}
