package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Types of resources that install a self-hosted integration runtime on machines.
var (
	machineExtensions = []string{"azurerm_virtual_machine_extension", "microsoft.compute/virtualmachines/extensions"}
	scaleSets         = []string{
		"azurerm_windows_virtual_machine_scale_set", "azurerm_virtual_machine_scale_set_extension",
		"microsoft.compute/virtualmachinescalesets", "microsoft.compute/virtualmachinescalesets/extensions",
	}
)

// installers are words in the commands that install a runtime (Microsoft Learn,
// Create and configure a self-hosted integration runtime: dmgcmd and the
// published installation scripts).
var installers = []string{"integrationruntime", "gatewayinstall", "dmgcmd"}

// attachRuntime states what keeps the machine of a runtime. A managed one has
// none; the machines of scale sets are made anew.
func attachRuntime(d *draft.Draft, o *object) {
	a := d.Asset(o.r.ID)
	if a == nil {
		return
	}
	if a.Settings[settingHosting].Text() != "self_hosted" {
		d.Inapplicable(a, model.Backup, "it is a service and no machine", a.At)
		return
	}
	for _, r := range d.Resources.OfType(scaleSets...) {
		if installs(r, o) {
			d.Inapplicable(a, model.Backup, "it runs on a scale set, whose machines are made anew", r.At)
			return
		}
	}
	hosted := false
	for _, r := range d.Resources.OfType(machineExtensions...) {
		if machine := machineOf(d, r); machine != nil && installs(r, o) {
			hosted = true
			relate(d, a, "runs_on", machine, r.At)
		}
	}
	if hosted {
		d.Inapplicable(a, model.Backup, "the machine that it runs on is backed up, not the runtime", a.At)
		return
	}
	why := "the machine that it runs on is in no scanned file"
	d.Protect(a, model.Backup, model.Means{
		State: model.Undecided, Why: why, Scope: model.UnknownScope, By: a.Address, At: a.At,
		Window: model.UnknownFact(why, a.At), Interval: model.UnknownFact(why, a.At), Region: model.UnknownFact(why, a.At),
		OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
	})
}

// machineOf is the virtual machine that an extension belongs to: the one that it
// refers to, or the one whose name comes before its own.
func machineOf(d *draft.Draft, r *resource.Resource) *model.Asset {
	for _, name := range []string{"virtual_machine_id", "parent_id"} {
		for _, target := range d.Resources.Referents(r.Attrs.Get(name)) {
			if a := d.Asset(target.ID); a != nil && a.Kind == model.VirtualMachine {
				return a
			}
		}
	}
	full, _ := r.Attrs.Get("full_name").AsString()
	name, _, _ := strings.Cut(full, "/")
	for _, a := range d.OfKindIn(r.Root, model.VirtualMachine) {
		if name != "" && strings.EqualFold(a.Name.Text(), name) {
			return a
		}
	}
	return nil
}

// installs reports whether a resource puts a runtime on its machine: it uses the
// runtime's key, or installs one where its root has no other.
func installs(r *resource.Resource, o *object) bool {
	if r.Root != o.r.Root || r.Mode != resource.Managed {
		return false
	}
	if refersTo(r.Attrs, o.r.ID) {
		return true
	}
	count := 0
	for _, other := range o.factory.all {
		if other.kind == runtimeKind && other.at("type").Text == "SelfHosted" {
			count++
		}
	}
	return count == 1 && mentions(r.Attrs, installers)
}

// refersTo reports whether anything in a value refers to a resource.
func refersTo(v resource.Value, id string) bool {
	return anywhere(v, func(v resource.Value) bool {
		for _, ref := range v.Refs {
			if ref.ID == id {
				return true
			}
		}
		return false
	})
}

// mentions reports whether a text in a value has one of some words, which are in
// lower case.
func mentions(v resource.Value, words []string) bool {
	return anywhere(v, func(v resource.Value) bool {
		text := strings.ToLower(v.Text + v.Hint)
		for _, word := range words {
			if strings.Contains(text, word) {
				return true
			}
		}
		return false
	})
}

// anywhere reports whether something holds of a value or of one within it.
func anywhere(v resource.Value, holds func(resource.Value) bool) bool {
	if holds(v) {
		return true
	}
	for i := range v.Items {
		if anywhere(v.Items[i], holds) {
			return true
		}
	}
	for i := range v.Fields {
		if anywhere(v.Fields[i].Value, holds) {
			return true
		}
	}
	return false
}
