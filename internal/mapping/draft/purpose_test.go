package draft

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestPurposes(t *testing.T) {
	at := source.Range{File: "main.tf", Start: 1, End: 2}
	cases := []struct {
		what, name string
		kind       model.Kind
		provider   string
		adjust     func(*Draft, *model.Asset)
		want       string
	}{
		{"words", "contoso-tfstate", model.ObjectStore, "aws", nil, PurposeState},
		{"a pair of words", "contoso-terraform-state-eu", model.ObjectStore, "google", nil, PurposeState},
		{"no separators", "stcontosotfstateprod01", model.ObjectStore, "azure", nil, PurposeState},
		{"the end of a name without separators", "stcontosodiagprod", model.ObjectStore, "azure", nil, PurposeDiagnostics},
		{"not anywhere in it", "stdiagrams", model.ObjectStore, "azure", nil, ""},
		{"a container of Azure Monitor", "insights-logs-auditevent", model.Container, "azure", nil, PurposeDiagnostics},
		{"a container that Azure reserves", "$web", model.Container, "azure", nil, PurposeSite},
		{"a container of Azure Functions", "azure-webjobs-hosts", model.Container, "azure", nil, PurposeFunctions},
		{"access logs", "contoso-access-logs", model.ObjectStore, "aws", nil, PurposeLogs},
		{"raw logs are data", "contoso-raw-logs", model.ObjectStore, "aws", nil, ""},
		{"a state is no raw data", "landing-tfstate", model.ObjectStore, "aws", nil, PurposeState},
		{"a web site", "www.contoso.com", model.ObjectStore, "aws", nil, PurposeSite},
		{"artefacts", "contoso-codepipeline-eu", model.ObjectStore, "aws", nil, PurposeArtifacts},
		{"a name that says nothing", "contoso-events", model.ObjectStore, "aws", nil, ""},
		{"a hierarchical namespace", "stlakelogs", model.ObjectStore, "azure", func(d *Draft, a *model.Asset) {
			d.Set(a, "hierarchical_namespace", model.KnownFact(true, at))
		}, ""},
		{"containers of data", "sttfstate", model.ObjectStore, "azure", func(d *Draft, a *model.Asset) {
			d.DeclareWithin(a, model.Container, "raw", resource.StringAt(at, "raw"))
		}, ""},
		{"a container of states", "sttfstate", model.ObjectStore, "azure", func(d *Draft, a *model.Asset) {
			d.DeclareWithin(a, model.Container, "prod", resource.StringAt(at, "prod"))
		}, PurposeState},
		{"a tag", "contoso-raw", model.ObjectStore, "aws", func(_ *Draft, a *model.Asset) { a.Tags["Purpose"] = "Terraform State" }, PurposeState},
		{"a tag of something else", "contoso-events", model.ObjectStore, "aws", func(_ *Draft, a *model.Asset) { a.Tags["purpose"] = "analytics" }, ""},
		{"what others do with it is more than a name", "contoso-logs", model.ObjectStore, "aws", func(d *Draft, a *model.Asset) {
			d.SetPurpose(a, PurposeSite, at)
		}, PurposeSite},
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			r := resource.Resource{ID: ".#store", Type: "store", Address: "store", Root: ".", At: at, Attrs: resource.ObjectAt(at, resource.Field{Name: "name", Value: resource.StringAt(at, c.name)})}
			m := Build(source.Tree{}, []resource.Resource{r}, []Mapper{{
				Types: []string{"store"},
				Declare: func(d *Draft, r *resource.Resource) {
					a := d.Declare(r, c.kind, c.provider, "storage", r.Attrs.Get("name"))
					if c.adjust != nil {
						c.adjust(d, a)
					}
				},
			}})
			if got := m.Asset(r.ID).Settings["purpose"].Text(); got != c.want {
				t.Errorf("%s is for %q, want %q", c.name, got, c.want)
			}
		})
	}
}
