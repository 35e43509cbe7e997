// Package databricks translates what a Databricks workspace holds: jobs,
// pipelines and the notebooks that they run, catalogs, schemas, volumes and
// tables of Unity Catalog, Lakebase databases and dashboards. Bundles and the
// Terraform provider write the same objects; where the two differ, bundles have
// lists ("tasks") and Terraform repeated blocks ("task"). Defaults are those of
// the Databricks API; the page that states one is named where it is used.
package databricks

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const provider = "databricks"

// Mappers lists the services. What notebooks write goes to catalogs, so those
// come first.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		catalogs(),
		schemas(),
		volumes(),
		tables(),
		instances(),
		projects(),
		failoverGroups(),
		notebooks(),
		pipelines(),
		jobs(),
		dashboards(),
	}
}

// managed limits a step to resources that the configuration creates.
func managed(step func(*draft.Draft, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode == resource.Managed {
			step(d, r)
		}
	}
}

// attached calls a step with the asset that a resource declared.
func attached(step func(*draft.Draft, *model.Asset, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return managed(func(d *draft.Draft, r *resource.Resource) {
		if a := d.Asset(r.ID); a != nil {
			step(d, a, r)
		}
	})
}

// first returns the first of several attributes that is written; the names are
// those that bundles and Terraform give one thing. A missing one is placed at
// the resource's header.
func first(r *resource.Resource, paths ...string) resource.Value {
	for _, name := range paths {
		if v := r.Attrs.Path(name); v.State != resource.Absent {
			return v
		}
	}
	return resource.Value{At: r.At}
}

// firstOf is first for a value that is not the whole resource.
func firstOf(v resource.Value, names ...string) resource.Value {
	for _, name := range names {
		if member := v.Get(name); member.State != resource.Absent {
			return member
		}
	}
	return resource.Value{At: v.At}
}

// inPlace describes a means that keeps what it keeps beside the data.
func inPlace(a *model.Asset, mechanism string, state model.ProtectionState, why string, at source.Range) model.Means {
	return model.Means{
		Mechanism: mechanism, State: state, Why: why, Scope: model.Whole,
		Window: model.AbsentFact(at), Interval: model.AbsentFact(at), Region: a.Region,
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
		By: a.Address, At: at,
	}
}

// open states that protections depend on something that no scanned file holds.
func open(d *draft.Draft, a *model.Asset, why string, at source.Range, protections ...string) {
	for _, name := range protections {
		d.Protect(a, name, model.Means{
			State: model.Undecided, Why: why, Scope: model.UnknownScope, By: a.Address, At: at,
			Window: model.UnknownFact(why, at), Interval: model.UnknownFact(why, at), Region: model.UnknownFact(why, at),
			OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
		})
	}
}

// forced are the objects that Terraform can delete with everything in them
// (databricks provider: catalog, schema; force_destroy false by default).
var forced = []string{"databricks_catalog", "databricks_schema"}

// guards states what keeps an object from being destroyed: lifecycle.prevent_destroy
// of Terraform and of bundles (databricks/cli 0.267), which force_destroy makes
// all the more needed.
func guards(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	force := draft.Bool(r.Attrs.Get("force_destroy"))
	if r.Format == "terraform" && slices.Contains(forced, r.Type) {
		force = draft.Or(force, false)
	}
	if force.State != model.Absent {
		d.Set(a, "force_destroy", force)
	}
	value := r.Lifecycle.Path("prevent_destroy")
	on, known := value.AsBool()
	switch {
	case !value.IsAbsent() && !known:
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.Undecided, unresolved(value, "prevent_destroy"), value.At))
	case on:
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.On, "", value.At))
	case force.Tri() == model.Yes:
		d.Lacks(a, model.DestroyGuard, "force_destroy is true, so destroying it deletes everything in it", force.At, false)
	case value.IsAbsent():
		d.Lacks(a, model.DestroyGuard, "lifecycle.prevent_destroy is not set, so a deployment may destroy it", r.At, true)
	default:
		d.Lacks(a, model.DestroyGuard, "prevent_destroy is false", value.At, false)
	}
}

// unresolved completes "unknown because …" for a value that decides nothing.
func unresolved(v resource.Value, name string) string {
	if v.IsUnknown() {
		return v.Why
	}
	return name + " has a value that drlint does not know"
}

// holds reports whether the repository has a file.
func holds(d *draft.Draft, name string) bool {
	_, found := slices.BinarySearch(d.Tree.Files, name)
	return found
}

// fileOf returns the file of the repository that a value of a bundle refers to.
func fileOf(v resource.Value) (string, bool) {
	for _, ref := range v.Refs {
		if name, ok := strings.CutPrefix(ref.ID, ".#"); ok && ref.Attr == "file" {
			return name, true
		}
	}
	return "", false
}

// suffixes are those that a path of the workspace leaves out.
var suffixes = []string{"", ".py", ".ipynb", ".sql", ".scala", ".r", ".R"}

// locate finds a file by a path that may lack its suffix.
func locate(d *draft.Draft, name string) (string, bool) {
	name = path.Clean(strings.TrimPrefix(name, "/"))
	for _, suffix := range suffixes {
		if holds(d, name+suffix) {
			return name + suffix, true
		}
	}
	return name, false
}

// sameRepository reports whether a URL is one of the scanned repository's remotes.
func sameRepository(d *draft.Draft, url string) bool {
	return slices.ContainsFunc(d.Tree.Remotes, func(remote string) bool { return normalURL(remote) == normalURL(url) })
}

// normalURL is the part of a Git URL that names the repository.
func normalURL(url string) string {
	url = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(url), "/"), ".git"))
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	if _, rest, ok := strings.Cut(url, "@"); ok {
		url = rest
	}
	return strings.Replace(url, ":", "/", 1)
}
