package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/stage"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// settingLocation is where in its store a folder lies.
const settingLocation = "location"

// lakeConnectors are the linked services whose datasets lie in containers of a
// storage account.
var lakeConnectors = []string{"AzureBlobFS", "AzureBlobStorage", "AzureStorage"}

// asset returns the asset that a place lies in, declaring the container or
// folder when nothing else does; nil when the place is not known or outside the
// scan.
func (p place) asset(d *draft.Draft) *model.Asset {
	if p.link == nil {
		return nil
	}
	stores := p.link.stores(d, p.scope)
	switch {
	case p.kind == filePlace && contains(lakeConnectors, p.link.typ()):
		segments := p.segments()
		if len(segments) == 0 {
			return nil
		}
		if len(stores) == 1 && stores[0].Kind == model.ObjectStore {
			return declareFolder(d, stores[0], segments, p.written())
		}
		if connection := d.Asset(p.link.r.ID); connection != nil && len(stores) == 0 {
			return p.declareOutside(d, connection, segments)
		}
		return nil
	case p.kind == tablePlace && len(stores) == 1 && isDatabase(stores[0].Kind):
		return stores[0]
	default:
		return nil
	}
}

func isDatabase(kind model.Kind) bool { return kind == model.Database || kind == model.DatabaseServer }

// segments are the container and the folders of the path that are known before
// the first unknown part, cut after the first one that says which stage the
// data belongs to. Without one the container stands for all of its folders.
func (p place) segments() []string {
	path := p.path()
	if text, ok := p.file.Text(); ok && p.hasFile && text != "" {
		path = joined(p.container, p.folder)
	}
	prefix := path.Prefix()
	if _, ok := path.Text(); !ok {
		// What stands before an unknown part may be half a name.
		cut := strings.LastIndexByte(prefix, '/')
		if cut < 0 {
			return nil
		}
		prefix = prefix[:cut]
	}
	prefix = slashed(prefix)
	if prefix == "" {
		return nil
	}
	segments := strings.Split(prefix, "/")
	for i, segment := range segments {
		if stage.Named(segment) {
			return segments[:i+1]
		}
	}
	return segments[:1]
}

// declareFolder returns the container, or the folder within it, of a declared
// account.
func declareFolder(d *draft.Draft, account *model.Asset, segments []string, at sourceRange) *model.Asset {
	container := findContainer(d, account, segments[0])
	if container == nil {
		container = d.DeclareWithin(account, model.Container, segments[0], resource.StringAt(at, segments[0]))
		d.Set(container, settingLocation, model.KnownFact(segments[0], at))
	}
	if len(segments) == 1 {
		return container
	}
	path := strings.Join(segments[1:], "/")
	folder := d.DeclareWithin(container, model.Container, path, resource.StringAt(at, path))
	d.Set(folder, settingLocation, model.KnownFact(strings.Join(segments, "/"), at))
	return folder
}

// findContainer returns the declared container of a name in an account. While
// assets are declared containers are not placed in their accounts yet, so their
// own references count too.
func findContainer(d *draft.Draft, account *model.Asset, name string) *model.Asset {
	for _, a := range d.OfKind(model.Container) {
		if !strings.EqualFold(a.Name.Text(), name) || a.Provider != provider {
			continue
		}
		if a.Within == account.ID || a.Within == "" && belongs(d, a, account) {
			return a
		}
	}
	return nil
}

// belongs reports whether a container's resource refers to an account, directly
// or through the blob service between them.
func belongs(d *draft.Draft, container, account *model.Asset) bool {
	for _, r := range d.Resources.Lookup(container.ID) {
		for _, name := range []string{"storage_account_id", "storage_account_name", "parent_id"} {
			v := r.Attrs.Get(name)
			if text, ok := v.AsString(); ok && strings.EqualFold(nameOf(resource.StringAt(v.At, text)), account.Name.Text()) {
				return true
			}
			for _, ref := range d.Resources.Referents(v) {
				if ref.ID == account.ID {
					return true
				}
				for _, outer := range d.Resources.Referents(ref.Attrs.Get("parent_id")) {
					if outer.ID == account.ID {
						return true
					}
				}
			}
		}
	}
	return false
}

// declareOutside declares a folder of an account that is in no scanned file, so
// that its stage can be told. What protects it is the account's business.
func (p place) declareOutside(d *draft.Draft, connection *model.Asset, segments []string) *model.Asset {
	path, at := strings.Join(segments, "/"), p.written()
	known := d.Asset(connection.ID + "/" + path)
	a := d.DeclareWithin(connection, model.Container, path, resource.StringAt(at, path))
	if known != nil {
		return a
	}
	a.Region = model.UnknownFact(p.outside(), at)
	d.Set(a, settingLocation, model.KnownFact(path, at))
	for _, open := range []struct{ protection, mechanism string }{
		{model.ZoneRedundancy, "azure.zrs"},
		{model.GeoReplication, "azure.grs"},
		{model.Versioning, "azure.blob_versioning"},
		{model.SoftDelete, "azure.blob_soft_delete"},
		{model.ContainerSoftDelete, "azure.container_soft_delete"},
		{model.PointInTimeRestore, "azure.blob_pitr"},
		{model.Backup, "azure.backup_blob_vaulted"},
		{model.Immutability, "azure.immutability"},
		{model.DeleteGuard, "guard.management_lock"},
		{model.DestroyGuard, "guard.prevent_destroy"},
	} {
		why := p.outside()
		d.Protect(a, open.protection, model.Means{
			Mechanism: open.mechanism, State: model.Undecided, Why: why, Scope: model.UnknownScope,
			Window: model.UnknownFact(why, at), Interval: model.UnknownFact(why, at), Region: a.Region,
			OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
			By: a.Address, At: at,
		})
	}
	return a
}

// written is where the path is written: in the dataset, not where it is used.
func (p place) written() sourceRange {
	for _, part := range []adf.Result{p.container, p.folder} {
		if !part.Value.At.IsZero() {
			return part.Value.At
		}
	}
	return p.at
}

// openAt is where the part of the path is written that is not known.
func (p place) openAt() sourceRange {
	for _, part := range []adf.Result{p.container, p.folder, p.file} {
		if part.Value.IsUnknown() {
			return part.Value.At
		}
	}
	return p.written()
}

// outside does not say that the account is in no scanned file: one whose name is
// not known may be it.
func (p place) outside() string {
	if t, _ := p.target(); t.account != "" {
		return "no scanned file is known to declare storage account " + t.account + " of linked service " + p.link.name
	}
	return "the storage account behind linked service " + p.link.name + " is not known"
}
