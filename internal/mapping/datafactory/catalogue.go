package datafactory

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

// layoutType is the type of the resource that stands for a folder of the Git
// layout; see the reader of that format.
const layoutType = "data_factory_git_layout"

// factory is a set of objects that refer to each other by name.
type factory struct {
	// file is the root of the resources without their environment.
	file string
	// layout is set for a folder of the Git layout.
	layout *resource.Resource
	// objects are the parts of the factory by kind and lower-case name.
	objects map[string]map[string]*object
	// all are the parts in order of their resources.
	all []*object
	// origin is the Git layout that a template was published from.
	origin *factory
	// writers are the Copy activities that write below a folder, once that was
	// asked for.
	writers map[folderKey][]*activity
	// catalogue holds the factory.
	catalogue *catalogue
}

// catalogue holds every factory of the scan.
type catalogue struct {
	byID      map[string]*object
	factories []*factory
	// calls are who starts a pipeline.
	calls map[*object][]call
}

type catalogueKey struct{}

func catalogueOf(d *draft.Draft) *catalogue {
	return draft.Once(d, catalogueKey{}, func() *catalogue { return newCatalogue(d.Resources) })
}

func newCatalogue(set *resource.Set) *catalogue {
	c := &catalogue{byID: map[string]*object{}, calls: map[*object][]call{}}
	byKey := map[string]*factory{}
	enter := func(r *resource.Resource) *factory {
		file, key := groupOf(r)
		f := byKey[key]
		if f == nil {
			f = &factory{file: file, objects: map[string]map[string]*object{}, catalogue: c}
			byKey[key] = f
			c.factories = append(c.factories, f)
		}
		return f
	}
	for _, r := range set.All() {
		if r.Type == layoutType {
			enter(r).layout = r
		}
		if o, ok := objectOf(r); ok {
			enter(r).add(o)
			c.byID[r.ID] = o
		}
	}
	c.dropCopies()
	for _, f := range c.factories {
		f.indexFiles()
	}
	for _, f := range c.factories {
		f.indexCalls()
	}
	return c
}

// linkedFolders hold the pieces of a published template that was too large for
// one file.
var linkedFolders = []string{"linkedTemplates", "PartialArmTemplates"}

// groupOf names the factory that a resource belongs to: the root that is
// evaluated, or the folder of the pieces of a template, and with the environment
// of the evaluation.
func groupOf(r *resource.Resource) (file, key string) {
	file = strings.TrimSuffix(r.Root, "@"+r.Environment)
	if slices.Contains(linkedFolders, path.Base(path.Dir(file))) {
		file = path.Dir(file)
	}
	return file, file + "@" + r.Environment
}

func (f *factory) add(o *object) {
	o.factory = f
	f.all = append(f.all, o)
	byName := f.objects[o.kind]
	if byName == nil {
		byName = map[string]*object{}
		f.objects[o.kind] = byName
	}
	if key := strings.ToLower(o.name); key != "" && byName[key] == nil {
		byName[key] = o
	}
}

// indexFiles lets objects of a Git layout be found by the names of their files
// too: tools that push files name the objects after them.
func (f *factory) indexFiles() {
	for _, o := range f.all {
		stem := strings.ToLower(strings.TrimSuffix(path.Base(o.r.Body.File), path.Ext(o.r.Body.File)))
		if f.layout != nil && f.objects[o.kind][stem] == nil {
			f.objects[o.kind][stem] = o
		}
	}
}

// refer returns what a reference {"referenceName": …} means, by its name or by
// the resource that its expression refers to; the name is empty when it is not
// known.
func (f *factory) refer(kind string, ref resource.Value) (o *object, name string, at sourceRange) {
	v := ref.Get("referenceName")
	name, at = nameOf(v), orElse(v.At, ref.At)
	if o = f.find(kind, name); o != nil {
		return o, name, at
	}
	for _, r := range v.Refs {
		if o := f.catalogue.byID[r.ID]; o != nil && o.kind == kind {
			return o, o.name, at
		}
	}
	return nil, name, at
}

// lacks reports whether a name that a factory's objects use is one that the
// repository should hold and does not: the folder has objects of that kind, and
// no other folder has this one.
func (f *factory) lacks(kind, name string) bool {
	if name == "" || f.layout == nil || len(f.objects[kind]) == 0 || f.find(kind, name) != nil {
		return false
	}
	if kind == runtimeKind && strings.EqualFold(name, "AutoResolveIntegrationRuntime") {
		return false
	}
	return !slices.ContainsFunc(f.catalogue.factories, func(other *factory) bool {
		return other.layout != nil && other.objects[kind][strings.ToLower(name)] != nil
	})
}

// find returns the object of a name, in the factory or in what it was published
// from.
func (f *factory) find(kind, name string) *object {
	if name == "" {
		return nil
	}
	o := f.objects[kind][strings.ToLower(name)]
	if (o == nil || o.copied) && f.origin != nil {
		if source := f.origin.find(kind, name); source != nil {
			return source
		}
	}
	return o
}

// dropCopies marks what a publish branch repeats. A template most of whose
// objects lie in one Git layout was published from it; the pieces of a template
// repeat the template.
func (c *catalogue) dropCopies() {
	for _, f := range c.factories {
		if f.layout != nil {
			continue
		}
		for _, other := range c.factories {
			if f.isPieceOf(other) && f.origin == nil {
				f.copyOf(other)
			}
			if other.layout != nil && f.origin == nil && 2*f.common(other) >= len(f.all) {
				f.copyOf(other)
			}
		}
	}
}

// publishedTemplates are what publishing writes for a factory and for a Synapse
// workspace.
var publishedTemplates = []string{"ARMTemplateForFactory.json", "TemplateForWorkspace.json"}

// isGenerated reports whether a factory is known only by the template that
// publishing wrote.
func (f *factory) isGenerated() bool {
	return f.layout == nil && f.origin == nil && slices.Contains(publishedTemplates, path.Base(f.file))
}

// isPieceOf reports whether a folder holds the pieces of a published template.
func (f *factory) isPieceOf(other *factory) bool {
	return slices.Contains(linkedFolders, path.Base(f.file)) && path.Dir(other.file) == path.Dir(f.file) &&
		slices.Contains(publishedTemplates, path.Base(other.file))
}

// common counts the objects that two factories share.
func (f *factory) common(other *factory) (count int) {
	for _, o := range f.all {
		if o.name != "" && other.objects[o.kind][strings.ToLower(o.name)] != nil {
			count++
		}
	}
	return count
}

func (f *factory) copyOf(other *factory) {
	f.origin = other
	for _, o := range f.all {
		o.copied = o.name != "" && other.objects[o.kind][strings.ToLower(o.name)] != nil
	}
}
