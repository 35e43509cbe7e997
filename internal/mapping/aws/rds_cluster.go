package aws

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// clusterKind is one of the services that share the shape of Aurora's clusters.
type clusterKind struct {
	service string
	global  string // resource type of a global cluster
	member  string // resource type of a member instance
	// retention, zones and replication name their rows in the recovery table.
	retention, zones, replication string
	// retained is set where backups can outlive the cluster (delete_automated_backups).
	retained bool
}

// clusterKinds lists them by resource type.
func clusterKinds() map[string]clusterKind {
	return map[string]clusterKind{
		"aws_rds_cluster":     {"rds", "aws_rds_global_cluster", "aws_rds_cluster_instance", "aurora.automated_backup", "aurora.storage", "aurora.global_database", true},
		"aws_docdb_cluster":   {"docdb", "aws_docdb_global_cluster", "aws_docdb_cluster_instance", "docdb.automated_backup", "docdb.storage", "docdb.global_cluster", false},
		"aws_neptune_cluster": {"neptune", "aws_neptune_global_cluster", "aws_neptune_cluster_instance", "neptune.automated_backup", "neptune.storage", "neptune.global_database", false},
	}
}

func clusterTypes() []string { return slices.Sorted(maps.Keys(clusterKinds())) }

// isAurora tells Aurora from a Multi-AZ cluster of RDS. engine is "aurora" by
// default up to provider version 4, when it became required.
func isAurora(r *resource.Resource) bool {
	engine, known := r.Attrs.Get("engine").AsString()
	return !known || strings.HasPrefix(engine, "aurora")
}

func declareCluster(d *draft.Draft, r *resource.Resource) {
	kind := clusterKinds()[r.Type]
	a := begin(d, r, model.Database, kind.service, nameOf(r, "cluster_identifier", "cluster_identifier_prefix"))
	if a == nil {
		return
	}
	stateClusterZones(d, a, r, kind)
	stateDeletionProtection(d, a, r, "deletion_protection")
	if r.Type != "aws_rds_cluster" || isAurora(r) {
		d.Set(a, "instances", memberCount(d, r, kind))
	}
	// One day by default, and never off (AWS documentation: Aurora, "Backups";
	// DocumentDB and Neptune, BackupRetentionPeriod of CreateDBCluster).
	read := retention{value: r.Attrs.Get("backup_retention_period"), byDefault: 1, mechanism: kind.retention}
	if r.Type == "aws_rds_cluster" && !isAurora(r) {
		read.mechanism = "rds.automated_backup"
	}
	if days, ok := read.value.AsNumber(); ok && days == 0 {
		// Terraform omits a zero, which leaves the default.
		read.value = resource.Value{At: read.value.At}
	}
	stateRetention(d, a, r, read)
	stateFinalCopies(d, a, r, kind.retained)
	stateBacktrack(d, a, r)
}

// stateClusterZones: Aurora and its relatives keep six copies of the data in
// three zones, whatever the number of instances (Aurora user guide, "Amazon
// Aurora storage"); a Multi-AZ cluster of RDS has three instances in three zones.
func stateClusterZones(d *draft.Draft, a *model.Asset, r *resource.Resource, kind clusterKind) {
	m := inPlace(a, r, kind.zones, r.At)
	m.Defaulted = true
	if r.Type == "aws_rds_cluster" && !isAurora(r) {
		m.Mechanism = "rds.multi_az"
	}
	d.Protect(a, model.ZoneRedundancy, m)
}

// stateBacktrack states Aurora's rewinding in place. backtrack_window is in
// seconds, 0 by default, which turns it off; only the MySQL edition has it
// (provider documentation, version 6, aws_rds_cluster).
func stateBacktrack(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Attrs.Get("backtrack_window")
	window := draft.Number(value)
	m := inPlace(a, r, "aurora.backtrack", value.At)
	switch seconds, known := window.Number(); {
	case window.State == model.Absent || known && seconds == 0:
		return
	case !known:
		m.Window = window
		m = undecided(m, window.Why)
	default:
		window.Value = seconds / (24 * 60 * 60)
		m.Window = window
	}
	if engine, _ := r.Attrs.Get("engine").AsString(); engine != "" && engine != "aurora" && engine != "aurora-mysql" {
		m = off(m, fmt.Sprintf("backtrack_window is set, but engine is %s, which cannot be rewound", engine))
	}
	protect(d, a, r, model.PointInTimeRestore, m)
}

// instancesOf returns the instances that refer to a cluster.
func instancesOf(d *draft.Draft, r *resource.Resource, kind clusterKind) []*resource.Resource {
	type key struct{ member string }
	return draft.Once(d, key{kind.member}, func() map[*resource.Resource][]*resource.Resource {
		instances := map[*resource.Resource][]*resource.Resource{}
		for _, member := range d.Resources.OfType(kind.member) {
			for _, cluster := range d.Resources.Referents(member.Attrs.Get("cluster_identifier")) {
				instances[cluster] = append(instances[cluster], member)
			}
		}
		return instances
	})[r]
}

// memberCount counts the instances that run a cluster: with one, losing its
// zone stops the service although the data is safe.
func memberCount(d *draft.Draft, r *resource.Resource, kind clusterKind) model.Fact {
	count, at := 0.0, r.At
	for _, member := range instancesOf(d, r, kind) {
		if member.Maybe != "" && member.Maybe != r.Maybe {
			return model.UnknownFact(member.Maybe, member.At)
		}
		count, at = count+1, member.At
	}
	if count == 0 {
		return model.UnknownFact(fmt.Sprintf("no %s refers to the cluster", kind.member), at)
	}
	return model.KnownFact(count, at)
}
