package azure

import (
	"slices"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/duration"
)

// pointSet is a set of recovery points that a policy keeps.
type pointSet struct {
	state model.ProtectionState
	// days is how long points are kept, interval the hours between two of them.
	days, interval model.Fact
	why            string
	at             source.Range
}

// backupPolicy says what a policy keeps in the account itself (operational) and
// in the vault.
type backupPolicy struct {
	operational, vaulted pointSet
	address              string
}

// noPoints is a tier that a policy does not have.
func noPoints(at source.Range) pointSet {
	return pointSet{state: model.Off, days: model.AbsentFact(at), interval: model.AbsentFact(at), at: at}
}

// openPoints is a tier of a policy that cannot be read.
func openPoints(policy attr) pointSet {
	why := policy.Why
	if why == "" {
		why = policy.name + " names a policy that no scanned file declares"
	}
	open := model.UnknownFact(why, policy.At)
	return pointSet{state: model.Undecided, days: open, interval: open, why: why, at: policy.At}
}

// readPolicy reads the policy that an instance names. Backups of Data Lake
// Storage go to the vault, even where the policy cannot be read.
func readPolicy(d *draft.Draft, named attr, dataLake bool) backupPolicy {
	policy := backupPolicy{operational: openPoints(named), vaulted: openPoints(named)}
	found := d.Resources.Referents(named.Value,
		"azurerm_data_protection_backup_policy_blob_storage", "azurerm_data_protection_backup_policy_data_lake_storage", armBackupPolicy, azapiResource)
	if len(found) == 1 && found[0].Mode == resource.Managed {
		if read, ok := policyOf(found[0]); ok {
			policy = read
			policy.address = found[0].Address
		}
	}
	if dataLake {
		policy.operational = noPoints(named.At)
		if policy.vaulted.state == model.Undecided {
			policy.vaulted.state, policy.vaulted.why = model.On, ""
		}
	}
	return policy
}

func policyOf(r *resource.Resource) (backupPolicy, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_data_protection_backup_policy_blob_storage":
		// retention_duration until azurerm 3, when operational was the only tier.
		return backupPolicy{
			operational: points(at("operational_default_retention_duration").orElse(at("retention_duration")), nil),
			vaulted:     points(at("vault_default_retention_duration"), new(at("backup_repeating_time_intervals"))),
		}, true
	case "azurerm_data_protection_backup_policy_data_lake_storage":
		days := at("default_retention_duration").orElse(at("default_retention_rule.life_cycle.duration"))
		vaulted := points(days, new(at("backup_schedule")))
		vaulted.state = model.On
		return backupPolicy{operational: noPoints(r.At), vaulted: vaulted}, true
	}
	arm, ok := armOf(r, armBackupPolicy)
	return armPolicy(arm), ok
}

// armPolicy reads policyRules: a retention rule a data store, and a backup rule
// with the schedule of the vault (Microsoft.DataProtection/backupVaults/backupPolicies).
func armPolicy(arm armResource) backupPolicy {
	rules := arm.at("properties.policyRules")
	if rules.IsUnknown() {
		return backupPolicy{operational: openPoints(rules), vaulted: openPoints(rules)}
	}
	policy := backupPolicy{operational: noPoints(rules.At), vaulted: noPoints(rules.At)}
	var schedule attr
	for _, rule := range rules.Blocks() {
		if inner(rule, "objectType").text() == "AzureBackupRule" {
			schedule = inner(rule, "trigger.schedule.repeatingTimeIntervals")
		}
	}
	for _, rule := range rules.Blocks() {
		if fallback, known := rule.Get("isDefault").AsBool(); inner(rule, "objectType").text() != "AzureRetentionRule" || known && !fallback {
			continue
		}
		for _, cycle := range rule.Get("lifecycles").Blocks() {
			kept := inner(cycle, "deleteAfter.duration")
			if inner(cycle, "sourceDataStore.dataStoreType").text() == "OperationalStore" {
				policy.operational = points(kept, nil)
			} else {
				policy.vaulted = points(kept, &schedule)
			}
		}
	}
	return policy
}

// points reads one tier. schedule is nil for the operational tier, which is
// continuous.
func points(kept attr, schedule *attr) pointSet {
	if kept.IsAbsent() {
		return noPoints(kept.At)
	}
	set := pointSet{state: model.On, days: retentionDays(kept), interval: model.AbsentFact(kept.At), at: kept.At}
	if schedule != nil {
		set.interval = scheduleHours(*schedule)
	}
	return set
}

// retentionDays reads an ISO 8601 duration as days.
func retentionDays(kept attr) model.Fact {
	length, ok := duration.ISO(kept.text())
	if !ok {
		return model.UnknownFact(unresolved(kept), kept.At)
	}
	return model.KnownFact(length.Hours()/24, kept.At)
}

// scheduleHours returns the longest time between two backups of a list of
// repeating intervals, in hours.
func scheduleHours(schedule attr) model.Fact {
	texts, complete := schedule.Strings()
	switch {
	case schedule.IsAbsent():
		return model.UnknownFact(schedule.name+" is not written", schedule.At)
	case !complete:
		return model.UnknownFact(firstWhy(schedule), schedule.At)
	}
	hours, ok := longestGap(texts)
	if !ok {
		return model.UnknownFact(unresolved(schedule), schedule.At)
	}
	return model.KnownFact(hours, schedule.At)
}

func firstWhy(list attr) string {
	for _, item := range list.Blocks() {
		if item.IsUnknown() {
			return item.Why
		}
	}
	return unresolved(list)
}

// longestGap merges several repeating intervals. Those that repeat after the
// same time are laid over each other; otherwise the most frequent one counts,
// since the others only add points.
func longestGap(texts []string) (hours float64, ok bool) {
	var period time.Duration
	var starts []time.Duration
	for i, text := range texts {
		every, valid := duration.Repeating(text)
		if !valid {
			return 0, false
		}
		start, placed := startOf(text)
		if i == 0 || every < period {
			period, starts = every, nil
		}
		if placed && every == period {
			starts = append(starts, start%period)
		}
	}
	return gap(starts, period).Hours(), period > 0
}

// gap is the longest time between neighbours on a circle of one period.
func gap(starts []time.Duration, period time.Duration) time.Duration {
	slices.Sort(starts)
	starts = slices.Compact(starts)
	if len(starts) < 2 {
		return period
	}
	longest := starts[0] + period - starts[len(starts)-1]
	for i := 1; i < len(starts); i++ {
		longest = max(longest, starts[i]-starts[i-1])
	}
	return longest
}

// startOf reads the start of "R/2024-05-23T02:30:00+00:00/P1D" as the time since
// a fixed week began; its time zone may be left out.
func startOf(text string) (time.Duration, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		return 0, false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if start, err := time.Parse(layout, parts[1]); err == nil {
			return time.Duration(start.Unix()) * time.Second, start.Unix() >= 0
		}
	}
	return 0, false
}
