package google

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	enterprise     = "ENTERPRISE"
	enterprisePlus = "ENTERPRISE_PLUS"
)

func databaseInstances() draft.Mapper {
	return draft.Mapper{
		Service: "sql", Types: []string{"google_sql_database_instance"},
		Declare: managed(declareInstance), Attach: managed(attachReplica),
	}
}

// instance is one Cloud SQL instance while it is read.
type instance struct {
	d        *draft.Draft
	a        *model.Asset
	r        *resource.Resource
	settings resource.Value
	backup   resource.Value // settings.backup_configuration
	edition  model.Fact
}

func declareInstance(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.Database, provider, "sql", r.Attrs.Get("name"))
	a.Region = regionOf(r, r.Attrs.Get("region"))
	settings := r.Attrs.Path("settings").Block()
	tag(d, a, r, settings.Get("user_labels"))
	i := instance{d: d, a: a, r: r, settings: settings, backup: settings.Path("backup_configuration").Block()}
	i.edition = editionOf(settings.Get("edition"), r.Attrs.Get("database_version"))
	d.Set(a, "edition", i.edition)
	i.zones()
	i.guards()
	if replica := replicaOf(r); replica.Tri() != model.No {
		d.Set(a, "replica", replica)
		i.replica(replica)
		return
	}
	i.backups()
	i.pointInTime()
	i.survivors()
}

var postgresVersion = regexp.MustCompile(`^POSTGRES_(\d+)`)

// editionOf applies the service's default: PostgreSQL 16 and later start as
// Enterprise Plus, everything older as Enterprise (Cloud SQL, "Introduction to
// Cloud SQL editions"). MySQL 8.4 stays open because no document at hand names
// its default.
func editionOf(edition, version resource.Value) model.Fact {
	if !edition.IsAbsent() {
		return draft.Text(edition)
	}
	text, known := version.AsString()
	switch {
	case !known && !version.IsAbsent():
		return model.UnknownFact("edition is not written and its default depends on database_version: "+unresolved(version, "database_version"), version.At)
	case strings.HasPrefix(text, "MYSQL_8_4"), strings.HasPrefix(text, "MYSQL_9"):
		return model.UnknownFact("edition is not written and its default for "+text+" is not known to drlint", edition.At)
	}
	if parts := postgresVersion.FindStringSubmatch(text); parts != nil {
		if major, err := strconv.Atoi(parts[1]); err == nil && major >= 16 {
			return model.DefaultFact(enterprisePlus, edition.At)
		}
	}
	return model.DefaultFact(enterprise, edition.At)
}

// replicaOf tells a read replica from a primary. An expression that names
// another instance makes a replica even when the name itself is not known.
func replicaOf(r *resource.Resource) model.Fact {
	master := r.Attrs.Get("master_instance_name")
	switch {
	case master.IsAbsent():
		return model.DefaultFact(false, r.At)
	case master.IsKnown() || len(master.Refs) > 0:
		return model.KnownFact(true, master.At)
	default:
		return model.UnknownFact("whether it is a replica depends on master_instance_name: "+master.Why, master.At)
	}
}

// replica: backups and copies belong to the primary that master_instance_name names.
func (i instance) replica(fact model.Fact) {
	for _, protection := range []string{model.Backup, model.PointInTimeRestore, model.GeoReplication} {
		if fact.Tri() == model.Yes {
			i.d.Inapplicable(i.a, protection, "it is a read replica of the instance that master_instance_name names", fact.At)
		} else {
			i.d.Protect(i.a, protection, inPlace(i.a, "cloudsql.read_replica", model.Undecided, fact.Why, fact.At))
		}
	}
}

// zones: hashicorp/google, google_sql_database_instance: availability_type is
// ZONAL unless it is written.
func (i instance) zones() {
	availability := i.settings.Get("availability_type")
	text, known := availability.AsString()
	switch {
	case availability.IsAbsent():
		i.d.Lacks(i.a, model.ZoneRedundancy, "availability_type is ZONAL by default", i.r.At, true)
	case !known:
		i.d.Protect(i.a, model.ZoneRedundancy, inPlace(i.a, "cloudsql.regional", model.Undecided, unresolved(availability, "availability_type"), availability.At))
	case text == "REGIONAL":
		i.d.Protect(i.a, model.ZoneRedundancy, inPlace(i.a, "cloudsql.regional", model.On, "", availability.At))
	default:
		i.d.Lacks(i.a, model.ZoneRedundancy, "availability_type is "+text, availability.At, false)
	}
}

// guards tells the tool's guard from the platform's: deletion_protection is
// true by default and stops Terraform only; settings.deletion_protection_enabled
// is false by default and stops every caller (hashicorp/google,
// google_sql_database_instance).
func (i instance) guards() {
	tool := flag(i.r.Attrs.Get("deletion_protection"), true)
	platform := flag(i.settings.Get("deletion_protection_enabled"), false)
	i.guard(model.DestroyGuard, "guard.iac_deletion_protection", "deletion_protection", tool)
	i.guard(model.DeleteGuard, "guard.deletion_protection", "deletion_protection_enabled", platform)
	preventDestroy(i.d, i.a, i.r)
}

func (i instance) guard(protection, mechanism, name string, fact model.Fact) {
	at := fact.At
	if fact.Defaulted {
		at = i.r.At
	}
	means := inPlace(i.a, mechanism, model.On, "", at)
	means.Defaulted = fact.Defaulted
	switch fact.Tri() {
	case model.Yes:
		i.d.Protect(i.a, protection, means)
	case model.Maybe:
		means.State, means.Why = model.Undecided, fact.Why
		i.d.Protect(i.a, protection, means)
	default:
		why := name + " is false"
		if fact.Defaulted {
			why += " by default"
		}
		i.d.Lacks(i.a, protection, why, at, fact.Defaulted)
	}
}

// survivors says whether backups outlive the instance: without either setting
// they go with it (Cloud SQL, "Retained backups" and "Final backup"). A final
// backup is taken even where automated ones are off.
func (i instance) survivors() {
	retained := flag(i.settings.Get("retain_backups_on_delete"), false)
	final := flag(i.settings.Path("final_backup_config.enabled"), false)
	fact := retained
	if retained.Tri() != model.Yes && final.Tri() != model.No {
		fact = final
	}
	if fact.Defaulted {
		fact.At = i.r.At
	}
	i.d.Set(i.a, "backups_survive_delete", fact)
	automated := slices.ContainsFunc(i.a.Protections[model.Backup].Means, func(m model.Means) bool { return m.State == model.On })
	if fact.Tri() != model.Yes || !automated && final.Tri() != model.Yes {
		return
	}
	means := inPlace(i.a, "cloudsql.retained_backup", model.On, "", fact.At)
	if !automated {
		means.Scope = model.Partial // one copy, taken when the instance goes
	}
	means.Region, means.OtherRegion = i.backupPlace()
	i.d.Protect(i.a, model.Backup, means)
}
