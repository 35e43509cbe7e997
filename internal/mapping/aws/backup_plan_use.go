package aws

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// What settingSelection of a plan says about its selections.
const (
	settingSelection = "selection"
	selectsNone      = "none"     // no selection belongs to the plan
	selectsNoMatch   = "no_match" // its tags are on nothing that the scan found
	selectsSome      = "some"
	// settingByTag is set for a plan that chooses by tags alone.
	settingByTag = "by_tag"
)

// backupPlans declares plans. It runs after the selections have been attached.
func backupPlans() draft.Mapper {
	return draft.Mapper{Service: "backup", Types: []string{"aws_backup_plan"}, Declare: declarePlan, Attach: attachPlan}
}

func declarePlan(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	a := d.Declare(r, model.BackupPlan, provider, "backup", r.Attrs.Get("name"))
	a.Region = regionOf(r)
	tag(d, a, r)
	d.Set(a, "takes", model.KnownFact("object_store, database, table", r.At))
}

// attachPlan says what the selections of a plan choose. A selection whose plan
// cannot be told may belong to it.
func attachPlan(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	said, byTag := model.KnownFact(selectsNone, r.At), false
	for _, by := range d.Resources.OfType("aws_backup_selection") {
		if by.Mode != resource.Managed {
			continue
		}
		s := readSelection(d, by)
		plan, why := planOf(d, s)
		switch {
		case plan == r:
			byTag = len(s.resources) == 0 && len(s.tags)+len(s.conditions) > 0
			said = chosen(d, a, s, said)
		case plan == nil && said.Text() == selectsNone:
			said = model.UnknownFact(cmp.Or(why, "plan_id cannot be told"), s.plan.At)
		}
	}
	d.Set(a, settingSelection, said)
	if said.Text() == selectsSome {
		d.Set(a, settingByTag, model.KnownFact(byTag, r.At))
	}
}

// chosen relates a plan with the stores that a selection certainly takes, and adds
// its answer to that of the other selections. What AWS Backup takes besides the
// stores of the model counts too: machines, volumes, file systems.
func chosen(d *draft.Draft, plan *model.Asset, s selection, before model.Fact) model.Fact {
	answer := model.Fact{}
	for _, subject := range subjects(d) {
		switch found := s.selects(subject); {
		case found.answer == model.Yes:
			relateOnce(d, plan, "selects", subject.asset, resource.Value{At: found.at})
			answer = model.KnownFact(selectsSome, s.by.At)
		case found.answer == model.Maybe && answer.State == "":
			answer = model.UnknownFact(found.why, found.at)
		}
	}
	switch {
	case before.Text() == selectsSome, answer.State == "" && before.State == model.Unknown:
		return before
	case answer.Text() == selectsSome:
		return answer
	case len(s.resources) > 0 || len(s.tags)+len(s.conditions) == 0 || s.by.Maybe != "":
		return model.KnownFact(selectsSome, s.by.At)
	case answer.State != "":
		return answer
	}
	return taggedElsewhere(d, s)
}

// taggedElsewhere looks for the tags of a selection on everything that the scan
// found, whether or not it is a store of the model.
func taggedElsewhere(d *draft.Draft, s selection) model.Fact {
	at := s.by.At
	if len(s.tags) > 0 {
		at = s.tags[0].at
	}
	for _, r := range d.Resources.OfRoot(s.by.Root) {
		if r.Mode == resource.NotFollowed || strings.HasPrefix(r.Type, "module") {
			// What was not followed may create something with these tags.
			return model.UnknownFact(r.Address+" was not followed and may create what the selection means", at)
		}
		if r.Mode != resource.Managed || !strings.HasPrefix(r.Type, "aws_") || isBackupOf(r) {
			continue
		}
		other := &subject{resource: r, tags: tagsOf(r)}
		for _, found := range []*verdict{anyTerm(s.tags, other), allTerms(s.conditions, other)} {
			switch {
			case found == nil || found.answer == model.No:
			case found.answer == model.Yes:
				return model.KnownFact(selectsSome, s.by.At)
			default:
				return model.UnknownFact(found.why, at)
			}
		}
	}
	return model.KnownFact(selectsNoMatch, at)
}

// isBackupOf holds for what belongs to AWS Backup itself, whose own tags and
// provider-wide ones say nothing about what is backed up.
func isBackupOf(r *resource.Resource) bool {
	return slices.Contains([]string{"aws_backup_plan", "aws_backup_vault", "aws_backup_selection", "aws_iam_role", "aws_kms_key", "aws_iam_policy"}, r.Type)
}
