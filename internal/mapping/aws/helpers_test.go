package aws

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/maptest"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestMatches(t *testing.T) {
	const hole = string(resource.Hole)
	for _, test := range []struct {
		pattern, text string
		want          model.Tri
	}{
		{"*", "arn:aws:s3:::lake", model.Yes},
		{"arn:aws:s3:::lake-*", "arn:aws:s3:::lake-raw", model.Yes},
		{"arn:aws:s3:::lake-*", "arn:aws:s3:::log-raw", model.No},
		{"*raw*", "lake-raw", model.Yes},
		{"lake", "lake-raw", model.No},
		{"", "", model.Yes},
		// A hole that "*" covers is covered whatever it is.
		{"arn:aws:rds:*:*:db:*", "arn:aws:rds:" + hole + ":" + hole + ":db:orders", model.Yes},
		{"lake-*", "lake-" + hole, model.Yes},
		// A hole that has to be something in particular leaves it open.
		{"lake-raw", "lake-" + hole, model.Maybe},
		{"lake-raw", hole, model.Maybe},
		{"prod-*", hole + "-raw", model.Maybe},
		{"lake-raw", "log-" + hole, model.No},
		// Holes in the pattern never decide for yes.
		{"table/" + hole, "table/orders", model.Maybe},
		{"table/" + hole, "db:orders", model.No},
		{hole, hole, model.Maybe},
	} {
		if got := matches(test.pattern, test.text); got != test.want {
			t.Errorf("matches(%q, %q) = %s, want %s", test.pattern, test.text, got, test.want)
		}
	}
}

// FuzzGlob compares strict matching with regular expressions, for input without
// holes, and checks that leniency only ever accepts more.
func FuzzGlob(f *testing.F) {
	f.Add("arn:aws:s3:::*", "arn:aws:s3:::lake")
	f.Add("*a*b*", "xxaxxb")
	f.Add("a\uFFFC*", "ab\uFFFC")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 || len(text) > 200 {
			return
		}
		strict, lenient := glob(pattern, text, false), glob(pattern, text, true)
		if strict && !lenient {
			t.Errorf("glob(%q, %q) accepts only when strict", pattern, text)
		}
		if hasHole(pattern) || hasHole(text) || !utf8.ValidString(pattern) || !utf8.ValidString(text) {
			return
		}
		quoted := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `.*`)
		want := regexp.MustCompile(`(?s)\A` + quoted + `\z`).MatchString(text)
		if strict != want {
			t.Errorf("glob(%q, %q) = %v, want %v", pattern, text, strict, want)
		}
	})
}

func TestNamesType(t *testing.T) {
	for pattern, want := range map[string]bool{
		"arn:aws:rds:*:*:db:*":                   true,
		"arn:aws:dynamodb:eu-west-1:1:table/ord": true,
		"arn:aws:s3:::*":                         true,
		"arn:aws:rds:*":                          false,
		"arn:aws:rds:*:*:*":                      false,
		"*":                                      false,
	} {
		if got := namesType(pattern); got != want {
			t.Errorf("namesType(%q) = %v, want %v", pattern, got, want)
		}
	}
}

func TestAligned(t *testing.T) {
	const hole = string(resource.Hole)
	for _, test := range []struct{ pattern, arn, want string }{
		{"arn:aws-cn:s3:::lake", "arn:aws:s3:::lake", "arn:aws:s3:::lake"},
		{"arn:aws:rds:eu-west-1:1:db:a", "arn:aws:rds:eu-west-1:" + hole + ":db:a", "arn:aws:rds:eu-west-1:*:db:a"},
		{"arn:aws:rds:*", "arn:aws:rds:" + hole + ":" + hole + ":db:a", "arn:aws:rds:*"},
		{"*", "arn:aws:s3:::lake", "*"},
	} {
		if got := aligned(test.pattern, gapsOf(test.arn)); got != test.want {
			t.Errorf("aligned(%q, %q) = %q, want %q", test.pattern, test.arn, got, test.want)
		}
	}
}

func TestPublishedName(t *testing.T) {
	for text, want := range map[string]string{
		"terraform-aws-modules/s3-bucket/aws":                                          "s3-bucket",
		"registry.terraform.io/terraform-aws-modules/rds/aws":                          "rds",
		"terraform-aws-modules/rds-aurora/aws//wrappers":                               "rds-aurora",
		"git::https://github.com/terraform-aws-modules/terraform-aws-rds.git?ref=v6.1": "rds",
		"github.com/terraform-aws-modules/terraform-aws-dynamodb-table":                "dynamodb-table",
		"terraform-aws-modules/s3-bucket/aws//modules/notification":                    "",
		"terraform-aws-modules/network/azurerm":                                        "",
		"someone/s3-bucket/aws":                                                        "",
		"./modules/s3-bucket":                                                          "",
	} {
		if got := publishedName(text); got != want {
			t.Errorf("publishedName(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestBucketOnly(t *testing.T) {
	for text, want := range map[string]string{
		"lake":                                    "lake",
		"arn:aws:s3:::lake":                       "lake",
		"arn:aws:s3:::lake/logs/vpc":              "lake",
		"lake.s3.amazonaws.com":                   "lake",
		"lake.s3-website-eu-west-1.amazonaws.com": "lake",
		"arn:aws:logs:eu-west-1:1:log-group:a":    "arn:aws:logs:eu-west-1:1:log-group:a",
	} {
		if got := bucketOnly(resource.StringAt(source.Range{}, text)).Text; got != want {
			t.Errorf("bucketOnly(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestOtherAccount(t *testing.T) {
	one := account{root: "a", id: "111111111111"}
	for _, test := range []struct {
		name string
		a, b account
		want model.Tri
	}{
		{"ids differ", one, account{root: "b", id: "222222222222"}, model.Yes},
		{"ids agree across stacks", one, account{root: "b", id: "111111111111"}, model.No},
		{"one configuration", account{root: "a"}, account{root: "a"}, model.No},
		{"two profiles", account{root: "a", credentials: "=x"}, account{root: "a", credentials: "=y"}, model.Maybe},
		{"two stacks", account{root: "a"}, account{root: "b"}, model.Maybe},
		{"handed in from outside", account{root: "a", open: true}, account{root: "a", open: true}, model.Maybe},
	} {
		if got := otherAccount(test.a, test.b); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestTags: the provider's default_tags lie below the resource's own.
func TestTags(t *testing.T) {
	archive := txtar.Parse([]byte(`
-- main.tf --
variable "owner" {}
provider "aws" {
  default_tags {
    tags = {
      stage = "shared"
      cost  = "42"
      owner = var.owner
    }
  }
}
resource "aws_s3_bucket" "raw" {
  tags = {
    stage = "raw"
  }
}
`))
	m := maptest.Model(t, archive, []maptest.Analyzer{terraform.New()}, Mappers())
	for _, a := range m.Assets {
		if a.Type == "aws_s3_bucket" && (len(a.Tags) != 2 || a.Tags["stage"] != "raw" || a.Tags["cost"] != "42") {
			t.Errorf("tags are %v", a.Tags)
		}
	}
}

// BenchmarkMappers maps a stack of 500 buckets with their attachments and a
// backup plan that selects by tag.
func BenchmarkMappers(b *testing.B) {
	var text strings.Builder
	text.WriteString(`provider "aws" { region = "eu-west-1" }
resource "aws_backup_plan" "p" {
  rule {
    target_vault_name = "Default"
  }
}
resource "aws_backup_selection" "s" {
  plan_id   = aws_backup_plan.p.id
  resources = ["arn:aws:s3:::lake-*"]
}
`)
	for i := range 500 {
		fmt.Fprintf(&text, `resource "aws_s3_bucket" "b%[1]d" {
  bucket = "lake-%[1]d"
}
resource "aws_s3_bucket_versioning" "b%[1]d" {
  bucket = aws_s3_bucket.b%[1]d.id
  versioning_configuration { 
    status = "Enabled"
  }
}
`, i)
	}
	tree := source.Tree{FS: fstest.MapFS{"main.tf": {Data: []byte(text.String())}}, Files: []string{"main.tf"}}
	resources := terraform.New().Analyze(b.Context(), tree, tree.Files).Resources
	if len(resources) < 1000 {
		b.Fatalf("%d resources", len(resources))
	}
	for b.Loop() {
		draft.Build(tree, resources, Mappers())
	}
}
