package report_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/rules"
)

// scanned runs the whole pipeline over a tree.
func scanned(t *testing.T, fsys fs.FS, name string) *report.Report {
	t.Helper()
	index, err := rules.Index()
	if err != nil {
		t.Fatal(err)
	}
	set, err := policy.Load(rules.FS, index)
	if err != nil {
		t.Fatal(err)
	}
	tree, diagnostics, err := discover.Walk(fsys, discover.Options{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	r, err := scan.Run(context.Background(), scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	r.Diagnostics = append(r.Diagnostics, diagnostics...)
	return r
}

// attack tries to leave the place of a text in the page, whatever that place is.
const attack = `</script></style><script>document.title='owned'</script><img src=x onerror="document.title='owned'">' onfocus=alert(1) " autofocus `

// TestHostileRepository: what a repository calls its files and its stores is
// text in the page and nothing else.
func TestHostileRepository(t *testing.T) {
	browser := startBrowser(t)
	dir := "in\u202efra " + strings.NewReplacer("/", "\u2215").Replace(attack)
	quoted := strings.NewReplacer(`"`, `\"`).Replace(attack)
	fsys := fstest.MapFS{
		dir + "/main.tf": {Data: []byte("# " + attack + "\u202e\n" +
			"resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"raw-" + quoted + "\u202e\"\n  tags = { stage = \"raw\" } # \x01" + attack + "\n}\n")},
		dir + "/broken.tf":                   {Data: []byte("resource \"" + attack)},
		"broken " + dir + "/x.tf":            {Data: []byte("x = \"\x00\"")},
		".github/workflows/" + "x'\"<b>.yml": {Data: []byte("name: \"" + quoted + "\"\non: push\njobs: {}\n")},
	}
	r := scanned(t, fsys, attack)
	if len(r.Findings) == 0 || len(r.Diagnostics) < 2 || len(r.Assets) == 0 {
		t.Fatalf("%d findings, %d diagnostics, %d assets", len(r.Findings), len(r.Diagnostics), len(r.Assets))
	}
	p := open(t, browser, r)
	p.click("#all")
	if title := eval[string](p, "document.title"); !strings.Contains(title, "<img src=x") {
		t.Errorf("the title is %q", title)
	}
	if n := eval[int](p, `document.querySelectorAll("script").length`); n != 1 {
		t.Errorf("%d scripts", n)
	}
	if found := eval[[]string](p, `[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on") || a.name === "style" || a.name === "autofocus")).map((e) => e.outerHTML)`); len(found) > 0 {
		t.Errorf("attributes from the repository: %v", found)
	}
	if n := eval[int](p, `document.querySelectorAll("body img:not(.picture img), body b:has(b)").length`); n > 0 {
		t.Errorf("%d elements from the repository", n)
	}
	if text := eval[string](p, "document.body.textContent"); strings.ContainsAny(text, "\u202e\x00\x01") {
		t.Error("a mark that hides or reorders text is in the page as it is")
	}
}

// TestPlatforms opens the page of every example platform.
func TestPlatforms(t *testing.T) {
	browser := startBrowser(t)
	dirs, err := filepath.Glob("../../testdata/repos/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no example platforms: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			r := scanned(t, os.DirFS(dir), filepath.Base(dir))
			p := open(t, browser, r)
			if eval[int](p, `document.querySelectorAll(".finding").length`) != len(r.Findings) {
				t.Error("not every finding is on the page")
			}
			p.click("#all")
		})
	}
}
