package aws

import (
	"cmp"
	"fmt"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/cron"
)

// planRule is one rule of a backup plan: when, where to and for how long.
type planRule struct {
	schedule    resource.Value
	vault       resource.Value
	airGapped   resource.Value // ARN of a logically air-gapped vault
	deleteAfter resource.Value // days; absent means forever
	continuous  model.Fact
	copies      []copyAction
}

// copyAction copies each recovery point to another vault.
type copyAction struct {
	vault       resource.Value // an ARN
	deleteAfter resource.Value
	// open tells why it is not known whether there is such an action.
	open string
}

// readPlan reads aws_backup_plan. enable_continuous_backup is false by default
// (provider documentation, version 6, aws_backup_plan).
func readPlan(plan *resource.Resource) (rules []planRule) {
	for _, block := range plan.Attrs.Get("rule").Blocks() {
		rule := planRule{
			schedule: block.Get("schedule"), vault: block.Get("target_vault_name"),
			airGapped:   block.Get("target_logically_air_gapped_backup_vault_arn"),
			deleteAfter: block.Path("lifecycle.delete_after"),
			continuous:  boolOr(plan, block.Get("enable_continuous_backup"), false),
		}
		for _, action := range block.Get("copy_action").Blocks() {
			rule.copies = append(rule.copies, copyAction{
				vault: action.Get("destination_vault_arn"), deleteAfter: action.Path("lifecycle.delete_after"), open: openWhy(action),
			})
		}
		rules = append(rules, rule)
	}
	return rules
}

// maxContinuousDays is the longest window of a continuous backup (AWS Backup
// developer guide, "Point-in-time recovery").
const maxContinuousDays = 35.0

// statePlanRule states what one rule gives an asset that a selection picked.
// base carries what the selection decides: state, reason and place.
func statePlanRule(d *draft.Draft, s *subject, plan *resource.Resource, rule planRule, base model.Means) {
	vault, vaultWhy := resolveVault(d, plan, rule.vault)
	m := base
	m.Mechanism, m.Window, m.Interval = "aws_backup.snapshot", keptDays(rule.deleteAfter), interval(rule.schedule)
	m.Locked = lockedVault(d, vault)
	if vault != nil {
		m.Target = vault.ID
		relateOnce(d, s.asset, "backed_up_by", vault, rule.vault)
	} else if vaultWhy != "" {
		m.Region = model.UnknownFact(vaultWhy, rule.vault.At)
	}
	protect(d, s.asset, plan, model.Backup, m)
	if s.continuous && rule.continuous.Value != false {
		stateContinuous(d, s, plan, rule, m)
	}
	if !rule.airGapped.IsAbsent() {
		stateAirGapped(d, s, plan, rule, m)
	}
	for _, action := range rule.copies {
		stateCopy(d, s, plan, action, m)
	}
}

func stateContinuous(d *draft.Draft, s *subject, plan *resource.Resource, rule planRule, m model.Means) {
	m.Mechanism, m.Interval = "aws_backup.continuous", model.AbsentFact(rule.continuous.At)
	days, known := m.Window.Number()
	if known && days > maxContinuousDays {
		m.Window = model.DefaultFact(maxContinuousDays, m.Window.At)
	}
	if rule.continuous.State == model.Unknown && m.State == model.On {
		m = undecided(m, rule.continuous.Why)
	}
	protect(d, s.asset, plan, model.PointInTimeRestore, m)
}

// stateAirGapped states a second copy in a logically air-gapped vault, which
// nobody can delete before its time.
func stateAirGapped(d *draft.Draft, s *subject, plan *resource.Resource, rule planRule, m model.Means) {
	m.Mechanism, m.Locked, m.Target, m.By = "aws_backup.air_gapped_vault", model.Yes, "", plan.Address
	if vault := resolve(d, plan, rule.airGapped, model.BackupVault).one(); vault != nil {
		m.Target = vault.ID
	}
	if why := openWhy(rule.airGapped); why != "" && m.Target == "" && len(rule.airGapped.Refs) == 0 && m.State == model.On {
		m = undecided(m, why)
	}
	protect(d, s.asset, plan, model.Backup, m)
}

// stateCopy states a copy in another vault. Copies of continuous backups are
// snapshots at the rhythm of the rule (AWS Backup developer guide, "Copying a
// backup").
func stateCopy(d *draft.Draft, s *subject, plan *resource.Resource, action copyAction, m model.Means) {
	m.Mechanism, m.By, m.Target = "aws_backup.copy", plan.Address, ""
	m.Window = keptDays(action.deleteAfter)
	place := placeVault(d, plan, action.vault)
	if place.vault != nil {
		m.Target = place.vault.ID
		relateOnce(d, s.asset, "backed_up_by", place.vault, action.vault)
	}
	m.Locked, m.Region, m.OtherAccount = lockedVault(d, place.vault), place.region, place.otherAccount
	m.OtherRegion = not(sameRegionFact(s.asset.Region, s.asset.Root, place.region, plan.Root))
	if m.State == model.On {
		// What decides a copy is where it goes; what decides whether there is
		// one is the selection.
		m.At = action.vault.At
		if action.open != "" {
			m = undecided(m, action.open)
		}
	}
	protect(d, s.asset, plan, model.Backup, m)
}

// vaultPlace is where the vault of a copy is.
type vaultPlace struct {
	vault        *model.Asset // nil when no scanned file declares it
	region       model.Fact
	otherAccount model.Tri
}

// placeVault finds a vault by reference, else reads region and account out of
// its ARN, which has both.
func placeVault(d *draft.Draft, plan *resource.Resource, v resource.Value) vaultPlace {
	own := accountOf(plan)
	if _, literal := v.AsString(); !literal {
		if vault := resolve(d, plan, v, model.BackupVault).one(); vault != nil {
			place := vaultPlace{vault: vault, region: vault.Region, otherAccount: model.Maybe}
			if r := resourceOf(d, vault); r != nil {
				place.otherAccount = otherAccount(own, accountOf(r))
			}
			return place
		}
	}
	arn := readable(d, plan, v)
	place := vaultPlace{region: model.UnknownFact(unknownWhy(v, "the ARN of the vault"), v.At), otherAccount: model.Maybe}
	switch region := arnPart(arn, arnRegion); {
	case region == "*": // the plan's own, by data source
		place.region = regionOf(plan)
	case region != "" && !hasHole(region):
		place.region = model.KnownFact(region, v.At)
	}
	switch id := arnPart(arn, arnAccount); {
	case id == "*":
		place.otherAccount = model.No
	case id != "" && !hasHole(id) && own.id != "":
		place.otherAccount = model.TriOf(id != own.id)
	}
	if found := resolve(d, plan, v, model.BackupVault).one(); found != nil && draft.SameRegion(found.Region, place.region) == model.Yes {
		place.vault = found
	}
	return place
}

func resolveVault(d *draft.Draft, plan *resource.Resource, v resource.Value) (vault *model.Asset, why string) {
	found := resolve(d, plan, v, model.BackupVault)
	return found.one(), cmp.Or(found.why, found.open)
}

// keptDays is how long recovery points live: forever unless told otherwise
// (AWS Backup API reference, Lifecycle).
func keptDays(v resource.Value) model.Fact {
	if v.IsAbsent() {
		return model.DefaultFact(model.Forever, v.At)
	}
	return draft.Number(v)
}

// interval is the time between two backups in hours. Without a schedule, AWS
// Backup runs "cron(0 5 ? * * *)" (AWS Backup API reference, BackupRuleInput),
// which it documents as once a day.
func interval(v resource.Value) model.Fact {
	text, known := v.AsString()
	if v.IsAbsent() {
		return model.DefaultFact(24.0, v.At)
	}
	if !known {
		return model.UnknownFact(v.Why, v.At)
	}
	longest, ok := cron.Interval(text, cron.AWS)
	if !ok {
		return model.UnknownFact(fmt.Sprintf("schedule is %s, whose interval cannot be told", text), v.At)
	}
	return model.KnownFact(longest.Hours(), v.At)
}

func relateOnce(d *draft.Draft, a *model.Asset, relation string, target *model.Asset, v resource.Value) {
	for _, r := range a.Relations {
		if r.Type == relation && r.Target == target.ID {
			return
		}
	}
	d.Relate(a, relation, target, v.At)
}

// openWhy is the reason of an unknown value, else "".
func openWhy(v resource.Value) string {
	if v.IsUnknown() {
		return v.Why
	}
	return ""
}

func unknownWhy(v resource.Value, what string) string {
	if v.Why != "" {
		return v.Why
	}
	return what + " is not written"
}
