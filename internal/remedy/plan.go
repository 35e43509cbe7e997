package remedy

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// edits returns what a remedy comes to for a finding: an edit for every asset
// that it is about, or none at all.
func (p *planner) edits(f *finding.Finding, r *Remedy) (edits []finding.Edit) {
	members := p.members(f)
	for _, a := range members {
		own := p.editsOf(f, r, a)
		if len(own) == 0 {
			return nil
		}
		for _, e := range own {
			if !slices.Contains(edits, e) {
				edits = append(edits, e)
			}
		}
	}
	slices.SortFunc(edits, func(a, b finding.Edit) int { return a.At.Compare(b.At) })
	return edits
}

// editsOf applies the first target that fits one of the resources behind an asset.
func (p *planner) editsOf(f *finding.Finding, r *Remedy, a *model.Asset) []finding.Edit {
	for _, candidate := range p.behind(a, f.At) {
		for i := range r.Targets {
			if t := &r.Targets[i]; t.fits(candidate, a) {
				if edits := p.apply(f, t, candidate, a); len(edits) > 0 {
					return edits
				}
			}
		}
	}
	return nil
}

// typeOf is the type of a resource as the catalogue writes it.
func typeOf(r *resource.Resource) string {
	if strings.Contains(r.Type, "/") {
		return strings.ToLower(r.Type)
	}
	return r.Type
}

// fits reports whether a target is about a resource as it is written, and about
// an asset that it protects.
func (t *Target) fits(r *resource.Resource, a *model.Asset) bool {
	named := slices.Contains(t.Types, typeOf(r)) || t.Terraform && r.Format == "terraform"
	if !named || r.Maybe != "" || t.Off != "" && a.Protections[t.Off].State != model.Off {
		return false
	}
	return !slices.ContainsFunc(t.When, func(c Condition) bool { return !c.holds(r, a) })
}

func (c Condition) holds(r *resource.Resource, a *model.Asset) bool {
	if c.Setting != "" {
		fact, stated := a.Settings[c.Setting]
		return stated && fact.State == model.Known && c.admits(fmt.Sprint(fact.Value))
	}
	v := attribute(r, c.Path)
	text, known := v.AsString()
	return v.IsAbsent() && c.Absent || known && c.admits(text)
}

func (c Condition) admits(text string) bool {
	return slices.ContainsFunc(c.In, func(in string) bool {
		start, open := strings.CutSuffix(in, "*")
		return in == text || open && strings.HasPrefix(text, start)
	})
}

// attribute evaluates a path of a resource. The guards of the tool are kept
// apart from its arguments.
func attribute(r *resource.Resource, path string) resource.Value {
	if rest, ok := strings.CutPrefix(path, "lifecycle."); ok {
		return r.Lifecycle.Path(rest)
	}
	v := r.Attrs
	for name := range strings.SplitSeq(path, ".") {
		if v.Kind == resource.List && len(v.Items) > 1 {
			return resource.UnknownAt(v.At, "it is written more than once")
		}
		if v = member(v.Block(), name, strings.Contains(r.Type, "/")); v.State == resource.Absent {
			return v
		}
	}
	return v
}

// member returns a member of an object; Azure reads the names of properties
// without regard to case.
func member(v resource.Value, name string, folded bool) resource.Value {
	if v.State == resource.Unknown || !folded {
		return v.Get(name)
	}
	for _, field := range v.Fields {
		if strings.EqualFold(field.Name, name) {
			return field.Value
		}
	}
	return v.Get(name)
}

// apply edits what a target names in a resource; nothing when a part of it
// cannot be edited, or when what is edited decides about something that does not fail.
func (p *planner) apply(f *finding.Finding, t *Target, r *resource.Resource, asset *model.Asset) (edits []finding.Edit) {
	var missing []wanting
	for _, a := range t.Set {
		v := attribute(r, a.Path)
		to, change, ok := p.asked(a, f, asset, r).wants(v)
		switch {
		case !ok:
			return nil
		case !change:
		case v.IsAbsent():
			missing = append(missing, wanting{path: strings.Split(a.Path, "."), value: to})
		default:
			at, dialect := p.literal(v)
			if at.IsZero() || !p.decidesForFailures(f, r, a.Path, at) {
				return nil
			}
			edits = append(edits, finding.Edit{At: at, New: dialect.instead(p.document(at.File).text(at), to)})
		}
	}
	if len(missing) == 0 && t.Add == nil {
		return edits
	}
	d := p.document(r.Body.File)
	if d == nil || !p.repeatsFailures(f, r) {
		return nil
	}
	inserted, ok := d.insert(r, missing, t.Add, p)
	if !ok {
		return nil
	}
	return append(edits, inserted...)
}

// wants returns the value that an attribute should have, whether that is another
// one, and whether the remedy can say so at all.
func (a *Attribute) wants(v resource.Value) (to any, change, ok bool) {
	text, known := v.AsString()
	switch {
	case v.IsAbsent() && a.Present:
		return nil, false, true
	case v.IsAbsent():
		return a.To, true, a.To != nil
	case !known:
		return nil, false, false
	case a.From != nil:
		to, found := a.From[text]
		return to, true, found
	case a.Raise:
		number, isNumber := v.AsNumber()
		least, _ := a.To.(int)
		return a.To, number < float64(least), isNumber
	default:
		return a.To, text != printed(a.To), true
	}
}

// asked fills in what an attribute leaves open: how long something has to be kept,
// and the name of the resource.
func (p *planner) asked(a Attribute, f *finding.Finding, asset *model.Asset, r *resource.Resource) *Attribute {
	if text, ok := a.To.(string); ok {
		a.To = strings.ReplaceAll(text, "{name}", strings.ReplaceAll(r.Name, "_", "-"))
	}
	days, ok := a.To.(int)
	if !ok || a.Days == 0 {
		return &a
	}
	for _, name := range []string{"minimum_days", "least_days"} {
		if setting, known := f.Rule.Setting(name); known {
			number, _ := cmp.Or(p.settings[f.Rule.ID][name], setting.Default).(float64)
			days = max(days, int(math.Ceil(number)))
		}
	}
	if hours, declared := asset.Declared[model.DetectionHours].Number(); declared {
		days = max(days, int(math.Ceil(hours/24)))
	}
	a.To = days * a.Days
	return &a
}

// repeatsFailures reports whether every resource that a block declares, in
// every call and environment, is behind a failure of the rule.
func (p *planner) repeatsFailures(f *finding.Finding, r *resource.Resource) bool {
	return p.allFail(f, p.byBody[r.Body])
}

func (p *planner) allFail(f *finding.Finding, resources []*resource.Resource) bool {
	failing := p.failing[f.Rule.ID]
	return !slices.ContainsFunc(resources, func(r *resource.Resource) bool { return !failing[r] })
}

// decidesForFailures reports whether the text at a place decides the same
// attribute of resources that fail, and nothing else.
func (p *planner) decidesForFailures(f *finding.Finding, r *resource.Resource, path string, at source.Range) bool {
	users := p.usersOf(at)
	for _, user := range users {
		v := attribute(user, path)
		if typeOf(user) != typeOf(r) || v.At != at && !slices.Contains(v.Origin, at) {
			return false
		}
	}
	return len(users) > 0 && p.allFail(f, users)
}

// usersOf lists the resources that a piece of text decides something of.
func (p *planner) usersOf(at source.Range) []*resource.Resource {
	if p.uses == nil {
		p.uses = map[source.Range][]*resource.Resource{}
		for _, r := range p.set.All() {
			p.index(r, r.Attrs)
			p.index(r, r.Lifecycle)
		}
	}
	return p.uses[at]
}

func (p *planner) index(r *resource.Resource, v resource.Value) {
	add := func(at source.Range) {
		if known := p.uses[at]; len(known) == 0 || known[len(known)-1] != r {
			p.uses[at] = append(known, r)
		}
	}
	if v.Kind != resource.List && v.Kind != resource.Object {
		add(v.At)
	}
	for _, at := range v.Origin {
		add(at)
	}
	for _, item := range v.Items {
		p.index(r, item)
	}
	for _, field := range v.Fields {
		p.index(r, field.Value)
	}
}
