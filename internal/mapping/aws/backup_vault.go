package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func declareVault(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.BackupVault, "backup", r.Attrs.Get("name"))
	if a == nil {
		return
	}
	stateVault(d, a, r)
	force := boolOr(r, r.Attrs.Get("force_destroy"), false)
	d.Set(a, "force_destroy", force)
	if force.Value == true {
		// prevent_destroy, where it is set, is a means and outweighs this.
		d.Lacks(a, model.DestroyGuard, "force_destroy is true, so destroying the vault deletes every recovery point in it", force.At, false)
	}
}

// declareAirGappedVault maps a vault that is locked in compliance mode from the
// start (AWS Backup developer guide, "Logically air-gapped vault").
func declareAirGappedVault(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.BackupVault, "backup", r.Attrs.Get("name"))
	if a == nil {
		return
	}
	stateVault(d, a, r)
	stateVaultLock(d, a, r, vaultLock{
		mechanism: "aws_backup.air_gapped_vault", compliance: model.Yes, at: r.At,
		minimum: draft.Number(r.Attrs.Get("min_retention_days")),
	})
}

// stateVault states what every vault has and cannot have. Recovery points are
// stored in several zones (AWS Backup developer guide, "Resilience"); a vault
// is not replicated, its recovery points are copied one by one.
func stateVault(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	zones := inPlace(a, r, "aws_backup.zones", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	d.Inapplicable(a, model.GeoReplication, "AWS Backup copies recovery points by the rules of a plan, never a vault", r.At)
	d.Inapplicable(a, model.SoftDelete, "AWS Backup has no soft delete; a vault lock keeps recovery points", r.At)
	d.Inapplicable(a, model.DeleteGuard, "AWS Backup refuses to delete a vault that holds recovery points", r.At)
}

// vaultLock is what a configuration says about the lock of a vault.
type vaultLock struct {
	mechanism  string
	compliance model.Tri
	why        string
	at         source.Range
	minimum    model.Fact // days that a recovery point must be kept
}

func attachVaultLock(d *draft.Draft, r *resource.Resource) {
	name := r.Attrs.Get("backup_vault_name")
	found := resolve(d, r, name, model.BackupVault)
	if found.why != "" {
		d.Doubt(r, provider, []model.Kind{model.BackupVault}, []string{model.Immutability}, r.Address+" may apply to it: "+found.why, name.At)
	}
	for _, a := range found.assets {
		stateVaultLock(d, a, found.by(r), readVaultLock(r))
	}
}

// readVaultLock reads aws_backup_vault_lock_configuration. Without
// changeable_for_days the lock is in governance mode and can be removed; with
// it, nobody can remove it once that time is over (provider documentation,
// version 6).
func readVaultLock(r *resource.Resource) vaultLock {
	grace := r.Attrs.Get("changeable_for_days")
	lock := vaultLock{
		mechanism: "aws_backup.vault_lock", at: where(r, grace),
		minimum: draft.Number(r.Attrs.Get("min_retention_days")),
	}
	switch {
	case grace.IsUnknown():
		lock.compliance, lock.why = model.Maybe, grace.Why
	default:
		lock.compliance = model.TriOf(!grace.IsAbsent())
	}
	return lock
}

func stateVaultLock(d *draft.Draft, a *model.Asset, r *resource.Resource, lock vaultLock) {
	m := inPlace(a, r, lock.mechanism, lock.at)
	m.Locked, m.Why, m.Window = lock.compliance, lock.why, lock.minimum
	protect(d, a, r, model.Immutability, m)
}

// lockedVault says whether nobody can delete recovery points in a vault before
// their time: yes only for a lock in compliance mode.
func lockedVault(d *draft.Draft, vault *model.Asset) model.Tri {
	if vault == nil {
		return model.Maybe
	}
	answer := model.No
	for _, m := range vault.Protections[model.Immutability].Means {
		switch {
		case m.State == model.On && m.Locked == model.Yes:
			return model.Yes
		case m.State == model.Undecided || m.Locked == model.Maybe:
			answer = model.Maybe
		}
	}
	if answer == model.No && unresolved(d, vault.Root, "aws_backup_vault_lock_configuration", "backup_vault_name", model.BackupVault) != "" {
		return model.Maybe
	}
	return answer
}
