package fabric

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func reports() draft.Mapper {
	return draft.Mapper{
		Service: "reports", Types: []string{"fabric_report", "fabric_paginated_report"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Report, provider, "power_bi", r.Attrs.Get("display_name"))
			inGit(d, a, r)
			if form := r.Attrs.Get("form"); !form.IsAbsent() {
				d.Set(a, "form", draft.Text(form))
			}
		}),
		Attach: attached(attachReport),
	}
}

// attachReport connects a report with its model: a folder beside it, or one in
// a workspace that a connection string names.
func attachReport(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	enter(d, a, r)
	if path := r.Attrs.Get("dataset_path"); !path.IsAbsent() {
		for _, ref := range path.Refs {
			if target := d.Asset(ref.ID); target != nil {
				d.Relate(a, "uses", target, path.At)
			} else {
				text, _ := path.AsString()
				d.Miss(a, "semantic model", text, path.At)
			}
		}
	}
	connection := r.Attrs.Get("dataset_connection")
	if connection.IsAbsent() {
		return
	}
	text := connection.Get("connectionString")
	if text.IsAbsent() {
		// Only the ID of a published model is written, which deployments rebind.
		d.Set(a, "model_connection", draft.Text(connection.Get("pbiModelDatabaseName")))
		return
	}
	d.Set(a, "model_connection", draft.Text(text))
	switch written, ok := text.AsString(); {
	case !ok:
		d.Set(a, "hard_coded", model.UnknownFact(text.Why, text.At))
	default:
		d.Set(a, "hard_coded", model.KnownFact(names(written) && !replacedText(d, r, written), text.At))
	}
}

// names reports whether a connection string names a workspace, rather than
// holding the place of one that a deployment fills in.
func names(connection string) bool {
	return strings.Contains(strings.ToLower(connection), "data source=") && !placeholder.MatchString(connection)
}

// placeholder finds an ID of zeros and a run of crosses.
var placeholder = regexp.MustCompile(`00000000-0000-0000-0000-000000000000|(?i:x{4,})`)

func replacedText(d *draft.Draft, r *resource.Resource, text string) bool {
	for _, other := range replacements(d, r) {
		if other != "" && (strings.Contains(text, other) || strings.Contains(other, text)) {
			return true
		}
	}
	return false
}

// binaries declares Power BI files: report and data in an archive that nobody
// can compare or review.
func binaries() draft.Mapper {
	return draft.Mapper{
		Service: "files", Types: []string{"powerbi_file"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Report, provider, "power_bi", resource.StringAt(r.At, r.Name))
			d.Set(a, "form", draft.Text(r.Attrs.Get("form")))
			d.Set(a, "twin", draft.Bool(r.Attrs.Get("twin")))
			d.Set(a, "in_git", model.KnownFact(true, r.At))
		}),
	}
}
