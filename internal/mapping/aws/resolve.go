package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// target is what the argument of an attachment names.
type target struct {
	assets []*model.Asset
	// open tells why the assets are only candidates: the expression may mean
	// something else. It completes "unknown because …".
	open string
	// why tells why nothing can be said.
	why string
	// outside names something that no scanned file declares.
	outside string
}

// one returns the asset that is certainly meant, or nil.
func (t target) one() *model.Asset {
	if len(t.assets) == 1 && t.open == "" {
		return t.assets[0]
	}
	return nil
}

// by returns the resource that attaches to the target. To a candidate it is one
// that may not be there.
func (t target) by(r *resource.Resource) *resource.Resource {
	if t.open == "" {
		return r
	}
	possible := *r
	possible.Maybe = t.open
	return &possible
}

// resolve finds the assets that v, an argument of r, names. A name that several
// evaluations of one bucket share means all of them; a reference that may lead
// to several assets leads to candidates.
func resolve(d *draft.Draft, r *resource.Resource, v resource.Value, kinds ...model.Kind) target {
	match := d.Find(v, r.Root, provider, kinds...)
	if match.Resolved() {
		found := target{assets: narrowed(match.Assets, r, v)}
		if len(d.Resources.Referents(v)) > 0 {
			found.open = openReference(v, found.assets)
		}
		return found
	}
	if text, known := v.AsString(); known {
		return target{outside: text}
	}
	if found, ok := through(d, r, v, kinds); ok {
		return found
	}
	if a := sameExpression(d, r, v, kinds); a != nil {
		return target{assets: []*model.Asset{a}}
	}
	if candidates := sameWords(d, r, v, kinds); len(candidates) > 0 {
		return target{assets: candidates, open: match.Why}
	}
	return target{why: match.Why}
}

// sameWords returns the assets of the stack whose unknown name reads like v:
// the same words around what is not known, for the same reason. That makes them
// candidates and no more, since the gaps may be filled differently.
func sameWords(d *draft.Draft, r *resource.Resource, v resource.Value, kinds []model.Kind) (found []*model.Asset) {
	words := v.Hint[strings.LastIndexByte(v.Hint, ':')+1:]
	if words == "" || strings.Trim(words, string(resource.Hole)) == "" {
		return nil
	}
	for _, kind := range kinds {
		for _, a := range d.OfKindIn(r.Root, kind) {
			if a.Provider == provider && a.NameHint == words && a.Name.Why == v.Why {
				found = append(found, a)
			}
		}
	}
	return found
}

// The reasons of values that are plain references end in these words: to what a
// provider computes, and to what a data source reads.
const (
	afterApply = " is known after apply"
	whenRun    = " is read when Terraform runs"
	// notRead ends the reason of what a module hands out whose code is not there;
	// the module for buckets hands out nothing but names of its bucket.
	notRead = ", which was not read"
)

// isSet says whether an argument has a value, whatever it is. A plain reference
// has one that is merely not known yet; with a variable or a condition in it,
// an expression may also come out as null.
func isSet(v resource.Value) model.Tri {
	if !v.IsUnknown() {
		return model.TriOf(!v.IsAbsent() && (v.Kind != resource.List || len(v.Items) > 0))
	}
	for why := range strings.SplitSeq(v.Why, " and ") {
		if !strings.HasSuffix(why, afterApply) && !strings.HasSuffix(why, whenRun) {
			return model.Maybe
		}
	}
	return model.Yes
}

// openReference tells why an expression that refers to assets may mean
// something else: a condition or a key in it is not known. What leaves the
// asset's own name or existence open leaves the expression no more open.
func openReference(v resource.Value, assets []*model.Asset) string {
	if v.IsUnknown() {
		own := strings.Split(assets[0].Maybe+" and "+assets[0].Name.Why, " and ")
		for why := range strings.SplitSeq(v.Why, " and ") {
			plain := strings.HasPrefix(why, assets[0].Type+".") && (strings.HasSuffix(why, afterApply) || strings.HasSuffix(why, notRead))
			if !plain && !slices.Contains(own, why) {
				return v.Why
			}
		}
	}
	if len(assets) > 1 {
		return "it may mean " + addresses(assets)
	}
	return ""
}

// through follows an expression that names an asset by way of another block: a
// data source that looks it up by name, or a resource that is attached to it,
// as in aws_s3_bucket_versioning.lake.bucket, a common way to order the two.
// What a module that was not followed creates is no asset of the model.
func through(d *draft.Draft, r *resource.Resource, v resource.Value, kinds []model.Kind) (found target, ok bool) {
	for _, other := range d.Resources.Referents(v) {
		argument := nameArguments()[other.Type]
		if strings.HasPrefix(other.Type, "aws_s3_bucket_") {
			argument = "bucket"
		}
		switch {
		case other == r:
		case other.Mode == resource.NotFollowed:
			return target{outside: other.Address}, true
		case argument == "" || len(d.Resources.Referents(other.Attrs.Get(argument))) > 1:
		default:
			name := other.Attrs.Get(argument)
			if match := d.Find(name, other.Root, provider, kinds...); len(match.Assets) == 1 {
				return target{assets: match.Assets}, true
			} else if match.Outside {
				return target{outside: other.Address}, true
			}
		}
	}
	return target{}, false
}

// nameArguments lists the argument by which a data source finds what it stands for.
func nameArguments() map[string]string {
	return map[string]string{
		"aws_s3_bucket": "bucket", "aws_db_instance": "db_instance_identifier", "aws_rds_cluster": "cluster_identifier",
		"aws_dynamodb_table": "name", "aws_backup_vault": "name",
	}
}

// narrowed drops candidates of another evaluation or with another name.
func narrowed(assets []*model.Asset, r *resource.Resource, v resource.Value) []*model.Asset {
	if len(assets) == 1 {
		return assets
	}
	assets = keepIfAny(assets, func(a *model.Asset) bool { return a.Environment == r.Environment })
	if text, ok := v.AsString(); ok {
		assets = keepIfAny(assets, func(a *model.Asset) bool {
			name := a.Name.Text()
			return name != "" && (text == name || strings.HasSuffix(text, ":"+name) || strings.HasSuffix(text, "/"+name))
		})
	}
	return assets
}

func keepIfAny(assets []*model.Asset, keep func(*model.Asset) bool) []*model.Asset {
	kept := slices.DeleteFunc(slices.Clone(assets), func(a *model.Asset) bool { return !keep(a) })
	if len(kept) == 0 {
		return assets
	}
	return kept
}

func addresses(assets []*model.Asset) string {
	names := make([]string, len(assets))
	for i, a := range assets {
		names[i] = a.Address
	}
	return strings.Join(names, " or ")
}

// unresolved returns why some resource of a type in the same stack cannot be
// attached: it may belong to any asset there. Empty when all can.
func unresolved(d *draft.Draft, root, kindOfResource, argument string, kind model.Kind) string {
	type key struct{ kindOfResource, argument string }
	whys := draft.Once(d, key{kindOfResource, argument}, func() map[string]string {
		return allUnresolved(d, kindOfResource, argument, kind)
	})
	return whys[root]
}

// allUnresolved returns the first such reason in each stack.
func allUnresolved(d *draft.Draft, kindOfResource, argument string, kind model.Kind) map[string]string {
	whys := map[string]string{}
	for _, r := range d.Resources.OfType(kindOfResource) {
		if whys[r.Root] != "" || r.Mode != resource.Managed {
			continue
		}
		v := r.Attrs.Get(argument)
		if v.IsKnown() || len(v.Refs) == 1 && d.Asset(v.Refs[0].ID) != nil {
			continue // the common cases, decided without a search
		}
		if found := resolve(d, r, v, kind); found.why != "" {
			whys[r.Root] = fmt.Sprintf("%s may apply to it: %s", r.Address, found.why)
		}
	}
	return whys
}

// resourceOf returns the resource that declared an asset.
func resourceOf(d *draft.Draft, a *model.Asset) *resource.Resource {
	if found := d.Resources.Lookup(a.ID); len(found) > 0 {
		return found[0]
	}
	return nil
}

// arguments returns what a dotted path leads to in every repetition of the
// blocks on it, and every item of a list at its end.
func arguments(v resource.Value, path string) []resource.Value {
	name, rest, nested := strings.Cut(path, ".")
	var found []resource.Value
	for _, block := range v.Blocks() {
		inner := block.Get(name)
		if nested {
			found = append(found, arguments(inner, rest)...)
		} else if !inner.IsAbsent() {
			found = append(found, inner.Blocks()...)
		}
	}
	return found
}
