package arm

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Resources are found by their canonical id: the place that they are deployed
// to, "/providers/", and types and names in turn, with tokens for names that
// are not known. The place of the template itself is the mark below, that of a
// nested deployment the mark with what its resource group comes to.
const placeMark = "\x03"

// identity is the key of a canonical id: Azure ignores the case of names.
func identity(id string) string { return strings.ToLower(strings.TrimSuffix(id, "/")) }

// joinID puts a canonical id together.
func joinID(place, resourceType string, names []string) string {
	segments := strings.Split(resourceType, "/")
	var id strings.Builder
	id.WriteString(place + "/providers/" + segments[0])
	for i, name := range names {
		if i+1 < len(segments) {
			id.WriteString("/" + segments[i+1] + "/" + name)
		}
	}
	return id.String()
}

// whole makes a canonical id of a canonical text that names a resource: an id
// that starts at a subscription, or one relative to the deployment,
// "Microsoft.Storage/storageAccounts/lake".
func (r *renderer) whole(en env, text string) string {
	const subscriptions, groups = "/subscriptions/", "/resourcegroups/"
	switch {
	case text == "" || strings.HasPrefix(text, placeMark):
		return text
	case strings.HasPrefix(strings.ToLower(text), subscriptions):
		place, rest := text, ""
		if at := strings.Index(strings.ToLower(text), "/providers/"); at >= 0 {
			place, rest = text[:at], text[at:]
		}
		subscription, group := place[len(subscriptions):], ""
		if at := strings.Index(strings.ToLower(subscription), groups); at >= 0 {
			subscription, group = subscription[:at], subscription[at+len(groups):]
		}
		return placeMark + r.placeOf(en, subscription, group) + rest
	case strings.HasPrefix(text, "/"):
		return text
	}
	if _, _, ok := deployment.ParseID(text); ok {
		return placeMark + en.owner.place + "/providers/" + text
	}
	return text
}

// id renders a call of an id function as a canonical id.
func (r *renderer) id(en env, n *expression.Node, name string, at source.Range) (string, bool) {
	args := r.ev.arguments(en, n, at)
	typed := functions.TypeArgument(args)
	if name == "extensionresourceid" && len(args) > 0 {
		typed = functions.TypeArgument(args[1:]) + 1
		if typed == 0 {
			typed = -1
		}
	}
	if typed < 0 {
		return "", false
	}
	var names []string
	for i := typed + 1; i < len(args); i++ {
		names = append(names, strings.Split(r.node(en, n.Args[i], at), "/")...)
	}
	if len(names) != deployment.Levels(args[typed].Text) {
		return "", false
	}
	before := make([]string, typed)
	for i := range before {
		before[i] = r.node(en, n.Args[i], at)
	}
	return joinID(r.idPlace(en, name, before), args[typed].Text, names), true
}

// idPlace is the place that an id function is about, by the arguments before
// the type.
func (r *renderer) idPlace(en env, name string, before []string) string {
	switch {
	case name == "extensionresourceid":
		return r.whole(en, before[0])
	case name == "tenantresourceid" && en.owner.scope != functions.Tenant:
		return ""
	case name == "managementgroupresourceid":
		return placeMark + "managementgroup"
	case name == "subscriptionresourceid":
		if en.owner.scope == functions.Subscription && len(before) == 0 {
			return placeMark + en.owner.place
		}
		return placeMark + "subscription"
	case len(before) == 0 || name == "tenantresourceid":
		return placeMark + en.owner.place
	case len(before) == 1 && en.owner.scope == functions.ResourceGroup:
		return placeMark + r.placeOf(en, before[0], "")
	case len(before) == 1:
		return placeMark + r.placeOf(en, "", before[0])
	default:
		return placeMark + r.placeOf(en, before[0], before[1])
	}
}

// placeOf names a subscription and resource group, as seen from a deployment:
// its own are what it is deployed to.
func (r *renderer) placeOf(en env, subscription, group string) string {
	own := func(function, attribute string) string {
		return r.token(r.token(function+"()"+en.owner.place, function)+"."+attribute, attribute)
	}
	if subscription == own("subscription", "subscriptionId") {
		subscription = ""
	}
	if group == own("resourcegroup", "name") {
		group = ""
	}
	if subscription == "" && group == "" {
		return en.owner.place
	}
	return subscription + "|" + group
}

// targets returns the declared resources that a call of an id function names.
func (ev *evaluation) targets(en env, n *expression.Node) []*entry {
	r := &renderer{ev: ev, left: renderLimit}
	id, ok := r.id(en, n, strings.ToLower(n.Text), source.Range{})
	if !ok {
		return nil
	}
	return ev.find(id)
}

// find returns the resources of a canonical id; existing ones only when nothing
// else is declared by that name.
func (ev *evaluation) find(id string) []*entry {
	all := ev.index[identity(id)]
	var managed []*entry
	for _, e := range all {
		if e.mode != resource.Existing {
			managed = append(managed, e)
		}
	}
	if len(managed) > 0 {
		return managed
	}
	return all
}

// mentioned finds the resources that a text in a deployment means: by symbol,
// by id or by name. What one deployment creates and another one calls existing
// is the former.
func (ev *evaluation) mentioned(en env, v resource.Value) []*entry {
	return ev.meant(en, ev.canonical(en, v))
}

func (ev *evaluation) meant(en env, canonical string) []*entry {
	for _, f := range []*frame{en.frame, en.owner} {
		if found := f.bySymbol[strings.ToLower(canonical)]; len(found) > 0 {
			return ev.find(found[0].id)
		}
	}
	if found := ev.find((&renderer{ev: ev}).whole(en, canonical)); len(found) > 0 {
		return found
	}
	for _, f := range []*frame{en.frame, en.owner} {
		if found := f.named(canonical); len(found) > 0 && canonical != "" {
			return found
		}
	}
	return nil
}

// named returns the resources of a deployment by their whole canonical name.
func (f *frame) named(canonical string) []*entry {
	if f.byName == nil {
		f.byName = map[string][]*entry{}
		for _, e := range f.entries {
			name := identity(strings.Join(e.names, "/"))
			f.byName[name] = append(f.byName[name], e)
		}
	}
	return f.byName[identity(canonical)]
}
