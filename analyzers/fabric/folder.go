package fabric

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// folders emits one resource for each root.
func (a *analysis) folders(items []*item, files []string) {
	var roots []string
	count := map[string]int{}
	place := map[string]source.Range{}
	for _, it := range items {
		if count[it.root] == 0 {
			roots = append(roots, it.root)
		}
		count[it.root]++
	}
	for _, r := range a.resources {
		if _, known := place[r.Root]; !known {
			place[r.Root] = r.At
		}
	}
	slices.Sort(roots)
	for _, root := range roots {
		at := place[root]
		attrs := &resource.Builder{At: at}
		attrs.Add("path", source.Range{}, resource.StringAt(at, root))
		attrs.Add("items", source.Range{}, resource.NumberAt(at, float64(count[root])))
		a.replaced(root, files, attrs)
		a.resources = append(a.resources, resource.Resource{
			ID: root + "#", Format: format, Type: FolderType, Mode: resource.Managed, Name: path.Base(root), Address: root, Root: root,
			Attrs: attrs.Value(), At: at, Body: at,
		})
	}
}

// replaced reads what a deployment replaces in the items (fabric-cicd,
// parameterization: find_replace with a find_value and a value an environment).
func (a *analysis) replaced(root string, files []string, attrs *resource.Builder) {
	var found []resource.Value
	at := attrs.At
	for _, name := range files {
		if !isParameterFile(name) || path.Dir(name) != root && path.Dir(name) != path.Dir(root) {
			continue
		}
		data, ok := a.read(name, guard.YAML)
		if !ok {
			continue
		}
		documents, problems := yaml.Parse(name, data)
		a.diagnostics = append(a.diagnostics, problems...)
		for _, document := range documents {
			for _, rule := range document.Value.Get("find_replace").Blocks() {
				if v := rule.Get("find_value"); !v.IsAbsent() {
					found = append(found, v)
					at = document.At
				}
			}
		}
	}
	if len(found) > 0 {
		attrs.Add("replaced", source.Range{}, resource.ListAt(at, found...))
	}
}

// binaries lists the Power BI files. They are archives with data in them, so
// only their names are looked at.
func (a *analysis) binaries(files []string) {
	for _, name := range files {
		extension := strings.ToLower(path.Ext(name))
		if extension != ".pbix" && extension != ".pbit" {
			continue
		}
		at := source.Range{File: name}
		attrs := &resource.Builder{At: at}
		attrs.Add("path", source.Range{}, resource.StringAt(at, name))
		attrs.Add("form", source.Range{}, resource.StringAt(at, strings.TrimPrefix(extension, ".")))
		attrs.Add("twin", source.Range{}, resource.BoolAt(at, a.twin(name)))
		base := strings.TrimSuffix(path.Base(name), path.Ext(name))
		a.resources = append(a.resources, resource.Resource{
			ID: path.Dir(name) + "#" + path.Base(name), Format: format, Type: FileType, Mode: resource.Managed, Name: base,
			Address: path.Base(name), Root: path.Dir(name), Attrs: attrs.Value(), At: at, Body: at,
		})
	}
}

// twin reports whether a project of the same name lies beside a file.
func (a *analysis) twin(name string) bool {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if a.admitted[stem+".pbip"] {
		return true
	}
	for dir := range a.ids {
		if strings.EqualFold(dir, stem+".Report") || strings.EqualFold(dir, stem+".SemanticModel") || strings.EqualFold(dir, stem+".Dataset") {
			return true
		}
	}
	return false
}
