package fabric

import (
	"bytes"
	"path"
	"strings"

	"github.com/drlint/drlint/analyzers/databricks/notebook"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// item emits the resource of one item.
func (a *analysis) item(it *item) {
	base := strings.TrimSuffix(path.Base(it.dir), "."+it.kind)
	main := source.Range{File: it.main()}
	r := resource.Resource{
		ID: it.id(), Format: format, Type: itemTypes[it.kind], Mode: resource.Managed,
		Name: base, Address: it.address(), Root: it.root, At: main, Body: main,
	}
	attrs := &resource.Builder{At: main}
	a.metadata(it, &r, attrs, base)
	switch r.Type {
	case "fabric_semantic_model":
		a.model(it, &r, attrs)
	case "fabric_report":
		a.report(it, attrs)
	case NotebookType:
		a.notebook(it, &r, attrs)
	case PipelineType:
		a.pipeline(it, &r, attrs)
	case "fabric_lakehouse":
		a.listed(it, attrs, "shortcuts", "shortcuts.metadata.json", "")
	case "fabric_variable_library":
		a.listed(it, attrs, "variables", "variables.json", "variables")
	}
	r.Attrs = attrs.Value()
	a.resources = append(a.resources, r)
}

// metadata reads the name and the ID of an item ("Git integration source code
// format", Fabric documentation: .platform in version 2, item.metadata.json in
// version 1). Without it the folder's name counts.
func (a *analysis) metadata(it *item, r *resource.Resource, attrs *resource.Builder, base string) {
	r.At = a.head(r.At.File)
	r.Body = r.At
	name := resource.StringAt(r.At, base)
	var id resource.Value
	for _, file := range []string{".platform", "item.metadata.json", "item-metadata.json"} {
		if !it.has(file) {
			continue
		}
		v, data := a.json(path.Join(it.dir, file))
		r.Body = source.Range{File: path.Join(it.dir, file), End: len(data)}
		r.At = v.At
		if len(v.Fields) > 0 {
			r.At = v.Fields[0].At
		}
		head := v
		if file == ".platform" {
			head = v.Get("metadata")
			id = v.Path("config.logicalId")
		}
		if written := head.Get("displayName"); !written.IsAbsent() {
			name = written
			r.At = written.At
		}
		break
	}
	attrs.At = r.At
	attrs.Add("display_name", source.Range{}, name)
	attrs.Add("logical_id", source.Range{}, id)
	attrs.Add("type", source.Range{}, resource.StringAt(r.At, it.kind))
	attrs.Add("path", source.Range{}, resource.StringAt(r.At, it.dir))
}

// head is the first line of a file, at which an item stands that has no
// metadata.
func (a *analysis) head(name string) source.Range {
	data, problem := guard.Read(a.repo.FS, name, guard.JSON)
	if problem != nil {
		return source.Range{File: name} // reading the item reports it
	}
	start := len(data) - len(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	line, _, _ := bytes.Cut(data[start:], []byte("\n"))
	return source.Range{File: name, Start: start, End: start + len(bytes.TrimRight(line, " \t\r"))}
}

// report reads where a report takes its data from (definition.pbir; Power BI
// Desktop projects, report folder: byPath or byConnection).
func (a *analysis) report(it *item, attrs *resource.Builder) {
	form := "legacy"
	if it.has("definition/report.json") {
		form = "pbir"
	}
	attrs.Add("form", source.Range{}, resource.StringAt(attrs.At, form))
	if !it.has("definition.pbir") {
		return
	}
	v, _ := a.json(path.Join(it.dir, "definition.pbir"))
	target := v.Path("datasetReference.byPath.path")
	if text, ok := target.AsString(); ok {
		dir := path.Join(it.dir, strings.ReplaceAll(text, `\`, "/"))
		id, known := a.ids[dir]
		if !known {
			id = it.root + "#" + strings.TrimPrefix(dir, it.root+"/")
		}
		target.Refs = []resource.Ref{{ID: id, Attr: "path"}}
		attrs.Add("dataset_path", source.Range{}, target)
	}
	if connection := v.Path("datasetReference.byConnection"); !connection.IsAbsent() {
		attrs.Add("dataset_connection", source.Range{}, connection)
	}
}

// notebook reads the code of a notebook.
func (a *analysis) notebook(it *item, r *resource.Resource, attrs *resource.Builder) {
	for _, name := range it.files {
		if !strings.HasPrefix(name, "notebook-content.") {
			continue
		}
		file := path.Join(it.dir, name)
		limits := guard.Text
		if path.Ext(name) == ".ipynb" {
			limits = guard.JSON
		}
		data, ok := a.read(file, limits)
		if !ok {
			return
		}
		read, problems := notebook.Read(file, data)
		a.diagnostics = append(a.diagnostics, problems...)
		r.At, r.Body = read.At, source.Range{File: file, Start: read.At.Start, End: len(data)}
		attrs.At = read.At
		for _, field := range read.Fields {
			if field.Name == "path" {
				continue
			}
			attrs.Add(field.Name, source.Range{}, field.Value)
		}
		return
	}
}

// pipeline reads the activities, which have the form of Data Factory's.
func (a *analysis) pipeline(it *item, r *resource.Resource, attrs *resource.Builder) {
	attrs.Add("name", source.Range{}, attrs.Fields[0].Value)
	if !it.has("pipeline-content.json") {
		return
	}
	file := path.Join(it.dir, "pipeline-content.json")
	v, data := a.json(file)
	attrs.Add("properties", source.Range{}, v.Get("properties"))
	if len(v.Fields) > 0 {
		r.At, r.Body = v.Fields[0].At, source.Range{File: file, End: len(data)}
	}
}

// listed takes over a list that a file of the item holds.
func (a *analysis) listed(it *item, attrs *resource.Builder, name, file, member string) {
	if !it.has(file) {
		return
	}
	v, _ := a.json(path.Join(it.dir, file))
	if member != "" {
		v = v.Get(member)
	}
	if v.Kind == resource.List || v.IsUnknown() {
		attrs.Add(name, source.Range{}, v)
	}
}
