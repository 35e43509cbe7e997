package policy

import (
	"path"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// The shapes below are the vocabulary of rules: model types in snake case.
// Positions are left out; rules name a path and Go knows its place.

// subject is an asset with what other assets say about it.
type subject struct {
	*model.Asset
	contains  []string // assets directly inside it
	replicaOf []string // assets that replicate into it
}

var assetShape = newShape(
	key("id", textType, func(_ *builder, a subject) *ast.Term { return text(a.ID) }),
	key("kind", textType, func(b *builder, a subject) *ast.Term { return b.word(string(a.Kind)) }),
	key("provider", textType, func(b *builder, a subject) *ast.Term { return b.word(a.Provider) }),
	key("service", textType, func(b *builder, a subject) *ast.Term { return b.word(a.Service) }),
	key("type", textType, func(b *builder, a subject) *ast.Term { return b.word(a.Type) }),
	key("name", factType(textType), func(b *builder, a subject) *ast.Term { return b.fact(a.Name) }),
	key("address", textType, func(_ *builder, a subject) *ast.Term { return text(a.Address) }),
	key("region", factType(textType), func(b *builder, a subject) *ast.Term { return b.fact(a.Region) }),
	key("tags", openType(textType), func(b *builder, a subject) *ast.Term { return mapping(b, a.Tags, b.word) }),
	key("stages", listType(textType), func(b *builder, a subject) *ast.Term {
		return list(b, a.Stages, func(s model.StageFact) *ast.Term { return b.word(string(s.Stage)) })
	}),
	key("stage_facts", listType(stageShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, stageShape, a.Stages) }),
	key("within", textType, func(b *builder, a subject) *ast.Term { return b.word(a.Within) }),
	key("contains", listType(textType), func(b *builder, a subject) *ast.Term { return list(b, a.contains, text) }),
	key("replica_of", listType(textType), func(b *builder, a subject) *ast.Term { return list(b, a.replicaOf, text) }),
	key("protections", protectionsShape.schema(), func(b *builder, a subject) *ast.Term { return protectionsShape.term(b, a.Protections) }),
	key("settings", openType(factType(anyType)), func(b *builder, a subject) *ast.Term { return mapping(b, a.Settings, b.fact) }),
	key("expiries", listType(expiryShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, expiryShape, a.Expiries) }),
	key("mirrors", listType(mirrorShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, mirrorShape, a.Mirrors) }),
	key("relations", listType(relationShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, relationShape, a.Relations) }),
	key("missing", listType(missingShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, missingShape, a.Missing) }),
	key("declared", declaredShape.schema(), func(b *builder, a subject) *ast.Term { return declaredShape.term(b, a.Declared) }),
	key("lapsed", listType(lapsedShape.schema()), func(b *builder, a subject) *ast.Term { return objects(b, lapsedShape, a.Lapsed) }),
	key("recovery", recoveryShape.schema(), func(b *builder, a subject) *ast.Term { return recoveryShape.term(b, a.Recovery) }),
	key("example", booleanType, func(_ *builder, a subject) *ast.Term {
		return boolean(source.Demonstrates(path.Dir(a.At.File)) || source.Demonstrates(a.Root))
	}),
	key("maybe", textType, func(b *builder, a subject) *ast.Term { return b.word(a.Maybe) }),
)

var stageShape = newShape(
	key("stage", textType, func(b *builder, s model.StageFact) *ast.Term { return b.word(string(s.Stage)) }),
	key("basis", textType, func(b *builder, s model.StageFact) *ast.Term { return b.word(s.Basis) }),
	key("confidence", textType, func(b *builder, s model.StageFact) *ast.Term { return b.word(string(s.Confidence)) }),
)

var protectionShape = newShape(
	key("state", textType, func(b *builder, p model.Protection) *ast.Term { return b.word(string(p.State)) }),
	key("why", textType, func(b *builder, p model.Protection) *ast.Term { return b.word(p.Why) }),
	key("scope", textType, func(b *builder, p model.Protection) *ast.Term { return b.word(string(p.Scope)) }),
	key("means", listType(meansShape.schema()), func(b *builder, p model.Protection) *ast.Term { return objects(b, meansShape, p.Means) }),
	key("defaulted", booleanType, func(_ *builder, p model.Protection) *ast.Term { return boolean(p.Defaulted) }),
	key("inherited", textType, func(b *builder, p model.Protection) *ast.Term { return b.word(p.Inherited) }),
)

var meansShape = newShape(
	key("mechanism", textType, func(b *builder, m model.Means) *ast.Term { return b.word(m.Mechanism) }),
	key("state", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.State)) }),
	key("why", textType, func(b *builder, m model.Means) *ast.Term { return b.word(m.Why) }),
	key("scope", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.Scope)) }),
	key("window_days", factType(numberType), func(b *builder, m model.Means) *ast.Term { return b.fact(m.Window) }),
	key("interval_hours", factType(numberType), func(b *builder, m model.Means) *ast.Term { return b.fact(m.Interval) }),
	key("region", factType(textType), func(b *builder, m model.Means) *ast.Term { return b.fact(m.Region) }),
	key("other_region", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.OtherRegion)) }),
	key("other_account", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.OtherAccount)) }),
	key("locked", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.Locked)) }),
	key("propagates_deletes", textType, func(b *builder, m model.Means) *ast.Term { return b.word(string(m.PropagatesDeletes)) }),
	key("by", textType, func(b *builder, m model.Means) *ast.Term { return b.word(m.By) }),
	key("target", textType, func(b *builder, m model.Means) *ast.Term { return b.word(m.Target) }),
	key("defaulted", booleanType, func(_ *builder, m model.Means) *ast.Term { return boolean(m.Defaulted) }),
)

var expiryShape = newShape(
	key("target", textType, func(b *builder, e model.Expiry) *ast.Term { return b.word(e.Target) }),
	key("days", factType(numberType), func(b *builder, e model.Expiry) *ast.Term { return b.fact(e.Days) }),
	key("prefixes", listType(textType), func(b *builder, e model.Expiry) *ast.Term { return b.words(e.Prefixes) }),
	key("scope", textType, func(b *builder, e model.Expiry) *ast.Term { return b.word(string(e.Scope)) }),
)

var mirrorShape = newShape(
	key("form", textType, func(b *builder, m model.Mirror) *ast.Term { return b.word(m.Form) }),
	key("by", textType, func(b *builder, m model.Mirror) *ast.Term { return b.word(m.By) }),
	key("target", factType(textType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Target) }),
	key("host", factType(textType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Host) }),
	key("same_host", textType, func(b *builder, m model.Mirror) *ast.Term { return b.word(string(m.SameHost)) }),
	key("refs", factType(textType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Refs) }),
	key("history", factType(textType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.History) }),
	key("propagates_deletes", factType(booleanType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.PropagatesDeletes) }),
	key("rewrites", factType(booleanType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Rewrites) }),
	key("lfs", factType(booleanType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.LFS) }),
	key("triggers", listType(textType), func(b *builder, m model.Mirror) *ast.Term { return b.words(m.Triggers) }),
	key("interval_hours", factType(numberType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Interval) }),
	key("undeletable", factType(booleanType), func(b *builder, m model.Mirror) *ast.Term { return b.fact(m.Undeletable) }),
	key("target_asset", textType, func(b *builder, m model.Mirror) *ast.Term { return b.word(m.TargetAsset) }),
)

var relationShape = newShape(
	key("type", textType, func(b *builder, r model.Relation) *ast.Term { return b.word(r.Type) }),
	key("target", textType, func(b *builder, r model.Relation) *ast.Term { return b.word(r.Target) }),
)

var missingShape = newShape(
	key("what", textType, func(b *builder, m model.Missing) *ast.Term { return b.word(m.What) }),
	key("name", textType, func(b *builder, m model.Missing) *ast.Term { return b.word(m.Name) }),
)

var lapsedShape = newShape(
	key("what", textType, func(b *builder, l model.Lapsed) *ast.Term { return b.word(l.What) }),
	key("owner", textType, func(b *builder, l model.Lapsed) *ast.Term { return b.word(l.Owner) }),
	key("until", textType, func(b *builder, l model.Lapsed) *ast.Term { return b.word(l.Until) }),
)

var survivalShape = newShape(
	key("survives", textType, func(b *builder, s model.Survival) *ast.Term { return b.word(string(s.Survives)) }),
	key("mechanism", textType, func(b *builder, s model.Survival) *ast.Term { return b.word(s.Mechanism) }),
	key("why", textType, func(b *builder, s model.Survival) *ast.Term { return b.word(s.Why) }),
	key("rpo_hours", factType(numberType), func(b *builder, s model.Survival) *ast.Term { return b.fact(s.RPOHours) }),
	key("rpo_basis", textType, func(b *builder, s model.Survival) *ast.Term { return b.word(s.RPOBasis) }),
	key("window_days", factType(numberType), func(b *builder, s model.Survival) *ast.Term { return b.fact(s.WindowDays) }),
	key("rto", textType, func(b *builder, s model.Survival) *ast.Term { return b.word(s.RTO) }),
	key("through", listType(textType), func(b *builder, s model.Survival) *ast.Term { return b.words(s.Through) }),
	key("rebuild", rebuildShape.schema(), func(b *builder, s model.Survival) *ast.Term {
		if s.Rebuild == nil {
			return nil
		}
		return rebuildShape.term(b, *s.Rebuild)
	}),
)

var rebuildShape = newShape(
	key("possible", textType, func(b *builder, r model.Rebuild) *ast.Term { return b.word(string(r.Possible)) }),
	key("why", textType, func(b *builder, r model.Rebuild) *ast.Term { return b.word(r.Why) }),
	key("from", listType(textType), func(b *builder, r model.Rebuild) *ast.Term { return list(b, r.From, text) }),
	key("rpo_hours", factType(numberType), func(b *builder, r model.Rebuild) *ast.Term { return b.fact(r.RPOHours) }),
	key("rpo_basis", textType, func(b *builder, r model.Rebuild) *ast.Term { return b.word(r.RPOBasis) }),
	key("hours", factType(numberType), func(b *builder, r model.Rebuild) *ast.Term { return b.fact(r.Hours) }),
)

var platformShape = newShape(
	key("name", textType, func(_ *builder, p model.Platform) *ast.Term { return text(p.Name) }),
	key("data_platform", booleanType, func(_ *builder, p model.Platform) *ast.Term { return boolean(p.DataPlatform) }),
	key("basis", listType(textType), func(b *builder, p model.Platform) *ast.Term { return b.words(p.Basis) }),
	key("primary_region", factType(textType), func(b *builder, p model.Platform) *ast.Term { return b.fact(p.PrimaryRegion) }),
	key("recovery_region", factType(textType), func(b *builder, p model.Platform) *ast.Term { return b.fact(p.RecoveryRegion) }),
)

func objects[T any](b *builder, of shape[T], items []T) *ast.Term {
	return list(b, items, func(item T) *ast.Term { return of.term(b, item) })
}

// protectionsShape has every protection that assets of any kind can have.
var protectionsShape = func() shape[map[string]model.Protection] {
	var all []field[map[string]model.Protection]
	seen := map[string]bool{}
	for _, kind := range model.Kinds {
		for _, name := range model.ProtectionsOf(kind) {
			if seen[name] {
				continue
			}
			seen[name] = true
			all = append(all, key(name, protectionShape.schema(), func(b *builder, of map[string]model.Protection) *ast.Term {
				protection, ok := of[name]
				if !ok {
					return nil
				}
				return protectionShape.term(b, protection)
			}))
		}
	}
	return newShape(all...)
}()

// recoveryShape has every fault.
var recoveryShape = func() shape[map[model.Fault]model.Survival] {
	var all []field[map[model.Fault]model.Survival]
	for _, fault := range model.Faults {
		all = append(all, key(string(fault), survivalShape.schema(), func(b *builder, of map[model.Fault]model.Survival) *ast.Term {
			survival, ok := of[fault]
			if !ok {
				return nil
			}
			return survivalShape.term(b, survival)
		}))
	}
	return newShape(all...)
}()

// declaredShape has every name that can be declared.
var declaredShape = func() shape[map[string]model.Fact] {
	var all []field[map[string]model.Fact]
	for _, name := range model.DeclaredNames {
		all = append(all, key(name, factType(anyType), func(b *builder, of map[string]model.Fact) *ast.Term {
			fact, ok := of[name]
			if !ok {
				return nil
			}
			return b.fact(fact)
		}))
	}
	return newShape(all...)
}()
