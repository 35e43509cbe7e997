package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// sku is the redundancy of a storage account: the tier and the replication type
// in ARM's spelling, and the attribute that decides the replication.
type sku struct {
	tier, replication string
	decides           attr
}

// terraformSKU reads azurerm's split spelling (azurerm documentation,
// storage_account: account_tier, account_replication_type,
// provisioned_billing_model_version).
func terraformSKU(tier, billing, replication attr) sku {
	prefix := tier.text()
	if strings.EqualFold(billing.text(), "V2") && prefix != "" {
		prefix += "V2"
	}
	return sku{tier: prefix, replication: strings.ToUpper(replication.text()), decides: replication}
}

// armSKU reads ARM's one name ("Standard_RAGRS", "StandardV2_GZRS").
func armSKU(name attr) sku {
	tier, replication, _ := strings.Cut(name.text(), "_")
	return sku{tier: tier, replication: strings.ToUpper(replication), decides: name}
}

// offered says whether storage accounts exist in this combination: the SkuName
// enumeration of Microsoft.Storage/storageAccounts@2025-06-01. An unknown tier
// decides nothing about redundancy.
func (s sku) offered() bool {
	replications := []string{"LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"}
	switch strings.ToLower(s.tier) {
	case "", "standard":
	case "standardv2":
		replications = []string{"LRS", "ZRS", "GRS", "GZRS"}
	case "premium", "premiumv2":
		replications = []string{"LRS", "ZRS"}
	default:
		return false
	}
	return slices.Contains(replications, s.replication)
}

// copies reads the replication type: Z keeps copies in several zones, G in a
// second region; RA only adds read access there.
func (s sku) copies() (zones, geo bool) {
	return strings.Contains(s.replication, "Z"), strings.Contains(s.replication, "G")
}

// stateRedundancy states where Azure keeps the copies of an account.
func stateRedundancy(d *draft.Draft, a *model.Asset, r *resource.Resource, s sku) {
	if !s.offered() {
		why := openText(s.decides, "a redundancy of storage accounts")
		if (sku{replication: s.replication}).offered() {
			why = s.decides.says() + ", which accounts of tier " + s.tier + " do not offer"
		}
		stateOpenCopies(d, a, r, s.decides, why)
		return
	}
	zones, geo := s.copies()
	stateCopies(d, a, r, s.decides, copies{zones: zones, geo: geo})
}

// openText explains a word that decides nothing.
func openText(a attr, expected string) string {
	switch {
	case a.IsAbsent():
		return a.name + " is not written"
	case a.text() != "":
		return a.says() + ", which drlint does not know as " + expected
	default:
		return unresolved(a)
	}
}

// copies says where copies lie when one attribute decides.
type copies struct{ zones, geo, defaulted bool }

// stateCopies states zone and geo redundancy.
func stateCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, decides attr, c copies) {
	on := feature{state: model.On, at: decides.At, days: model.AbsentFact(decides.At), defaulted: c.defaulted}
	lacks := func(protection, where string) {
		d.Lacks(a, protection, decides.says()+", which keeps "+where, decides.At, c.defaulted)
	}
	switch {
	case c.zones:
		protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azure.zrs", on)))
	case c.geo:
		lacks(model.ZoneRedundancy, "the copies of each region in one datacenter")
	default:
		lacks(model.ZoneRedundancy, "every copy in one datacenter")
	}
	switch {
	case c.geo:
		protect(d, a, r, model.GeoReplication, geoCopy(a, r, on))
	case c.zones:
		lacks(model.GeoReplication, "every copy in one region")
	default:
		lacks(model.GeoReplication, "every copy in one datacenter")
	}
}

// stateOpenCopies states that zone and geo redundancy cannot be judged.
func stateOpenCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, decides attr, why string) {
	open := feature{state: model.Undecided, why: why, at: decides.At, days: model.AbsentFact(decides.At)}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azure.zrs", open)))
	protect(d, a, r, model.GeoReplication, geoCopy(a, r, open))
}

// geoCopy describes the copy that Azure keeps in the paired region.
func geoCopy(a *model.Asset, r *resource.Resource, f feature) model.Means {
	mechanism := "azure.grs"
	if a.Kind == model.BackupVault {
		mechanism = "azure.vault_redundancy"
	}
	means := following(inPlace(a, r, mechanism, f))
	means.Region = pairedRegion(f.at)
	means.OtherRegion = model.Yes
	return means
}

// pairedRegion is where geo-redundant copies are kept.
func pairedRegion(at source.Range) model.Fact {
	return model.UnknownFact("Azure chooses the paired region", at)
}

// following marks a copy that follows every change, deletions included.
func following(means model.Means) model.Means {
	means.PropagatesDeletes = model.Yes
	return means
}
