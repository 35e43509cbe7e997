package aws

import (
	"fmt"
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// attachReadReplica states on the source what a replica is worth to it: a copy
// in another region. One in the same region serves reads and is only related.
func attachReadReplica(d *draft.Draft, r *resource.Resource) {
	source := r.Attrs.Get("replicate_source_db")
	replica := d.Asset(r.ID)
	if replica == nil || source.IsAbsent() {
		return
	}
	stateReplica(d, r, replica, source, "rds.read_replica")
}

func stateReplica(d *draft.Draft, r *resource.Resource, replica *model.Asset, source resource.Value, mechanism string) {
	original := resolve(d, r, source, model.Database).one()
	if original == nil || original == replica {
		return
	}
	d.Relate(original, "replicates_to", replica, source.At)
	m := inPlace(original, r, mechanism, where(r, source))
	m.Region, m.PropagatesDeletes, m.Target = replica.Region, model.Yes, replica.ID
	m.OtherRegion, m.OtherAccount = not(sameRegion(original, replica)), accountsDiffer(d, original, r)
	if m.OtherRegion == model.No {
		return
	}
	m = regionVerdict(m, original, replica.Address, replica.Region)
	protect(d, original, r, model.GeoReplication, m)
}

func accountsDiffer(d *draft.Draft, a *model.Asset, r *resource.Resource) model.Tri {
	if own := resourceOf(d, a); own != nil {
		return otherAccount(accountOf(own), accountOf(r))
	}
	return model.Maybe
}

// attachBackupReplication maps copies of automated backups to the region of the
// provider that manages the resource. Seven days by default (provider
// documentation, version 6, aws_db_instance_automated_backups_replication).
func attachBackupReplication(d *draft.Draft, r *resource.Resource) {
	source := r.Attrs.Get("source_db_instance_arn")
	found := resolve(d, r, source, model.Database)
	for _, a := range found.assets {
		region := regionOf(r)
		m := inPlace(a, r, copiedBackup, where(r, source))
		m.Window, m.Region = numberOr(r, r.Attrs.Get("retention_period"), 7), region
		m.OtherRegion = not(sameRegionFact(a.Region, a.Root, region, r.Root))
		m.OtherAccount = accountsDiffer(d, a, r)
		protect(d, a, found.by(r), model.Backup, regionVerdict(m, a, r.Address, region))
	}
}

// attachClusterReplication states what a cluster's global cluster, or its being
// a replica of another cluster, means for the copies of its data.
func attachClusterReplication(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	if source := r.Attrs.Get("replication_source_identifier"); !source.IsAbsent() {
		setReplicaRole(d, a, source)
		stateReplica(d, r, a, source, "aurora.read_replica")
	}
	kind := clusterKinds()[r.Type]
	joined := r.Attrs.Get("global_cluster_identifier")
	global := globalOf(d, r, kind)
	switch {
	case global != nil:
		stateGlobal(d, a, r, global, kind)
	case !joined.IsAbsent():
		m := inPlace(a, r, kind.replication, joined.At)
		m.PropagatesDeletes, m.OtherRegion, m.OtherAccount = model.Yes, model.Maybe, model.No
		why := unknownWhy(joined, "")
		if text, ok := joined.AsString(); ok {
			why = fmt.Sprintf("global_cluster_identifier is %s, which no scanned file declares", text)
		}
		m.Region = model.UnknownFact(why, joined.At)
		protect(d, a, r, model.GeoReplication, undecided(m, why))
	}
}

// globalOf returns the global cluster that a cluster belongs to: it names the
// global cluster, or the global cluster was made from it.
func globalOf(d *draft.Draft, r *resource.Resource, kind clusterKind) *resource.Resource {
	joined := r.Attrs.Get("global_cluster_identifier")
	if found := d.Resources.Referents(joined, kind.global); len(found) == 1 {
		return found[0]
	}
	for _, global := range d.Resources.OfType(kind.global) {
		if global.Root != r.Root {
			continue
		}
		if name, ok := joined.AsString(); ok && name != "" {
			if text, _ := global.Attrs.Get("global_cluster_identifier").AsString(); text == name {
				return global
			}
		}
		if slices.Contains(d.Resources.Referents(global.Attrs.Get("source_db_cluster_identifier")), r) {
			return global
		}
	}
	return nil
}

// membersOf returns the clusters of a type that belong to a global cluster.
func membersOf(d *draft.Draft, clusterType string, global *resource.Resource) []*resource.Resource {
	type key struct{ clusterType string }
	return draft.Once(d, key{clusterType}, func() map[*resource.Resource][]*resource.Resource {
		members := map[*resource.Resource][]*resource.Resource{}
		for _, r := range d.Resources.OfType(clusterType) {
			if joined := globalOf(d, r, clusterKinds()[clusterType]); joined != nil {
				members[joined] = append(members[joined], r)
			}
		}
		return members
	})[global]
}

// stateGlobal states the copies of a cluster in the other members of its global
// cluster. One member alone has none.
func stateGlobal(d *draft.Draft, a *model.Asset, r *resource.Resource, global *resource.Resource, kind clusterKind) {
	at := r.Attrs.Get("global_cluster_identifier").At
	if r.Attrs.Get("global_cluster_identifier").IsAbsent() {
		at = global.Attrs.Get("source_db_cluster_identifier").At
	}
	others := 0
	for _, member := range membersOf(d, r.Type, global) {
		other := d.Asset(member.ID)
		if member == r || other == nil {
			continue
		}
		others++
		m := inPlace(a, r, kind.replication, at)
		m.Region, m.PropagatesDeletes, m.Target = other.Region, model.Yes, other.ID
		m.OtherRegion, m.OtherAccount = not(sameRegion(a, other)), accountsDiffer(d, a, member)
		m = regionVerdict(m, a, other.Address, other.Region)
		protect(d, a, member, model.GeoReplication, m)
		if isSecondary(r) && !isSecondary(member) {
			d.Set(a, "role", model.KnownFact("replica", at))
		}
		if isSecondary(member) && !isSecondary(r) {
			d.Relate(a, "replicates_to", other, at)
		}
	}
	if others == 0 {
		m := inPlace(a, r, kind.replication, at)
		m.PropagatesDeletes = model.Yes
		protect(d, a, r, model.GeoReplication, off(m, global.Address+" has one member, so no other region holds the data"))
	}
}

// isSecondary says whether a member takes its data from another one: it sets
// neither credentials nor an origin, which only a primary may do (Aurora user
// guide, "Adding an AWS Region to an Aurora global database").
func isSecondary(r *resource.Resource) bool {
	for _, argument := range []string{"master_username", "manage_master_user_password", "snapshot_identifier", "restore_to_point_in_time", "database_name"} {
		if isSet(r.Attrs.Get(argument)) != model.No {
			return false
		}
	}
	return true
}
