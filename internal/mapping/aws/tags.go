package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// tag records the tags that a resource gets: the provider's default_tags below
// its own, as the provider merges them.
func tag(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	tags := tagsOf(r)
	d.Tag(a, tags[1])
	d.Tag(a, tags[0])
}

// tagsOf returns a resource's own tags and those that its provider adds to it.
func tagsOf(r *resource.Resource) [2]resource.Value {
	return [2]resource.Value{r.Attrs.Get("tags"), r.Provider.Path("default_tags.tags")}
}
