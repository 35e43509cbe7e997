package databricks

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func dashboards() draft.Mapper {
	return draft.Mapper{
		Service: "dashboards", Types: []string{"databricks_dashboard"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Report, provider, "dashboards", r.Attrs.Get("display_name"))
			d.Set(a, "form", model.KnownFact("lvdash", r.At))
		}),
		Attach: attached(func(d *draft.Draft, a *model.Asset, r *resource.Resource) {
			text, place := r.Attrs.Get("serialized_dashboard"), r.Attrs.Get("file_path")
			switch name, ok := fileOf(place); {
			case ok && !holds(d, name):
				d.Miss(a, "dashboard", name, place.At)
				d.Set(a, "in_git", model.KnownFact(false, place.At))
			case ok, !place.IsAbsent():
				d.Set(a, "in_git", model.KnownFact(true, place.At))
			case !text.IsAbsent():
				d.Set(a, "in_git", model.KnownFact(true, text.At))
			default:
				// A dashboard that is only named is kept in the workspace.
				d.Set(a, "in_git", model.KnownFact(false, r.At))
			}
		}),
	}
}
