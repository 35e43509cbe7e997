package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// lifecycleRule is one rule that may delete blobs by age.
type lifecycleRule struct {
	enabled, prefixes attr
	// narrowed is set when further filters leave blobs out.
	narrowed bool
	deletes  []deletion
	// cools is where the rule moves blobs to a colder tier.
	cools attr
}

// deletion is one action of a rule; target is that of model.Expiry.
type deletion struct {
	target string
	days   attr
}

func lifecyclePolicies() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armManagementPolicy, "azurerm_storage_management_policy"),
		Attach:  managed(attachLifecycle),
	}
}

func readLifecycle(r *resource.Resource) (accounts []attr, rules []lifecycleRule, ok bool) {
	if r.Type == "azurerm_storage_management_policy" {
		for _, rule := range r.Attrs.Get("rule").Blocks() {
			rules = append(rules, terraformLifecycleRule(rule))
		}
		return []attr{attrOf(r, "storage_account_id")}, rules, true
	}
	arm, ok := armOf(r, armManagementPolicy)
	for _, rule := range arm.at("properties.policy.rules").Blocks() {
		rules = append(rules, armLifecycleRule(rule))
	}
	return []attr{arm.parent, arm.scope}, rules, ok
}

func terraformLifecycleRule(rule resource.Value) lifecycleRule {
	read := lifecycleRule{
		enabled:  inner(rule, "enabled"),
		prefixes: inner(rule, "filters.prefix_match"),
		narrowed: narrows(rule.Path("filters").Block(), "match_blob_index_tag", "blob_types"),
	}
	for _, name := range []string{"modification", "last_access_time", "creation"} {
		read.add("current", inner(rule, "actions.base_blob.delete_after_days_since_"+name+"_greater_than"))
	}
	read.add("snapshot", inner(rule, "actions.snapshot.delete_after_days_since_creation_greater_than"))
	read.add("noncurrent", inner(rule, "actions.version.delete_after_days_since_creation"))
	read.cools = firstWritten(rule, "actions.base_blob.", "tier_to_cool_after_days_since_modification_greater_than", "tier_to_cool_after_days_since_last_access_time_greater_than",
		"tier_to_cool_after_days_since_creation_greater_than", "tier_to_cold_after_days_since_modification_greater_than",
		"tier_to_archive_after_days_since_modification_greater_than")
	return read
}

func armLifecycleRule(rule resource.Value) lifecycleRule {
	read := lifecycleRule{
		enabled:  inner(rule, "enabled"),
		prefixes: inner(rule, "definition.filters.prefixMatch"),
		narrowed: narrows(rule.Path("definition.filters").Block(), "blobIndexMatch", "blobTypes"),
	}
	for _, name := range []string{"Modification", "LastAccessTime", "Creation"} {
		read.add("current", inner(rule, "definition.actions.baseBlob.delete.daysAfter"+name+"GreaterThan"))
	}
	read.add("snapshot", inner(rule, "definition.actions.snapshot.delete.daysAfterCreationGreaterThan"))
	read.add("noncurrent", inner(rule, "definition.actions.version.delete.daysAfterCreationGreaterThan"))
	read.cools = firstWritten(rule, "definition.actions.baseBlob.", "tierToCool", "tierToCold", "tierToArchive")
	return read
}

// settingColder says that a rule moves data to a colder class by age.
const settingColder = "colder_class"

func firstWritten(rule resource.Value, path string, names ...string) attr {
	for _, name := range names {
		if v := inner(rule, path+name); !v.IsAbsent() {
			return v
		}
	}
	return attr{Value: resource.Value{At: rule.At}}
}

// cool records that an account, or the containers that a rule reaches, move data to
// a colder tier.
func cool(d *draft.Draft, account *model.Asset, rule lifecycleRule) {
	if len(rule.prefixes.Blocks()) == 0 && !rule.prefixes.IsUnknown() {
		d.Set(account, settingColder, model.KnownFact(true, rule.cools.At))
	}
	for _, container := range containersOf(d, account) {
		if _, ok := reach(d, container, rule.prefixes.Value, model.Expiry{}); ok {
			d.Set(container, settingColder, model.KnownFact(true, rule.cools.At))
		}
	}
}

// add records a deletion; azurerm writes -1 for "no action".
func (l *lifecycleRule) add(target string, days attr) {
	if count, known := days.AsNumber(); days.IsAbsent() || known && count < 0 {
		return
	}
	l.deletes = append(l.deletes, deletion{target: target, days: days})
}

// narrows says whether filters leave blobs out: index tags always, blob types
// when block blobs are not among them.
func narrows(filters resource.Value, tags, types string) bool {
	names, complete := filters.Get(types).Strings()
	onlyOthers := complete && len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, "blockBlob") })
	return onlyOthers || len(filters.Get(tags).Blocks()) > 0
}

func attachLifecycle(d *draft.Draft, r *resource.Resource) {
	accounts, rules, ok := readLifecycle(r)
	if !ok {
		return
	}
	found := findAccount(d, r, accounts...)
	if found.asset == nil {
		if !found.outside {
			d.DoubtExpiry(r, "azure", accountKinds(), "the account of "+r.Address+" is not known: "+found.why, found.at)
		}
		return
	}
	for _, rule := range rules {
		if enabled, known := rule.enabled.AsBool(); known && !enabled {
			continue
		}
		if !rule.cools.IsAbsent() {
			cool(d, found.asset, rule)
		}
		for _, deletion := range rule.deletes {
			stateExpiry(d, found.asset, rule, deletion)
		}
	}
}

// stateExpiry puts one deletion on the account and on the containers that it
// reaches. A rule that may be disabled deletes after an unknown time.
func stateExpiry(d *draft.Draft, account *model.Asset, rule lifecycleRule, deleted deletion) {
	days := draft.Number(deleted.days.Value)
	if rule.enabled.IsUnknown() {
		days = model.UnknownFact(rule.enabled.Why, deleted.days.At)
	}
	expiry := model.Expiry{Target: deleted.target, Days: days, Scope: model.Whole, At: deleted.days.At}
	if rule.narrowed {
		expiry.Scope = model.Partial
	}
	onAccount := expiry
	onAccount.Prefixes, _ = rule.prefixes.Strings()
	switch {
	case rule.prefixes.IsUnknown():
		onAccount.Scope = model.UnknownScope
	case len(rule.prefixes.Blocks()) > 0:
		onAccount.Scope = model.Partial
	}
	account.Expiries = append(account.Expiries, onAccount)
	shortenVersions(account, onAccount)
	for _, container := range containersOf(d, account) {
		reached, ok := reach(d, container, rule.prefixes.Value, expiry)
		if !ok {
			continue
		}
		container.Expiries = append(container.Expiries, reached)
		if len(rule.prefixes.Blocks()) > 0 {
			ownVersions(d, container, account)
		}
		shortenVersions(container, reached)
	}
}

// ownVersions gives a container its own copy of the account's versioning, so
// that a rule for this container alone can limit how long versions live there.
func ownVersions(d *draft.Draft, container, account *model.Asset) {
	if len(container.Protections[model.Versioning].Means) > 0 {
		return
	}
	for _, means := range account.Protections[model.Versioning].Means {
		d.Protect(container, model.Versioning, means)
	}
}

// shortenVersions limits the window of versioning to the age at which a rule
// deletes versions.
func shortenVersions(a *model.Asset, e model.Expiry) {
	if e.Target != "noncurrent" || e.Scope == model.Partial {
		return
	}
	means := a.Protections[model.Versioning].Means
	for i := range means {
		window, days := means[i].Window, e.Days
		if means[i].State == model.Off || window.State == model.Unknown {
			continue
		}
		kept, _ := window.Number()
		limit, known := days.Number()
		switch {
		case known && limit >= kept:
		case known && e.Scope == model.Whole:
			means[i].Window = model.KnownFact(limit, e.At)
		case known:
			means[i].Window = model.UnknownFact("it is unknown which blobs the lifecycle rule deletes", e.At)
		default:
			means[i].Window = model.UnknownFact(days.Why, e.At)
		}
	}
}

// reach says how much of a container the prefixes of a rule cover. A prefix
// begins with the container's name; without a slash it is a pattern that every
// container with that beginning matches (Microsoft Learn, Lifecycle management
// policy structure).
func reach(d *draft.Draft, container *model.Asset, prefixes resource.Value, e model.Expiry) (model.Expiry, bool) {
	if prefixes.IsUnknown() {
		e.Scope = model.UnknownScope
		return e, true
	}
	items := prefixes.Blocks()
	if len(items) == 0 {
		return e, true
	}
	reached, open := false, false
	var inner []string
	for _, item := range items {
		rest, whole, answer := matchPrefix(d, container, item)
		switch {
		case answer == model.Yes && whole:
			return e, true
		case answer == model.Yes:
			reached, inner = true, append(inner, rest)
		case answer == model.Maybe:
			open = true
		}
	}
	switch {
	case open:
		e.Scope = model.UnknownScope
	case reached:
		e.Scope = model.Partial
	}
	e.Prefixes = inner
	return e, reached || open
}

// matchPrefix compares one prefix with a container. rest is what follows the
// container's name; whole is set when nothing does.
func matchPrefix(d *draft.Draft, container *model.Asset, item resource.Value) (rest string, whole bool, answer model.Tri) {
	text, known := item.AsString()
	if !known {
		return matchOpenPrefix(d, container, item)
	}
	name := container.Name.Text()
	first, rest, deeper := strings.Cut(text, "/")
	switch {
	case name == "":
		return "", false, model.Maybe
	case deeper && first != name, !deeper && !strings.HasPrefix(name, first):
		return "", false, model.No
	default:
		return rest, rest == "", model.Yes
	}
}

// matchOpenPrefix reads "${azurerm_storage_container.raw.name}/2020/" when the
// name itself is not known: the reference says which container it is.
func matchOpenPrefix(d *draft.Draft, container *model.Asset, item resource.Value) (rest string, whole bool, answer model.Tri) {
	referents := d.Resources.Referents(item)
	first, rest, deeper := strings.Cut(item.Hint, "/")
	if len(referents) != 1 || !deeper || first != string(resource.Hole) || strings.ContainsRune(rest, resource.Hole) {
		return "", false, model.Maybe
	}
	if referents[0].ID != container.ID {
		return "", false, model.No
	}
	return rest, rest == "", model.Yes
}
