package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const armReplication = "microsoft.storage/storageaccounts/objectreplicationpolicies"

// replication is a policy that copies block blobs to another account.
type replication struct {
	source, destination attr
	rules               []replicationRule
	// owner is the account that carries the policy in ARM, where source and
	// destination each have a copy of it.
	owner attr
}

type replicationRule struct {
	source, destination attr
	// since says which blobs are copied, prefixes limits them by name.
	since, prefixes attr
}

func objectReplication() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armReplication, "azurerm_storage_object_replication"),
		Attach:  managed(attachReplication),
	}
}

func readReplication(r *resource.Resource) (replication, bool) {
	if r.Type == "azurerm_storage_object_replication" {
		read := replication{
			source:      attrOf(r, "source_storage_account_id"),
			destination: attrOf(r, "destination_storage_account_id"),
		}
		for _, rule := range attrOf(r, "rules").Blocks() {
			read.rules = append(read.rules, replicationRule{
				source: inner(rule, "source_container_name"), destination: inner(rule, "destination_container_name"),
				since: inner(rule, "copy_blobs_created_after"), prefixes: inner(rule, "filter_out_blobs_with_prefix"),
			})
		}
		return read, true
	}
	arm, ok := armOf(r, armReplication)
	read := replication{source: arm.at("properties.sourceAccount"), destination: arm.at("properties.destinationAccount"), owner: arm.parent}
	for _, rule := range arm.at("properties.rules").Blocks() {
		read.rules = append(read.rules, replicationRule{
			source: inner(rule, "sourceContainer"), destination: inner(rule, "destinationContainer"),
			since: inner(rule, "filters.minCreationTime"), prefixes: inner(rule, "filters.prefixMatch"),
		})
	}
	return read, ok
}

func attachReplication(d *draft.Draft, r *resource.Resource) {
	policy, ok := readReplication(r)
	if !ok {
		return
	}
	source := findAccount(d, r, policy.source)
	if source.asset == nil {
		doubt(d, r, source, accountKinds(), []string{model.GeoReplication})
		return
	}
	if !policy.owner.IsAbsent() && findAccount(d, r, policy.owner).asset != source.asset {
		return
	}
	destination := findAccount(d, r, policy.destination)
	if destination.asset != nil {
		d.Relate(source.asset, "replicates_to", destination.asset, policy.destination.At)
	}
	for _, rule := range policy.rules {
		stateReplicationRule(d, r, source.asset, destination, rule)
	}
	for _, container := range containersOf(d, source.asset) {
		keepReason(d, container, source.asset, model.GeoReplication)
	}
}

// stateReplicationRule states the copy of one container, on the container and,
// as a part, on its account.
func stateReplicationRule(d *draft.Draft, r *resource.Resource, source *model.Asset, destination target, rule replicationRule) {
	f := replicationState(source, destination, feature{state: model.On, at: rule.source.At, days: model.AbsentFact(rule.source.At)})
	means := following(inPlace(source, r, "azure.object_replication", f))
	means.Region, means.OtherRegion, means.OtherAccount = model.UnknownFact(destination.why, destination.at), model.Maybe, model.Maybe
	if there := destination.asset; there != nil {
		means.Region, means.Target = there.Region, there.ID
		means.OtherRegion = draft.OtherRegion(source.Region, there.Region)
		means.OtherAccount = otherSubscription(d, source, there)
	}
	means = limited(means, rule)
	if destination.asset != nil {
		markReplicated(d, destination.asset, rule.destination, "destination")
	}
	members := membersOf(d, resource.ListAt(rule.source.At, rule.source.Value))
	for _, container := range containersOf(d, source) {
		switch held, why := members.holds(container); held {
		case model.Yes:
			protect(d, container, r, model.GeoReplication, means)
			d.Set(container, settingReplicated, model.KnownFact("source", rule.source.At))
		case model.Maybe:
			open := means
			open.State, open.Why = model.Undecided, why
			protect(d, container, r, model.GeoReplication, open)
		}
	}
	means.Scope = model.Partial
	protect(d, source, r, model.GeoReplication, means)
}

// replicationState checks what object replication needs: another region to be a
// copy for disasters, flat accounts, versions on both sides and a change feed at
// the source (Microsoft Learn, Object replication for block blobs).
func replicationState(source *model.Asset, destination target, f feature) feature {
	f = needsFlat(f, source, "object replication")
	f = needs(f, keepsVersions(source), "it needs versioning on the source account, which is off")
	f = needs(f, source.Settings[settingChangeFeed], "it needs a change feed on the source account, which is off")
	there := destination.asset
	if there == nil {
		if f.state == model.On {
			f = f.undecided(destination.why)
		}
		return f
	}
	f = needsFlat(f, there, "object replication")
	f = needs(f, keepsVersions(there), "it needs versioning on the destination account, which is off")
	if f.state != model.On {
		return f
	}
	switch draft.SameRegion(source.Region, there.Region) {
	case model.Yes:
		return f.off("the destination account " + there.Address + " is in the same region")
	case model.Maybe:
		return f.undecided(openRegion(source, there))
	default:
		return f
	}
}

// needs turns a feature off that rests on something that is off, and says why.
func needs(f feature, fact model.Fact, why string) feature {
	switch {
	case f.state != model.On || fact.Tri() == model.Yes:
		return f
	case fact.Tri() == model.No:
		return f.off(why)
	default:
		return f.undecided(fact.Why)
	}
}

// keepsVersions summarises what was stated about versioning so far.
func keepsVersions(a *model.Asset) model.Fact {
	why := ""
	for _, means := range a.Protections[model.Versioning].Means {
		switch means.State {
		case model.On:
			return model.KnownFact(true, means.At)
		case model.Undecided:
			why = means.Why
		}
	}
	if why != "" {
		return model.UnknownFact(why, a.At)
	}
	return model.KnownFact(false, a.At)
}

func openRegion(assets ...*model.Asset) string {
	for _, a := range assets {
		if a.Region.State == model.Unknown {
			return a.Region.Why
		}
	}
	return "the region of an account is not written"
}

// limited sets the scope of a rule. By default only blobs written after the rule
// are copied (azurerm documentation, storage_object_replication:
// copy_blobs_created_after is OnlyNewObjects, and Everything is the year 1601 in
// ARM), and no file says whether older
// ones exist.
func limited(means model.Means, rule replicationRule) model.Means {
	since := rule.since.text()
	switch {
	case len(rule.prefixes.Blocks()) > 0:
		means.Scope = model.Partial
		return means
	case since == "Everything", strings.HasPrefix(since, "1601-01-01"):
		return means
	}
	means.Scope = model.UnknownScope
	if means.State == model.On {
		means.Why = "blobs that are older than the replication rule are not copied unless copy_blobs_created_after is Everything"
	}
	return means
}

// markReplicated marks the container that a rule names in an account.
func markReplicated(d *draft.Draft, account *model.Asset, name attr, role string) {
	members := membersOf(d, resource.ListAt(name.At, name.Value))
	for _, container := range containersOf(d, account) {
		if held, _ := members.holds(container); held == model.Yes {
			d.Set(container, settingReplicated, model.KnownFact(role, name.At))
		}
	}
}

// keepReason gives a container what is written against a protection on its
// account, because a copy of other containers hides that there.
func keepReason(d *draft.Draft, container, account *model.Asset, protection string) {
	theirs, own := account.Protections[protection], container.Protections[protection]
	if theirs.State == model.Off && own.State == "" && len(own.Means) == 0 {
		d.Lacks(container, protection, theirs.Why, theirs.At, theirs.Defaulted)
	}
}
