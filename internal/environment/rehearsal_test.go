package environment

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRehearsals(t *testing.T) {
	for name, test := range map[string]struct {
		of   map[string][]string
		want []string
	}{
		"beside production":       {map[string][]string{"infra": {"dev", "prod", "uat-eu"}}, []string{"infra@dev", "infra@uat-eu"}},
		"nothing but a rehearsal": {map[string][]string{"infra": {"dev"}}, nil},
		"two rehearsals":          {map[string][]string{"infra": {"dev", "test1"}}, nil},
		"named by a region":       {map[string][]string{"infra": {"westeurope", "dev"}}, []string{"infra@dev"}},
		"folders":                 {map[string][]string{"live/dev/lake": nil, "live/prod/lake": nil, "live/dev/other": nil}, []string{"live/dev/lake"}},
		"a suffix":                {map[string][]string{"iac/lake-staging/eu": nil, "iac/lake/eu": nil}, []string{"iac/lake-staging/eu"}},
		"a prefix":                {map[string][]string{"dev-lake": nil, "prd-lake": nil}, []string{"dev-lake"}},
		"an inner word":           {map[string][]string{"lake-qa-eu": nil, "lake-eu": nil}, []string{"lake-qa-eu"}},
		"tests beside code":       {map[string][]string{"lake": nil, "lake/test": nil}, nil},
		"pre-production of both":  {map[string][]string{"infra": {"nonprod", "prod"}}, []string{"infra@nonprod"}},
		"folders and parameters":  {map[string][]string{"dev/lake": {"eu", "us"}, "prod/lake": {"eu"}}, []string{"dev/lake@eu", "dev/lake@us"}},
		"words within words":      {map[string][]string{"devices": nil, "ices": nil, "integrations": nil}, nil},
	} {
		if diff := cmp.Diff(test.want, slices.Sorted(maps.Keys(Rehearsals(test.of)))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestStoresOfProduction(t *testing.T) {
	for name, want := range map[string][]string{
		"test-raw":         {"prod-raw", "production-raw", "prd-raw", "live-raw", "raw"},
		"acme.raw_qa2":     {"acme.raw_prod", "acme.raw_production", "acme.raw_prd", "acme.raw_live", "acme.raw"},
		"orders-raw":       nil,
		"lake-staging":     nil,
		"devices-raw":      nil,
		"":                 nil,
		"integration-demo": nil,
	} {
		if diff := cmp.Diff(want, StoresOfProduction(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
