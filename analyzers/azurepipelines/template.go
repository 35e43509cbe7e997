package azurepipelines

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// template puts a template in the place of its call: use gets the file and the
// scope for it. skipped gets the name and the parameters of a template that is
// not followed.
func (a *analysis) template(o object, s *scope, p *pipeline, kind string, use func(*file, *scope), skipped func(string, object)) {
	m, _ := o.get("template")
	name := a.expand(m.value, m.scope)
	text, known := name.AsString()
	if !known {
		text = "a template whose name is not known"
		if name.IsUnknown() {
			a.report("not-followed", source.Note, m.value.At, "The template is not known because "+name.Why,
				"What it holds is not checked.")
		} else {
			a.shape(m.value, "template", "a path")
		}
	}
	var given object
	if arguments, ok := o.get("parameters"); ok {
		given = a.object(arguments.value, arguments.scope)
	}
	file, local := localTemplate(text, m.value.At.File, a.admitted)
	if known && !local {
		a.report("not-followed", source.Note, m.value.At, "The template "+text+" is in another repository",
			"What it holds is not checked; stages, jobs and steps that it is given are.")
	}
	if known && local {
		if f := a.templateFile(file, text, m.value.At, s); f != nil {
			use(f, a.templateScope(f, given, m.value.At, s))
			return
		}
	}
	p.leave(kind, text, m.value.At)
	skipped(text, given)
}

func (a *analysis) templateScope(f *file, given object, call source.Range, s *scope) *scope {
	inner := *s
	inner.params = a.bind(f, given, true)
	inner.loops, inner.literal = nil, false
	inner.via = append(slices.Clip(s.via), call)
	inner.stack = append(slices.Clip(s.stack), f.name)
	return &inner
}

// templateFile opens a template of the repository unless that leads nowhere.
func (a *analysis) templateFile(name, text string, call source.Range, s *scope) *file {
	switch {
	case name == "":
		a.report("missing-template", source.Warning, call, "The template "+text+" is not in the repository",
			"Azure Pipelines does not run the pipeline. Mend the path, which starts at the file that names it.")
		return nil
	case slices.Contains(s.stack, name):
		a.report("cycle", source.Warning, call, "The template "+text+" calls itself",
			"It is followed once. Azure Pipelines ends when 100 levels are reached.")
		return nil
	case len(s.stack) > maxTemplateDepth:
		a.report("depth", source.Warning, call, "Templates call each other more than 50 deep", "What is deeper is not checked.")
		return nil
	}
	if a.calls++; !a.afford(call) {
		return nil
	}
	f := a.open(name)
	if !f.ok {
		return nil
	}
	return f
}

// localTemplate finds a template of this repository: the path starts at the
// file that names it, at the root when it starts with a slash. name is empty
// when there is no such file. It is not ok for another repository's.
func localTemplate(text, caller string, admitted map[string]bool) (name string, ok bool) {
	text, repository, remote := strings.Cut(strings.TrimSpace(text), "@")
	if remote && !strings.EqualFold(repository, "self") {
		return "", false
	}
	text = strings.ReplaceAll(text, `\`, "/")
	candidates := []string{path.Join(path.Dir(caller), text)}
	switch {
	case strings.HasPrefix(text, "/"):
		candidates = []string{strings.TrimPrefix(path.Clean(text), "/")}
	case remote:
		candidates = append(candidates, path.Clean(text))
	}
	if i := strings.Index("/"+caller, "/templates/"); i > 0 {
		// A pipeline that lies among templates is copied out of there before it
		// runs, and its paths start at where it then lies.
		candidates = append(candidates, path.Join(caller[:i-1], text))
	}
	for _, candidate := range candidates {
		if admitted[candidate] {
			return candidate, true
		}
	}
	return "", true
}

// calledTemplates lists the templates of this repository that files name in
// plain words: they are no pipelines of their own.
func (a *analysis) calledTemplates(files []*file) map[string]bool {
	called := map[string]bool{}
	for _, f := range files {
		budget := maxWork
		a.namesIn(f.root, &budget, func(v resource.Value) {
			if name, ok := localTemplate(v.Text, f.name, a.admitted); ok && name != "" && name != f.name {
				called[name] = true
			}
		})
	}
	return called
}

// namesIn visits the templates that a value names. A part that is computed
// leaves the name open, which is no call that can be told.
func (a *analysis) namesIn(v resource.Value, budget *int, visit func(resource.Value)) {
	if *budget--; *budget < 0 {
		return
	}
	for _, item := range v.Items {
		a.namesIn(item, budget, visit)
	}
	for _, field := range v.Fields {
		if strings.EqualFold(field.Name, "template") && isString(field.Value) {
			visit(field.Value)
		}
		a.namesIn(field.Value, budget, visit)
	}
}
