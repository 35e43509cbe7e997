package remedy

import (
	"io/fs"
	"slices"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Scan is what remedies are derived from.
type Scan struct {
	FS        fs.FS
	Model     *model.Model
	Resources []resource.Resource
	// Settings are what users set for rules, by rule and name.
	Settings map[string]map[string]any
	// Failures are all findings, where only some of them get fixes: a text that
	// several resources share is edited when all of them fail. Nil means those some.
	Failures []finding.Finding
}

// Attach gives findings their fixes: failures that nobody accepted, whose
// remedy is an edit of what fails and of nothing else.
func Attach(s Scan, findings []finding.Finding) {
	if !slices.ContainsFunc(findings, wanted) {
		return
	}
	p := newPlanner(s)
	all := s.Failures
	if all == nil {
		all = findings
	}
	for i := range all {
		if wanted(all[i]) {
			p.note(&all[i])
		}
	}
	for i := range findings {
		f := &findings[i]
		if !wanted(*f) {
			continue
		}
		for _, r := range Lookup(f.Rule.Remedies) {
			if edits := p.edits(f, &r); len(edits) > 0 {
				f.Fixes = append(f.Fixes, finding.Fix{Title: r.Title, Safe: r.Safe, Edits: edits})
			}
		}
	}
}

// wanted leaves out what users accepted and what is smaller on purpose: a
// rehearsal whose production is in order.
func wanted(f finding.Finding) bool {
	return len(f.Rule.Remedies) > 0 && f.Verdict == finding.Fail && f.Suppressed == nil && (f.Lowered == "" || f.Severity != finding.Info)
}

// planner knows the scan by what remedies ask for.
type planner struct {
	set       *resource.Set
	assets    map[string]*model.Asset
	member    map[memberKey]*model.Asset
	byBody    map[source.Range][]*resource.Resource
	byFile    map[string][]*resource.Resource
	uses      map[source.Range][]*resource.Resource
	documents map[string]*document
	fsys      fs.FS
	settings  map[string]map[string]any
	// failing are the resources behind the failures of each rule.
	failing map[string]map[*resource.Resource]bool
}

type memberKey struct{ root, environment, address string }

func newPlanner(s Scan) *planner {
	p := &planner{
		set: resource.NewSet(s.Resources), fsys: s.FS, settings: s.Settings, assets: map[string]*model.Asset{}, member: map[memberKey]*model.Asset{},
		byBody: map[source.Range][]*resource.Resource{}, byFile: map[string][]*resource.Resource{},
		documents: map[string]*document{}, failing: map[string]map[*resource.Resource]bool{},
	}
	for _, a := range s.Model.Assets {
		p.assets[a.ID] = a
		p.member[memberKey{environment.Root(a.Root, a.Environment), a.Environment, a.Address}] = a
	}
	for _, r := range p.set.All() {
		if r.Mode == resource.Managed { // what has no block of its own borrows the place of another
			p.byBody[r.Body] = append(p.byBody[r.Body], r)
			p.byFile[r.Body.File] = append(p.byFile[r.Body.File], r)
		}
	}
	return p
}

// note remembers which resources are behind a failure.
func (p *planner) note(f *finding.Finding) {
	failing := p.failing[f.Rule.ID]
	if failing == nil {
		failing = map[*resource.Resource]bool{}
		p.failing[f.Rule.ID] = failing
	}
	for _, a := range p.members(f) {
		for _, r := range p.behind(a, f.At) {
			failing[r] = true
		}
	}
}

// members are all assets that a finding is about, in every environment.
func (p *planner) members(f *finding.Finding) (members []*model.Asset) {
	add := func(s finding.Subject, environments []string) {
		if len(environments) == 0 {
			environments = []string{s.Environment}
		}
		for _, name := range environments {
			if a := p.member[memberKey{s.Root, name, s.Address}]; a != nil {
				members = append(members, a)
			}
		}
	}
	add(f.Subject, f.Environments)
	for _, i := range f.Instances {
		add(i.Subject, i.Environments)
	}
	return members
}

// behind lists the resources that may have to change, the likeliest first: the
// one whose text decides, the asset itself, and what it lies within.
func (p *planner) behind(a *model.Asset, at source.Range) (found []*resource.Resource) {
	add := func(r *resource.Resource) {
		if r.Mode == resource.Managed && !slices.Contains(found, r) {
			found = append(found, r)
		}
	}
	for _, r := range p.byFile[at.File] {
		if r.Root == a.Root && r.Body.Contains(at) && (len(p.byBody[r.Body]) == 1 || sameCalls(r, a)) {
			add(r)
		}
	}
	const deepest = 8
	for range deepest {
		for _, r := range p.set.Lookup(resourceID(p.set, a.ID)) {
			add(r)
		}
		if a = p.assets[a.Within]; a == nil {
			break
		}
	}
	return found
}

func sameCalls(r *resource.Resource, a *model.Asset) bool {
	return slices.EqualFunc(r.Via, a.Via, func(c resource.Call, at source.Range) bool { return c.At == at })
}

// resourceID finds the resource that declares an asset: an asset that is a part
// of it has its ID and, after a slash, a name.
func resourceID(set *resource.Set, id string) string {
	for len(set.Lookup(id)) == 0 {
		slash := lastSlash(id)
		if slash < 0 {
			return ""
		}
		id = id[:slash]
	}
	return id
}

func lastSlash(id string) int {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '/' {
			return i
		}
	}
	return -1
}
