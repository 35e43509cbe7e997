package rules_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/rules"
)

// estate is a model of about n assets as the whole pipeline makes it: many
// teams that each run what testdata/estate.tf declares. Each is modelled by
// itself, so that only the rules work on all of them at once.
func estate(tb testing.TB, n int) *model.Model {
	tb.Helper()
	text, err := os.ReadFile("testdata/estate.tf")
	if err != nil {
		tb.Fatal(err)
	}
	var all model.Model
	for team := 1; len(all.Assets) < n; team++ {
		name := fmt.Sprintf("team%d", team)
		file := name + "/main.tf"
		tree := source.Tree{Name: "estate", Files: []string{file}, FS: fstest.MapFS{
			file: &fstest.MapFile{Data: bytes.ReplaceAll(text, []byte("team0"), []byte(name))},
		}}
		var resources []resource.Resource
		for _, analyzer := range analyzers.All() {
			if analyzer.Claims(file) {
				resources = append(resources, analyzer.Analyze(context.Background(), tree, tree.Files).Resources...)
			}
		}
		m := scan.Model(scan.Options{Tree: tree}, resources)
		all.Platform = m.Platform
		all.Flows, all.Pipelines = append(all.Flows, m.Flows...), append(all.Pipelines, m.Pipelines...)
		all.Assets = append(all.Assets, slices.DeleteFunc(m.Assets, func(a *model.Asset) bool { return team > 1 && a.At.File != file })...)
	}
	slices.SortFunc(all.Assets, func(a, b *model.Asset) int { return strings.Compare(a.ID, b.ID) })
	return &all
}

// rawStores is a model of n stores of raw data, the worst case: every rule finds
// something, half of them replicate into the next one, some keep no versions.
func rawStores(tb testing.TB, n int) *model.Model {
	tb.Helper()
	m := &model.Model{}
	for i := range n {
		at := source.Range{File: "main.tf", Start: i, End: i + 1}
		a := &model.Asset{
			ID: fmt.Sprintf(".#a%06d", i), Kind: model.ObjectStore, Provider: "aws", Service: "s3", Type: "aws_s3_bucket",
			Address: fmt.Sprintf("aws_s3_bucket.a%06d", i), Region: model.KnownFact("eu-west-1", at), At: at, Body: at,
			Stages: []model.StageFact{{Stage: model.Raw, Confidence: model.Medium, At: at}}, Protections: map[string]model.Protection{},
			Expiries: []model.Expiry{{Target: "current", Days: model.KnownFact(float64(i%30), at), Scope: model.Whole, At: at}},
		}
		for _, name := range model.ProtectionsOf(a.Kind) {
			a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: at}
		}
		state := []model.ProtectionState{model.On, model.Off, model.Undecided}[i%3]
		a.Protections[model.Versioning] = model.Protection{State: state, Scope: model.Whole, At: at, Means: []model.Means{
			{Mechanism: "s3.versioning", State: state, Scope: model.Whole, Window: model.KnownFact(model.Forever, at), At: at},
		}}
		if i%2 == 0 {
			a.Protections[model.GeoReplication] = model.Protection{State: model.On, Scope: model.Whole, At: at, Means: []model.Means{{
				Mechanism: "s3.replication", State: model.On, Scope: model.Whole, PropagatesDeletes: model.Yes, At: at,
				OtherRegion: []model.Tri{model.Yes, model.No}[i/2%2],
			}}}
			a.Relations = []model.Relation{{Type: "replicates_to", Target: fmt.Sprintf(".#a%06d", (i+1)%n), At: at}}
		}
		m.Assets = append(m.Assets, a)
	}
	recovery.Compute(m)
	return m
}

// BenchmarkEval shows what all embedded rules cost and whether their time grows
// in line with the number of assets.
func BenchmarkEval(b *testing.B) {
	for _, mix := range []struct {
		name string
		of   func(testing.TB, int) *model.Model
	}{{"estate", estate}, {"raw", rawStores}} {
		for _, n := range []int{1000, 2500, 5000, 10000} {
			b.Run(fmt.Sprintf("%s/assets=%d", mix.name, n), func(b *testing.B) { benchmark(b, mix.of(b, n), policy.Options{}) })
		}
	}
}

// BenchmarkEachRule shows which rule is slow.
func BenchmarkEachRule(b *testing.B) {
	index, err := rules.Index()
	if err != nil {
		b.Fatal(err)
	}
	m := estate(b, 2500)
	for _, rule := range index {
		b.Run(rule.ID, func(b *testing.B) { benchmark(b, m, policy.Options{Only: []string{rule.ID}}) })
	}
}

// benchmark evaluates compiled rules over a model; a rule that gives up is no
// fast one.
func benchmark(b *testing.B, m *model.Model, options policy.Options) {
	b.Helper()
	set := embedded(b)
	if err := set.Compile(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		out, err := set.Eval(context.Background(), m, options)
		if err != nil || len(out.Problems) > 0 {
			b.Fatal(err, out.Problems)
		}
	}
}

// BenchmarkLoad is what a process pays before it can judge anything: the index,
// and the rules of one kind or of all.
func BenchmarkLoad(b *testing.B) {
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			embedded(b)
		}
	})
	b.Run("compile", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := embedded(b).Compile(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func embedded(b *testing.B) *policy.Ruleset {
	b.Helper()
	index, err := rules.Index()
	if err != nil {
		b.Fatal(err)
	}
	set, err := policy.Load(rules.FS, index)
	if err != nil {
		b.Fatal(err)
	}
	return set
}
