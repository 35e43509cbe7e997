package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// selection is what assigns resources to a backup plan.
type selection struct {
	by           *resource.Resource
	region       model.Fact
	account      account
	plan         resource.Value
	resources    []entry
	notResources []entry
	tags         []tagTerm            // at least one must hold
	conditions   []tagTerm            // all must hold
	settings     []*resource.Resource // aws_backup_region_settings
}

// entry is an ARN, a pattern of ARNs, or a reference to a resource.
type entry struct {
	value resource.Value
	named []*resource.Resource // what it refers to
	text  string               // as readable gives it
	// typed is set when the text names a resource type.
	typed bool
	// patterns are the text as aligned gives it.
	patterns map[gaps]string
}

// tagTerm compares one tag of a resource.
type tagTerm struct {
	key, value resource.Value
	like       bool // value is a pattern
	negated    bool
	at         source.Range
}

// verdict says whether a selection, or a part of it, picks a subject.
type verdict struct {
	answer model.Tri
	why    string // for an open answer
	at     source.Range
	// typed is set when the resource was named by its ARN or type, which makes
	// the opt-in settings of the region irrelevant.
	typed bool
	// named is set when an entry refers to the resource itself, which makes sense
	// only in its own region and account.
	named bool
	// off tells why the assignment has no effect.
	off string
}

func attachSelection(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	s := readSelection(d, r)
	plan, planWhy := planOf(d, s)
	for _, subject := range subjects(d) {
		stateSelection(d, s, subject, plan, planWhy)
	}
}

// readSelection reads aws_backup_selection.
func readSelection(d *draft.Draft, r *resource.Resource) selection {
	s := selection{
		by: r, region: regionOf(r), account: accountOf(r), plan: r.Attrs.Get("plan_id"),
		resources: readEntries(d, r, "resources"), notResources: readEntries(d, r, "not_resources"),
	}
	s.settings = settingsOf(d, s)
	for _, block := range r.Attrs.Get("selection_tag").Blocks() {
		s.tags = append(s.tags, tagTerm{key: block.Get("key"), value: block.Get("value"), at: block.At})
	}
	for _, block := range r.Attrs.Get("condition").Blocks() {
		for _, operator := range []string{"string_equals", "string_like", "string_not_equals", "string_not_like"} {
			for _, term := range block.Get(operator).Blocks() {
				s.conditions = append(s.conditions, tagTerm{
					key: term.Get("key"), value: term.Get("value"), at: term.At,
					like: strings.HasSuffix(operator, "like"), negated: strings.Contains(operator, "not"),
				})
			}
		}
	}
	return s
}

// readEntries reads what does not depend on the subject once, since every
// selection is compared with every store of the scan.
func readEntries(d *draft.Draft, r *resource.Resource, argument string) (entries []entry) {
	for _, v := range r.Attrs.Get(argument).Blocks() {
		e := entry{value: v, named: slices.DeleteFunc(d.Resources.Referents(v), isCaller), text: readable(d, r, v)}
		e.typed, e.patterns = namesType(e.text), map[gaps]string{}
		for _, open := range []gaps{{}, {region: true}, {account: true}, {region: true, account: true}} {
			e.patterns[open] = aligned(e.text, open)
		}
		entries = append(entries, e)
	}
	return entries
}

func planOf(d *draft.Draft, s selection) (plan *resource.Resource, why string) {
	plans := d.Resources.Referents(s.plan, "aws_backup_plan")
	if len(plans) == 1 && plans[0].Mode == resource.Managed {
		return plans[0], ""
	}
	if text, ok := s.plan.AsString(); ok {
		return nil, fmt.Sprintf("plan_id is %s, which no scanned file declares", text)
	}
	return nil, unknownWhy(s.plan, "plan_id")
}

func stateSelection(d *draft.Draft, s selection, subject *subject, plan *resource.Resource, planWhy string) {
	found := s.selects(subject)
	if found.answer == model.No {
		return
	}
	base := inPlace(subject.asset, s.by, "aws_backup.snapshot", found.at)
	if found.answer == model.Maybe {
		base = undecided(base, found.why)
	}
	if found.off != "" {
		base = off(base, found.off)
	}
	if s.by.Maybe != "" && s.by.Maybe != subject.asset.Maybe && base.State == model.On {
		base = undecided(base, s.by.Maybe)
	}
	if subject.asset.Type == "aws_s3_bucket" {
		base = needVersionsForBackup(d, base, subject.asset)
	}
	if base.State == model.Off {
		if found.answer == model.Yes {
			d.Protect(subject.asset, model.Backup, base)
		}
		return
	}
	if plan == nil {
		base.Window, base.Interval = model.UnknownFact(planWhy, s.plan.At), model.UnknownFact(planWhy, s.plan.At)
		base.OtherRegion, base.OtherAccount, base.Locked = model.Maybe, model.Maybe, model.Maybe
		if base.State == model.On {
			base = undecided(base, planWhy)
		}
		d.Protect(subject.asset, model.Backup, base)
		return
	}
	for _, rule := range readPlan(plan) {
		statePlanRule(d, subject, plan, rule, base)
	}
}

// needVersionsForBackup applies AWS Backup's condition on buckets (AWS Backup
// developer guide, "Amazon S3 backups").
func needVersionsForBackup(d *draft.Draft, m model.Means, bucket *model.Asset) model.Means {
	switch state, why := versioningOf(d, bucket); state {
	case model.Off:
		return off(m, "AWS Backup backs up only buckets with versioning, and "+why)
	case model.Undecided:
		return undecided(m, why)
	default:
		return m
	}
}

// selects applies the algorithm of AWS Backup (API reference, BackupSelection;
// developer guide, "Assign resources with AWS CLI"): entries of resources are
// alternatives, so are tags; conditions must all hold; resources and conditions
// must both hold; not_resources are taken away. A selection without any of them
// takes everything. It works in its own region and account only.
func (s selection) selects(subject *subject) verdict {
	place := s.inReach(subject)
	if place.answer == model.No {
		return place
	}
	found := s.combine(s.byResource(subject), anyTerm(s.tags, subject), allTerms(s.conditions, subject))
	if found.answer == model.No {
		return found
	}
	for _, entry := range s.notResources {
		switch excluded := s.names(entry, subject); excluded.answer {
		case model.Yes:
			return verdict{answer: model.No}
		case model.Maybe:
			found.answer, found.why = model.Maybe, excluded.why
		}
	}
	found = s.optIn(found, subject)
	if place.answer == model.Maybe && found.answer == model.Yes && !found.named {
		found.answer, found.why = model.Maybe, place.why
	}
	return found
}

// inReach says whether the subject lies in the selection's region and account.
// Ambient credentials of two stacks may belong to two accounts.
func (s selection) inReach(subject *subject) verdict {
	region := sameRegionFact(s.region, s.by.Root, subject.asset.Region, subject.asset.Root)
	other := otherAccount(s.account, subject.account)
	switch {
	case region == model.No || other == model.Yes:
		return verdict{answer: model.No}
	case region == model.Maybe:
		return verdict{answer: model.Maybe, why: fmt.Sprintf("%s may work in another region: %s", s.by.Address, regionWhy(s.region, subject.asset.Region)), at: s.by.At}
	case other == model.Maybe:
		return verdict{answer: model.Maybe, why: s.by.Address + " may work in another account, which is not written", at: s.by.At}
	default:
		return verdict{answer: model.Yes}
	}
}

func regionWhy(facts ...model.Fact) string {
	for _, f := range facts {
		if f.State == model.Unknown {
			return f.Why
		}
	}
	return ""
}

// combine joins the parts of a selection; a part that is not written is nil.
func (s selection) combine(resources, tags, conditions *verdict) verdict {
	switch {
	case resources == nil && tags == nil && conditions == nil:
		return verdict{answer: model.Yes, at: s.by.At}
	case conditions != nil && tags == nil:
		return both(resources, conditions)
	case conditions == nil && tags == nil:
		return *resources
	case resources == nil && conditions == nil:
		return *tags
	default:
		return s.disputed(resources, tags, conditions)
	}
}

// disputed joins tags with anything else. The documentation has described it
// both as narrowing and as adding, so only agreement decides.
func (s selection) disputed(resources, tags, conditions *verdict) verdict {
	rest := both(resources, conditions)
	if rest.answer == tags.answer {
		return rest
	}
	open := rest
	if open.at.IsZero() {
		open.at = tags.at
	}
	open.answer = model.Maybe
	if open.why == "" {
		open.why = tags.why
	}
	if open.why == "" {
		open.why = "AWS Backup's documentation disagrees on whether selection_tag narrows resources or adds to them"
	}
	return open
}

func both(a, b *verdict) verdict {
	switch {
	case a == nil:
		return *b
	case b == nil:
		return *a
	case a.answer == model.No || b.answer == model.No:
		return verdict{answer: model.No}
	case a.answer == model.Maybe:
		return *a
	case b.answer == model.Maybe:
		return verdict{answer: model.Maybe, why: b.why, at: b.at, typed: a.typed}
	default:
		return *a
	}
}
