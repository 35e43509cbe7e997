package terraform

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// environmentLimit bounds the environments of one root, evaluationLimit those
// of all: every one costs as much as a root.
const (
	environmentLimit = 100
	evaluationLimit  = 2_000
)

// task is one evaluation of a root module.
type task struct {
	dir         string
	environment string   // "" for the evaluation by itself
	files       []*file  // named by -var-file, by precedence: later ones win
	unit        *unitRun // what runs it when that is Terragrunt, else nil
}

// plan says which evaluations a repository needs.
type plan struct {
	loader      *loader
	tasks       []task
	inPlace     map[string]*unitRun // units beside the configuration that they run
	used        map[string]bool     // variable files that are accounted for
	resources   []resource.Resource // of units whose modules were not read
	diagnostics []source.Diagnostic
}

// newPlan gives every root its environments: the units that run it, those that
// are declared, else the variable files that belong to it. A root without any is
// evaluated by itself.
func newPlan(ctx context.Context, l *loader) *plan {
	p := &plan{loader: l, used: map[string]bool{}, inPlace: map[string]*unitRun{}}
	run := p.planUnits(l.readUnits(ctx))
	roots := findRoots(l, run)
	perRoot := map[string][]environment.Environment{}
	var open []string
	for _, root := range roots {
		if declared := environment.Declared(l.tree, root); len(declared) > 0 {
			perRoot[root] = declared
			continue
		}
		open = append(open, root)
	}
	for _, environments := range perRoot {
		for _, e := range environments {
			p.use(e.Files)
		}
	}
	maps.Copy(perRoot, p.match(open))
	for _, root := range roots {
		p.add(root, perRoot[root])
	}
	p.noteUnused(roots)
	return p
}

func (p *plan) use(files []string) {
	for _, name := range files {
		p.used[name] = true
	}
}

// add plans the evaluations of one root.
func (p *plan) add(root string, environments []environment.Environment) {
	if len(environments) == 0 {
		p.tasks = append(p.tasks, p.task(root, "", nil))
		return
	}
	affordable := min(environmentLimit, max(1, evaluationLimit-len(p.tasks)))
	if len(environments) > affordable {
		p.report("terraform/environments-limit", source.Warning, environments[affordable].Files[0],
			fmt.Sprintf("%s has %d environments, of which the first %d are evaluated", root, len(environments), affordable),
			"Declare the ones that matter under environments in .drlint.yaml.")
		environments = environments[:affordable]
	}
	for _, e := range environments {
		p.tasks = append(p.tasks, p.task(root, e.Name, e.Files))
	}
}

// task plans one evaluation with the variable files that it is given.
func (p *plan) task(dir, name string, files []string) task {
	t := task{dir: dir, environment: name, unit: p.inPlace[dir]}
	if t.unit != nil {
		files = slices.Concat(t.unit.files, files)
	}
	for _, file := range files {
		t.files = append(t.files, p.loader.variableFile(file))
	}
	return t
}

// planUnits plans an evaluation for each unit, and returns the directories that
// units elsewhere run.
func (p *plan) planUnits(runs []*unitRun) (run map[string]bool) {
	parents := map[string]bool{}
	for _, r := range runs {
		p.diagnostics = append(p.diagnostics, r.ev.diagnostics...)
		for _, name := range r.read {
			parents[name] = true
		}
	}
	byModule := map[string][]*unitRun{}
	for _, r := range runs {
		switch {
		case parents[r.file.path] || r.runsNothing():
		case r.module == "":
			p.resources = append(p.resources, r.notFollowed()...)
		default:
			byModule[r.module] = append(byModule[r.module], r)
		}
	}
	run = map[string]bool{}
	for _, dir := range sortedKeys(byModule) {
		units := byModule[dir]
		if len(units) == 1 && units[0].dir == dir {
			p.inPlace[dir] = units[0]
			p.use(units[0].files)
			continue
		}
		run[dir] = true
		for r, name := range unitNames(units) {
			p.use(r.files)
			t := p.task(dir, name, r.files)
			t.unit = r
			p.tasks = append(p.tasks, t)
		}
	}
	slices.SortFunc(p.tasks, func(a, b task) int {
		return cmp.Or(strings.Compare(a.dir, b.dir), strings.Compare(a.environment, b.environment))
	})
	return run
}

// match finds the roots of the variable files that Terraform loads only when it
// is told to, and groups them by root.
func (p *plan) match(roots []string) map[string][]environment.Environment {
	files := p.loader.parameterFiles()
	if len(files) == 0 {
		return nil
	}
	candidates := make([]environment.Candidate, len(roots))
	for i, root := range roots {
		declared := p.loader.dirs[root].module.variables
		candidates[i] = environment.Candidate{Root: root, Dir: root, Declares: func(name string) bool { return declared[name] != nil }}
	}
	byRoot := map[string][]environment.File{}
	for _, f := range files {
		if p.used[f.path] || p.loader.ofModule(path.Dir(f.path), roots) {
			continue
		}
		given := environment.File{Path: f.path}
		for _, a := range f.body.attrs {
			given.Names = append(given.Names, a.name)
		}
		switch found := environment.Match(given, candidates); len(found) {
		case 0:
		case 1:
			byRoot[found[0]] = append(byRoot[found[0]], given)
			p.used[f.path] = true
		default:
			p.ambiguous(f.path, found)
		}
	}
	grouped := map[string][]environment.Environment{}
	for root, files := range byRoot {
		grouped[root] = environment.Group(root, files)
	}
	return grouped
}

func (p *plan) ambiguous(file string, roots []string) {
	p.used[file] = true // it is accounted for
	if source.Demonstrates(path.Dir(file)) {
		return // the input of a test
	}
	const shown = 3
	names := strings.Join(roots[:min(shown, len(roots))], ", ")
	if len(roots) > shown {
		names = fmt.Sprintf("%s and %d more", names, len(roots)-shown)
	}
	p.report("terraform/environment-ambiguous", source.Note, file,
		"several root modules declare the variables of this file, so it is not used: "+names,
		"Say which one it is for under environments in .drlint.yaml.")
}

// noteUnused notes, once a directory, the variable files that no evaluation
// reads. Those of tests and examples are inputs of tools that drlint does not run.
func (p *plan) noteUnused(roots []string) {
	unused := map[string][]string{}
	for dir, d := range p.loader.dirs {
		for _, f := range d.files {
			byName := f.role == variables && d.module != nil && slices.Contains(roots, dir)
			if (f.role == variables || f.role == parameters) && !byName && !p.used[f.path] && len(f.diagnostics) == 0 && !isInstalled(dir) && !source.Demonstrates(dir) && !configuresBackend(f) {
				unused[dir] = append(unused[dir], f.path)
			}
		}
	}
	for _, files := range unused {
		slices.Sort(files)
		summary := "this variable file belongs to no root module, so its values are not used"
		if len(files) > 1 {
			summary = fmt.Sprintf("this variable file and %d more beside it belong to no root module, so their values are not used", len(files)-1)
		}
		p.report("terraform/variables-unused", source.Note, files[0], summary,
			"No root module nearby declares their variables. If one uses them, say so under environments in .drlint.yaml.")
	}
}

func (p *plan) report(code string, severity source.Severity, file, summary, detail string) {
	p.diagnostics = append(p.diagnostics, source.Diagnostic{
		Code: code, Severity: severity, Summary: summary, Detail: detail, At: source.Range{File: file},
	})
}

// parameterFiles returns the variable files that no convention loads, sorted by
// path: those of other names, and any in a directory without configuration.
func (l *loader) parameterFiles() []*file {
	var found []*file
	for dir, d := range l.dirs {
		for _, f := range d.files {
			if (f.role == parameters || f.role == variables && d.module == nil) && !isInstalled(dir) {
				found = append(found, f)
			}
		}
	}
	slices.SortFunc(found, func(a, b *file) int { return cmp.Compare(a.path, b.path) })
	return found
}

// ofModule reports whether the nearest configuration around a directory is that
// of a module which others call: what lies there tries the module out.
func (l *loader) ofModule(dir string, roots []string) bool {
	for {
		if d := l.dirs[dir]; d != nil && d.module != nil {
			return !slices.Contains(roots, dir)
		}
		if dir == "." {
			return false
		}
		dir = path.Dir(dir)
	}
}

// variableFile returns a variable file, which a declaration may name although
// it was not claimed.
func (l *loader) variableFile(name string) *file {
	dir := path.Dir(name)
	d := l.dirs[dir]
	if d == nil {
		d = &directory{}
		l.dirs[dir] = d
	}
	for _, f := range d.files {
		if f.path == name {
			return f
		}
	}
	f := parseAs(l.tree.FS, name, parameters)
	d.files = append(d.files, f)
	return f
}
