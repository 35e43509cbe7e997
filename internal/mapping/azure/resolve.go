package azure

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// target is the answer to "which asset does this attribute mean?".
type target struct {
	asset *model.Asset
	// outside is set when it is known and declared nowhere in the scan.
	outside bool
	// why completes "unknown because …" when there is no asset.
	why string
	at  source.Range
}

// accountKinds are what a storage account and its content are.
func accountKinds() []model.Kind { return []model.Kind{model.ObjectStore, model.Container} }

// findAccount resolves the first attribute that is written to a storage account.
func findAccount(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return find(d, r, "storageAccounts", model.ObjectStore, written...)
}

// findVault resolves the first attribute that is written to a vault.
func findVault(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return find(d, r, "backupVaults", model.BackupVault, written...)
}

// findContainer resolves an attribute to a container. A resource ID names the
// account as well, and many accounts have containers of one name.
func findContainer(d *draft.Draft, r *resource.Resource, v attr) target {
	name := idSegment(idText(v), "containers")
	if name == "" || strings.ContainsRune(name, resource.Hole) {
		return find(d, r, "containers", model.Container, v)
	}
	account := findAccount(d, r, v)
	if account.asset == nil {
		return account
	}
	for _, container := range containersOf(d, account.asset) {
		if container.Name.Text() == name {
			return target{asset: container, at: v.At}
		}
	}
	return target{outside: true, why: fmt.Sprintf("%s names %q, which no scanned file declares", v.name, name), at: v.At}
}

// find resolves a reference, a name or a resource ID. segment is the type
// segment after which a resource ID has the name.
func find(d *draft.Draft, r *resource.Resource, segment string, kind model.Kind, written ...attr) target {
	for _, v := range written {
		if v.IsAbsent() {
			continue
		}
		value := v.Value
		if name := idSegment(v.text(), segment); name != "" {
			value.Text = name
		}
		value = literally(d, value, segment)
		if existing := existingReferent(d, value); value.IsUnknown() && existing != nil {
			// What exists may lie in something that is declared: the blob service of
			// an account.
			if asset := climb(d, value, segment, kind); asset != nil {
				return target{asset: asset, at: v.At}
			}
			return findExisting(d, r, existing, kind, v)
		}
		match := d.Find(value, r.Root, provider, kind)
		match.Assets = slices.DeleteFunc(match.Assets, func(a *model.Asset) bool { return !standsFor(value, segment, a) })
		if !match.Resolved() {
			if asset := climb(d, value, segment, kind); asset != nil {
				return target{asset: asset, at: v.At}
			}
			value.Refs = nil
			match = d.Find(value, r.Root, provider, kind)
		}
		return pick(match, r, v)
	}
	return target{why: "no attribute names it", at: r.At}
}

// idText is a resource ID as far as it can be read: the subscription and the
// resource group are mostly unknown, the names after them mostly known.
func idText(v attr) string {
	if v.IsUnknown() {
		return v.Hint
	}
	return v.text()
}

// literally reads the name out of an ID whose beginning alone is unknown and
// that refers to nothing in the scan.
func literally(d *draft.Draft, v resource.Value, segment string) resource.Value {
	name := idSegment(v.Hint, segment)
	if !v.IsUnknown() || name == "" || strings.ContainsRune(name, resource.Hole) || len(d.Resources.Referents(v)) > 0 {
		return v
	}
	return resource.StringAt(v.At, name)
}

// standsFor says whether a value that refers to an asset stands for that asset and
// not for something built from its name ("${…name}backup").
func standsFor(v resource.Value, segment string, a *model.Asset) bool {
	if text, known := v.AsString(); known {
		name := a.Name.Text()
		return name == "" || strings.EqualFold(text, name) || strings.Contains(text, "/")
	}
	if name := idSegment(v.Hint, segment); name != "" {
		return strings.EqualFold(name, a.Name.Text()) || name == a.NameHint || a.NameHint == "" && name == string(resource.Hole)
	}
	return v.Hint == "" || v.Hint == a.NameHint || strings.HasPrefix(v.Hint, string(resource.Hole)+"/")
}

// findExisting resolves a lookup of something that exists: it may be declared in
// another root of the scan. Only names of storage accounts are unique enough to
// say so.
func findExisting(d *draft.Draft, r, existing *resource.Resource, kind model.Kind, v attr) target {
	if name := existing.Attrs.Get("name"); kind == model.ObjectStore && name.IsKnown() {
		if found := pick(d.Find(name, r.Root, provider, kind), r, v); found.asset != nil {
			return found
		}
	}
	if a := samelyNamed(d, existing, kind); a != nil {
		return target{asset: a, at: v.At}
	}
	return target{outside: true, why: existing.Address + " is only referred to, not declared, in the scanned files", at: v.At}
}

// samelyNamed returns the asset that one module of a deployment declares and
// another looks up: the names rest on the same unknown and read the same.
func samelyNamed(d *draft.Draft, existing *resource.Resource, kind model.Kind) *model.Asset {
	name := existing.Attrs.Get("name")
	if !name.IsUnknown() || strings.Trim(name.Hint, string(resource.Hole)) == "" {
		return nil
	}
	for _, a := range d.OfKindIn(existing.Root, kind) {
		if strings.EqualFold(a.Type, existing.Type) && a.NameHint == name.Hint && a.Name.Why == name.Why {
			return a
		}
	}
	return nil
}

// pick takes the one match; the same name in several environments of a root
// means the one of this environment.
func pick(match draft.Match, r *resource.Resource, v attr) target {
	assets := match.Assets
	if len(assets) > 1 {
		same := slices.DeleteFunc(slices.Clone(assets), func(a *model.Asset) bool { return a.Environment != r.Environment })
		if len(same) > 0 {
			assets = same
		}
	}
	switch {
	case len(assets) == 1:
		return target{asset: assets[0], at: v.At}
	case len(assets) > 1:
		return target{why: fmt.Sprintf("%s may mean any of %d resources", v.name, len(assets)), at: v.At}
	case match.Outside:
		name := v.text()
		if name == "" && v.Hint != "" {
			name = path.Base(v.Hint) // of an ID whose beginning is not known
		}
		if name == "" {
			return target{outside: true, why: v.name + " names nothing that a scanned file declares", at: v.At}
		}
		return target{outside: true, why: fmt.Sprintf("%s names %q, which no scanned file declares", v.name, name), at: v.At}
	default:
		return target{why: match.Why, at: v.At}
	}
}

// climb follows references to resources that are no assets themselves (a blob
// service) or lie within one (a container) up to the asset that contains them.
func climb(d *draft.Draft, v resource.Value, segment string, kind model.Kind) *model.Asset {
	for range 4 {
		var parent resource.Value
		for _, r := range d.Resources.Referents(v) {
			if a := d.Asset(r.ID); a != nil {
				if outer := d.Asset(a.Within); outer != nil && outer.Kind == kind {
					return outer
				}
			}
			if r.Type == azapiResource || isARM(r) {
				parent = r.Attrs.Get("parent_id")
			}
		}
		for _, r := range d.Resources.Referents(parent) {
			if a := d.Asset(r.ID); a != nil && a.Kind == kind && standsFor(parent, segment, a) {
				return a
			}
		}
		v = parent
	}
	return nil
}

// existingReferent returns what a value refers to when that is only looked up,
// not created, by the configuration.
func existingReferent(d *draft.Draft, v resource.Value) *resource.Resource {
	referents := d.Resources.Referents(v)
	if len(referents) == 0 || slices.ContainsFunc(referents, func(r *resource.Resource) bool { return r.Mode != resource.Existing }) {
		return nil
	}
	return referents[0]
}

// idSegment returns the name after a type segment of a resource ID; ARM
// compares segments without regard to case.
func idSegment(id, segment string) string {
	marker := "/" + strings.ToLower(segment) + "/"
	at := strings.Index(strings.ToLower(id), marker)
	if at < 0 {
		return ""
	}
	name, _, _ := strings.Cut(id[at+len(marker):], "/")
	return name
}

// doubt records an attachment whose subject cannot be resolved. One that is
// known to lie outside the scan casts no doubt on what is inside.
func doubt(d *draft.Draft, r *resource.Resource, t target, kinds []model.Kind, protections []string) {
	if !t.outside {
		d.Doubt(r, provider, kinds, protections, t.why, t.at)
	}
}

// containersOf lists the declared containers of an account.
func containersOf(d *draft.Draft, account *model.Asset) []*model.Asset {
	var within []*model.Asset
	for _, a := range d.OfKind(model.Container) {
		if a.Within == account.ID {
			within = append(within, a)
		}
	}
	return within
}

// membership says whether a list of container names holds a container.
type membership struct {
	refs  []string // resource IDs
	names []string
	// open is why the list is not fully known, empty when it is.
	open string
}

// membersOf reads a list of container names, written literally or by reference.
func membersOf(d *draft.Draft, list resource.Value) membership {
	m := membership{}
	if list.IsUnknown() {
		m.open = list.Why
	}
	for _, item := range list.Blocks() {
		if name, ok := item.AsString(); ok {
			m.names = append(m.names, name)
			continue
		}
		found := false
		for _, r := range d.Resources.Referents(item) {
			if a := d.Asset(r.ID); a != nil && (a.Kind == model.Container || a.Kind == model.FileShare) && standsFor(item, "containers", a) {
				m.refs, found = append(m.refs, a.ID), true
			}
		}
		if !found || list.IsUnknown() {
			m.open = item.Why
		}
	}
	return m
}

// holds answers yes, no or unknown for one container.
func (m membership) holds(container *model.Asset) (answer model.Tri, why string) {
	switch {
	case slices.Contains(m.refs, container.ID), slices.Contains(m.names, container.Name.Text()) && container.Name.Text() != "":
		return model.Yes, ""
	case m.open != "":
		return model.Maybe, m.open
	case container.Name.State == model.Unknown && len(m.names) > 0:
		return model.Maybe, container.Name.Why
	default:
		return model.No, ""
	}
}

func (m membership) empty() bool { return len(m.refs) == 0 && len(m.names) == 0 && m.open == "" }
