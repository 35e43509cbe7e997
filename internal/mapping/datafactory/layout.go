package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/adf"
)

type sourceRange = source.Range

// Names of the settings of a workspace that stands for a folder.
const (
	settingGitLayout     = "git_layout"
	settingPublishBranch = "publish_branch"
	// settingGlobals says whether global parameters hold addresses that are
	// fixed in the code.
	settingGlobals = "hard_coded_global_parameters"
)

// layouts maps the folders of the Git layout, each to one workspace.
func layouts() draft.Mapper {
	return draft.Mapper{Service: "git_layout", Types: []string{layoutType}, Declare: declareLayout, Attach: attachLayout}
}

func isLayout(a *model.Asset) bool { return a.Type == layoutType }

func declareLayout(d *draft.Draft, r *resource.Resource) {
	service, _ := r.Attrs.Get("service").AsString()
	a := d.Declare(r, model.Workspace, provider, service, r.Attrs.Get("name"))
	a.Region = draft.Text(r.Attrs.Get("location"))
	d.Set(a, settingGitLayout, model.KnownFact(true, r.At))
	branch := r.Attrs.Get("publish_branch")
	if branch.State == resource.Absent {
		branch.At = r.At
	}
	d.Set(a, settingPublishBranch, draft.Text(branch))
	for _, protection := range model.ProtectionsOf(model.Workspace) {
		d.Inapplicable(a, protection, "these files are the source of the service, not the service that runs", r.At)
	}
	stateGlobalParameters(d, a, r)
}

// stateGlobalParameters says whether a global parameter holds an address.
// Publishing turns their values into parameters unless a definition file leaves
// them out.
func stateGlobalParameters(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	for _, field := range r.Attrs.Get("global_parameters").Fields {
		v := field.Value.Get("value")
		text, _ := v.AsString()
		if !strings.Contains(text, "://") || adf.IsExpression(text) {
			continue
		}
		definition := r.Attrs.Get("parameter_definition")
		rule := member(definition, "Microsoft.DataFactory/factories").Path("properties.globalParameters")
		fact := model.KnownFact(true, v.At)
		switch {
		case definition.IsKnown() && rule.IsKnown(), definition.IsAbsent() && r.Attrs.Get("publishes").IsKnown():
			fact = model.KnownFact(false, v.At)
		case definition.IsAbsent():
			fact = model.UnknownFact("publishing the factory turns global parameters into parameters of the template, but nothing shows that it is what gets deployed", v.At)
		}
		d.Set(a, settingGlobals, fact)
		if fact.State != model.Known || fact.Value == true {
			return
		}
	}
}

// attachLayout records what triggers name and the folder does not hold.
func attachLayout(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	for _, f := range catalogueOf(d).factories {
		if f.layout != r || a == nil {
			continue
		}
		for _, o := range f.all {
			if o.kind != triggerKind {
				continue
			}
			for _, started := range o.started() {
				if _, name, at := f.refer(pipelineKind, started.Get("pipelineReference")); f.lacks(pipelineKind, name) {
					miss(d, a, pipelineKind, name, at)
				}
			}
		}
	}
}
