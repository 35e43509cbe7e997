package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// The classes of SQL databases, as the setting "tier" names them.
const (
	tierBasic            = "basic"
	tierStandard         = "standard"
	tierPremium          = "premium"
	tierGeneralPurpose   = "general_purpose"
	tierBusinessCritical = "business_critical"
	tierHyperscale       = "hyperscale"
	tierDataWarehouse    = "data_warehouse"
	tierMemoryOptimized  = "memory_optimized"
	tierBurstable        = "burstable"
)

// tiers are the words for classes: ARM's sku.tier and edition, and the prefixes
// with which names of sizes begin (Microsoft Learn, vCore and DTU purchasing
// models; azurerm documentation, mssql_database and postgresql_flexible_server:
// sku_name).
var tiers = map[string]string{
	"basic": tierBasic, "standard": tierStandard, "premium": tierPremium, "generalpurpose": tierGeneralPurpose,
	"businesscritical": tierBusinessCritical, "hyperscale": tierHyperscale, "datawarehouse": tierDataWarehouse,
	"memoryoptimized": tierMemoryOptimized, "burstable": tierBurstable,
	"gp": tierGeneralPurpose, "bc": tierBusinessCritical, "hs": tierHyperscale, "mo": tierMemoryOptimized, "b": tierBurstable,
}

// sqlTier reads the class of a SQL database from ARM's tier or, without one,
// from the name of the size: "Basic", "S3", "P2", "GP_S_Gen5_2", "DW100c". It is
// absent for what says nothing: "ElasticPool".
func sqlTier(tier, sku attr) model.Fact {
	decides := tier
	if tier.IsAbsent() {
		decides = sku
	}
	text, known := decides.AsString()
	switch {
	case decides.IsAbsent():
		return model.AbsentFact(decides.At)
	case !known:
		return model.UnknownFact(unresolved(decides), decides.At)
	}
	word := strings.ToLower(text)
	prefix, _, _ := strings.Cut(word, "_")
	switch {
	case tiers[word] != "":
		return model.KnownFact(tiers[word], decides.At)
	case prefix != word && len(prefix) <= 2 && tiers[prefix] != "":
		return model.KnownFact(tiers[prefix], decides.At)
	case numbered(word, "dw"), numbered(word, "ds"):
		return model.KnownFact(tierDataWarehouse, decides.At)
	case numbered(word, "s"):
		return model.KnownFact(tierStandard, decides.At)
	case numbered(word, "p"):
		return model.KnownFact(tierPremium, decides.At)
	default:
		return model.AbsentFact(decides.At)
	}
}

// numbered reports whether a name is a prefix with a number: "s3", "dw100c".
func numbered(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// sizeName is the name of a size in ARM's words: Terraform adds the number of
// cores, which ARM has as the capacity ("GP_Gen5_2" is GP_Gen5).
func sizeName(sku attr) model.Fact {
	fact := draft.Text(sku.Value)
	parts := strings.Split(fact.Text(), "_")
	if last := parts[len(parts)-1]; len(parts) > 2 && strings.Trim(last, "0123456789") == "" {
		fact.Value = strings.Join(parts[:len(parts)-1], "_")
	}
	return fact
}

// serverless says whether a size of the vCore model pauses by itself: the names
// of such sizes have an S after the tier ("GP_S_Gen5").
func serverless(sku model.Fact) model.Fact {
	if sku.State != model.Known {
		return sku
	}
	parts := strings.Split(sku.Text(), "_")
	return model.KnownFact(len(parts) > 1 && strings.EqualFold(parts[1], "S"), sku.At)
}

// elasticPool is what a pool decides for the databases in it.
type elasticPool struct {
	zones attr
	tier  model.Fact
}

// poolOf reads the pool that a database names by reference, by name or by ID; why
// explains one that cannot be read.
func poolOf(d *draft.Draft, r *resource.Resource, named attr) (pool elasticPool, why string) {
	types := []string{"azurerm_mssql_elasticpool", "azurerm_sql_elasticpool", armSQLPool, azapiResource}
	found := d.Resources.Referents(named.Value, types...)
	if name := nameOrID(idText(named), "elasticPools"); len(found) == 0 && name != "" {
		for _, candidate := range d.Resources.OfType(types...) {
			if candidate.Root == r.Root && strings.EqualFold(attrOf(candidate, "name").text(), name) {
				found = append(found, candidate)
			}
		}
	}
	for _, candidate := range found {
		if candidate.Mode != resource.Managed {
			continue
		}
		if read, ok := readPool(candidate); ok {
			return read, ""
		}
	}
	if named.IsUnknown() && len(named.Refs) == 0 {
		return pool, named.Why
	}
	return pool, named.name + " names a pool that no scanned file declares"
}

func readPool(r *resource.Resource) (elasticPool, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_mssql_elasticpool":
		return elasticPool{zones: at("zone_redundant"), tier: sqlTier(at("sku.tier"), at("sku.name"))}, true
	case "azurerm_sql_elasticpool":
		return elasticPool{zones: at("zone_redundant"), tier: sqlTier(at("edition"), at("edition"))}, true
	}
	arm, ok := armOf(r, armSQLPool)
	return elasticPool{
		zones: arm.at("properties.zoneRedundant"),
		tier:  sqlTier(arm.at("sku.tier").orElse(arm.at("properties.edition")), arm.at("sku.name")),
	}, ok
}
