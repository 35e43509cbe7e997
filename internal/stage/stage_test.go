package stage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func TestInfer(t *testing.T) {
	at := source.Range{File: "infra/lake/main.tf", Start: 10, End: 20}
	bucket := func(name string) *model.Asset {
		return &model.Asset{Kind: model.ObjectStore, Provider: "aws", Address: "aws_s3_bucket.this", Name: model.KnownFact(name, at), At: at}
	}
	account := func(name string) *model.Asset {
		return &model.Asset{Kind: model.ObjectStore, Provider: "azure", Address: "azurerm_storage_account.this", Name: model.KnownFact(name, at), At: at}
	}
	container := func(name string) *model.Asset {
		return &model.Asset{Kind: model.Container, Provider: "azure", Address: "azurerm_storage_container.this", Name: model.KnownFact(name, at), At: at}
	}
	partly := func(hint, address string) *model.Asset {
		return &model.Asset{Kind: model.ObjectStore, Provider: "aws", Address: address, Name: model.UnknownFact("var.x has no default", at), NameHint: hint, At: at}
	}
	tagged := func(a *model.Asset, tags map[string]string) *model.Asset { a.Tags = tags; return a }
	cases := []struct {
		name  string
		asset *model.Asset
		want  string
	}{
		{"separated token", bucket("acme-raw-prod"), `raw (name token "raw", medium)`},
		{"camel case", container("RawData"), `raw (container name token "raw", medium)`},
		{"digits", container("raw01"), `raw (container name token "raw", medium)`},
		{"substring is no token", bucket("acme-drawings"), ""},
		{"gold in goldman", bucket("goldman-reports"), ""},
		{"two stages are two stages", bucket("acme-raw-curated"), `raw (name token "raw", medium); curated (name token "curated", medium)`},
		{"joint name", container("encur"), `enriched (container name token "encur", medium); curated (container name token "encur", medium)`},
		{"container word in a container", container("inbound"), `raw (container name token "inbound", medium)`},
		{"container word in a bucket", bucket("acme-ingest"), ""},
		{"landing zone is no landing area", bucket("acme-landing-zone-logs"), ""},
		{"a cache whatever its name", &model.Asset{Kind: model.CacheStore, Name: model.KnownFact("redis-raw", at), At: at}, "cache (kind cache, medium)"},
		{"a tagged cache", tagged(&model.Asset{Kind: model.CacheStore, At: at}, map[string]string{"data-stage": "presentation"}), "presentation (tag data-stage = presentation, high)"},
		{"nested symbol of Bicep", partly("", "module.storage/account::blobs::raw"), `raw (address token "raw", low)`},
		{"storage account suffix", account("stacmerawdev01"), `raw (name token "raw", low)`},
		{"storage account named draw", account("stwithdraw"), ""},
		{"storage account named smart", account("stsmart"), ""},
		{"tag beats name", tagged(bucket("acme-raw"), map[string]string{"data_stage": "Curated"}), "curated (tag data-stage = curated, high)"},
		{"environment tag is no stage", tagged(bucket("acme-data"), map[string]string{"Stage": "prod"}), ""},
		{"declaration beats name", bucket("acme-raw-special"), "archive (declared in the configuration, high)"},
		{"readable part of an unknown name", partly("\uFFFC-raw", "aws_s3_bucket.this"), `raw (name token "raw", low)`},
		{"unknown part joins no token", partly("\uFFFCraw", "aws_s3_bucket.this"), `raw (name token "raw", low)`},
		{"label", partly("", "module.lake.aws_s3_bucket.raw"), `raw (address token "raw", low)`},
		{"instance key", partly("", `aws_s3_bucket.zone["bronze"]`), `raw (address token "bronze", low)`},
		{"gold database", &model.Asset{Kind: model.Database, Name: model.KnownFact("gold", at), Address: "x.y", At: at}, `presentation (name token "gold", medium)`},
		{"label of a server", &model.Asset{Kind: model.Database, Address: "module.x.aws_db_instance.ingestion_db", Name: model.UnknownFact("var.x has no default", at), At: at}, ""},
		{"name of a table", &model.Asset{Kind: model.Table, Address: "aws_dynamodb_table.this", Name: model.KnownFact("acme-ingest-status", at), At: at}, ""},
		{"raw label of a server", &model.Asset{Kind: model.Database, Address: "aws_db_instance.raw", Name: model.UnknownFact("var.x has no default", at), At: at}, `raw (address token "raw", low)`},
		{"vaults hold no stage", &model.Asset{Kind: model.BackupVault, Name: model.KnownFact("raw", at), At: at}, ""},
	}
	declarations := []Declaration{{Stage: model.Archive, Name: "*-special"}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			Infer(&model.Model{Assets: []*model.Asset{c.asset}}, declarations)
			var got []string
			for _, s := range c.asset.Stages {
				got = append(got, fmt.Sprintf("%s (%s, %s)", s.Stage, s.Basis, s.Confidence))
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

func TestDeclarationMatchesEveryGlobGiven(t *testing.T) {
	a := &model.Asset{
		Kind: model.ObjectStore, Address: "module.lake.aws_s3_bucket.zone", Name: model.KnownFact("acme-zone", source.Range{}),
		Tags: map[string]string{"owner": "ingest-team"}, At: source.Range{File: "infra/prod/lake.tf"},
	}
	cases := []struct {
		declaration Declaration
		want        bool
	}{
		{Declaration{Address: "module.lake.*"}, true},
		{Declaration{Path: "infra/**", Tag: "owner=ingest-*"}, true},
		{Declaration{Path: "infra/**", Tag: "owner=serve-*"}, false},
		{Declaration{Tag: "owner"}, true},
		{Declaration{Tag: "team"}, false},
		{Declaration{Name: "other-*"}, false},
	}
	for _, c := range cases {
		if got := c.declaration.Matches(a); got != c.want {
			t.Errorf("%+v: got %v, want %v", c.declaration, got, c.want)
		}
	}
}

func TestNamesLake(t *testing.T) {
	for name, want := range map[string]bool{
		"acme-data-lake-prod": true, "\uFFFC-datalake": true, "google_storage_bucket.data_lake": true, "stlakehouse": false,
		"lakehouse": true, "lake-district-photos": false, "data-blake": false, "": false,
	} {
		if got := NamesLake(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}
