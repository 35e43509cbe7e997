package databricks

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// types are the kinds of a bundle's resources (databricks/cli, bundle JSON
// schema: resources) by the names that the Terraform provider gives them, where
// those are not the singular of the kind.
var types = map[string]string{
	"ai_search_indexes":       "databricks_ai_search_index",
	"alerts":                  "databricks_alert_v2",
	"database_catalogs":       "databricks_database_database_catalog",
	"experiments":             "databricks_mlflow_experiment",
	"model_serving_endpoints": "databricks_model_serving",
	"models":                  "databricks_mlflow_model",
	"sql_warehouses":          "databricks_sql_endpoint",
	"synced_database_tables":  "databricks_database_synced_database_table",
	"vector_search_indexes":   "databricks_vector_search_index",
}

func typeOf(kind string) string {
	if name, ok := types[kind]; ok {
		return name
	}
	return "databricks_" + strings.TrimSuffix(kind, "s")
}

// emit adds one resource of the bundle.
func (e *evaluation) emit(kind, entry resource.Field) {
	address := "resources." + kind.Name + "." + entry.Name
	if entry.Value.IsUnknown() {
		e.report("databricks/resource", source.Warning, entry.At, address+" cannot be read because "+entry.Value.Why, "")
		return
	}
	if !isObject(entry.Value) {
		e.report("databricks/resource", source.Warning, entry.At, address+" is not a mapping", "The deployment refuses the bundle.")
		return
	}
	attrs := e.value(entry.Value)
	lifecycle := attrs.Get("lifecycle")
	e.resources = append(e.resources, resource.Resource{
		ID: e.root + "#" + address, Format: format, Type: typeOf(kind.Name), Mode: resource.Managed,
		Name: entry.Name, Address: address, Root: e.root, Environment: e.environment,
		Attrs: e.linked(kind.Name, without(attrs, "lifecycle")), Lifecycle: lifecycle,
		At: entry.At, Body: bodyOf(entry), Provider: e.provider,
	})
}

// bodyOf spans a member from its name to the end of its value. A value that
// stands elsewhere, behind an alias, leaves the name alone.
func bodyOf(entry resource.Field) source.Range {
	body := entry.At
	if entry.Value.At.File == body.File && entry.Value.At.End > body.End && entry.Value.At.Start >= body.Start {
		body.End = entry.Value.At.End
	}
	return body
}

// emitBundle adds the bundle itself.
func (e *evaluation) emitBundle(targets resource.Value) {
	at := e.tree.At
	head := e.tree.Get("bundle")
	for _, field := range e.tree.Fields {
		if field.Name == "bundle" {
			at = field.At
		}
	}
	attrs := resource.ObjectAt(e.tree.At)
	add := func(name string, v resource.Value) {
		if v.State != resource.Absent {
			attrs.Fields = append(attrs.Fields, resource.Field{Name: name, At: v.At, Value: v})
		}
	}
	add("name", e.value(head.Get("name")))
	add("git", e.value(head.Get("git")))
	add("target", resource.StringAt(e.target.At, e.target.Name))
	add("mode", e.value(e.target.Value.Get("mode")))
	add("presets", e.value(e.tree.Get("presets")))
	add("host", e.provider.Get("host"))
	add("targets", e.targets(targets))
	body := e.tree.At
	e.resources = append(e.resources, resource.Resource{
		ID: e.root + "#bundle", Format: format, Type: BundleType, Mode: resource.Setting,
		Name: "bundle", Address: "bundle", Root: e.root, Environment: e.environment,
		Attrs: attrs, At: headerOf(at, body), Body: body,
	})
}

// headerOf keeps a header within its body: "bundle" may be written in an
// included file.
func headerOf(at, body source.Range) source.Range {
	if body.Contains(at) {
		return at
	}
	return source.Range{File: body.File, Start: body.Start, End: body.Start}
}

// targets lists all targets of the bundle as they are written.
func (e *evaluation) targets(targets resource.Value) resource.Value {
	if targets.IsAbsent() {
		return targets
	}
	list := resource.ListAt(targets.At)
	for _, field := range targets.Fields {
		item := resource.ObjectAt(field.At, resource.Field{Name: "name", At: field.At, Value: resource.StringAt(field.At, field.Name)})
		for _, name := range []string{"mode", "default"} {
			if v := field.Value.Get(name); v.State != resource.Absent {
				item.Fields = append(item.Fields, resource.Field{Name: name, At: v.At, Value: v})
			}
		}
		if v := field.Value.Path("workspace.host"); v.State != resource.Absent {
			item.Fields = append(item.Fields, resource.Field{Name: "host", At: v.At, Value: v})
		}
		list.Items = append(list.Items, item)
	}
	return list
}
