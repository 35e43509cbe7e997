package bicep

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// task is one evaluation: a root with the files that set its parameters.
type task struct {
	root        string
	environment string
	files       []string
}

// plan is what there is to evaluate.
type plan struct {
	tasks       []task
	resources   []*resource.Resource // that stand for what is deployed from elsewhere
	diagnostics []source.Diagnostic
}

// planned finds the parameter files of every root. What the configuration
// declares counts alone; else each .bicepparam file counts for the file it
// names, and each JSON parameter file for the root that it fits.
func planned(l *loader, roots []string) plan {
	p := &planner{loader: l, roots: roots, byRoot: map[string][]environment.Environment{}, json: map[string][]environment.File{}}
	p.readAssignments()
	p.matchJSON()
	for _, root := range p.allRoots() {
		found := environment.Declared(l.tree, root)
		if found == nil {
			found = append(found, p.byRoot[root]...)
			found = environment.Alone(root, append(found, environment.Group(root, p.json[root])...))
		}
		if len(found) == 0 {
			p.plan.tasks = append(p.plan.tasks, task{root: root})
		}
		for _, e := range distinct(found) {
			p.plan.tasks = append(p.plan.tasks, task{root: root, environment: e.Name, files: e.Files})
		}
	}
	return p.plan
}

// distinct gives environments of one name the names of their files.
func distinct(all []environment.Environment) []environment.Environment {
	all = slices.Clone(all)
	taken := map[string]bool{}
	for i := range all {
		if e := &all[i]; taken[e.Name] && len(e.Files) > 0 {
			e.Name = strings.Map(safe, e.Files[len(e.Files)-1])
		}
		for taken[all[i].Name] {
			all[i].Name += "'"
		}
		taken[all[i].Name] = true
	}
	return all
}

// safe replaces what would make a name ambiguous where it is part of an ID.
func safe(r rune) rune {
	if r == '#' || r == '@' || r <= ' ' {
		return '-'
	}
	return r
}

type planner struct {
	loader *loader
	roots  []string
	byRoot map[string][]environment.Environment // of .bicepparam files
	json   map[string][]environment.File
	plan   plan
}

// allRoots returns the roots, with those that only a parameter file deploys.
func (p *planner) allRoots() []string {
	all := slices.Clone(p.roots)
	for root := range p.byRoot {
		all = append(all, root)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (p *planner) readAssignments() {
	for _, file := range p.loader.claimed {
		if !isParameterFile(file) {
			continue
		}
		doc := p.loader.document(file)
		if doc == nil || !doc.opened || doc.using != nil && doc.using.None {
			continue
		}
		if doc.using == nil {
			p.note("bicep/using", source.Range{File: file}, "the parameter file does not say which file it is for, so its values are not used",
				"Write a using declaration.")
			continue
		}
		p.using(doc)
	}
}

func (p *planner) using(doc *document) {
	at := doc.at(doc.using.Path)
	reference, ok := syntax.Literal(doc.using.Path)
	if !ok {
		return // a diagnostic says so
	}
	target, local := doc.resolve(reference)
	switch {
	case isRemote(reference):
		p.plan.resources = append(p.plan.resources, p.deployedFromElsewhere(doc))
	case local && isBicep(target) && p.loader.document(target) != nil:
		name := environment.NameFor(doc.path, target)
		p.byRoot[target] = append(p.byRoot[target], environment.Environment{Name: name, Files: []string{doc.path}})
	default:
		p.note("bicep/using", at, "the file "+reference+" cannot be read, so these values are not used", "")
	}
}

func (p *planner) note(code string, at source.Range, summary, detail string) {
	p.plan.diagnostics = append(p.plan.diagnostics, source.Diagnostic{
		Code: code, Severity: source.Warning, At: at, Summary: summary, Detail: detail,
	})
}

// deployedFromElsewhere stands for a registry module that a parameter file
// deploys.
func (p *planner) deployedFromElsewhere(doc *document) *resource.Resource {
	name := environment.NameOf(doc.path)
	ev := newEvaluation(p.loader, doc.path, "", newBudget(1))
	values := ev.assignments(doc, 0)
	header := doc.at(doc.using.Header)
	attrs := resource.ObjectAt(header, sourceFields(doc, doc.using.Path)...)
	for _, param := range doc.params {
		v := ev.placed(values.inst.param(ev, param), doc.at(param.Value))
		attrs.Fields = append(attrs.Fields, resource.Field{Name: param.Name.Text, At: doc.at(param.Name), Value: v})
	}
	return &resource.Resource{
		ID: ev.root + "#using", Format: formatName, Type: "module", Mode: resource.NotFollowed, Name: name, Address: "using",
		Root: ev.root, Attrs: attrs, At: header, Body: doc.at(doc.using),
	}
}

// matchJSON finds the root of every JSON parameter file: the one of the same
// name beside it, else the only near one that declares what the file sets.
func (p *planner) matchJSON() {
	var candidates []environment.Candidate
	for _, root := range p.roots {
		doc := p.loader.document(root)
		candidates = append(candidates, environment.Candidate{Root: root, Dir: path.Dir(root), Declares: doc.declares})
	}
	if len(candidates) == 0 {
		return
	}
	for _, name := range p.loader.tree.Files {
		if !mayBeParameters(name) || p.belongsToTemplate(name) {
			continue
		}
		read, _ := p.loader.fileParameters(name)
		if len(read) == 0 {
			continue
		}
		file := environment.File{Path: name, Names: read.names()}
		switch found := p.match(file, candidates); len(found) {
		case 0:
		case 1:
			p.json[found[0]] = append(p.json[found[0]], file)
		default:
			p.plan.diagnostics = append(p.plan.diagnostics, source.Diagnostic{
				Code: "bicep/parameters-ambiguous", Severity: source.Note, At: source.Range{File: name},
				Summary: "these parameters fit " + listed(found) + ", so they are not used",
				Detail:  "Declare in .drlint.yaml which file they are for, or name them after it.",
			})
		}
	}
}

func listed(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and more"
	}
	return strings.Join(names, " and ")
}

// mayBeParameters reports whether the path of a JSON file speaks of parameters.
func mayBeParameters(file string) bool {
	lower := strings.ToLower(file)
	return (strings.HasSuffix(lower, ".json") || strings.HasSuffix(lower, ".jsonc")) && strings.Contains(lower, "param")
}

// stem is the part of a file's name before the first full stop.
func stem(file string) string {
	name, _, _ := strings.Cut(path.Base(file), ".")
	return strings.ToLower(name)
}

// belongsToTemplate reports whether a template of the same name lies beside a
// parameter file while no Bicep file does.
func (p *planner) belongsToTemplate(file string) bool {
	base := path.Join(path.Dir(file), path.Base(file)[:len(stem(file))])
	has := func(name string) bool {
		_, found := slices.BinarySearch(p.loader.tree.Files, name)
		return found && name != file
	}
	return has(base+".json") && !has(base+".bicep")
}

func (p *planner) match(file environment.File, candidates []environment.Candidate) []string {
	for _, c := range candidates {
		if c.Dir == path.Dir(file.Path) && stem(c.Root) == stem(file.Path) && slices.ContainsFunc(file.Names, c.Declares) {
			return []string{c.Root}
		}
	}
	found := environment.Match(file, candidates)
	named := slices.DeleteFunc(slices.Clone(found), func(root string) bool { return stem(root) != stem(file.Path) })
	if len(named) == 1 {
		return named
	}
	return found
}

// declares reports whether the file declares a parameter.
func (d *document) declares(name string) bool {
	if _, ok := d.symbols[name].(*syntax.Param); ok {
		return true
	}
	return slices.ContainsFunc(d.params, func(p *syntax.Param) bool { return strings.EqualFold(p.Name.Text, name) })
}
