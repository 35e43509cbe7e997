package azure

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// stateCosmosBackups states the backups that an account always has: periodic
// ones unless continuous ones are chosen (Microsoft Learn, Online backup and
// on-demand data restore in Azure Cosmos DB). second is another region of the
// account, absent where it has none.
func stateCosmosBackups(d *draft.Draft, a *model.Asset, r *resource.Resource, backup cosmosBackup, second model.Fact) {
	switch kind := strings.ToLower(backup.kind.text()); {
	case backup.block.IsAbsent(), kind == "periodic":
		statePeriodic(d, a, r, backup)
	case kind == "continuous":
		stateContinuous(d, a, r, backup, second)
	default:
		f := feature{at: backup.kind.At, days: model.UnknownFact(unresolved(backup.kind), backup.kind.At)}.undecided(openText(backup.kind, "a kind of backups"))
		means := inPlace(a, r, "cosmosdb.periodic_backup", f)
		means.Interval, means.Region, means.OtherRegion = f.days, model.UnknownFact(f.why, f.at), model.Maybe
		protect(d, a, r, model.Backup, means)
		protect(d, a, r, model.PointInTimeRestore, inPlace(a, r, "cosmosdb.continuous_backup", f))
	}
}

// statePeriodic states full backups at an interval, which only support can
// restore. Defaults: every 240 minutes, kept for 8 hours, in the paired region
// too (azurerm documentation, cosmosdb_account: backup; ARM reference,
// Microsoft.DocumentDB/databaseAccounts: periodicModeProperties).
func statePeriodic(d *draft.Draft, a *model.Asset, r *resource.Resource, backup cosmosBackup) {
	at := backup.kind.At
	f := feature{state: model.On, at: at, defaulted: backup.block.IsAbsent()}
	minutes, hours := draft.Or(draft.Number(backup.minutes.Value), 240.0), draft.Or(draft.Number(backup.hours.Value), 8.0)
	every, knownEvery := minutes.Number()
	kept, knownKept := hours.Number()
	if knownEvery && knownKept && kept*60 < 2*every {
		// Microsoft Learn, Periodic backup in Azure Cosmos DB: at least two backups
		// are kept.
		f = f.off(fmt.Sprintf("backups every %v minutes are kept for %v hours, and Azure asks for twice the interval at least", every, kept))
		f.at = hours.At
	}
	f.days, minutes = scaled(hours, 1.0/24), scaled(minutes, 1.0/60)
	storage := readBackupStorage(backup.redundancy)
	d.Set(a, settingBackupRedundancy, storage.fact())
	d.Set(a, settingRetention, f.days)
	means := inPlace(a, r, "cosmosdb.periodic_backup", f)
	means.Interval, means.OtherRegion = minutes, storage.elsewhere()
	switch means.OtherRegion {
	case model.Yes:
		means.Region = pairedRegion(storage.decides.At)
	case model.Maybe:
		means.Region = model.UnknownFact(storage.why, storage.decides.At)
	}
	protect(d, a, r, model.Backup, means)
	if storage.zones() && f.state == model.On {
		zones := inPlace(a, r, "azure.zone_redundant_backup", storage.feature())
		zones.Interval = minutes
		protect(d, a, r, model.Backup, zones)
	}
	d.Lacks(a, model.PointInTimeRestore, "backups are periodic, of which support restores the latest ones", at, f.defaulted)
}

// scaled multiplies a fact that is a number.
func scaled(f model.Fact, factor float64) model.Fact {
	if number, known := f.Number(); known {
		f.Value = number * factor
	}
	return f
}

// continuousDays are the tiers of continuous backups (ARM reference,
// Microsoft.DocumentDB/databaseAccounts: continuousModeProperties.tier; 30 days
// when none is written, azurerm documentation, cosmosdb_account).
var continuousDays = map[string]float64{"continuous7days": 7, "continuous30days": 30}

// stateContinuous states backups of every change. They are kept in the regions of
// the account: one region has no copy elsewhere (Microsoft Learn, Continuous
// backup with point-in-time restore in Azure Cosmos DB).
func stateContinuous(d *draft.Draft, a *model.Asset, r *resource.Resource, backup cosmosBackup, second model.Fact) {
	f := feature{state: model.On, at: backup.kind.At}
	switch days, known := continuousDays[strings.ToLower(backup.tier.text())]; {
	case backup.tier.IsAbsent():
		f.days = model.DefaultFact(30.0, f.at)
	case known:
		f.days = model.KnownFact(days, backup.tier.At)
	default:
		f.days = model.UnknownFact(openText(backup.tier, "a tier of continuous backups"), backup.tier.At)
	}
	d.Set(a, settingRetention, f.days)
	means := inPlace(a, r, "cosmosdb.continuous_backup", f)
	switch second.State {
	case model.Known:
		means.Region, means.OtherRegion = second, model.Yes
	case model.Unknown:
		means.Region, means.OtherRegion = second, model.Maybe
	}
	protect(d, a, r, model.Backup, means)
	protect(d, a, r, model.PointInTimeRestore, means)
}
