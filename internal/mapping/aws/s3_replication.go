package aws

import (
	"cmp"
	"fmt"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// replicationRule is one rule that copies a bucket to another one.
type replicationRule struct {
	state       model.ProtectionState // of the rule's own status
	why         string
	status      resource.Value
	filter      filter
	destination resource.Value
	// account is the owner of the destination, written for a copy across accounts.
	account resource.Value
	// timeControl is the status of replication time control.
	timeControl resource.Value
	// deletes says whether delete markers are copied.
	deletes model.Tri
}

func attachReplication(d *draft.Draft, r *resource.Resource) {
	bucket := r.Attrs.Get("bucket")
	found := resolve(d, r, bucket, model.ObjectStore)
	for _, a := range found.assets {
		stateReplication(d, a, found.by(r), readReplication(r))
	}
}

func attachInlineReplication(d *draft.Draft, r *resource.Resource) {
	if a := d.Asset(r.ID); a != nil {
		stateReplication(d, a, r, readInlineReplication(r))
	}
}

// readReplication reads aws_s3_bucket_replication_configuration.
func readReplication(r *resource.Resource) (rules []replicationRule) {
	for _, block := range r.Attrs.Get("rule").Blocks() {
		rule := readReplicationRule(block, "rule.status")
		rule.account = block.Path("destination.account")
		rule.deletes = markersCopied(rule.filter, block.Path("delete_marker_replication.status"))
		rules = append(rules, rule)
	}
	return rules
}

// readInlineReplication reads the replication_configuration block of
// aws_s3_bucket, which provider version 4 deprecated.
func readInlineReplication(r *resource.Resource) (rules []replicationRule) {
	for _, block := range r.Attrs.Path("replication_configuration.rules").Blocks() {
		rule := readReplicationRule(block, "replication_configuration.rules.status")
		rule.account = block.Path("destination.account_id")
		rule.deletes = markersCopied(rule.filter, block.Get("delete_marker_replication_status"))
		rules = append(rules, rule)
	}
	return rules
}

func readReplicationRule(block resource.Value, path string) replicationRule {
	rule := replicationRule{
		status: block.Get("status"), filter: readFilter(block),
		destination: block.Path("destination.bucket"),
		timeControl: block.Path("destination.replication_time.status"),
	}
	rule.state, rule.why = enabled(rule.status, path)
	if rule.state == model.Off {
		rule.why += ", so it copies nothing"
	}
	return rule
}

// markersCopied says whether deleting an object hides its copy. Rules without a
// filter block follow the first version of the schema, which copies the delete
// markers that users make; later ones copy them only when told to (S3 user
// guide, "Backward compatibility considerations" of replication configuration).
func markersCopied(f filter, status resource.Value) model.Tri {
	if !f.written && status.IsAbsent() {
		return model.Yes
	}
	state, _ := enabled(status, "")
	return triOf(state)
}

func stateReplication(d *draft.Draft, source *model.Asset, r *resource.Resource, rules []replicationRule) {
	for _, rule := range rules {
		found := resolve(d, r, rule.destination, model.ObjectStore)
		m := replicationMeans(d, source, r, rule, found)
		destination := found.one()
		if rule.state == model.On {
			setReplicas(d, source, rule, found)
		}
		if destination == nil {
			protect(d, source, r, model.GeoReplication, m)
			continue
		}
		protect(d, source, r, model.GeoReplication, needVersions(d, m, source, destination))
	}
}

// replicationMeans describes one rule. Without replication time control S3
// states no bound for the delay, so the interval stays absent; with it 99.9 % of
// the objects arrive within 15 minutes (Amazon S3 SLA).
func replicationMeans(d *draft.Draft, source *model.Asset, r *resource.Resource, rule replicationRule, found target) model.Means {
	m := inPlace(source, r, "s3.replication", rule.destination.At)
	m.Scope, m.PropagatesDeletes = rule.filter.scope, rule.deletes
	if text, _ := rule.timeControl.AsString(); text == "Enabled" {
		m.Mechanism = "s3.replication_time_control"
		m.Interval = model.KnownFact(0.25, rule.timeControl.At)
	}
	m = placeReplica(d, m, source, r, rule, found)
	if rule.state != model.On {
		m.State, m.Why, m.At = rule.state, rule.why, where(r, rule.status)
	}
	return m
}

// placeReplica says where the copy is. The ARN of a bucket carries no region,
// so only the bucket's own resource can tell.
func placeReplica(d *draft.Draft, m model.Means, source *model.Asset, r *resource.Resource, rule replicationRule, found target) model.Means {
	m.OtherAccount = replicaAccount(d, r, rule, found)
	if a := found.one(); a != nil {
		m.Target, m.Region, m.OtherRegion = a.ID, a.Region, not(sameRegion(source, a))
		return regionVerdict(m, source, fmt.Sprintf("destination.bucket is %s, which", a.Address), a.Region)
	}
	why := cmp.Or(found.why, found.open)
	switch {
	case len(found.assets) > 1 && why == "":
		why = "destination.bucket may mean " + addresses(found.assets)
	case found.outside != "":
		why = fmt.Sprintf("destination.bucket is %s, which no scanned file declares, and its ARN carries no region", found.outside)
	}
	m.Region, m.OtherRegion = model.UnknownFact(why, rule.destination.At), model.Maybe
	return undecided(m, why)
}

// regionVerdict turns a copy off that is certainly kept in the asset's own
// region: it is no copy in another one.
func regionVerdict(m model.Means, source *model.Asset, subject string, region model.Fact) model.Means {
	switch m.OtherRegion {
	case model.No:
		name := ""
		if region.Text() != "" {
			name = ", " + region.Text()
		}
		return off(m, fmt.Sprintf("%s is in the same region as its source%s", subject, name))
	case model.Maybe:
		why := region.Why
		if region.State != model.Unknown {
			why = source.Region.Why
		}
		return undecided(m, why)
	default:
		return m
	}
}

// setReplicas marks the buckets that a rule copies to, or may copy to: a replica
// needs no replica of its own.
func setReplicas(d *draft.Draft, source *model.Asset, rule replicationRule, found target) {
	at := rule.destination.At
	if destination := found.one(); destination != nil {
		d.Relate(source, "replicates_to", destination, at)
		d.Set(destination, "role", model.KnownFact("replica", at))
		return
	}
	for _, candidate := range found.assets {
		if _, decided := candidate.Settings["role"]; !decided && candidate != source {
			d.Set(candidate, "role", model.UnknownFact(cmp.Or(found.open, "it may be the destination of "+source.Address), at))
		}
	}
}

// replicaAccount says whether the copy belongs to another account. The argument
// for the account exists to hand the copy over to another owner (provider
// documentation, version 6, destination.account).
func replicaAccount(d *draft.Draft, r *resource.Resource, rule replicationRule, found target) model.Tri {
	own := accountOf(r)
	if a := found.one(); a != nil {
		if other := resourceOf(d, a); other != nil {
			if answer := otherAccount(own, accountOf(other)); answer != model.Maybe {
				return answer
			}
		}
	}
	id, known := rule.account.AsString()
	switch {
	case known && own.id != "":
		return model.TriOf(id != own.id)
	case known:
		return model.Yes
	}
	for _, caller := range d.Resources.Referents(rule.account, "aws_caller_identity") {
		return otherAccount(own, accountOf(caller))
	}
	return model.Maybe
}

// needVersions applies S3's condition that both buckets keep versions (S3 user
// guide, "Requirements for replication").
func needVersions(d *draft.Draft, m model.Means, buckets ...*model.Asset) model.Means {
	for _, a := range buckets {
		if m.State == model.Off {
			return m
		}
		switch state, why := versioningOf(d, a); state {
		case model.Off:
			m = off(m, "replication needs versioning on both buckets, and "+why)
		case model.Undecided:
			m = undecided(m, why)
		}
	}
	return m
}
