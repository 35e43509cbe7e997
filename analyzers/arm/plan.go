package arm

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/source"
)

// plan says which templates are evaluated with which parameters.
type plan struct {
	tree        source.Tree
	roots       []root
	parameters  map[string][]deployment.Parameter
	diagnostics []source.Diagnostic
	files       int
}

// root is one template to evaluate.
type root struct {
	file         string
	environments []environment.Environment
}

func newPlan(tree source.Tree, found []sniffed) *plan {
	p := &plan{tree: tree, parameters: map[string][]deployment.Parameter{}}
	var templates, parameterFiles []string
	for _, f := range found {
		switch f.nature {
		case template:
			templates = append(templates, f.file)
		case parameters:
			parameterFiles = append(parameterFiles, f.file)
		}
	}
	p.files = len(templates)
	owned := p.owners(parameterFiles, templates)
	for _, file := range templates {
		p.roots = append(p.roots, root{file, p.environments(file, owned[file])})
	}
	return p
}

// environments are those that the configuration declares, else those of the
// parameter files that belong to a template, else the default one.
func (p *plan) environments(file string, owned []environment.File) []environment.Environment {
	if declared := environment.Declared(p.tree, file); len(declared) > 0 {
		for _, e := range declared {
			for _, name := range e.Files {
				p.read(name)
			}
		}
		return declared
	}
	if len(owned) == 0 {
		return []environment.Environment{{}}
	}
	return environment.Group(file, owned)
}

// read reads a parameter file that is used, once.
func (p *plan) read(file string) {
	if _, done := p.parameters[file]; !done {
		list, problems := deployment.ReadParameters(p.tree.FS, file)
		p.add(file, list, problems)
	}
}

// add keeps what a parameter file sets and what is wrong with it.
func (p *plan) add(file string, list []deployment.Parameter, problems []source.Diagnostic) {
	p.parameters[file] = list
	p.diagnostics = append(p.diagnostics, problems...)
	p.files++
}

// owners finds the templates that parameter files belong to. Those of a Bicep
// file are read with it.
func (p *plan) owners(files, templates []string) map[string][]environment.File {
	owned := map[string][]environment.File{}
	if len(files) == 0 {
		return owned
	}
	candidates := p.candidates(templates)
	for _, file := range files {
		if p.belongsToBicep(file) {
			continue
		}
		given := environment.File{Path: file}
		list, problems := deployment.ReadParameters(p.tree.FS, file)
		for _, parameter := range list {
			given.Names = append(given.Names, parameter.Name)
		}
		matches := p.namesakes(file, templates)
		if len(matches) == 0 {
			matches = environment.Match(given, candidates)
		}
		for _, match := range matches {
			owned[match] = append(owned[match], given)
		}
		if len(matches) > 0 {
			p.add(file, list, problems)
		} else if !slices.ContainsFunc(p.tree.Files, isBicep) {
			p.add(file, list, append(problems, orphan(file)))
		}
	}
	return owned
}

// orphan reports a parameter file that nothing uses.
func orphan(file string) source.Diagnostic {
	return source.Diagnostic{
		Code: "arm/orphan-parameters", Severity: source.Note, At: source.Range{File: file},
		Summary: "no template near this parameter file declares its parameters, so it is not used",
		Detail:  "Name the template under environments in .drlint.yaml if it lies elsewhere.",
	}
}

// candidates read the parameters of a template only when a parameter file is
// near it.
func (p *plan) candidates(templates []string) []environment.Candidate {
	var candidates []environment.Candidate
	for _, file := range templates {
		var declared map[string]bool
		candidates = append(candidates, environment.Candidate{Root: file, Dir: path.Dir(file), Declares: func(name string) bool {
			if declared == nil {
				declared = declaredParameters(p.tree, file)
			}
			return declared[strings.ToLower(name)]
		}})
	}
	return candidates
}

// namesakes are the templates beside a parameter file, or beside its folder,
// that have the first word of its name: azuredeploy.parameters.prod.json
// belongs to azuredeploy.json.
func (p *plan) namesakes(file string, templates []string) []string {
	stem := stemOf(file)
	for dir := range ancestors(file) {
		for _, extension := range []string{".json", ".jsonc"} {
			if name := path.Join(dir, stem+extension); name != file && slices.Contains(templates, name) {
				return []string{name}
			}
		}
	}
	return nil
}

// belongsToBicep reports whether a Bicep file is the nearest namesake of a
// parameter file, or a Bicep file lies beside it and no template does.
func (p *plan) belongsToBicep(file string) bool {
	stem := stemOf(file)
	for dir := range ancestors(file) {
		if _, found := slices.BinarySearch(p.tree.Files, path.Join(dir, stem+".bicep")); found {
			return true
		}
	}
	return false
}

// stemOf is the first word of a file's name: "main" of main.parameters.json.
func stemOf(file string) string {
	stem, _, _ := strings.Cut(path.Base(file), ".")
	for _, suffix := range []string{"-parameters", "_parameters", "-params", "_params"} {
		stem = strings.TrimSuffix(stem, suffix)
	}
	return stem
}

// ancestors are the folder of a file and those above it, as far as parameter
// files lie from their templates.
func ancestors(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		const most = 3
		dir := path.Dir(file)
		for range most {
			if !yield(dir) || dir == "." {
				return
			}
			dir = path.Dir(dir)
		}
	}
}

func isBicep(file string) bool { return strings.HasSuffix(file, ".bicep") }
