package databricks

import (
	"net/url"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// stored places an asset in the store that its URL names, so that it has that
// store's redundancy and backups. It reports whether a place is written.
func stored(d *draft.Draft, a *model.Asset, r *resource.Resource, place resource.Value) bool {
	if place.IsAbsent() {
		return false
	}
	d.Set(a, "storage", draft.Text(place))
	store := storeOf(d, place, r.Root)
	if store != nil {
		a.Within = store.ID
		d.Relate(a, "stored_on", store, place.At)
		return true
	}
	why := "the storage that it names is in no scanned file"
	if place.IsUnknown() {
		why = place.Why
	}
	open(d, a, why, place.At, storage(a.Kind)...)
	return true
}

// storage lists the protections of a kind that the store below it provides.
func storage(kind model.Kind) []string {
	if kind == model.Container {
		return []string{
			model.ZoneRedundancy, model.GeoReplication, model.Versioning, model.SoftDelete, model.ContainerSoftDelete,
			model.PointInTimeRestore, model.Backup, model.Immutability,
		}
	}
	return []string{model.ZoneRedundancy, model.GeoReplication, model.Backup}
}

// storeOf resolves a URL of object storage to the container, bucket or account
// that it names, nil when it is in no scanned file.
func storeOf(d *draft.Draft, place resource.Value, root string) *model.Asset {
	for _, kind := range []model.Kind{model.Container, model.ObjectStore} {
		if found := d.Resources.Referents(place); len(found) > 0 {
			for _, r := range found {
				if a := d.Asset(r.ID); a != nil && a.Kind == kind {
					return a
				}
			}
		}
	}
	text, ok := place.AsString()
	if !ok {
		return nil
	}
	address, err := url.Parse(text)
	if err != nil {
		return nil
	}
	switch address.Scheme {
	case "abfss", "abfs", "wasbs", "wasb":
		return azureStore(d, address, place, root)
	case "s3", "s3a", "s3n":
		return named(d, address.Host, place, root, "aws")
	case "gs":
		return named(d, address.Host, place, root, "google")
	default:
		return nil
	}
}

// azureStore resolves container@account.dfs.core.windows.net.
func azureStore(d *draft.Draft, address *url.URL, place resource.Value, root string) *model.Asset {
	name, _, _ := strings.Cut(address.Host, ".")
	account := named(d, name, place, root, "azure")
	if account == nil {
		return nil
	}
	for _, inner := range d.OfKind(model.Container) {
		if inner.Within == account.ID && strings.EqualFold(inner.Name.Text(), address.User.Username()) {
			return inner
		}
	}
	return account
}

func named(d *draft.Draft, name string, place resource.Value, root, cloud string) *model.Asset {
	if found := d.Find(resource.StringAt(place.At, name), root, cloud, model.ObjectStore).Assets; len(found) == 1 {
		return found[0]
	}
	return nil
}
