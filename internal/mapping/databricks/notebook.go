package databricks

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const (
	notebookType      = "notebook"            // a file that analyzers read
	workspaceNotebook = "databricks_notebook" // Terraform's copy of one
)

func notebooks() draft.Mapper {
	return draft.Mapper{
		Service: "notebooks", Types: []string{notebookType, workspaceNotebook},
		Declare: managed(declareNotebook),
		Attach:  attached(attachNotebook),
	}
}

// declareNotebook declares code. A file belongs to the product whose notebook it
// is; Spark code of which nothing says where it runs belongs to none.
func declareNotebook(d *draft.Draft, r *resource.Resource) {
	if r.Type == workspaceNotebook {
		a := d.Declare(r, model.Notebook, provider, "notebooks", r.Attrs.Get("path"))
		d.Set(a, "in_git", writtenFrom(d, r))
		return
	}
	owner := "spark"
	switch origin, _ := r.Attrs.Get("origin").AsString(); {
	case origin == "fabric" || r.Format == "fabric":
		owner = "fabric"
	case origin == "databricks" || called(d, r.ID):
		owner = provider
	}
	a := d.Declare(r, model.Notebook, owner, "notebooks", resource.StringAt(r.At, r.Name))
	d.Set(a, "in_git", model.KnownFact(true, r.At))
	d.Set(a, "language", draft.Text(r.Attrs.Get("language")))
}

// calledKey remembers which files bundles refer to.
type calledKey struct{}

func called(d *draft.Draft, id string) bool {
	return draft.Once(d, calledKey{}, func() map[string]bool {
		found := map[string]bool{}
		for _, r := range d.Resources.OfType("databricks_job", "databricks_pipeline") {
			for _, code := range append(tasksOf(r), librariesOf(r)...) {
				if name, ok := fileOf(code.path); ok {
					found[".#"+name] = true
				}
			}
		}
		return found
	})[id]
}

// writtenFrom says whether a notebook of Terraform is a file of the repository:
// "source" always is one, content_base64 when it is read from one.
func writtenFrom(d *draft.Draft, r *resource.Resource) model.Fact {
	if from := r.Attrs.Get("source"); !from.IsAbsent() {
		return model.KnownFact(true, from.At)
	}
	content := r.Attrs.Get("content_base64")
	if content.IsAbsent() {
		return model.UnknownFact("neither source nor content_base64 is written", r.At)
	}
	// The text of a literal or of a variable is in the configuration, but nobody
	// edits or reviews it there.
	written := d.Written(content.At)
	return model.KnownFact(strings.Contains(written, "file"), content.At)
}

// sourceFile is the file of the repository that a notebook of Terraform is
// copied from; its path counts from the root that is evaluated, or from the file
// where it is written when path.module led there.
func sourceFile(d *draft.Draft, r *resource.Resource) (name string, found bool) {
	text, ok := r.Attrs.Get("source").AsString()
	if !ok || path.IsAbs(text) {
		return "", false
	}
	root, _, _ := strings.Cut(r.Root, "@")
	for _, dir := range []string{root, path.Dir(r.At.File), "."} {
		if candidate := path.Join(dir, text); holds(d, candidate) {
			return candidate, true
		}
	}
	return path.Join(root, text), false
}

// attachNotebook records what the code says about the history of tables.
func attachNotebook(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if r.Type == workspaceNotebook {
		from := r.Attrs.Get("source")
		if name, found := sourceFile(d, r); name != "" && !found {
			d.Miss(a, "notebook", name, from.At)
		}
		return
	}
	if folder := d.Asset(r.Root + "#"); folder != nil && folder.Kind == model.Workspace {
		a.Within = folder.ID // an item of Fabric
	}
	least(d, a, "vacuum_retain_hours", r.Attrs.Get("vacuums"), "retain_hours")
	if check := r.Attrs.Get("retention_check"); check.State != resource.Absent {
		d.Set(a, "retention_check", draft.Bool(check))
	}
	for _, property := range r.Attrs.Get("properties").Items {
		name := "log_retention_hours"
		if text, _ := property.Get("name").AsString(); text == "delta.deletedFileRetentionDuration" {
			name = "deleted_file_retention_hours"
		}
		lower(d, a, name, draft.Number(property.Get("hours")))
	}
	for _, vacuum := range r.Attrs.Get("vacuums").Items {
		shorten(d, a, r, vacuum)
	}
	writes(d, a, r)
}

// least records the smallest of a number in the items of a list. An unknown one
// may be the smallest, so it counts where no known one is below the safe week.
func least(d *draft.Draft, a *model.Asset, name string, list resource.Value, member string) {
	for _, item := range list.Items {
		fact := draft.Number(item.Get(member))
		if fact.State != model.Absent {
			lower(d, a, name, fact)
		}
	}
}

func lower(d *draft.Draft, a *model.Asset, name string, fact model.Fact) {
	old, set := a.Settings[name]
	was, wasKnown := old.Number()
	is, isKnown := fact.Number()
	switch {
	case !set, wasKnown && isKnown && is < was, isKnown && !wasKnown && is < fileHistory*24, wasKnown && !isKnown && was >= fileHistory*24:
		d.Set(a, name, fact)
	}
}

// shorten states on the schema of a table that a vacuum takes away its history.
func shorten(d *draft.Draft, a *model.Asset, r *resource.Resource, vacuum resource.Value) {
	hours, known := vacuum.Get("retain_hours").AsNumber()
	if !known || hours >= fileHistory*24 {
		return
	}
	at := vacuum.Get("retain_hours").At
	for _, schema := range schemasOf(d, vacuum.Get("table"), r.Root) {
		means := inPlace(schema, "delta.time_travel", model.Off, "VACUUM keeps the files of earlier versions for "+plain(hours)+" hours only", at)
		means.Scope, means.Window, means.By = model.Partial, model.KnownFact(hours/24, at), a.Address
		d.Protect(schema, model.PointInTimeRestore, means)
	}
}

func plain(n float64) string {
	text, _ := resource.NumberAt(source.Range{}, n).AsString()
	return text
}

// schemasOf resolves the schemas of a table's name: one, or one for each
// environment of code that all of them run; none when the name is not known or
// no scanned file declares a schema of that name.
func schemasOf(d *draft.Draft, table resource.Value, root string) (found []*model.Asset) {
	name, ok := table.AsString()
	if !ok {
		return nil
	}
	parts := strings.Split(name, ".")
	if len(parts) < 2 || strings.Contains(name, "/") {
		return nil
	}
	schema := parts[len(parts)-2]
	candidates := d.Find(resource.StringAt(table.At, schema), root, provider, model.Database).Assets
	if len(candidates) == 0 {
		// Files belong to no environment, and Find passes over those of their root.
		candidates = d.OfKind(model.Database)
	}
	for _, a := range candidates {
		catalog := a.Settings["catalog"].Text()
		other := catalog != "" && len(parts) > 2 && !strings.EqualFold(catalog, parts[len(parts)-3])
		if a.Settings["level"].Text() == "schema" && strings.EqualFold(a.Name.Text(), schema) && !other {
			found = append(found, a)
		}
	}
	return found
}

// sinkOf resolves what is written to: a store, a volume or the schema of a table.
func sinkOf(d *draft.Draft, target resource.Value, root string) string {
	text, ok := target.AsString()
	if !ok {
		return ""
	}
	if volume, found := strings.CutPrefix(text, "/Volumes/"); found {
		parts := strings.Split(path.Clean(volume), "/")
		if len(parts) > 2 {
			if a := d.Find(resource.StringAt(target.At, parts[2]), root, provider, model.Container).Assets; len(a) == 1 {
				return a[0].ID
			}
		}
		return ""
	}
	if a := storeOf(d, target, root); a != nil {
		return a.ID
	}
	if found := schemasOf(d, target, root); len(found) == 1 {
		return found[0].ID
	}
	return ""
}
