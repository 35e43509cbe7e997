// Package scan is the pipeline: files in, report out. Each stage takes values
// and returns values; nothing flows back.
package scan

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/baseline"
	"github.com/drlint/drlint/internal/declaration"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/mapping"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/remedy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/stage"
	"github.com/drlint/drlint/internal/suppression"
)

// Options are everything that a scan depends on; two runs with equal options
// give equal reports.
type Options struct {
	Tree source.Tree
	// Only limits the findings to files below these paths; empty means all. The
	// whole tree is always read.
	Only      []string
	Analyzers []analyzers.Analyzer
	// Rules are the embedded rules and the users' own.
	Rules  *policy.Ruleset
	Policy policy.Options
	// Severities replaces the severity of rules.
	Severities map[string]finding.Severity
	Stages     []stage.Declaration
	// Declared is what people state about the platform and its assets.
	Declared declaration.Declarations
	// DataPlatform overrides whether repository-wide rules speak; nil leaves it to what is found.
	DataPlatform *bool
	PlatformName string
	Accepted     []finding.Acceptance
	// NoIgnore reports what comments and Accepted cover like everything else.
	NoIgnore bool
	// Baseline holds what was known before; nil where there is none.
	Baseline *baseline.Baseline
	Version  string
	// Progress, when given, is told what the scan is doing, from one goroutine.
	Progress func(Phase)
}

// Run scans.
func Run(ctx context.Context, o Options) (*report.Report, error) {
	defer o.tell(Done, 0)
	o = o.sorted()
	read := reading{comments: commented(o)}
	read.files, read.resources, read.diagnostics = analyze(ctx, o)
	r, err := conclude(ctx, o, read)
	if err != nil {
		return nil, err
	}
	remedy.Attach(remedy.Scan{FS: o.Tree.FS, Model: r.Model, Resources: read.resources, Settings: o.Policy.Settings}, r.Findings)
	return r, nil
}

// reading is what the files of a tree hold.
type reading struct {
	files       int // that some format read
	resources   []resource.Resource
	diagnostics []source.Diagnostic
	comments    func() []suppression.Comment
}

// conclude judges what was read.
func conclude(ctx context.Context, o Options, read reading) (*report.Report, error) {
	resources, diagnostics := read.resources, read.diagnostics
	m, notes := modelOf(o, resources)
	judged, err := judge(ctx, o, m, originsOf(resources), gradesOf(o, resources, m))
	if err != nil {
		return nil, err
	}
	sources := source.NewStore(o.Tree.FS)
	ignoring := ignore(o, read.comments(), &judged, diagnostics, sources)
	findings := finding.Group(judged.verdicts, environmentsOf(resources), func(f finding.Finding) bool { return concerns(o.Only, f) })
	soften(findings)
	findings = append(findings, ignoring...)
	finding.Sort(findings)
	outdated, moved := recognise(o, &judged, findings, complete(diagnostics))
	r := &report.Report{
		Version: o.Version, Findings: findings, Assets: assetsWithin(o.Only, m.Assets), Sources: sources,
		Diagnostics: ordered(diagnostics, notes, judged.problems, outdatedNote(o.Baseline, outdated), movedNote(o.Baseline, moved)), Rules: evaluated(judged.counts),
		Profile: o.Policy.Profile, RuleSet: o.Policy.RuleSet,
		Model: m, Shown: func(a *model.Asset) bool { return below(o.Only, a.At.File) },
	}
	r.Moved = moved
	for _, e := range outdated {
		r.Outdated = append(r.Outdated, e.Identity)
	}
	r.Summary = summarize(r, judged.counts, read.files)
	return r, nil
}

// Inventory reads and maps without judging.
func Inventory(ctx context.Context, o Options) *report.Report {
	defer o.tell(Done, 0)
	o = o.sorted()
	files, resources, diagnostics := analyze(ctx, o)
	m, notes := modelOf(o, resources)
	r := &report.Report{
		Version: o.Version, Assets: assetsWithin(o.Only, m.Assets), Sources: source.NewStore(o.Tree.FS),
		Diagnostics: ordered(diagnostics, notes),
	}
	for _, f := range m.Flows {
		if below(o.Only, f.At.File) {
			r.Flows = append(r.Flows, f)
		}
	}
	for _, p := range m.Pipelines {
		if below(o.Only, p.At.File) {
			r.Pipelines = append(r.Pipelines, p)
		}
	}
	r.Summary = report.Summary{Files: files, Assets: len(r.Assets)}
	return r
}

// sorted keeps the promise that a tree makes about the order of its files,
// whoever lists them.
func (o Options) sorted() Options {
	o.Tree.Files = slices.Sorted(slices.Values(o.Tree.Files))
	return o
}

// Model builds the model that rules are asked about.
func Model(o Options, resources []resource.Resource) *model.Model {
	m, _ := modelOf(o, resources)
	return m
}

// modelOf builds the model and reports what is declared and changes nothing, and
// what is missing from it.
func modelOf(o Options, resources []resource.Resource) (*model.Model, []source.Diagnostic) {
	o.tell(Modelling, len(resources))
	m := mapping.Build(o.Tree, resources)
	stage.Infer(m, o.Stages)
	describePlatform(m, o, resources)
	notes := declaration.Apply(m, o.Declared, o.Policy.Now)
	recovery.Compute(m)
	return m, append(notes, unreadModules(m, resources)...)
}

// analyze lets every format read its files, all at once.
func analyze(ctx context.Context, o Options) (files int, resources []resource.Resource, diagnostics []source.Diagnostic) {
	o.tell(Reading, len(o.Tree.Files))
	results := make([]resource.Result, len(o.Analyzers))
	var wait sync.WaitGroup
	for i, analyzer := range o.Analyzers {
		if claimed := claimed(analyzer, o.Tree); len(claimed) > 0 {
			wait.Go(func() { results[i] = analyzer.Analyze(ctx, o.Tree, claimed) })
		}
	}
	wait.Wait()
	return gather(o.Tree, results)
}

func claimed(analyzer analyzers.Analyzer, tree source.Tree) (files []string) {
	for _, file := range tree.Files {
		if analyzer.Claims(file) {
			files = append(files, file)
		}
	}
	return files
}

// gather joins what the formats read.
func gather(tree source.Tree, results []resource.Result) (files int, resources []resource.Resource, diagnostics []source.Diagnostic) {
	for _, result := range results {
		files += result.Files
		resources = append(resources, result.Resources...)
		diagnostics = append(diagnostics, result.Diagnostics...)
	}
	return files, resources, append(diagnostics, unusedEnvironments(tree, resources)...)
}

// Today is the date that rules see, without the time of day, so that the
// verdict of one day is one verdict.
func Today(now time.Time) time.Time {
	return now.UTC().Truncate(24 * time.Hour)
}
