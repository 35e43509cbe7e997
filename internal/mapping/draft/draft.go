// Package draft builds a model in two passes: every mapper declares its assets,
// then every mapper attaches what other resources say about them. Mappers know
// the resource types of one service in all formats; draft knows none.
package draft

import (
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Mapper translates one service. Declare and Attach are called once for each
// resource of the given types, ordered by resource ID; either may be nil.
// Attach runs when every mapper has declared.
type Mapper struct {
	Service string
	Types   []string
	Declare func(*Draft, *resource.Resource)
	Attach  func(*Draft, *resource.Resource)
}

// Draft is a model under construction.
type Draft struct {
	Resources *resource.Set
	Tree      source.Tree
	assets    []*model.Asset
	byID      map[string]*model.Asset
	byKind    map[model.Kind][]*model.Asset
	inRoot    map[rootKind][]*model.Asset
	names     map[string][]*model.Asset
	doubts    map[string][]doubt // by root
	texts     map[string][]byte  // files that Written has read
	pipelines []model.Pipeline
	flows     []model.Flow
	once      map[any]any // what Once remembers
}

type rootKind struct {
	root string
	kind model.Kind
}

// Build runs the mappers over the resources and completes the model.
func Build(tree source.Tree, resources []resource.Resource, mappers []Mapper) *model.Model {
	d := &Draft{
		Resources: resource.NewSet(resources),
		Tree:      tree,
		byID:      map[string]*model.Asset{},
		byKind:    map[model.Kind][]*model.Asset{},
		inRoot:    map[rootKind][]*model.Asset{},
		doubts:    map[string][]doubt{},
		names:     map[string][]*model.Asset{},
	}
	d.pass(mappers, func(m Mapper) func(*Draft, *resource.Resource) { return m.Declare })
	d.indexNames()
	d.once = nil
	d.pass(mappers, func(m Mapper) func(*Draft, *resource.Resource) { return m.Attach })
	return d.finish()
}

func (d *Draft) pass(mappers []Mapper, step func(Mapper) func(*Draft, *resource.Resource)) {
	for _, mapper := range mappers {
		run := step(mapper)
		if run == nil {
			continue
		}
		for _, r := range d.Resources.OfType(mapper.Types...) {
			run(d, r)
		}
	}
}

// Declare adds the asset that a resource is. name is the value of the attribute
// that names it at the provider.
func (d *Draft) Declare(r *resource.Resource, kind model.Kind, provider, service string, name resource.Value) *model.Asset {
	a := &model.Asset{
		ID: r.ID, Kind: kind, Provider: provider, Service: service, Type: r.Type,
		Name: Text(name), NameHint: name.Hint, Address: r.Address, Root: r.Root,
		Region: model.AbsentFact(r.At), Maybe: r.Maybe, At: r.At, Body: r.Body, Environment: r.Environment,
	}
	for _, call := range r.Via {
		a.Via = append(a.Via, call.At)
		a.Calls = append(a.Calls, call.Name)
	}
	return d.add(a)
}

// DeclareWithin adds an asset inside another one that no resource of its own
// declares: a folder, a database that is an argument of its server. key
// completes the outer asset's ID and address.
func (d *Draft) DeclareWithin(outer *model.Asset, kind model.Kind, key string, name resource.Value) *model.Asset {
	a := &model.Asset{
		ID: outer.ID + "/" + key, Kind: kind, Provider: outer.Provider, Service: outer.Service, Type: outer.Type,
		Name: Text(name), NameHint: name.Hint, Address: outer.Address + "/" + key, Root: outer.Root,
		Region: outer.Region, Maybe: outer.Maybe, At: name.At, Body: outer.Body, Via: outer.Via, Calls: outer.Calls,
		Within: outer.ID, Environment: outer.Environment,
	}
	return d.add(a)
}

func (d *Draft) add(a *model.Asset) *model.Asset {
	a.Protections = map[string]model.Protection{}
	a.Settings = map[string]model.Fact{}
	a.Tags = map[string]string{}
	if existing, ok := d.byID[a.ID]; ok {
		return existing
	}
	d.assets = append(d.assets, a)
	d.byID[a.ID] = a
	d.byKind[a.Kind] = append(d.byKind[a.Kind], a)
	place := rootKind{a.Root, a.Kind}
	d.inRoot[place] = append(d.inRoot[place], a)
	return a
}

// Asset returns the asset that a resource declared, or nil.
func (d *Draft) Asset(id string) *model.Asset { return d.byID[id] }

// OfKind returns the assets of one kind in order of declaration. The slice
// belongs to the draft.
func (d *Draft) OfKind(kind model.Kind) []*model.Asset { return d.byKind[kind] }

// OfKindIn returns the assets of one kind in one root as OfKind does.
func (d *Draft) OfKindIn(root string, kind model.Kind) []*model.Asset {
	return d.inRoot[rootKind{root, kind}]
}

// AddPipeline adds a pipeline.
func (d *Draft) AddPipeline(p model.Pipeline) { d.pipelines = append(d.pipelines, p) }

// AddFlow adds a flow. Flows are added while things are attached, when every
// place they may come from or go to is declared.
func (d *Draft) AddFlow(f model.Flow) { d.flows = append(d.flows, f) }

// Miss records that an asset names something that the repository does not hold.
func (d *Draft) Miss(a *model.Asset, what, name string, at source.Range) {
	a.Missing = append(a.Missing, model.Missing{What: what, Name: name, At: at})
}

// Protect adds a means to a protection of an asset.
func (d *Draft) Protect(a *model.Asset, protection string, means model.Means) {
	p := a.Protections[protection]
	p.Means = append(p.Means, means)
	a.Protections[protection] = p
}

// Lacks states that a protection is off where that is written or follows from a
// default: at is the attribute that decides. A means that is on outweighs it.
func (d *Draft) Lacks(a *model.Asset, protection, why string, at source.Range, defaulted bool) {
	p := a.Protections[protection]
	p.State, p.Why, p.At, p.Defaulted = model.Off, why, at, defaulted
	a.Protections[protection] = p
}

// Inapplicable states that an asset cannot have a protection: versioning with a
// hierarchical namespace, backups of a read replica.
func (d *Draft) Inapplicable(a *model.Asset, protection, why string, at source.Range) {
	a.Protections[protection] = model.Protection{State: model.Inapplicable, Why: why, At: at}
}

// Set records a setting of an asset.
func (d *Draft) Set(a *model.Asset, name string, fact model.Fact) { a.Settings[name] = fact }

// Relate connects two assets.
func (d *Draft) Relate(a *model.Asset, relation string, target *model.Asset, at source.Range) {
	a.Relations = append(a.Relations, model.Relation{Type: relation, Target: target.ID, At: at})
}

// Tag records the known entries of a tags object; later calls win.
func (d *Draft) Tag(a *model.Asset, tags resource.Value) {
	for _, field := range tags.Fields {
		if text, ok := field.Value.AsString(); ok {
			a.Tags[field.Name] = text
		}
	}
}

// doubt is an attachment whose subject could not be resolved.
type doubt struct {
	kinds       []model.Kind
	provider    string
	protections []string
	expiry      bool
	why         string
	at          source.Range
}

// DoubtExpiry records that a resource deletes data by age in something that
// cannot be resolved. Assets of the same root, provider and kinds for which no
// other rule is written may be what it means.
func (d *Draft) DoubtExpiry(r *resource.Resource, provider string, kinds []model.Kind, why string, at source.Range) {
	d.doubts[r.Root] = append(d.doubts[r.Root], doubt{kinds: kinds, provider: provider, expiry: true, why: why, at: at})
}

// Doubt records that a resource attaches protections to something that cannot
// be resolved. Assets of the same root, provider and kinds for which these
// protections are off become unknown, even where that is written: the
// attachment would outweigh it.
func (d *Draft) Doubt(r *resource.Resource, provider string, kinds []model.Kind, protections []string, why string, at source.Range) {
	d.doubts[r.Root] = append(d.doubts[r.Root], doubt{kinds: kinds, provider: provider, protections: protections, why: why, at: at})
}
