package declaration

import (
	"slices"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/model"
)

// provides lists the protections that an attestation is a means of: a mirror that
// nobody can delete is an undeletable copy as well.
func (t *Attestation) provides(kind model.Kind) []string {
	if t.Protection == model.MirrorCopy && t.Locked == model.Yes && slices.Contains(model.ProtectionsOf(kind), model.UndeletableCopy) {
		return []string{model.MirrorCopy, model.UndeletableCopy}
	}
	return []string{t.Protection}
}

// handedDown reports whether an attestation about an outer asset also holds for
// the inner one: what guards a block from the infrastructure tool does not.
func (t *Attestation) handedDown(a *model.Asset, selected Selector) bool {
	return t.Protection != model.DestroyGuard || selected == (Selector{}) || selected.matches(a) || selected.Stage != "" && selected == (Selector{Stage: selected.Stage})
}

// attest adds what an entry attests to a protection of an asset.
func (e *Entry) attest(a *model.Asset, protection string, today time.Time) {
	means := e.means(a, protection)
	if e.lapsed(today) {
		means.State, means.Why = model.Off, e.ended()
	}
	p := a.Protections[protection]
	p.Means = append(slices.Clone(p.Means), means)
	switch {
	case p.State == model.Inapplicable:
	case means.State == model.On && (p.State != model.On || p.Scope != model.Whole):
		p.State, p.Scope, p.Why, p.At, p.Defaulted, p.Inherited = model.On, model.Whole, "", means.At, false, ""
	case means.State == model.Off && p.State == model.Off:
		p.Why, p.At, p.Defaulted, p.Inherited = means.Why, means.At, false, ""
	}
	a.Protections[protection] = p
}

func (e *Entry) means(a *model.Asset, protection string) model.Means {
	t := e.Attests
	return model.Means{
		Mechanism: "declared." + protection, State: model.On, Scope: model.Whole, By: e.By, At: e.At,
		Why:         e.Owner + " declares until " + e.day() + ": " + t.What + " (" + t.Where + ")",
		Window:      orUnknown(t.Window, slices.Contains(looksBack, protection), "its declaration does not say how far back it reaches"),
		Interval:    orUnknown(t.Every, slices.Contains(periodic, protection), "its declaration does not say how often it is made"),
		Region:      orUnknown(t.Region, slices.Contains(copied, protection), "its declaration names no region"),
		OtherRegion: t.otherRegion(a, protection), OtherAccount: t.OtherAccount,
		Locked: t.locked(protection), PropagatesDeletes: t.repeats(protection),
	}
}

// What can be said of a protection: looksBack gives earlier states back, periodic
// is made from time to time, copied lies in a region that matters.
var (
	looksBack = []string{model.Versioning, model.SoftDelete, model.ContainerSoftDelete, model.PointInTimeRestore, model.Backup}
	periodic  = []string{model.Backup, model.MirrorCopy, model.UndeletableCopy, model.PointInTimeRestore, model.GeoReplication}
	copied    = []string{model.Backup}
)

// orUnknown says that what a protection has and nobody states is unknown.
func orUnknown(f model.Fact, applies bool, why string) model.Fact {
	if f.State == model.Absent && applies {
		return model.UnknownFact(why, f.At)
	}
	return f
}

// otherRegion compares the region of a copy with that of the asset. Geo-replication
// is by its meaning a copy in another region, wherever that is.
func (t *Attestation) otherRegion(a *model.Asset, protection string) model.Tri {
	there, here := normal(t.Region.Text()), normal(a.Region.Text())
	switch {
	case there != "" && here != "":
		return model.TriOf(there != here)
	case there == "" && protection == model.GeoReplication:
		return model.Yes
	default:
		return model.Maybe
	}
}

// normal is the spelling in which regions are compared: "West Europe" and
// "westeurope" are one.
func normal(region string) string { return strings.ToLower(strings.ReplaceAll(region, " ", "")) }

func (t *Attestation) locked(protection string) model.Tri {
	if protection == model.UndeletableCopy {
		return model.Yes
	}
	return t.Locked
}

// repeats is no for what keeps earlier states: deletions are what it is for.
func (t *Attestation) repeats(protection string) model.Tri {
	if t.RepeatsDeletions == model.Maybe && slices.Contains(looksBack, protection) {
		return model.No
	}
	return t.RepeatsDeletions
}
