package git

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// protectByMirror states what one mirror gives the repository: a copy on
// another host, and a copy that cannot be deleted. by is the address of what
// writes the mirror.
func protectByMirror(d *draft.Draft, a *model.Asset, m model.Mirror, by string) {
	means := meansOf(mechanismOf(m), model.On, "", by, m.At)
	means.Scope, means.Interval, means.Target = scopeOf(m), m.Interval, m.TargetAsset
	means.PropagatesDeletes = lossesRepeated(m).Tri()
	means.OtherRegion, means.OtherAccount = model.Maybe, negate(m.SameHost)
	means.Locked = m.Undeletable.Tri()
	means.Window = windowOf(m)
	switch m.SameHost {
	case model.Yes:
		means.State, means.At = model.Off, m.Host.At
		means.Why = "the mirror is on " + m.Host.Text() + ", the host that it should outlive"
	case model.Maybe:
		means.State, means.At = model.Undecided, m.Host.At
		means.Why = "the host of the mirror is not known: " + m.Host.Why
		if m.Host.State == model.Known {
			means.Why = "the host of this repository is not known, because it has no remote, and it may be " + m.Host.Text() + " too"
		}
	}
	d.Protect(a, model.MirrorCopy, means)
	d.Protect(a, model.UndeletableCopy, keptCopy(d, m, means))
}

// mechanismOf names the row of the recovery table.
func mechanismOf(m model.Mirror) string {
	if m.Form == "bundle" {
		return "git.bundle"
	}
	return "git.mirror"
}

// lossesRepeated says whether what is lost at the source is lost in the copy
// too: a deleted ref, or commits that a forced push takes off a branch.
func lossesRepeated(m model.Mirror) model.Fact { return worse(m.PropagatesDeletes, m.Rewrites) }

func scopeOf(m model.Mirror) model.Scope {
	switch {
	case m.History.Text() == shallow, m.Refs.Text() == oneRef, m.Refs.Text() == branchRefs, m.LFS.Tri() == model.No && m.LFS.State == model.Known:
		return model.Partial
	case m.History.State == model.Known && m.Refs.State == model.Known && m.LFS.State != model.Unknown:
		return model.Whole
	default:
		return model.UnknownScope
	}
}

// windowOf is how long what was lost at the source stays in the copy.
func windowOf(m model.Mirror) model.Fact {
	switch losses := lossesRepeated(m); losses.Tri() {
	case model.Yes:
		return model.KnownFact(0.0, losses.At)
	case model.No:
		return model.KnownFact(model.Forever, losses.At)
	default:
		return model.UnknownFact(losses.Why, losses.At)
	}
}

// keptCopy turns what is known of the target into the second half of the
// guide's advice: one copy that nobody can delete.
func keptCopy(d *draft.Draft, m model.Mirror, means model.Means) model.Means {
	means.At = orElse(m.Undeletable, m.At)
	switch m.Undeletable.Tri() {
	case model.Yes:
		means.State, means.Why = model.On, ""
	case model.No:
		means.State, means.Why = model.Off, orText(m.Undeletable.Why, "nothing keeps the copy from being deleted")
	default:
		means.State, means.Why = model.Undecided, m.Undeletable.Why
	}
	if target := d.Asset(m.TargetAsset); target != nil && target.Kind == model.Repository {
		if _, partly := undeletable(target); partly != nil {
			means.State, means.Scope = model.On, model.Partial
		}
	}
	return means
}

func negate(t model.Tri) model.Tri {
	switch t {
	case model.Yes:
		return model.No
	case model.No:
		return model.Yes
	default:
		return model.Maybe
	}
}

// locate fills in where the copy of a mirror is, seen from the host of its
// source, and whether it can be deleted there.
func locate(d *draft.Draft, m *model.Mirror, target shell.Word, host string, from *model.Asset) {
	where, ok := parseAddress(target.Readable())
	m.Target, m.SameHost = withoutUser(target), model.Maybe
	if !ok {
		m.Host = model.UnknownFact(factOf(target).Why, target.At)
		m.Undeletable = model.UnknownFact("the target is not known: "+m.Host.Why, target.At)
		return
	}
	m.Host = model.KnownFact(where.host, target.At)
	if !where.hostKnown() {
		m.Host = model.UnknownFact(target.Why, target.At)
	}
	m.SameHost = where.sameHost(host)
	if asset := hostedAt(d, where, from); asset != nil {
		m.TargetAsset = asset.ID
		m.Undeletable, _ = undeletable(asset)
		return
	}
	m.Undeletable = model.UnknownFact("whether the copy can be deleted is set on its host, not in this repository", target.At)
}

// withoutUser is an address as reports may show it: credentials are often part
// of it, and mostly the only part that is not known.
func withoutUser(target shell.Word) model.Fact {
	scheme, rest, found := strings.Cut(target.Readable(), "://")
	if !found || strings.Contains(scheme, hole) {
		return factOf(target)
	}
	authority, below, _ := strings.Cut(rest, "/")
	shown := scheme + "://" + authority[strings.LastIndexByte(authority, '@')+1:] + "/" + below
	if strings.Contains(shown, hole) {
		return factOf(target)
	}
	return model.KnownFact(shown, target.At)
}

func orElse(fact model.Fact, at source.Range) source.Range {
	if fact.At.IsZero() {
		return at
	}
	return fact.At
}
