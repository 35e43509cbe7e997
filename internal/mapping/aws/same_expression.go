package aws

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// sameExpression returns the one asset whose unknown name is written exactly
// like v within the same instance of the same module: "bucket = var.name" in a
// bucket and in its versioning. Whatever the expression comes to, it comes to
// the same in both places.
func sameExpression(d *draft.Draft, r *resource.Resource, v resource.Value, kinds []model.Kind) *model.Asset {
	text := d.Written(v.At)
	if !v.IsUnknown() || !repeatable(text) {
		return nil
	}
	var found *model.Asset
	for _, kind := range kinds {
		for _, a := range d.OfKindIn(r.Root, kind) {
			if a.Provider != provider || a.Environment != r.Environment || a.Name.Why != v.Why {
				continue
			}
			if d.Written(a.Name.At) != text || !sameModule(d, a, r) {
				continue
			}
			if found != nil {
				return nil
			}
			found = a
		}
	}
	return found
}

// repeatable says whether an expression has one value wherever a module writes
// it: not where it speaks of the instance that it is written in, or calls a
// function that answers differently each time (Terraform documentation, uuid,
// bcrypt, timestamp).
func repeatable(text string) bool {
	varying := []string{"each.", "count.", "self.", "uuid(", "bcrypt(", "timestamp("}
	return text != "" && !slices.ContainsFunc(varying, func(part string) bool { return strings.Contains(text, part) })
}

func sameModule(d *draft.Draft, a *model.Asset, r *resource.Resource) bool {
	own := resourceOf(d, a)
	return own != nil && modulePath(own) == modulePath(r)
}

// modulePath is the part of an address before the resource itself: the module
// calls that reach it, with their instance keys.
func modulePath(r *resource.Resource) string {
	if at := strings.LastIndex(r.Address, r.Type+"."+r.Name); at >= 0 {
		return r.Address[:at]
	}
	return r.Address
}
