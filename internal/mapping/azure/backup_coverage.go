package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// stateCoverage puts a vaulted backup on the containers that the instance names
// and says of the others that they are left out: containers are not added by
// themselves. On the account it is a part.
func stateCoverage(d *draft.Draft, r *resource.Resource, account *model.Asset, instance backupInstance, means model.Means) {
	if instance.all {
		stateAutomatic(d, r, account, instance, means)
		return
	}
	members := membersOf(d, instance.containers.Value)
	if members.empty() && means.State != model.Off {
		means.State = model.Off
		means.Why = instance.containers.name + " is empty, and a vaulted backup takes only the containers that it names"
	}
	if means.State == model.Off {
		protect(d, account, r, model.Backup, means)
		return
	}
	for _, container := range containersOf(d, account) {
		held, why := members.holds(container)
		protect(d, container, r, model.Backup, ofContainer(container, instance, means, held, why))
	}
	means.Scope = model.Partial
	protect(d, account, r, model.Backup, means)
}

// ofContainer is the means as one container has it.
func ofContainer(container *model.Asset, instance backupInstance, means model.Means, held model.Tri, why string) model.Means {
	switch held {
	case model.No:
		means.State, means.Why = model.Off, instance.containers.name+" of "+means.By+" does not name it"
	case model.Maybe:
		means.State, means.Why = model.Undecided, why
	default:
		if role := container.Settings[settingReplicated]; !instance.dataLake && role.Text() != "" {
			means.State = model.Off
			means.Why = "a container in an object replication policy (as its " + role.Text() + ") cannot have a vaulted backup"
		}
	}
	return means
}

// stateAutomatic states an instance that takes every container of the account
// but those with excluded names (Microsoft.DataProtection/backupVaults/
// backupInstances@2026-03-01: autoProtectionSettings).
func stateAutomatic(d *draft.Draft, r *resource.Resource, account *model.Asset, instance backupInstance, means model.Means) {
	for _, container := range containersOf(d, account) {
		own, name := means, container.Name.Text()
		excluded := slices.ContainsFunc(instance.except, func(prefix string) bool { return name != "" && strings.HasPrefix(name, prefix) })
		switch {
		case means.State == model.Off || len(instance.except) == 0:
			continue
		case excluded:
			own.State, own.Why = model.Off, "an automatic protection rule of "+means.By+" excludes its name"
		case name == "":
			own.State, own.Why = model.Undecided, container.Name.Why
		}
		protect(d, container, r, model.Backup, own)
	}
	if len(instance.except) > 0 {
		means.Scope = model.Partial
	}
	protect(d, account, r, model.Backup, means)
}
