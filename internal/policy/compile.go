package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/policy/machine"
)

// rule is one rule and, once it was needed, its prepared query.
type rule struct {
	about *finding.Rule
	group *group
	path  string
	text  string // the query; known once the file is parsed
	query *rego.PreparedEvalQuery
	batch *batch // what it was compiled with
	// planned is the name of the function that evaluates each of its sets.
	planned map[string]string
}

// document is the package of an embedded rule, as it is written in plans.
func (r *rule) document() string {
	ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm(embeddedPrefix)}
	for segment := range strings.SplitSeq(strings.ReplaceAll(r.about.ID, "-", "_"), "/") {
		ref = append(ref, ast.StringTerm(segment))
	}
	return ref.String()
}

// group holds rules that may refer to the same libraries.
type group struct {
	fsys      fs.FS
	libraries []string
	mu        sync.Mutex // guards the queries of the group's rules
	// compiler holds all rules of a group that was compiled as a whole.
	compiler *ast.Compiler

	// plans hold the plans of files by name, and program what was linked of them.
	// A group one of whose plans is missing is unplanned: it is compiled.
	plans     map[string]*machine.Plan
	planned   []string
	program   *machine.Program
	unplanned bool
}

// Compile prepares every rule. It is never necessary; it moves the work to a
// time of the caller's choice, such as while files are still being read.
func (s *Ruleset) Compile(ctx context.Context) error {
	_, err := prepare(ctx, s.rules)
	return err
}

// prepare makes what evaluates the rules: a program for each group that has
// plans, queries for the others.
func prepare(ctx context.Context, rules []*rule) (programs map[*group]*machine.Program, err error) {
	programs = map[*group]*machine.Program{}
	groups := map[*group][]*rule{}
	var order []*group
	for _, r := range rules {
		if _, seen := groups[r.group]; !seen {
			order = append(order, r.group)
		}
		groups[r.group] = append(groups[r.group], r)
	}
	for _, g := range order {
		if programs[g], err = g.prepare(ctx, groups[g]); err != nil {
			return nil, err
		}
	}
	return programs, nil
}

func (g *group) prepare(ctx context.Context, rules []*rule) (*machine.Program, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if program := g.link(rules); program != nil {
		return program, nil
	}
	var missing []*rule
	for _, r := range rules {
		if r.query == nil {
			missing = append(missing, r)
		}
	}
	batches, err := g.compile(missing)
	if err != nil {
		return nil, err
	}
	errs := make([]error, len(batches))
	parallel(len(batches), func(i int) { errs[i] = batches[i].prepare(ctx) })
	return nil, errors.Join(errs...)
}

// batch holds rules that are compiled together, with the libraries they need.
type batch struct {
	rules    []*rule
	modules  map[string]*ast.Module
	compiler *ast.Compiler // nil until it is compiled
	explorer *explorer
}

// compile parses the rules, on as many processors as there are, and divides them
// by category: batches are compiled at the same time, and few libraries are
// needed in two of them.
func (g *group) compile(rules []*rule) ([]*batch, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	if g.compiler != nil {
		return []*batch{{rules: rules, compiler: g.compiler}}, nil
	}
	names := slices.Clone(g.libraries)
	for _, r := range rules {
		names = append(names, r.path)
	}
	files, problems := make([]*file, len(names)), make([][]Problem, len(names))
	parallel(len(names), func(i int) { files[i], problems[i] = parse(g.fsys, names[i], false) })
	if at := slices.Index(files, nil); at >= 0 {
		return nil, joined(problems[at])
	}
	libraries := files[:len(g.libraries)]
	byCategory := map[string]*batch{}
	var batches []*batch
	for i, f := range files[len(libraries):] {
		category, _, _ := strings.Cut(rules[i].about.ID, "/")
		b := byCategory[category]
		if b == nil {
			b = &batch{modules: map[string]*ast.Module{}}
			byCategory[category], batches = b, append(batches, b)
		}
		rules[i].text = f.query()
		b.rules = append(b.rules, rules[i])
		b.add(f, libraries)
	}
	return batches, nil
}

// add adds a file and the libraries that it imports, which may import others.
func (b *batch) add(f *file, libraries []*file) {
	if b.modules[f.path] != nil {
		return
	}
	b.modules[f.path] = f.module
	for _, imported := range f.module.Imports {
		for _, library := range libraries {
			if imported.Path.Equal(ast.NewTerm(library.module.Package.Path)) {
				b.add(library, libraries)
			}
		}
	}
}

// prepare compiles the rules, unless that is done, and makes their queries.
// Strictness and the schema are left to Check.
func (b *batch) prepare(ctx context.Context) error {
	if b.compiler == nil {
		b.compiler = ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1).WithSkipStages(proven...)
		if b.compiler.Compile(b.modules); b.compiler.Failed() {
			return joined(problemsOf("rule/compile", "", b.compiler.Errors))
		}
	}
	b.explorer = newExplorer(b.compiler)
	for _, r := range b.rules {
		var err error
		if r.query, err = query(ctx, b.compiler, r.text); err != nil {
			return fmt.Errorf("rule %s: %w", r.about.ID, err)
		}
		r.batch = b
	}
	return nil
}

// documentsOf lists the shared documents that a rule refers to.
func (b *batch) documentsOf(r *rule) []*document {
	b.explorer.mu.Lock()
	defer b.explorer.mu.Unlock()
	return b.explorer.below(b.compiler.Modules[r.path].Rules)
}

func query(ctx context.Context, compiler *ast.Compiler, text string) (*rego.PreparedEvalQuery, error) {
	prepared, err := rego.New(rego.Query(text), rego.Compiler(compiler), rego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	return &prepared, nil
}

// proven are the stages of the compiler that only look for faults, which rules
// that are part of drlint were found free of when they were built.
var proven = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageParseMetadataBlocks, ast.StageSetAnnotationSet, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs,
	ast.StageCheckSafetyRuleHeads, ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
}

// compileGood compiles files strictly and against the schema, leaving out those
// with errors until the rest compiles. It returns the files left out.
func (g *group) compileGood(files []*file) (rejected map[string]bool, problems []Problem) {
	rejected = map[string]bool{}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, rootSchema())
	for {
		modules := map[string]*ast.Module{}
		for _, f := range files {
			if !rejected[f.path] {
				modules[f.path] = f.module
			}
		}
		compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1).
			WithStrict(true).WithSchemas(schemas).SetErrorLimit(0)
		if compiler.Compile(modules); !compiler.Failed() {
			g.compiler = compiler
			return rejected, problems
		}
		before := len(rejected)
		for _, p := range problemsOf("rule/compile", "", compiler.Errors) {
			if _, ok := modules[p.File]; ok {
				rejected[p.File] = true
			}
			problems = append(problems, p)
		}
		if len(rejected) == before { // an error without a place: nothing can be kept
			for _, f := range files {
				rejected[f.path] = true
			}
		}
	}
}

func joined(problems []Problem) error {
	errs := make([]error, len(problems))
	for i, p := range problems {
		errs[i] = p
	}
	return errors.Join(errs...)
}

// parallel calls work for 0 … n-1 on all processors and waits.
func parallel(n int, work func(int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	next := make(chan int)
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
