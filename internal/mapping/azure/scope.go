package azure

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// resourceOf returns the resource that declares an asset.
func resourceOf(d *draft.Draft, a *model.Asset) *resource.Resource {
	if found := d.Resources.Lookup(a.ID); len(found) > 0 {
		return found[0]
	}
	return nil
}

// otherSubscription compares the subscriptions of two assets by their provider
// configurations. Resources that share one configuration share its
// subscription, wherever that is set.
func otherSubscription(d *draft.Draft, a, b *model.Asset) model.Tri {
	first, second := resourceOf(d, a), resourceOf(d, b)
	if first == nil || second == nil {
		return model.Maybe
	}
	return otherSubscriptionOf(first, second)
}

func otherSubscriptionOf(a, b *resource.Resource) model.Tri {
	first, second := a.Provider.Path("subscription_id"), b.Provider.Path("subscription_id")
	mine, okMine := first.AsString()
	theirs, okTheirs := second.AsString()
	switch {
	case okMine && okTheirs:
		return model.TriOf(!strings.EqualFold(mine, theirs))
	case a.Root != b.Root:
		return model.Maybe
	case isARM(a) && isARM(b):
		// Where none is written, everything of one evaluation goes to the same one.
		return triUnless(first.State == second.State && first.At == second.At && sameCalls(a, b) || first.IsAbsent() && second.IsAbsent())
	default:
		return triUnless(a.Provider.At == b.Provider.At)
	}
}

// triUnless is No for what is known to be the same, else open.
func triUnless(same bool) model.Tri {
	if same {
		return model.No
	}
	return model.Maybe
}

// sameCalls says whether two resources are made by the same calls of modules: one
// expression has one value for both of them.
func sameCalls(a, b *resource.Resource) bool {
	return slices.EqualFunc(a.Via, b.Via, func(x, y resource.Call) bool { return x.Name == y.Name })
}

// group is a resource group, by reference and by name.
type group struct {
	ids  []string
	name string
	// open is why neither is known.
	open string
}

// groupOf reads the resource group of a resource: the argument of azurerm, or
// the parent of an ARM resource.
func groupOf(d *draft.Draft, r *resource.Resource) group {
	if isARM(r) {
		return groupOfDeployment(d, r)
	}
	if strings.HasPrefix(r.Type, "azapi_") {
		return groupNamed(d, outermostParent(d, r))
	}
	return groupNamed(d, attrOf(r, "resource_group_name"))
}

// outermostParent follows the parents of a resource that azapi carries up to the
// one that is no resource of a provider: the resource group.
func outermostParent(d *draft.Draft, r *resource.Resource) attr {
	parent := attrOf(r, "parent_id")
	for range 4 {
		outer := d.Resources.Referents(parent.Value, azapiResource)
		if len(outer) == 0 || armTypeOf(outer[0]) == armGroup {
			break
		}
		parent = attrOf(outer[0], "parent_id")
	}
	return parent
}

// groupOfDeployment reads the group that a template or a module deploys to.
// Where none is written, everything of one evaluation goes to the same one.
func groupOfDeployment(d *draft.Draft, r *resource.Resource) group {
	written := attr{Value: r.Provider.Get("resource_group"), name: "the resource group"}
	if written.IsAbsent() {
		return group{ids: []string{r.Root}, open: "the resource group is chosen at deployment"}
	}
	g := groupNamed(d, written)
	if written.IsUnknown() {
		// What one call deploys goes to one group, whatever its name comes to.
		key := []string{r.Root, written.At.File, strconv.Itoa(written.At.Start)}
		for _, call := range r.Via {
			key = append(key, call.Name)
		}
		g.ids = append(g.ids, strings.Join(key, "\x00"))
	}
	return g
}

// groupNamed reads a name, an ID or a reference of a resource group.
func groupNamed(d *draft.Draft, v attr) group {
	g := group{name: strings.ToLower(v.text()), open: v.Why}
	if name := idSegment(idText(v), "resourceGroups"); name != "" {
		g.name = ""
		if !strings.ContainsRune(name, resource.Hole) {
			g.name = strings.ToLower(name)
		}
	}
	for _, r := range d.Resources.Referents(v.Value, "azurerm_resource_group", armGroup, azapiResource) {
		name := attrOf(r, "name")
		switch {
		case r.Type == azapiResource && armTypeOf(r) != armGroup:
			continue
		case v.IsUnknown() && v.Hint != "" && v.Hint != name.Hint && !isID(v):
			continue // built from the group's name, not the group
		}
		if g.name == "" {
			g.name = strings.ToLower(name.text())
		}
		if g.name == strings.ToLower(name.text()) {
			g.ids = append(g.ids, r.ID)
		}
	}
	if g.name == "" && g.open == "" {
		g.open = v.name + " is not written"
	}
	return g
}

// same compares two groups.
func (g group) same(other group) model.Tri {
	if slices.ContainsFunc(g.ids, func(id string) bool { return slices.Contains(other.ids, id) }) {
		return model.Yes
	}
	if g.name == "" || other.name == "" {
		return model.Maybe
	}
	return model.TriOf(g.name == other.name)
}
