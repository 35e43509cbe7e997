package datafactory

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// emit returns the resources of a root.
func (r *root) emit() []resource.Resource {
	synapse := r.isSynapse()
	out := []resource.Resource{r.layout(synapse)}
	format, prefix := FactoryFormat, "Microsoft.DataFactory/factories/"
	if synapse {
		format, prefix = SynapseFormat, "Microsoft.Synapse/workspaces/"
	}
	for _, o := range r.objects {
		address := o.kind.folder + "/" + o.name
		out = append(out, resource.Resource{
			ID: r.name + "#" + address, Format: format, Type: prefix + o.kind.suffix, Mode: resource.Managed,
			Name: o.name, Address: address, Root: r.name, Attrs: attrs(o), At: o.at, Body: o.body.At,
		})
	}
	return out
}

// attrs are the members of the file, with the name that counts.
func attrs(o object) resource.Value {
	body := filled(o.body)
	name := resource.StringAt(o.at, o.name)
	for i, field := range body.Fields {
		if field.Name == "name" {
			if text, ok := field.Value.AsString(); !ok || text != o.name {
				name.At = field.Value.At
				body.Fields[i].Value = name
			}
			return body
		}
	}
	body.Fields = append([]resource.Field{{Name: "name", At: o.at, Value: name}}, body.Fields...)
	return body
}

// isSynapse tells the service by what only a Synapse workspace has: notebooks
// and scripts beside the pipelines, its default linked services, its publish
// branch, its own file of parameters.
func (r *root) isSynapse() bool {
	branch, _ := r.publish.Get("publishBranch").AsString()
	if branch == "workspace_publish" || path.Base(r.definition.At.File) == synapseDefinitionFile {
		return true
	}
	return slices.ContainsFunc(r.objects, func(o object) bool {
		typ, _ := o.body.Get("type").AsString()
		return o.kind.synapse || strings.HasPrefix(typ, "Microsoft.Synapse/") ||
			o.kind.folder == "linkedService" && (strings.HasSuffix(o.name, "-WorkspaceDefaultStorage") || strings.HasSuffix(o.name, "-WorkspaceDefaultSqlServer"))
	})
}

// layout is the resource for the whole root.
func (r *root) layout(synapse bool) resource.Resource {
	at, body := r.objects[0].at, r.objects[0].body.At
	if r.factory != nil {
		at, body = r.factory.at, r.factory.body.At
	} else if r.publish.IsKnown() {
		at, body = r.publish.At, r.publish.At
	}
	service := "data_factory"
	if synapse {
		service = "synapse"
	}
	out := resource.Resource{
		ID: r.name + "#git_layout", Format: FactoryFormat, Type: LayoutType, Mode: resource.Setting,
		Name: path.Base(r.name), Address: "git_layout", Root: r.name, At: at, Body: body,
	}
	out.Attrs = resource.ObjectAt(at, member("name", r.serviceName(at)), member("service", resource.StringAt(at, service)))
	optional := []resource.Field{
		member("publish_branch", r.publish.Get("publishBranch")), member("publishes", r.publish),
		member("parameter_definition", r.definition),
	}
	if r.factory != nil {
		optional = append(optional, member("global_parameters", filled(r.factory.body.Path("properties.globalParameters"))),
			member("location", r.factory.body.Get("location")))
	}
	for _, field := range optional {
		if field.Value.State != resource.Absent {
			out.Attrs.Fields = append(out.Attrs.Fields, field)
		}
	}
	out.Attrs.Fields = append(out.Attrs.Fields, member("folders", r.folders(at)))
	return out
}

func member(name string, v resource.Value) resource.Field {
	return resource.Field{Name: name, At: v.At, Value: v}
}

// serviceName is the name of the factory. The default linked services of a
// Synapse workspace carry its name.
func (r *root) serviceName(at source.Range) resource.Value {
	for _, o := range r.objects {
		for _, suffix := range []string{"-WorkspaceDefaultStorage", "-WorkspaceDefaultSqlServer"} {
			if name, ok := strings.CutSuffix(o.name, suffix); ok && o.kind.folder == "linkedService" {
				return resource.StringAt(o.at, name)
			}
		}
	}
	if r.factory != nil {
		return resource.StringAt(r.factory.at, r.factory.name)
	}
	return resource.UnknownAt(at, "no file of the folder names the service")
}

// folders lists the kinds of objects that the root holds, in order.
func (r *root) folders(at source.Range) resource.Value {
	var names []string
	for _, o := range r.objects {
		if !slices.Contains(names, o.kind.folder) {
			names = append(names, o.kind.folder)
		}
	}
	slices.Sort(names)
	list := resource.ListAt(at)
	for _, name := range names {
		list.Items = append(list.Items, resource.StringAt(at, name))
	}
	return list
}
