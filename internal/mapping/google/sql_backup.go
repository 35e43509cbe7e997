package google

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// backups states the automated backups. Created by Terraform an instance starts
// without any, except that Enterprise Plus is said to start with its log
// archive on, whatever created it, which leaves an absent block open
// (hashicorp/google, google_sql_database_instance: backup_configuration is
// computed and has no default; Cloud SQL, "Use point-in-time recovery").
func (i instance) backups() {
	enabled := i.backup.Get("enabled")
	on, known := enabled.AsBool()
	switch {
	case i.backup.IsAbsent():
		i.absent(model.Backup, "cloudsql.automated_backup", "backup_configuration is not written, which leaves automated backups off")
	case enabled.IsAbsent():
		i.d.Lacks(i.a, model.Backup, "backup_configuration.enabled is false by default", i.backup.At, true)
	case !known:
		means := i.backupMeans(enabled)
		means.State, means.Why = model.Undecided, unresolved(enabled, "backup_configuration.enabled")
		i.d.Protect(i.a, model.Backup, means)
	case !on:
		i.d.Protect(i.a, model.Backup, inPlace(i.a, "cloudsql.automated_backup", model.Off, "backup_configuration.enabled is false", enabled.At))
	default:
		i.d.Protect(i.a, model.Backup, i.backupMeans(enabled))
	}
}

// absent states what follows from a missing block or attribute.
func (i instance) absent(protection, mechanism, why string) {
	switch i.edition.Text() {
	case enterprise:
		i.d.Lacks(i.a, protection, why, i.r.At, true)
	case enterprisePlus:
		i.d.Protect(i.a, protection, inPlace(i.a, mechanism, model.Undecided,
			"backup_configuration does not say, and Enterprise Plus may start with it on", i.r.At))
	default:
		open := "edition is not known"
		if i.edition.State == model.Unknown {
			open = i.edition.Why
		}
		i.d.Protect(i.a, protection, inPlace(i.a, mechanism, model.Undecided,
			"backup_configuration does not say, and the default depends on the edition: "+open, i.r.At))
	}
}

// backupMeans describes one backup a day, kept by count.
func (i instance) backupMeans(enabled resource.Value) model.Means {
	means := inPlace(i.a, "cloudsql.automated_backup", model.On, "", enabled.At)
	means.Interval = model.DefaultFact(24.0, enabled.At)
	means.Window = i.retained()
	means.Region, means.OtherRegion = i.backupPlace()
	return means
}

// retained is the number of daily backups that are kept, which is as many days.
// Seven is the default of Enterprise (Cloud SQL, "About Cloud SQL backups").
func (i instance) retained() model.Fact {
	count := i.backup.Path("backup_retention_settings.retained_backups")
	switch {
	case !count.IsAbsent():
		return daysOf(count, "retained_backups")
	case i.edition.Text() == enterprise:
		return model.DefaultFact(7.0, i.backup.At)
	default:
		return model.UnknownFact("retained_backups is not written and its default depends on the edition", i.backup.At)
	}
}

// backupPlace compares the place of the backups with the instance's region. By
// default they go to the closest multi-region, which outlives one region
// (gcloud reference, sql instances create --backup-location).
func (i instance) backupPlace() (model.Fact, model.Tri) {
	location := i.backup.Get("location")
	if text, known := location.AsString(); location.IsAbsent() || known && text == "" {
		return model.DefaultFact("the closest multi-region", i.backup.At), model.Yes
	}
	place := draft.Text(location)
	if multiRegions[strings.ToLower(place.Text())] {
		return place, model.Yes
	}
	return place, draft.OtherRegion(place, i.a.Region)
}

// pointInTime states the log archive, which MySQL calls its binary log. It
// works only on top of automated backups, and its logs stay in the instance's
// own region (Cloud SQL, "Use point-in-time recovery").
func (i instance) pointInTime() {
	name := "point_in_time_recovery_enabled"
	if version, _ := i.r.Attrs.Get("database_version").AsString(); strings.HasPrefix(version, "MYSQL") {
		name = "binary_log_enabled"
	}
	archive, backups := i.backup.Get(name), i.backup.Get("enabled")
	on, known := archive.AsBool()
	hasBackups, decided := backups.AsBool()
	without := "backup_configuration.enabled is false"
	if backups.IsAbsent() && !i.backup.IsAbsent() {
		decided, without, backups.At = true, without+" by default", i.backup.At
	}
	means := inPlace(i.a, "cloudsql.pitr", model.On, "", archive.At)
	means.Window = i.logRetention()
	switch {
	case decided && !hasBackups && on:
		means.State, means.Why = model.Off, name+" is true, but "+without+" and it restores nothing without backups"
		i.d.Protect(i.a, model.PointInTimeRestore, means)
	case decided && !hasBackups:
		i.d.Lacks(i.a, model.PointInTimeRestore, without, backups.At, backups.IsAbsent())
	case i.backup.IsAbsent() || archive.IsAbsent():
		i.absent(model.PointInTimeRestore, "cloudsql.pitr", name+" is not written, which leaves point-in-time recovery off")
	case !known:
		means.State, means.Why = model.Undecided, unresolved(archive, name)
		i.d.Protect(i.a, model.PointInTimeRestore, means)
	case !on:
		i.d.Lacks(i.a, model.PointInTimeRestore, name+" is false", archive.At, false)
	default:
		if backups.IsUnknown() {
			means.State, means.Why = model.Undecided, backups.Why
		}
		i.d.Protect(i.a, model.PointInTimeRestore, means)
	}
}

// logRetention: 7 days on Enterprise, 14 on Enterprise Plus unless written
// (Cloud SQL, "Use point-in-time recovery").
func (i instance) logRetention() model.Fact {
	days := i.backup.Get("transaction_log_retention_days")
	switch {
	case !days.IsAbsent():
		return daysOf(days, "transaction_log_retention_days")
	case i.edition.Text() == enterprise:
		return model.DefaultFact(7.0, i.backup.At)
	case i.edition.Text() == enterprisePlus:
		return model.DefaultFact(14.0, i.backup.At)
	default:
		return model.UnknownFact("transaction_log_retention_days is not written and its default depends on the edition", i.backup.At)
	}
}

// attachReplica gives the primary its copy in another region. A replica follows
// every write, so it carries deletions and corruption too.
func attachReplica(d *draft.Draft, r *resource.Resource) {
	replica := d.Asset(r.ID)
	master := r.Attrs.Get("master_instance_name")
	if replica == nil || master.IsAbsent() {
		return
	}
	match := d.Find(master, r.Root, provider, model.Database)
	for _, primary := range match.Assets {
		if primary == replica {
			continue
		}
		d.Protect(primary, model.GeoReplication, replicaMeans(primary, replica, master))
		d.Relate(primary, "replicates_to", replica, master.At)
	}
	if !match.Resolved() && !match.Outside {
		d.Doubt(r, provider, []model.Kind{model.Database}, []string{model.GeoReplication},
			"the primary of "+r.Address+" is not known: "+match.Why, master.At)
	}
}

func replicaMeans(primary, replica *model.Asset, master resource.Value) model.Means {
	means := inPlace(primary, "cloudsql.read_replica", model.On, "", master.At)
	means.By, means.Target, means.Region, means.PropagatesDeletes = replica.Address, replica.ID, replica.Region, model.Yes
	means.OtherRegion = draft.OtherRegion(primary.Region, replica.Region)
	switch means.OtherRegion {
	case model.No:
		means.State, means.At = model.Off, replica.Region.At
		means.Why = "the replica is in " + replica.Region.Text() + ", the region of its primary"
	case model.Maybe:
		means.State, means.Why = model.Undecided, "whether the replica is in another region is not known"
		for _, region := range []model.Fact{primary.Region, replica.Region} {
			if region.State == model.Unknown {
				means.Why += ": " + region.Why
				break
			}
		}
	}
	if replica.Maybe != "" && means.State == model.On {
		means.State, means.Why = model.Undecided, "whether the replica exists is not known: "+replica.Maybe
	}
	return means
}
