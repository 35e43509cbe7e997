package draft

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// bucket is a store named lake of a root for an environment.
func bucket(root, environment string) resource.Resource {
	evaluation := root
	if environment != "" {
		evaluation += "@" + environment
	}
	return resource.Resource{
		ID: evaluation + "#bucket", Type: "bucket", Address: "bucket", Root: evaluation, Environment: environment,
		Attrs: resource.ObjectAt(source.Range{}, resource.Field{Name: "name", Value: resource.StringAt(source.Range{}, "Lake")}),
	}
}

func TestFindComparesNamesNearFirst(t *testing.T) {
	cases := []struct {
		name, from string
		resources  []resource.Resource
		want       []string
	}{
		{"the same evaluation", "infra@dev", []resource.Resource{bucket("infra", "dev"), bucket("infra", "prod"), bucket("other", "dev")}, []string{"infra@dev#bucket"}},
		{"another root for the same environment", "infra@dev", []resource.Resource{bucket("other", "dev"), bucket("other", "prod"), bucket("third", "")}, []string{"other@dev#bucket"}},
		{"any other root", "infra@dev", []resource.Resource{bucket("infra", "prod"), bucket("other", "prod"), bucket("third", "")}, []string{"other@prod#bucket", "third#bucket"}},
		{"never the same root for another environment", "infra@dev", []resource.Resource{bucket("infra", "prod")}, nil},
		{"without environments", "infra", []resource.Resource{bucket("other", ""), bucket("third", "prod")}, []string{"other#bucket"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			probe := resource.Resource{ID: c.from + "#probe", Type: "probe", Root: c.from}
			if c.from != "infra" {
				probe.Environment = "dev"
			}
			var got []string
			Build(source.Tree{}, append(c.resources, probe), []Mapper{{
				Types: []string{"bucket", "probe"},
				Declare: func(d *Draft, r *resource.Resource) {
					if r.Type == "bucket" {
						d.Declare(r, model.ObjectStore, "acme", "s3", r.Attrs.Get("name"))
					}
				},
				Attach: func(d *Draft, r *resource.Resource) {
					if r.Type == "probe" {
						for _, a := range d.Find(resource.StringAt(source.Range{}, "lake"), r.Root, "acme").Assets {
							got = append(got, a.ID)
						}
					}
				},
			}})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
