package scan_test

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/rules"
)

func load(t testing.TB) *policy.Ruleset {
	t.Helper()
	index, err := rules.Index()
	if err != nil {
		t.Fatal(err)
	}
	set, err := policy.Load(rules.FS, index)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func examples(t *testing.T) []source.Tree {
	t.Helper()
	dirs, err := filepath.Glob("../../testdata/repos/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no example platforms: %v", err)
	}
	var trees []source.Tree
	for _, dir := range dirs {
		tree, _, err := discover.Walk(os.DirFS(dir), discover.Options{Name: dir})
		if err != nil {
			t.Fatal(err)
		}
		trees = append(trees, tree)
	}
	return trees
}

func run(t *testing.T, o scan.Options) *report.Report {
	t.Helper()
	r, err := scan.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSameInputSameBytes: the order of files and analyzers and the number of
// processors change nothing.
func TestSameInputSameBytes(t *testing.T) {
	set := load(t)
	for _, tree := range examples(t) {
		options := scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set}
		want := encoded(t, run(t, options))
		for seed := range uint64(3) {
			random := rand.New(rand.NewPCG(seed, seed))
			options.Tree.Files = slices.Clone(tree.Files)
			random.Shuffle(len(options.Tree.Files), func(i, j int) {
				options.Tree.Files[i], options.Tree.Files[j] = options.Tree.Files[j], options.Tree.Files[i]
			})
			slices.Reverse(options.Analyzers)
			before := runtime.GOMAXPROCS(int(seed) + 1)
			got := encoded(t, run(t, options))
			runtime.GOMAXPROCS(before)
			if !bytes.Equal(want, got) {
				t.Errorf("%s: another order of files gives another report", tree.Name)
			}
		}
	}
}

func encoded(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, write := range []report.Writer{report.JSON, report.SARIF, report.Text} {
		if err := write(&b, r, report.Options{Unknown: true}); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// TestEveryPlaceIsInAScannedFile: no report points anywhere else.
func TestEveryPlaceIsInAScannedFile(t *testing.T) {
	set := load(t)
	for _, tree := range examples(t) {
		r := run(t, scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set})
		check := func(what string, at source.Range) {
			data, err := fs.ReadFile(tree.FS, at.File)
			if err != nil || !slices.Contains(tree.Files, at.File) || at.Start < 0 || at.Start >= at.End || at.End > len(data) {
				t.Errorf("%s: %s is at %+v", tree.Name, what, at)
			}
		}
		for _, f := range r.Findings {
			checkFinding(f, check)
		}
		for _, a := range r.Assets {
			checkAsset(a, check)
		}
		if len(r.Findings) == 0 || len(r.Assets) == 0 {
			t.Errorf("%s: nothing was found", tree.Name)
		}
	}
}

func checkFinding(f finding.Finding, check func(string, source.Range)) {
	check(f.Rule.ID, f.At)
	for _, call := range f.Via {
		check(f.Rule.ID+" via "+call.Name, call.At)
	}
	for _, related := range f.Related {
		check(f.Rule.ID+" related", related.At)
	}
}

func checkAsset(a *model.Asset, check func(string, source.Range)) {
	check(a.Address, a.At)
	check(a.Address+" body", a.Body)
	for name, p := range a.Protections {
		check(a.Address+" "+name, p.At)
		for _, m := range p.Means {
			check(a.Address+" "+name+" by "+m.By, m.At)
		}
	}
	for name, fact := range a.Settings {
		check(a.Address+" "+name, fact.At)
	}
}
