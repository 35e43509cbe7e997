package terraform

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestClaims(t *testing.T) {
	t.Parallel()
	want := map[string]bool{
		"main.tf": true, "a/b/main.tf": true, "main.tf.json": true, "main.tofu": true, "main.tofu.json": true,
		"override.tf": true, "terraform.tfvars": true, "a/terraform.tfvars.json": true, "x.auto.tfvars": true,
		"x.auto.tfvars.json": true,
		"env/prod.tfvars":    true, "prod.tfvars.json": true,
		"example.tfvars": false, "terraform.tfvars.example": false, "prod.tfvars.tpl": false, "dev-sample.tfvars": false,
		"terragrunt.hcl": true, "live/terragrunt.stack.hcl": true, "root.hcl": true, "env.hcl": false,
		"modules/a/.boilerplate/terragrunt.hcl": false, "live/a/.terragrunt-cache/x/y/main.tf": false,
		"prod.tfbackend": false, "main.tftest.hcl": false, ".hidden.tf": false, "main.tf~": false, "#main.tf#": false,
		".tf": false, "main.json": false, "a.tf/readme.md": false, ".terraform.lock.hcl": false, "terraform.tfstate": false,
	}
	analyzer := New()
	for path, claimed := range want {
		if got := analyzer.Claims(path); got != claimed {
			t.Errorf("Claims(%q) = %v", path, got)
		}
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	want := map[string]role{
		"main.tf": primary, "override.tf": override, "a_override.tf": override, "a_override.tf.json": override,
		"override.tofu": override, "overrides.tf": primary, "terraform.tfvars": variables, "x.tfvars": parameters,
	}
	for path, wanted := range want {
		if got := roleOf(path); got != wanted {
			t.Errorf("roleOf(%q) = %d, want %d", path, got, wanted)
		}
	}
}

func TestItself(t *testing.T) {
	t.Parallel()
	tree := source.Tree{Name: "terraform-aws-lake", Remotes: []string{"git@github.com:Acme/terraform-aws-lake.git"}}
	want := map[string]string{
		"acme/lake/aws":                                                             ".",
		"registry.terraform.io/acme/lake/aws":                                       ".",
		"acme/lake/aws//modules/sub":                                                "modules/sub",
		"github.com/acme/terraform-aws-lake":                                        ".",
		"git@github.com:acme/terraform-aws-lake.git":                                ".",
		"git::ssh://git@github.com/acme/terraform-aws-lake":                         ".",
		"git::https://github.com/acme/terraform-aws-lake.git//modules/sub?ref=v1.2": "modules/sub",
		"https://github.com/acme/terraform-aws-lake.git//a":                         "a",
	}
	for from, dir := range want {
		if got, ok := itself(tree, from); !ok || got != dir {
			t.Errorf("itself(%q) = %q, %v, want %q", from, got, ok, dir)
		}
	}
	for _, from := range []string{
		"acme/lake/google", "acme/vpc/aws", "github.com/acme/terraform-aws-vpc", "lake", "./modules/lake", "",
		"acme/lake/aws//../../etc", "s3::https://s3.amazonaws.com/bucket/lake.zip", "https://example.com/lake.zip",
		"acme//aws", "git::https://example.com/acme/terraform-aws-lake.git",
	} {
		if got, ok := itself(tree, from); ok {
			t.Errorf("itself(%q) = %q", from, got)
		}
	}
}

func TestKeySuffix(t *testing.T) {
	t.Parallel()
	want := map[string]cty.Value{
		`["eu"]`:     cty.StringVal("eu"),
		`["a\"b"]`:   cty.StringVal(`a"b`),
		`[0]`:        cty.NumberIntVal(0),
		`[1.5]`:      cty.NumberFloatVal(1.5),
		"":           cty.DynamicVal,
		`["marked"]`: cty.StringVal("marked").Mark(whyMark("x")),
	}
	for suffix, key := range want {
		if got := keySuffix(key); got != suffix {
			t.Errorf("keySuffix(%#v) = %s, want %s", key, got, suffix)
		}
	}
}

// TestMarksAreLimited keeps the marks of one value bounded and the choice stable.
func TestMarksAreLimited(t *testing.T) {
	t.Parallel()
	marks := cty.ValueMarks{}
	for i := range 1000 {
		marks[refTo(fmt.Sprintf("r%04d", i), "")] = struct{}{}
		marks[whyMark(fmt.Sprintf("w%04d", i))] = struct{}{}
	}
	from := read(carry(cty.DynamicVal, marks).Marks(), nil)
	if len(from.refs) != refLimit || from.refs[0].ID != "r0000" {
		t.Errorf("%d references, first %v", len(from.refs), from.refs[0])
	}
	if want := "w0000 and w0001 and w0002 and more"; from.why() != want {
		t.Errorf("why %q, want %q", from.why(), want)
	}
}

// TestDeterminism evaluates all archives as one repository, on one core and on many.
func TestDeterminism(t *testing.T) {
	archive := &txtar.Archive{}
	for _, name := range []string{"modules", "providers", "expansion", "marks", "sources", "json", "syntax", "environments", "terragrunt", "stack"} {
		part, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range part.Files {
			if file.Name != "want" {
				archive.Files = append(archive.Files, txtar.File{Name: name + "/" + file.Name, Data: file.Data})
			}
		}
	}
	tree, _ := analyzertest.TreeOf(archive)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := analyzertest.Dump(tree.FS, analyze(tree))
	runtime.GOMAXPROCS(8)
	for range 5 {
		if diff := cmp.Diff(want, analyzertest.Dump(tree.FS, analyze(tree))); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestModuleDepth calls modules deeper than Terraform code goes.
func TestModuleDepth(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	tree := source.Tree{FS: files}
	for i := range moduleDepth + 5 {
		name := fmt.Sprintf("m%02d/main.tf", i)
		files[name] = &fstest.MapFile{Data: fmt.Appendf(nil, "module \"next\" {\n  source = \"../m%02d\"\n}\n", i+1)}
		tree.Files = append(tree.Files, name)
	}
	result := analyze(tree)
	var codes []string
	for _, d := range result.Diagnostics {
		codes = append(codes, d.Code)
	}
	if want := []string{"terraform/budget"}; !cmp.Equal(codes, want) {
		t.Errorf("diagnostics %v, want %v", codes, want)
	}
	last := result.Resources[0]
	if last.Mode != resource.NotFollowed || strings.Count(last.Address, "module.next") != moduleDepth+1 {
		t.Errorf("%s %s", last.Mode, last.Address)
	}
}

// TestCancelled stops early and still returns what is consistent.
func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	files := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte("resource \"a\" \"b\" {}\n")}}
	result := New().Analyze(ctx, source.Tree{FS: files, Files: []string{"main.tf"}}, []string{"main.tf"})
	if len(result.Resources) != 0 {
		t.Errorf("%d resources", len(result.Resources))
	}
}

// TestUnreadable reports a file that cannot be opened and reads the others.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte("resource \"a\" \"b\" {}\n")}}
	result := New().Analyze(context.Background(), source.Tree{FS: files}, []string{"gone.tf", "main.tf"})
	if len(result.Diagnostics) != 1 || result.Diagnostics[0].Code != "guard/unreadable" || result.Diagnostics[0].At.File != "gone.tf" {
		t.Errorf("diagnostics %v", result.Diagnostics)
	}
	if result.Files != 1 {
		t.Errorf("%d files", result.Files)
	}
}
