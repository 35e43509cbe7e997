// Package datafactory reads the Git layout of Data Factory and of Synapse
// workspaces: one JSON file an object, in folders named after what they hold
// (pipeline, dataset, linkedService, trigger …), under any root folder.
//
// Every object becomes one resource in the ARM shape, as if a template had
// declared it: "Microsoft.DataFactory/factories/pipelines" or
// "Microsoft.Synapse/workspaces/pipelines" with the members of the file, whose
// expressions stay as they are written. Its root is the folder that holds the
// layout and its address the kind's folder and the object's name:
// "pipeline/Load". Each root has one more resource, of type LayoutType, for what
// the folder as a whole says:
//
//	name: the name of the factory, from its file in factory/
//	service: "data_factory" or "synapse"
//	publish_branch, publishes: publishBranch and the whole of publish_config.json
//	parameter_definition: what the publishing turns into parameters
//	global_parameters, location: from the factory's file
//	folders: list of the kinds that the root holds
//
// Of a Synapse notebook only what surrounds its cells is kept. Texts with a
// placeholder of a deployment tool ("__SERVER__", "#{server}#", "<server>") are
// unknown.
package datafactory

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// LayoutType is the type of the resource that stands for a root folder.
const LayoutType = "data_factory_git_layout"

// The formats of the resources, one a service.
const (
	FactoryFormat = "data-factory"
	SynapseFormat = "synapse"
)

// Analyzer reads the Git layout of Data Factory and Synapse.
type Analyzer struct{}

// New returns the analyzer.
func New() Analyzer { return Analyzer{} }

// Name is the format's name.
func (Analyzer) Name() string { return FactoryFormat }

// Claims reports whether a file may belong to such a layout. Folders with these
// names hold other things too, so its content decides.
func (Analyzer) Claims(file string) bool {
	if strings.ToLower(path.Ext(file)) != ".json" {
		return false
	}
	_, _, object := place(file)
	return object || isSetting(file)
}

// Analyze reads the claimed files. Those that turn out to be something else
// are left out without a word.
func (Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	a := &analysis{tree: tree, roots: map[string]*root{}}
	sorted := slices.Sorted(slices.Values(files))
	for _, settings := range []bool{false, true} {
		for _, file := range sorted {
			if ctx.Err() != nil {
				break
			}
			if isSetting(file) != settings {
				continue
			}
			if problem := guard.Barrier(file, func() { a.read(file) }); problem != nil {
				a.diagnostics = append(a.diagnostics, *problem)
			}
		}
	}
	result := resource.Result{Files: a.files, Diagnostics: a.diagnostics}
	for _, name := range slices.Sorted(a.names()) {
		r := a.roots[name]
		result.Files += r.files
		result.Resources = append(result.Resources, r.emit()...)
		result.Diagnostics = append(result.Diagnostics, r.problems...)
	}
	slices.SortStableFunc(result.Diagnostics, func(a, b source.Diagnostic) int { return a.At.Compare(b.At) })
	return result
}

// analysis is the state of one Analyze.
type analysis struct {
	tree        source.Tree
	roots       map[string]*root
	files       int // that belong to a layout and were not understood
	diagnostics []source.Diagnostic
}

// root is a folder that holds a layout.
type root struct {
	name       string
	objects    []object
	factory    *object
	publish    resource.Value
	definition resource.Value
	files      int
	problems   []source.Diagnostic
}

// object is one file of a layout.
type object struct {
	kind kind
	file string
	// name is the one written, else that of the file.
	name string
	at   source.Range
	body resource.Value
}

// names yields the roots that hold more than settings.
func (a *analysis) names() func(func(string) bool) {
	return func(yield func(string) bool) {
		for name, r := range a.roots {
			if slices.ContainsFunc(r.objects, func(o object) bool { return !o.kind.weak }) && !yield(name) {
				return
			}
		}
	}
}
