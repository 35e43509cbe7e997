package azure

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/duration"
)

// sqlRetention is how long a SQL database keeps its backups.
type sqlRetention struct {
	// days is the window of restores to a point in time.
	days attr
	// weekly, monthly and yearly are ISO 8601 durations; PT0S keeps none.
	weekly, monthly, yearly attr
	immutable, mode         attr
}

// Bounds of the window, in days (azurerm documentation, mssql_database:
// short_term_retention_policy.retention_days; Microsoft Learn, Automated backups
// in Azure SQL Database: 7 days unless configured, and at most 7 for Basic).
const (
	defaultRetention = 7.0
	maxRetention     = 35.0
	maxBasic         = 7.0
	// logBackupHours is about the time between two backups of the log.
	logBackupHours = 1.0 / 6
)

// backupStorage is where automated and long-term backups are kept.
type backupStorage struct {
	decides attr
	// word is "Local", "Zone", "Geo" or "GeoZone"; empty when it is open.
	word, why string
	defaulted bool
}

// readBackupStorage reads the words of ARM and of Terraform's generations. Geo is
// the default (azurerm documentation, mssql_database: storage_account_type, and
// mssql_managed_instance, where it is spelled GRS; Microsoft Learn, Automated
// backups in Azure SQL Database).
func readBackupStorage(decides attr) backupStorage {
	words := map[string]string{
		"local": "Local", "lrs": "Local", "zone": "Zone", "zrs": "Zone", "geo": "Geo", "grs": "Geo", "geozone": "GeoZone", "gzrs": "GeoZone",
	}
	s := backupStorage{decides: decides, word: words[strings.ToLower(decides.text())]}
	switch {
	case decides.IsAbsent():
		s.word, s.defaulted = "Geo", true
	case s.word == "":
		s.why = openText(decides, "a redundancy of backups")
	}
	return s
}

func (s backupStorage) fact() model.Fact {
	switch {
	case s.word == "":
		return model.UnknownFact(s.why, s.decides.At)
	case s.defaulted:
		return model.DefaultFact(s.word, s.decides.At)
	default:
		return model.KnownFact(s.word, s.decides.At)
	}
}

// elsewhere says whether the backups are copied to the paired region.
func (s backupStorage) elsewhere() model.Tri {
	if s.word == "" {
		return model.Maybe
	}
	return model.TriOf(strings.HasPrefix(s.word, "Geo"))
}

// zones says whether the backups are kept in several zones of their region.
func (s backupStorage) zones() bool { return strings.HasSuffix(s.word, "Zone") }

// feature is the storage as a switch that is on.
func (s backupStorage) feature() feature {
	return feature{state: model.On, at: s.decides.At, days: model.AbsentFact(s.decides.At), defaulted: s.defaulted}
}

// stateAutomaticBackups states the backups that the service makes by itself and
// keeps for a number of days, apart from the data, on the server. They cannot be
// switched off.
func stateAutomaticBackups(d *draft.Draft, a *model.Asset, r *resource.Resource, days attr, tier model.Fact) {
	f := feature{state: model.On, at: days.At, days: draft.Or(draft.Number(days.Value), defaultRetention), defaulted: days.IsAbsent()}
	number, known := f.days.Number()
	switch {
	case !known:
		f.days = model.UnknownFact(unresolved(days), f.at)
	case number < 1 || number > maxRetention:
		// The request fails, so the file does not say how long it will be.
		f.days = model.UnknownFact(fmt.Sprintf("%s is %v, and backups are kept for 1 to %v days", days.name, number, maxRetention), f.at)
	case number > maxBasic && tier.Text() == tierBasic:
		refused := f.off(fmt.Sprintf("%s is %v, but the tier Basic keeps backups for at most %v days", days.name, number, maxBasic))
		protect(d, a, r, model.PointInTimeRestore, inPlace(a, r, "azuresql.automated_backup", refused))
		f.days = model.DefaultFact(maxBasic, f.at)
	}
	d.Set(a, settingRetention, f.days)
	protect(d, a, r, model.PointInTimeRestore, inPlace(a, r, "azuresql.automated_backup", f))
	protect(d, a, r, model.Backup, inPlace(a, r, "azuresql.automated_backup", f))
}

// stateBackupCopies states what the redundancy of the backup storage adds: a
// restore in another region, and copies that outlive a zone (Microsoft Learn,
// Automated backups in Azure SQL Database: geo-restore needs geo-redundancy).
func stateBackupCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, s backupStorage) {
	d.Set(a, settingBackupRedundancy, s.fact())
	if s.elsewhere() != model.No {
		f := s.feature()
		if s.word == "" {
			f = f.undecided(s.why)
		}
		means := inPlace(a, r, "azuresql.geo_restore", f)
		means.Region, means.OtherRegion = pairedRegion(s.decides.At), model.Yes
		protect(d, a, r, model.Backup, means)
	}
	if s.zones() {
		means := inPlace(a, r, "azure.zone_redundant_backup", s.feature())
		means.Interval = model.DefaultFact(logBackupHours, s.decides.At)
		protect(d, a, r, model.Backup, means)
	}
}

// stateLongTerm states the full backups that are kept for weeks to years. They
// outlive the database and its server (Microsoft Learn, Long-term retention).
func stateLongTerm(d *draft.Draft, a *model.Asset, r *resource.Resource, kept sqlRetention, s backupStorage) {
	f, interval := longTerm(kept)
	if f.state == model.Off && !f.written {
		return
	}
	means := inPlace(a, r, "azuresql.long_term_retention", f)
	means.Interval, means.OtherRegion, means.Locked = interval, s.elsewhere(), immutableBackups(kept)
	switch means.OtherRegion {
	case model.Yes:
		means.Region = pairedRegion(s.decides.At)
	case model.Maybe:
		means.Region = model.UnknownFact(s.why, s.decides.At)
	}
	protect(d, a, r, model.Backup, means)
}

// longTerm reads the three schedules: the longest retention is the window, the
// most frequent schedule the interval. PT0S is the default of each (azurerm
// documentation, mssql_database: long_term_retention_policy).
func longTerm(kept sqlRetention) (f feature, interval model.Fact) {
	schedules := []struct {
		attr
		hours float64
	}{{kept.weekly, 7 * 24}, {kept.monthly, 30 * 24}, {kept.yearly, 365 * 24}}
	f = feature{state: model.Off, at: kept.weekly.At}
	var longest float64
	for _, schedule := range schedules {
		length, ok := duration.ISO(schedule.text())
		switch {
		case schedule.IsAbsent():
			continue
		case !ok && f.state != model.On:
			f = feature{state: model.Undecided, why: unresolved(schedule.attr), at: schedule.At}
		case length > 0:
			if f.state != model.On {
				f, interval = feature{state: model.On, at: schedule.At}, model.KnownFact(schedule.hours, schedule.At)
			}
			if days := length.Hours() / 24; days > longest {
				longest, f.days = days, model.KnownFact(days, schedule.At)
			}
		case f.state == model.Off:
			f = feature{at: schedule.At}.off("every schedule of long-term retention keeps its backups for " + schedule.text())
		}
	}
	switch f.state {
	case model.Off:
		f.days, interval = model.AbsentFact(f.at), model.AbsentFact(f.at)
	case model.Undecided:
		f.days, interval = model.UnknownFact(f.why, f.at), model.UnknownFact(f.why, f.at)
	}
	return f, interval
}

// immutableBackups says whether nobody can delete long-term backups early: the
// mode Locked cannot be taken back (ARM reference,
// Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies:
// timeBasedImmutability, timeBasedImmutabilityMode). Earlier versions had one
// switch without a mode.
func immutableBackups(kept sqlRetention) model.Tri {
	on := flag(enabledWord(kept.immutable), false)
	switch {
	case on.state == model.Off:
		return model.No
	case on.state == model.Undecided || kept.mode.IsUnknown() || kept.mode.IsAbsent():
		return model.Maybe
	default:
		return model.TriOf(strings.EqualFold(kept.mode.text(), "Locked"))
	}
}
