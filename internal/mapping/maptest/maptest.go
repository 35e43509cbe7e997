// Package maptest shows what mappers make of real configuration. It is used by
// the mappers' tests only.
package maptest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Analyzer is the part of analyzers.Analyzer that is needed here.
type Analyzer interface {
	Claims(path string) bool
	Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result
}

// Model reads the files of an archive with the analyzers and maps them.
// Diagnostics fail the test: a fixture must be readable.
func Model(t *testing.T, archive *txtar.Archive, analyzers []Analyzer, mappers []draft.Mapper) *model.Model {
	t.Helper()
	fsys := fstest.MapFS{}
	tree := source.Tree{FS: fsys, Name: "platform"}
	for _, file := range archive.Files {
		fsys[file.Name] = &fstest.MapFile{Data: file.Data}
		tree.Files = append(tree.Files, file.Name)
	}
	slices.Sort(tree.Files)
	var resources []resource.Resource
	for _, analyzer := range analyzers {
		claimed := slices.DeleteFunc(slices.Clone(tree.Files), func(path string) bool { return !analyzer.Claims(path) })
		result := analyzer.Analyze(context.Background(), tree, claimed)
		for _, d := range result.Diagnostics {
			if d.Severity == source.Error {
				t.Errorf("%s: %s: %s", Where(archive, d.At), d.Code, d.Summary)
			}
		}
		resources = append(resources, result.Resources...)
	}
	return draft.Build(tree, resources, mappers)
}

// Describe writes a model as text: one paragraph an asset, one line a
// protection with its place, for comparison with an expectation.
func Describe(archive *txtar.Archive, m *model.Model) string {
	var b strings.Builder
	for _, a := range m.Assets {
		fmt.Fprintf(&b, "%s %s/%s %s\n", a.Kind, a.Provider, a.Service, a.Address)
		fmt.Fprintf(&b, "  name %s, region %s, at %s\n", fact(archive, a.Name), fact(archive, a.Region), Where(archive, a.At))
		if a.Within != "" {
			fmt.Fprintf(&b, "  within %s\n", a.Within)
		}
		for _, name := range model.ProtectionsOf(a.Kind) {
			describeProtection(&b, archive, name, a.Protections[name])
		}
		for _, name := range slices.Sorted(maps.Keys(a.Settings)) {
			fmt.Fprintf(&b, "  setting %s: %s\n", name, fact(archive, a.Settings[name]))
		}
		for _, e := range a.Expiries {
			fmt.Fprintf(&b, "  expires %s after %s days, %s %v at %s\n", e.Target, fact(archive, e.Days), e.Scope, e.Prefixes, Where(archive, e.At))
		}
		for _, mirror := range a.Mirrors {
			describeMirror(&b, archive, mirror)
		}
		for _, r := range a.Relations {
			fmt.Fprintf(&b, "  %s %s at %s\n", r.Type, r.Target, Where(archive, r.At))
		}
		for _, missing := range a.Missing {
			fmt.Fprintf(&b, "  missing %s %s at %s\n", missing.What, missing.Name, Where(archive, missing.At))
		}
	}
	for _, f := range m.Flows {
		describeFlow(&b, archive, f)
	}
	for _, p := range m.Pipelines {
		describePipeline(&b, archive, p)
	}
	return b.String()
}

// describePipeline writes what a pipeline rolls out; one that rolls out nothing
// is left out.
func describePipeline(b *strings.Builder, archive *txtar.Archive, p model.Pipeline) {
	if len(p.Deploys) == 0 {
		return
	}
	fmt.Fprintf(b, "pipeline %s %s %s %v at %s\n", p.Format, p.Path, p.Name, p.Triggers, Where(archive, p.At))
	for _, d := range p.Deploys {
		fmt.Fprintf(b, "  deploys %s by %s from %s to %s in %s, approved %s at %s\n",
			d.What, d.By, fact(archive, d.Source), fact(archive, d.Environment), fact(archive, d.Region), d.Approved, Where(archive, d.At))
	}
}

func describeFlow(b *strings.Builder, archive *txtar.Archive, f model.Flow) {
	fmt.Fprintf(b, "flow %s %s at %s\n", f.Activity, f.ID, Where(archive, f.At))
	for _, end := range []struct {
		word, id string
		fact     model.Fact
	}{{"from", f.From, f.Source}, {"to", f.To, f.Sink}} {
		fmt.Fprintf(b, "  %s %s [%s] at %s\n", end.word, fact(archive, end.fact), end.id, Where(archive, end.fact.At))
	}
	for _, line := range []struct {
		word string
		fact model.Fact
	}{{"mode", f.Mode}, {"write", f.Write}, {"dated", f.Dated}, {"interval", f.Interval}} {
		fmt.Fprintf(b, "  %s: %s at %s\n", line.word, fact(archive, line.fact), Where(archive, line.fact.At))
	}
	if f.Partitioned.Tri() == model.Yes {
		fmt.Fprintf(b, "  partitioned at %s\n", Where(archive, f.Partitioned.At))
	}
	fmt.Fprintf(b, "  triggers %v, runtime [%s]", f.Triggers, f.Runtime)
	if f.Reads != "" {
		fmt.Fprintf(b, ", reads %s", f.Reads)
	}
	fmt.Fprintln(b)
}

func describeProtection(b *strings.Builder, archive *txtar.Archive, name string, p model.Protection) {
	fmt.Fprintf(b, "  %s: %s", name, p.State)
	if p.State == model.On && p.Scope != model.Whole {
		fmt.Fprintf(b, " (%s)", p.Scope)
	}
	if p.Why != "" {
		fmt.Fprintf(b, ", %s", p.Why)
	}
	if p.Inherited != "" {
		fmt.Fprintf(b, ", from %s", p.Inherited)
	}
	fmt.Fprintf(b, " at %s\n", Where(archive, p.At))
	for _, m := range p.Means {
		fmt.Fprintf(b, "    %s %s by %s scope %s window %s interval %s region %s other_region %s other_account %s locked %s propagates_deletes %s",
			m.Mechanism, m.State, m.By, m.Scope, fact(archive, m.Window), fact(archive, m.Interval), fact(archive, m.Region),
			m.OtherRegion, m.OtherAccount, m.Locked, m.PropagatesDeletes)
		if m.Why != "" {
			fmt.Fprintf(b, ", %s", m.Why)
		}
		fmt.Fprintf(b, " at %s\n", Where(archive, m.At))
	}
}

func describeMirror(b *strings.Builder, archive *txtar.Archive, m model.Mirror) {
	fmt.Fprintf(b, "  mirror %s by %s at %s: target %s host %s same_host %s refs %s history %s deletes %s rewrites %s lfs %s triggers %v interval %s undeletable %s\n",
		m.Form, m.By, Where(archive, m.At), fact(archive, m.Target), fact(archive, m.Host), m.SameHost, fact(archive, m.Refs),
		fact(archive, m.History), fact(archive, m.PropagatesDeletes), fact(archive, m.Rewrites), fact(archive, m.LFS),
		m.Triggers, fact(archive, m.Interval), fact(archive, m.Undeletable))
}

func fact(_ *txtar.Archive, f model.Fact) string {
	switch f.State {
	case model.Known:
		text := fmt.Sprint(f.Value)
		if f.Defaulted {
			text += " (default)"
		}
		return text
	case model.Unknown:
		return "unknown (" + f.Why + ")"
	default:
		return "-"
	}
}

// Where writes a place as file:line:col-line:col, or "-" for none.
func Where(archive *txtar.Archive, at source.Range) string {
	for _, file := range archive.Files {
		if file.Name == at.File {
			lines := source.NewLines(file.Data)
			start, end := lines.Pos(at.Start), lines.Pos(at.End)
			return fmt.Sprintf("%s:%d:%d-%d:%d", at.File, start.Line, start.Column, end.Line, end.Column)
		}
	}
	return "-"
}
