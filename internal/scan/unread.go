package scan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// unreadModules notes, once, the modules that come from elsewhere and are not
// read: a platform whose stores they create would look empty rather than sound.
func unreadModules(m *model.Model, resources []resource.Resource) []source.Diagnostic {
	if !m.Platform.DataPlatform {
		return nil
	}
	known := map[string]bool{}
	for _, a := range m.Assets {
		known[a.ID] = true
	}
	var first *resource.Resource
	var sources []string
	for i := range resources {
		r := &resources[i]
		if r.Mode != resource.NotFollowed || known[r.ID] || demonstrates(r.At.File, r.Root) {
			continue
		}
		if first == nil || r.At.Compare(first.At) < 0 {
			first = r
		}
		if name, ok := r.Attrs.Get("source").AsString(); ok {
			name, _, _ = strings.Cut(name, "?")
			sources = append(sources, name)
		}
	}
	if first == nil || len(sources) == 0 {
		return nil
	}
	slices.Sort(sources)
	sources = slices.Compact(sources)
	return []source.Diagnostic{{
		Code: "scan/modules-not-read", Severity: source.Note, At: first.At,
		Summary: "modules from elsewhere were not read, so what they create is not judged: " + someOf(sources),
		Detail:  "Nothing is downloaded. Scan their repositories by themselves, or keep copies of them in this one.",
	}}
}

// someOf lists the first of many names.
func someOf(names []string) string {
	const most = 5
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
