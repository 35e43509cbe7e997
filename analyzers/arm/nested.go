package arm

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// declareDeployment opens the template that a deployment deploys: one written
// in it, or a file of the repository. Without one it stays an entry that is
// not followed.
func (ev *evaluation) declareDeployment(f *frame, e *entry) {
	if ev.frames--; ev.frames < 0 || f.depth >= frameDepth {
		ev.overspend(e.at)
		return
	}
	properties := member(e.written, "properties")
	doc, body := ev.templateOf(f, e, properties)
	if doc == nil {
		return
	}
	child := ev.newFrame(doc, body)
	child.outer, child.by, child.depth, child.maybe = f, e, f.depth+1, e.maybe
	child.prefix = e.address + "/"
	call := resource.Call{Name: strings.TrimPrefix(e.address, f.prefix), At: e.at, Body: e.written.At}
	child.via = slices.Concat(f.via, []resource.Call{call})
	child.scope, child.place = ev.placeOfDeployment(e, body)
	if ev.isOuter(e, properties, doc == f.doc) {
		child.base = env{owner: e.en.owner, frame: child, loops: e.en.loops}
	}
	ev.giveParameters(child, e, member(properties, "parameters"))
	e.child = child
	ev.declare(child)
}

// isOuter reports whether the expressions of a nested template are evaluated in
// the deployment around it. That is the default for templates that are written
// in it; those of linked files are always evaluated by themselves.
func (ev *evaluation) isOuter(e *entry, properties resource.Value, sameFile bool) bool {
	if !sameFile || !hasMember(properties, "template") {
		return false
	}
	scope := ev.value(e.en, member(member(properties, "expressionEvaluationOptions"), "scope"))
	text, _ := scope.AsString()
	return !strings.EqualFold(text, "inner")
}

// placeOfDeployment says what a nested template is deployed to.
func (ev *evaluation) placeOfDeployment(e *entry, body resource.Value) (functions.Scope, string) {
	owner := e.en.owner
	group, hasGroup := functions.Member(e.written, "resourceGroup")
	subscription, hasSubscription := functions.Member(e.written, "subscriptionId")
	target, hasTarget := functions.Member(e.written, "scope")
	r := &renderer{ev: ev, left: renderLimit}
	switch {
	case hasGroup && hasSubscription:
		return functions.ResourceGroup, r.placeOf(e.en, r.value(e.en, subscription), r.value(e.en, group))
	case hasGroup:
		return functions.ResourceGroup, r.placeOf(e.en, "", r.value(e.en, group))
	case hasSubscription:
		return functions.Subscription, r.placeOf(e.en, r.value(e.en, subscription), "")
	case hasTarget:
		scope := functions.ManagementGroup
		if text, _ := ev.value(e.en, target).AsString(); text == "/" {
			scope = functions.Tenant
		}
		return scope, r.value(e.en, target)
	default:
		if hasMember(body, "$schema") {
			return scopeOf(body), owner.place
		}
		return owner.scope, owner.place
	}
}

// giveParameters binds the parameters of a deployment to what is written in the
// deployment around it.
func (ev *evaluation) giveParameters(child *frame, e *entry, given resource.Value) {
	if given.IsUnknown() || given.IsKnown() && given.Kind == resource.String {
		why := ev.value(e.en, given).Why
		for _, field := range members(member(child.template, "parameters")) {
			child.given[strings.ToLower(field.Name)] = &lazy{make: func() resource.Value {
				return resource.UnknownAt(given.At, why)
			}}
		}
		return
	}
	for _, field := range members(given) {
		written, ok := deployment.ParameterValue(field.Name, field.Value)
		if !ok {
			continue
		}
		child.given[strings.ToLower(field.Name)] = &lazy{
			make: func() resource.Value {
				return deployment.FromInput(ev.value(e.en, written), ev.budget)
			},
			written: func(r *renderer) string { return r.value(e.en, written) },
		}
	}
}

// templateOf finds the template of a deployment.
func (ev *evaluation) templateOf(f *frame, e *entry, properties resource.Value) (*document, resource.Value) {
	if body, ok := functions.Member(properties, "template"); ok {
		if body.IsKnown() && body.Kind == resource.Object {
			return f.doc, body
		}
		return nil, body
	}
	link := member(properties, "templateLink")
	if !link.IsKnown() {
		return nil, link
	}
	for _, file := range ev.linkedFiles(f, e, link) {
		if info, err := fs.Stat(ev.plan.tree.FS, file); err != nil || info.IsDir() {
			continue
		}
		for outer := f; outer != nil; outer = outer.outer {
			if outer.doc.file == file && outer.doc != f.doc || file == f.doc.file {
				ev.report(source.Diagnostic{
					Code: "arm/recursive", Severity: source.Warning, At: e.at,
					Summary: "this deployment deploys a template that it is part of, so it is not followed",
					Detail:  "Check its templateLink.",
				})
				return nil, link
			}
		}
		doc := ev.library.document(file)
		if !slices.Contains(ev.library.linked, file) {
			ev.library.linked = append(ev.library.linked, file)
		}
		return doc, doc.value
	}
	return nil, link
}

// linkedFiles are the paths in the repository that a templateLink may mean, the
// likeliest first.
func (ev *evaluation) linkedFiles(f *frame, e *entry, link resource.Value) []string {
	dir := path.Dir(f.doc.file)
	if relative, ok := ev.value(e.en, member(link, "relativePath")).AsString(); ok {
		return confined(path.Join(dir, strings.ReplaceAll(relative, `\`, "/")))
	}
	v := ev.value(e.en, member(link, "uri"))
	address, known := v.AsString()
	if !known {
		address = v.Hint
	}
	tail := lastLiteral(address)
	least := 1
	if known && strings.Contains(address, "://") {
		// A whole address says little about this repository, unless a folder
		// of the same name lies beside the template.
		least = 2
	}
	elements := strings.Split(strings.Trim(tail, "/"), "/")
	var files []string
	for from := range elements {
		if len(elements)-from < least {
			break
		}
		files = append(files, confined(path.Join(append([]string{dir}, elements[from:]...)...))...)
	}
	return files
}

// lastLiteral is the part of an address with holes that names a JSON file: a
// token for access often follows it.
func lastLiteral(address string) string {
	if parsed, err := url.Parse(address); err == nil && parsed.Scheme != "" && parsed.Host != "" {
		address = parsed.Path
	}
	for part := range strings.SplitSeq(address, string(resource.Hole)) {
		part, _, _ = strings.Cut(part, "?")
		if strings.HasSuffix(strings.ToLower(part), ".json") {
			return part
		}
	}
	return ""
}

// confined drops paths outside the repository.
func confined(file string) []string {
	if file == ".." || strings.HasPrefix(file, "../") || strings.HasPrefix(file, "/") {
		return nil
	}
	return []string{file}
}
