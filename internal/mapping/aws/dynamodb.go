package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func declareTable(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.Table, "dynamodb", r.Attrs.Get("name"))
	if a == nil {
		return
	}
	// DynamoDB keeps every table in three zones (DynamoDB developer guide, "High
	// availability and durability").
	zones := inPlace(a, r, "dynamodb.zones", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	stateDeletionProtection(d, a, r, "deletion_protection_enabled")
	stateTableRecovery(d, a, r)
	// Terraform's S3 backend accepts no other key for a table of locks (Terraform
	// documentation, backend "s3", "DynamoDB State Locking").
	if key := r.Attrs.Get("hash_key"); key.Kind == resource.String && key.Text == "LockID" {
		d.SetPurpose(a, draft.PurposeLock, key.At)
	}
	for _, block := range r.Attrs.Get("replica").Blocks() {
		region := block.Get("region_name")
		m := tableReplica(a, r, region, region.At)
		if mode, _ := block.Get("consistency_mode").AsString(); mode == "STRONG" {
			m.Mechanism = "dynamodb.global_table_strong"
		}
		if block.IsUnknown() {
			m = undecided(m, block.Why)
			m.OtherRegion = model.Maybe
		}
		protect(d, a, r, model.GeoReplication, m)
	}
}

// stateTableRecovery states point-in-time recovery: off by default, for 35 days
// when on (provider documentation, version 6, aws_dynamodb_table). Deleting the
// table leaves a backup behind (DynamoDB developer guide), so it counts as one.
func stateTableRecovery(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	block := r.Attrs.Get("point_in_time_recovery")
	on := boolOr(r, block.Path("enabled"), false)
	m := inPlace(a, r, "dynamodb.pitr", on.At)
	m.Window = numberOr(r, block.Path("recovery_period_in_days"), 35)
	for _, protection := range []string{model.PointInTimeRestore, model.Backup} {
		switch {
		case on.State == model.Unknown:
			protect(d, a, r, protection, undecided(m, on.Why))
		case on.Value == true:
			protect(d, a, r, protection, m)
		case on.Defaulted:
			d.Lacks(a, protection, "point_in_time_recovery is not set and off by default", on.At, true)
		default:
			d.Lacks(a, protection, "point_in_time_recovery.enabled is false", on.At, false)
		}
	}
}

// tableReplica is a copy of a table in a region. DynamoDB refuses a replica in
// the table's own region, so it is another one even when neither is known.
func tableReplica(a *model.Asset, r *resource.Resource, region resource.Value, at source.Range) model.Means {
	m := inPlace(a, r, "dynamodb.global_table", at)
	m.Region, m.OtherRegion, m.PropagatesDeletes = draft.Text(region), model.Yes, model.Yes
	return m
}

// attachTableReplica maps aws_dynamodb_table_replica, which lies in the region
// of its own provider.
func attachTableReplica(d *draft.Draft, r *resource.Resource) {
	arn := r.Attrs.Get("global_table_arn")
	found := resolve(d, r, arn, model.Table)
	if found.why != "" {
		d.Doubt(r, provider, []model.Kind{model.Table}, []string{model.GeoReplication}, r.Address+" may apply to it: "+found.why, arn.At)
	}
	for _, a := range found.assets {
		m := tableReplica(a, r, resource.Value{}, where(r, arn))
		m.Region = regionOf(r)
		protect(d, a, found.by(r), model.GeoReplication, m)
	}
}

// attachGlobalTable maps the first version of global tables: tables of one name
// in several regions, joined by a resource that lists the regions.
func attachGlobalTable(d *draft.Draft, r *resource.Resource) {
	name := r.Attrs.Get("name")
	tables := d.Find(name, r.Root, provider, model.Table).Assets
	replicas := r.Attrs.Get("replica").Blocks()
	for _, a := range tables {
		if a.Root != r.Root {
			continue
		}
		for _, block := range replicas {
			stateGlobalTable(d, a, r, block.Get("region_name"), len(replicas))
		}
	}
}

func stateGlobalTable(d *draft.Draft, a *model.Asset, r *resource.Resource, region resource.Value, replicas int) {
	m := tableReplica(a, r, region, region.At)
	m.OtherRegion = draft.OtherRegion(a.Region, m.Region)
	switch {
	case m.OtherRegion == model.No && replicas > 1:
		return // the table itself
	case m.OtherRegion == model.No:
		m = off(m, r.Address+" lists one region, the table's own")
	case m.OtherRegion == model.Maybe:
		m = undecided(m, regionWhy(m.Region, a.Region))
	}
	protect(d, a, r, model.GeoReplication, m)
}
