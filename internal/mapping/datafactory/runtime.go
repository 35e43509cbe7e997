package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Names of the settings of an integration runtime.
const (
	settingHosting = "hosting" // "self_hosted" or "managed"
	settingPinned  = "pinned"  // whether it is bound to one region
)

func runtimes() draft.Mapper {
	return draft.Mapper{Service: "integration_runtimes", Types: typesOf(runtimeKind), Declare: each(runtimeKind, declareRuntime), Attach: each(runtimeKind, attachRuntime)}
}

// declareRuntime states where an integration runtime runs. A managed one is
// bound to a region unless its location is AutoResolve (Microsoft Learn,
// Integration runtime: location of Azure integration runtimes).
func declareRuntime(d *draft.Draft, o *object) {
	a := declare(d, o, model.IntegrationRuntime)
	typ := o.at("type")
	switch text, _ := typ.AsString(); text {
	case "SelfHosted":
		d.Set(a, settingHosting, model.KnownFact("self_hosted", typ.At))
		d.Set(a, settingPinned, model.AbsentFact(typ.At))
		return
	case "Managed":
		d.Set(a, settingHosting, model.KnownFact("managed", typ.At))
	default:
		d.Set(a, settingHosting, draft.Text(typ))
	}
	location := o.at("typeProperties.computeProperties.location")
	text, ok := location.AsString()
	switch {
	case location.State == resource.Absent, strings.EqualFold(text, "AutoResolve"):
		d.Set(a, settingPinned, model.KnownFact(false, orElse(location.At, typ.At)))
	case len(location.Origin) > 0 || len(location.Refs) > 0:
		// A parameter or another resource decides.
		d.Set(a, settingPinned, model.KnownFact(false, location.At))
		a.Region = draft.Text(location)
	case !ok:
		d.Set(a, settingPinned, model.UnknownFact(location.Why, location.At))
		a.Region = draft.Text(location)
	default:
		d.Set(a, settingPinned, model.KnownFact(true, location.At))
		a.Region = draft.Text(location)
	}
}

// selfHosted returns the asset of the self-hosted integration runtime through
// which a linked service is reached, or nil.
func (o *object) selfHosted(d *draft.Draft) *model.Asset {
	ir, _, _ := o.factory.refer(runtimeKind, o.at("connectVia"))
	if ir == nil || ir.at("type").Text != "SelfHosted" {
		return nil
	}
	return d.Asset(ir.r.ID)
}
