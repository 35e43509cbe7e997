package terraform

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// keptIn is the relation of a state to the store that holds it.
const keptIn = "kept_in"

// keepIn puts a state inside the bucket or account that the backend names, so
// that it inherits what protects that. Backend blocks hold literals only, so
// the store is found by name; one that another repository declares leaves
// everything open.
func keepIn(d *draft.Draft, a *model.Asset, r *resource.Resource, cloud string, name resource.Value, attribute string) {
	match := d.Find(name, r.Root, cloud, model.ObjectStore)
	if !match.Resolved() {
		openAll(d, a, whyOutside(d, name, attribute), at(name, r))
		return
	}
	for _, store := range match.Assets {
		d.Relate(a, keptIn, store, name.At)
	}
	store := match.Assets[0]
	if inner := containerOf(d, store, r.Attrs.Get("container_name")); inner != nil {
		store = inner
	}
	a.Within = store.ID
}

// containerOf finds the container of an account by name.
func containerOf(d *draft.Draft, account *model.Asset, name resource.Value) *model.Asset {
	text, known := name.AsString()
	if !known {
		return nil
	}
	for _, container := range d.OfKind(model.Container) {
		if container.Within == account.ID && container.Name.Text() == text {
			return container
		}
	}
	return nil
}

func whyOutside(d *draft.Draft, name resource.Value, attribute string) string {
	text, known := name.AsString()
	switch {
	case name.IsAbsent():
		return attribute + " is not written here and is given when terraform init runs"
	case !known:
		return name.Why
	}
	if module := takes(d, text); module != nil {
		return attribute + " is " + text + ", which " + module.Address + " may create, and its code was not read"
	}
	return attribute + " is " + text + ", which this repository does not declare"
}

// takes returns the first module that was not read and is given a name.
func takes(d *draft.Draft, name string) *resource.Resource {
	type key struct{}
	return draft.Once(d, key{}, func() map[string]*resource.Resource {
		takers := map[string]*resource.Resource{}
		for _, r := range d.Resources.OfType("module") {
			if r.Mode != resource.NotFollowed {
				continue
			}
			for _, input := range r.Attrs.Fields {
				if text, known := input.Value.AsString(); known && takers[text] == nil {
					takers[text] = r
				}
			}
		}
		return takers
	})[name]
}

func at(v resource.Value, r *resource.Resource) source.Range {
	if v.IsAbsent() {
		return r.At
	}
	return v.At
}

// openAll leaves every protection open for one reason.
func openAll(d *draft.Draft, a *model.Asset, why string, at source.Range) {
	for _, protection := range model.ProtectionsOf(model.StateStore) {
		open(d, a, protection, why, at)
	}
}

func open(d *draft.Draft, a *model.Asset, protection, why string, at source.Range) {
	means := meansOf(a, "state.elsewhere", at)
	means.State, means.Why, means.Scope = model.Undecided, why, model.UnknownScope
	means.OtherRegion, means.OtherAccount, means.Locked = model.Maybe, model.Maybe, model.Maybe
	d.Protect(a, protection, means)
}

func meansOf(a *model.Asset, mechanism string, at source.Range) model.Means {
	return model.Means{
		Mechanism: mechanism, State: model.On, Scope: model.Whole,
		Window: model.AbsentFact(at), Interval: model.AbsentFact(at), Region: model.AbsentFact(at),
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
		By: a.Address, At: at,
	}
}

// stateFile: the local backend keeps one file and the one before it beside the
// code (Terraform, "Backend Type: local"), which goes with the machine it is on.
func stateFile(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	why := "the local backend keeps the state in a file beside the code"
	implicit, _ := r.Attrs.Get("implicit").AsBool()
	if implicit {
		why = "no backend is configured, which keeps the state in a file beside the code"
	}
	for _, protection := range []string{model.ZoneRedundancy, model.GeoReplication, model.Versioning, model.SoftDelete, model.Backup, model.Immutability} {
		d.Lacks(a, protection, why, r.At, implicit)
	}
	for _, protection := range []string{model.DeleteGuard, model.DestroyGuard} {
		d.Inapplicable(a, protection, "a file has no such guard", r.At)
	}
}

// keptByService: the service keeps every version of a state (HCP Terraform,
// "State versions"; GitLab, "GitLab-managed Terraform state"). What else it
// does with them is not configuration.
func keptByService(d *draft.Draft, a *model.Asset, r *resource.Resource, mechanism, service string) {
	openAll(d, a, service+" keeps the state and what it does beyond versions is not configured here", r.At)
	delete(a.Protections, model.Versioning)
	versions := meansOf(a, mechanism, r.At)
	versions.Window = model.UnknownFact("how long "+service+" keeps versions of a state is not written here", r.At)
	versions.OtherAccount, versions.OtherRegion, versions.Locked = model.Maybe, model.Maybe, model.Maybe
	d.Protect(a, model.Versioning, versions)
	d.Inapplicable(a, model.DestroyGuard, "no resource stands for a state that "+service+" keeps", r.At)
}

// hashicorpState tells HCP Terraform from an installation of one's own, which
// hostname names (Terraform, "Backend Type: remote": app.terraform.io unless it
// is written).
func hashicorpState(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	hostname := r.Attrs.Get("hostname")
	if text, known := hostname.AsString(); !hostname.IsAbsent() && (!known || text != "app.terraform.io") {
		openAll(d, a, "what the service at "+orText(text, "hostname")+" keeps is not written here", hostname.At)
		return
	}
	keptByService(d, a, r, "state.hcp_versions", "HCP Terraform")
}

func orText(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// httpState tells GitLab's own endpoint from any other server.
func httpState(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	address := r.Attrs.Get("address")
	text, known := address.AsString()
	if !known {
		text = address.Hint
	}
	if strings.Contains(text, "/api/v4/projects/") && strings.Contains(text, "/terraform/state/") {
		keptByService(d, a, r, "state.gitlab_versions", "GitLab")
		return
	}
	openAll(d, a, "what the server behind the http backend keeps is not written here", at(address, r))
}

// latestOnly: a row or a secret that each apply overwrites (Terraform, "Backend
// Type: pg" and "Backend Type: kubernetes").
func latestOnly(d *draft.Draft, a *model.Asset, r *resource.Resource, backend string) {
	place := map[string]string{"pg": "the database", "kubernetes": "the cluster"}[backend]
	openAll(d, a, "the "+backend+" backend keeps the state in "+place+", whose protections are not known from here", r.At)
	for _, protection := range []string{model.Versioning, model.SoftDelete} {
		delete(a.Protections, protection)
		d.Lacks(a, protection, "the "+backend+" backend keeps only the latest state", r.At, false)
	}
}
