package arm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// deploymentType is the type of nested and linked deployments.
const deploymentType = "Microsoft.Resources/deployments"

// entry is one instance of a declared resource.
type entry struct {
	en           env
	written      resource.Value // the whole object
	resourceType string
	symbol       string
	address      string
	label        string // the part of the address after the type
	resourceID   string // resource.Resource.ID
	mode         resource.Mode
	segments     []resource.Value
	names        []string // canonical
	id           string   // canonical
	parent       *entry   // that it is nested in
	target       resource.Value
	targetID     string // canonical id of what it is attached to
	maybe        string
	child        *frame // of a deployment that is followed
	at           source.Range
}

// declare finds the resources of a deployment and of those nested in it.
func (ev *evaluation) declare(f *frame) {
	resources := member(f.template, "resources")
	for _, written := range items(resources) {
		ev.declareCopies(f, written, "", nil)
	}
	f.symbolic = len(members(resources)) > 0
	for _, field := range members(resources) {
		ev.declareCopies(f, field.Value, field.Name, nil)
	}
}

// declareCopies declares the instances of a resource: one without a copy.
func (ev *evaluation) declareCopies(f *frame, written resource.Value, symbol string, parent *entry) {
	if !written.IsKnown() || written.Kind != resource.Object {
		return
	}
	en := f.base
	if parent != nil {
		en = parent.en
	}
	copied := member(written, copyMember)
	if !hasMember(copied, "count") {
		ev.declareOne(f, en, written, symbol, parent, "")
		return
	}
	count, unknown := ev.copyCount(en, copied, copyLimit)
	name := text(copied, "name")
	if unknown.IsUnknown() {
		en.loops = &loop{name: name, why: unknown.Why, outer: en.loops}
		ev.declareOne(f, en, written, symbol, parent, unknown.Why)
		return
	}
	for i := range count {
		if !ev.spend(written.At) {
			return
		}
		inner := en
		inner.loops = &loop{name: name, index: i, outer: en.loops}
		indexed := symbol
		if symbol != "" {
			indexed = symbol + "[" + strconv.Itoa(i) + "]"
		}
		ev.declareOne(f, inner, written, indexed, parent, "")
	}
}

// declareOne declares one instance. Its address is taken even when a condition
// rules it out: which number a name gets must not depend on the environment.
func (ev *evaluation) declareOne(f *frame, en env, written resource.Value, symbol string, parent *entry, maybe string) {
	if ev.count--; ev.count < 0 || ev.ctx.Err() != nil {
		ev.overspend(written.At)
		return
	}
	e := &entry{en: en, written: written, symbol: symbol, parent: parent, mode: resource.Managed, maybe: maybe, at: headerOf(written)}
	if existing, _ := member(written, "existing").AsBool(); existing {
		e.mode = resource.Existing
	}
	if !ev.identify(f, e) {
		return
	}
	e.address = ev.addressOf(f, e)
	e.resourceID = deployment.ResourceID(ev.root, e.address)
	if !ev.meetsCondition(e) {
		ev.declareChildren(f, e)
		return
	}
	e.maybe = cmp.Or(e.maybe, f.maybe)
	f.entries, f.byName = append(f.entries, e), nil
	if e.symbol != "" {
		key := strings.ToLower(e.symbol)
		f.bySymbol[key] = append(f.bySymbol[key], e)
	}
	ev.index[identity(e.id)] = append(ev.index[identity(e.id)], e)
	if strings.EqualFold(e.resourceType, deploymentType) && e.mode == resource.Managed {
		ev.declareDeployment(f, e)
	}
	ev.declareChildren(f, e)
}

// meetsCondition is false for a resource that a condition rules out; one that
// is not known leaves it in doubt.
func (ev *evaluation) meetsCondition(e *entry) bool {
	condition, conditional := functions.Member(e.written, "condition")
	if !conditional {
		return true
	}
	v := ev.value(e.en, condition)
	truth, known := v.AsBool()
	if !known {
		e.maybe = cmp.Or(e.maybe, v.Why, "its condition is no boolean")
	}
	return !known || truth
}

// declareChildren declares the resources that are nested in another one. They
// have conditions of their own: those of what they are nested in do not apply
// to them (Microsoft documentation, "Conditional deployment in ARM templates").
func (ev *evaluation) declareChildren(f *frame, e *entry) {
	nested := member(e.written, "resources")
	for _, written := range items(nested) {
		ev.declareCopies(f, written, "", e)
	}
	for _, field := range members(nested) {
		ev.declareCopies(f, field.Value, field.Name, e)
	}
}

// headerOf is the member that gives the type, or the start of the object.
func headerOf(written resource.Value) source.Range {
	for _, field := range members(written) {
		if strings.EqualFold(field.Name, "type") {
			return source.Range{File: field.At.File, Start: field.At.Start, End: field.Value.At.End}
		}
	}
	at := written.At
	at.End = min(at.Start+1, at.End)
	return at
}

// identifyAgain names resources again, now that all of them can be referred to:
// a name may be the output of a deployment that is declared after it.
func (ev *evaluation) identifyAgain(f *frame) {
	f.byName = nil
	for _, e := range f.entries {
		if strings.Contains(e.id, "\x01") {
			label := e.label
			ev.identify(f, e)
			e.label = label
		}
		ev.index[identity(e.id)] = append(ev.index[identity(e.id)], e)
		if e.child != nil {
			ev.identifyAgain(e.child)
		}
	}
}

// identify evaluates what identifies a resource: type, name and scope.
func (ev *evaluation) identify(f *frame, e *entry) bool {
	e.segments, e.names, e.target, e.targetID = nil, nil, resource.Value{}, ""
	typed := ev.value(e.en, member(e.written, "type"))
	resourceType, ok := typed.AsString()
	if !ok || deployment.Levels(resourceType) > levelLimit || e.parent != nil && deployment.Levels(e.parent.resourceType) > levelLimit {
		ev.report(source.Diagnostic{
			Code: "arm/no-type", Severity: source.Warning, At: e.at,
			Summary: "the type of this resource cannot be told, so the resource is left out",
			Detail:  "Write it as plain text: \"Microsoft.Storage/storageAccounts\".",
		})
		return false
	}
	e.resourceType, _, _ = strings.Cut(resourceType, "@")
	ev.nameSegments(e)
	isDeployment := strings.EqualFold(e.resourceType, deploymentType)
	if target := member(e.written, "scope"); hasMember(e.written, "scope") && !isDeployment {
		e.target, e.targetID = ev.value(e.en, target), (&renderer{ev: ev}).whole(e.en, ev.canonical(e.en, target))
	}
	place := placeMark + f.place
	if isDeployment {
		_, at := ev.placeOfDeployment(e, resource.Value{})
		place = placeMark + at
	} else if extension := e.splitProviders(); extension != "" {
		e.targetID = place + extension
	}
	if e.targetID != "" {
		place = e.targetID
	}
	e.id = joinID(place, e.resourceType, e.names)
	return true
}

// nameSegments evaluates the name, which has a segment for each level of the
// type. The type and the name of a nested resource leave out those of what it
// is nested in; some write the whole name all the same.
func (ev *evaluation) nameSegments(e *entry) {
	written := member(e.written, "name")
	name, canonical := ev.value(e.en, written), ev.canonical(e.en, written)
	e.label = ev.label(e.en, written)
	if p := e.parent; p != nil && !strings.Contains(firstSegment(e.resourceType), ".") {
		e.resourceType = p.resourceType + "/" + e.resourceType
		if deployment.Levels(e.resourceType) == strings.Count(canonical, "/")+len(p.names)+1 {
			e.segments, e.names, e.label = slices.Clip(p.segments), slices.Clip(p.names), p.label+"/"+e.label
		}
	}
	own := max(deployment.Levels(e.resourceType)-len(e.names), 1)
	e.names = append(e.names, splitNames(canonical, own)...)
	if name.IsAbsent() {
		e.segments = nil // resources of extensions, Microsoft Graph for one, may have none
		return
	}
	e.segments = append(e.segments, deployment.Segments(name, own)...)
}

func firstSegment(resourceType string) string {
	first, _, _ := strings.Cut(resourceType, "/")
	return first
}

// splitNames splits a canonical name into levels; what does not fit is one
// name that is equal only to itself.
func splitNames(canonical string, levels int) []string {
	parts := strings.Split(canonical, "/")
	if len(parts) == levels {
		return parts
	}
	names := make([]string, levels)
	for i := range names {
		names[i] = strconv.Itoa(i) + "\x01of\x02" + strings.ReplaceAll(canonical, "/", "|")
	}
	return names
}

// splitProviders turns the old way of writing a resource that is attached to
// another, "Microsoft.Storage/storageAccounts/providers/locks" with the name
// "lake/Microsoft.Authorization/keep", into the type and names of its own. It
// returns the canonical id of the other, relative to its place.
func (e *entry) splitProviders() string {
	types := strings.Split(e.resourceType, "/")
	at := -1
	for i := len(types) - 1; i > 1 && at < 0; i-- {
		if strings.EqualFold(types[i], "providers") {
			at = i
		}
	}
	if at < 0 || at == len(types)-1 || len(e.segments) != len(types)-1 {
		return ""
	}
	namespace, ok := e.segments[at-1].AsString()
	if !ok {
		return ""
	}
	targetType := strings.Join(types[:at], "/")
	extension := joinID("", targetType, e.names[:at-1])
	e.target = deployment.ID(e.segments[0].At, e.en.owner.scope, targetType, e.segments[:at-1])
	e.resourceType = namespace + "/" + strings.Join(types[at+1:], "/")
	e.label = strings.Replace(e.label, "/"+namespace+"/", "/", 1)
	e.segments, e.names = e.segments[at:], e.names[at:]
	return extension
}

// addressOf is the symbol of a resource, or its type and name.
func (ev *evaluation) addressOf(f *frame, e *entry) string {
	address := e.symbol
	switch {
	case strings.EqualFold(e.resourceType, deploymentType) && address == "":
		address = "deployment." + e.label
	case strings.EqualFold(e.resourceType, deploymentType):
		address = "deployment." + address
	case address == "":
		address = e.resourceType + "/" + e.label
	case e.parent != nil:
		address = strings.TrimPrefix(e.parent.address, f.prefix) + "::" + address
	}
	return ev.addresses.Take(f.prefix + address)
}
