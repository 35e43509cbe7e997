package finding

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
)

const commented = `# drlint:ignore raw/not-replicated reason="the lake is rebuilt from the source"
# a further remark

resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw" # drlint:ignore raw/not-backed-up,raw/expires-too-soon reason="see the runbook"
}

module "lake" { // drlint:ignore raw/not-replicated
}
`

func at(text string) source.Range {
	start := strings.Index(commented, text)
	return source.Range{File: "main.tf", Start: start, End: start + len(text)}
}

func TestSuppressInline(t *testing.T) {
	cases := []struct {
		name, rule string
		at, body   source.Range
		via        []Call
		want       string
	}{
		{"above the block", "raw/not-replicated", at(`resource "aws_s3_bucket" "raw"`), at(`resource "aws_s3_bucket" "raw"`), nil, "the lake is rebuilt from the source"},
		{"for an attribute of the block", "raw/not-replicated", at(`"acme-raw"`), at(`resource "aws_s3_bucket" "raw"`), nil, "the lake is rebuilt from the source"},
		{"on the line", "raw/expires-too-soon", at(`"acme-raw"`), source.Range{}, nil, "see the runbook"},
		{"another rule", "raw/same-region-replica", at(`"acme-raw"`), source.Range{}, nil, ""},
		{"a comment without a reason", "raw/not-replicated", at(`module "lake"`), source.Range{}, nil, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store := source.NewStore(fstest.MapFS{"main.tf": {Data: []byte(commented)}})
			findings := []Finding{{Rule: &Rule{ID: c.rule}, At: c.at, Body: c.body, Via: c.via}}
			diagnostics := SuppressInline(findings, store)
			got := ""
			if s := findings[0].Suppressed; s != nil {
				got = s.Reason
			}
			if got != c.want {
				t.Errorf("got reason %q, want %q", got, c.want)
			}
			if len(diagnostics) != 1 || store.Place(diagnostics[0].At).Start != (source.Pos{Line: 8, Column: 17}) {
				t.Errorf("the comment without a reason is not reported at 8:17: %+v", diagnostics)
			}
		})
	}
}

func TestAcceptCoversAllInstancesOrNone(t *testing.T) {
	f := Finding{
		Rule: &Rule{ID: "raw/not-replicated"}, At: source.Range{File: "infra/lake.tf"},
		Subject:   Subject{Address: "module.lake[0].aws_s3_bucket.raw"},
		Instances: []Instance{{Subject: Subject{Address: "module.other.aws_s3_bucket.raw"}}},
	}
	cases := []struct {
		acceptance Acceptance
		want       bool
	}{
		{Acceptance{Rule: "raw/*"}, true},
		{Acceptance{Rule: "raw/*", Path: "infra/**"}, true},
		{Acceptance{Rule: "raw/*", Path: "modules/**"}, false},
		{Acceptance{Rule: "raw/not-replicated", Address: "module.lake*"}, false},
		{Acceptance{Rule: "raw/not-replicated", Address: "module.*"}, true},
		{Acceptance{Rule: "scripts/*"}, false},
	}
	for _, c := range cases {
		findings := []Finding{f}
		Accept(findings, []Acceptance{c.acceptance})
		if got := findings[0].Suppressed != nil; got != c.want {
			t.Errorf("%+v: got %v, want %v", c.acceptance, got, c.want)
		}
	}
}
