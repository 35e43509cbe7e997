package fabric

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	modelType   = "fabric_semantic_model"
	tabularType = "analysis_services_model"
)

func models() draft.Mapper {
	return draft.Mapper{
		Service: "semantic_models", Types: []string{modelType, tabularType},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			service := "power_bi"
			if r.Type == tabularType {
				service = "analysis_services"
			}
			a := d.Declare(r, model.SemanticModel, provider, service, r.Attrs.Get("display_name"))
			inGit(d, a, r)
		}),
		Attach: attached(attachModel),
	}
}

func attachModel(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	preventDestroy(d, a, r)
	if r.Type == modelType {
		place(d, a, r)
		// Power BI documentation, "Backup and restore semantic models": only on
		// demand, over XMLA, with a storage account that an administrator connects.
		d.Lacks(a, model.Backup, "the service backs up a model only when somebody asks for it, and no file does", r.At, true)
	} else {
		// The server that the project is deployed to decides.
		open(d, a, "the server that the project is deployed to is not named in it", r.At, model.GeoReplication, model.Backup)
	}
	if r.Attrs.Get("tables").IsAbsent() {
		return
	}
	storageMode(d, a, r)
	if mode := a.Settings["storage_mode"]; mode.Text() == "direct_lake" || mode.Text() == "direct_query" {
		d.Inapplicable(a, model.Backup, "its storage mode is "+mode.Text()+", so it holds no data of its own", mode.At)
	}
	refresh(d, a, r)
	var names []string
	for _, parameter := range r.Attrs.Get("parameters").Items {
		if name, ok := parameter.Get("name").AsString(); ok {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		d.Set(a, "parameters", model.KnownFact(strings.Join(names, ", "), r.Attrs.Get("parameters").Items[0].At))
	}
	connect(d, a, r)
}

// storageMode says how a model holds its data: "import", "direct_query",
// "direct_lake" or "composite" where its tables differ. Calculated tables say
// nothing. A partition without a mode has the model's own, import by default.
func storageMode(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	modes := map[string]resource.Value{}
	for _, table := range r.Attrs.Get("tables").Items {
		for _, partition := range table.Get("partitions").Items {
			if name := modeOf(partition); name != "" {
				if _, seen := modes[name]; !seen {
					modes[name] = partition
				}
			}
		}
	}
	switch len(modes) {
	case 0:
	case 1:
		for name, partition := range modes {
			at := partition.Get("mode").At
			if at.IsZero() {
				at = partition.At
			}
			d.Set(a, "storage_mode", model.KnownFact(name, at))
		}
	default:
		d.Set(a, "storage_mode", model.KnownFact("composite", r.At))
	}
}

func modeOf(partition resource.Value) string {
	if kind, _ := partition.Get("kind").AsString(); kind == "calculated" || kind == "calculationgroup" || partition.Get("kind").IsAbsent() {
		return ""
	}
	mode, _ := partition.Get("mode").AsString()
	switch strings.ToLower(mode) {
	case "directquery", "dual":
		return "direct_query"
	case "directlake":
		return "direct_lake"
	default:
		return "import"
	}
}

// refresh says whether a model loads increments: a table with a refresh policy
// keeps partitions that a full refresh never loads again.
func refresh(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	for _, table := range r.Attrs.Get("tables").Items {
		policy := table.Get("refresh_policy")
		if policy.IsAbsent() {
			continue
		}
		d.Set(a, "incremental_refresh", model.KnownFact(true, policy.At))
		d.Set(a, "rolling_window", period(policy, "rollingWindow"))
		d.Set(a, "incremental_window", period(policy, "incremental"))
		return
	}
	d.Set(a, "incremental_refresh", model.KnownFact(false, r.At))
}

// period reads a number and a unit of a policy: "8 year".
func period(policy resource.Value, name string) model.Fact {
	number, unit := policy.Get(name+"Periods"), policy.Get(name+"Granularity")
	n, known := number.AsNumber()
	text, ok := unit.AsString()
	switch {
	case number.IsAbsent() && unit.IsAbsent():
		return model.AbsentFact(policy.At)
	case !known || !ok:
		return model.UnknownFact("the policy states no plain "+name, policy.At)
	default:
		return model.KnownFact(strconv.FormatFloat(n, 'f', -1, 64)+" "+strings.ToLower(text), number.At)
	}
}
