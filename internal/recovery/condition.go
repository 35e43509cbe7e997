package recovery

import "github.com/drlint/drlint/internal/model"

// Condition is a predicate over a means and its asset.
type Condition string

// The conditions of the table's cells.
const (
	Always            Condition = "always"
	IfOtherRegion     Condition = "if the copy is in another region"
	IfOtherAccount    Condition = "if the copy is in another account"
	IfLocked          Condition = "if nobody can delete the copy"
	IfDeletesStay     Condition = "if deletions are not repeated at the copy"
	IfZoneRedundant   Condition = "if the store spans zones"
	IfFlatNamespace   Condition = "if the namespace is not hierarchical"
	IfLockedOrAccount Condition = "if nobody can delete the copy or it is in another account"
	IfCopySpansZones  Condition = "if the place of the copy outlives a zone"
	IfApart           Condition = "if the copy is kept apart from the store"
	IfSecondFactor    Condition = "if deleting for good takes a second factor"
	IfRestoresAcross  Condition = "if the vault restores across regions"
)

// verdicts say what a condition looks at and why it fails or stays open. The
// reasons complete "unknown because …" and "no, because …".
var verdicts = map[Condition]struct {
	of           func(*model.Asset, *model.Means) model.Tri
	closed, open string
}{
	Always:            {func(*model.Asset, *model.Means) model.Tri { return model.Yes }, "", ""},
	IfOtherRegion:     {func(_ *model.Asset, m *model.Means) model.Tri { return m.OtherRegion }, "the copy is in the same region", "nothing states whether the copy is in another region"},
	IfOtherAccount:    {func(_ *model.Asset, m *model.Means) model.Tri { return m.OtherAccount }, "the copy is in the same account", "nothing states whether the copy is in another account"},
	IfLocked:          {func(_ *model.Asset, m *model.Means) model.Tri { return m.Locked }, "administrators can delete the copy", "nothing states whether administrators can delete the copy"},
	IfDeletesStay:     {func(_ *model.Asset, m *model.Means) model.Tri { return not(m.PropagatesDeletes) }, "deletions are repeated at the copy", "nothing states whether deletions are repeated at the copy"},
	IfZoneRedundant:   {func(a *model.Asset, _ *model.Means) model.Tri { return zoneRedundant(a) }, "the store and the copy share one zone", "nothing states whether the store spans zones"},
	IfFlatNamespace:   {func(a *model.Asset, _ *model.Means) model.Tri { return not(setting(a, "hierarchical_namespace")) }, "a hierarchical namespace keeps no overwritten content", "nothing states whether the namespace is hierarchical"},
	IfLockedOrAccount: {lockedOrApart, "whoever can delete the data can delete the copy", "nothing states whether whoever can delete the data can delete the copy"},
	IfCopySpansZones:  {func(_ *model.Asset, m *model.Means) model.Tri { return m.OtherRegion }, "the copy is kept in one zone", "nothing states whether the copy is kept in several zones"},
	IfApart:           {apart, "the copies stay in the store itself", ""},
	IfSecondFactor:    {func(a *model.Asset, _ *model.Means) model.Tri { return setting(a, "mfa_delete") }, "whoever holds the credentials can delete every version", "nothing states whether deleting a version takes a second factor"},
	IfRestoresAcross:  {func(a *model.Asset, _ *model.Means) model.Tri { return setting(a, "cross_region_restore") }, "the vault does not restore across regions", "nothing states whether the vault restores across regions"},
}

// holds evaluates a condition; the text explains a negative or open answer.
func (c Condition) holds(a *model.Asset, m *model.Means) (model.Tri, string) {
	v := verdicts[c]
	switch v.of(a, m) {
	case model.Yes:
		return model.Yes, ""
	case model.No:
		return model.No, v.closed
	default:
		return model.Maybe, c.openReason(m, v.open)
	}
}

// openReason prefers what keeps the means itself open: it can be settled.
func (c Condition) openReason(m *model.Means, general string) string {
	aboutRegion := c == IfOtherRegion || c == IfCopySpansZones
	switch {
	case m.State == model.Undecided && m.Why != "":
		return m.Why
	case aboutRegion && m.Region.State == model.Unknown && m.Region.Why != "":
		return m.Region.Why
	default:
		return general
	}
}

func lockedOrApart(_ *model.Asset, m *model.Means) model.Tri {
	switch {
	case m.Locked == model.Yes || m.OtherAccount == model.Yes:
		return model.Yes
	case m.Locked == model.No && m.OtherAccount == model.No:
		return model.No
	default:
		return model.Maybe
	}
}

// apart tells a copy in a vault, declared or not, from one in the store itself.
func apart(_ *model.Asset, m *model.Means) model.Tri {
	return model.TriOf(m.Target != "" || m.OtherRegion != model.No)
}

func not(t model.Tri) model.Tri {
	switch t {
	case model.Yes:
		return model.No
	case model.No:
		return model.Yes
	default:
		return model.Maybe
	}
}

func zoneRedundant(a *model.Asset) model.Tri {
	switch a.Protections[model.ZoneRedundancy].State {
	case model.On:
		return model.Yes
	case model.Undecided:
		return model.Maybe
	default:
		return model.No
	}
}

// setting reads a setting that is off where nothing is written.
func setting(a *model.Asset, name string) model.Tri {
	fact, ok := a.Settings[name]
	if !ok || fact.State == model.Absent {
		return model.No
	}
	return fact.Tri()
}
