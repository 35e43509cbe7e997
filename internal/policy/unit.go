package policy

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Unit is the result of one unit test of a rule: a rule whose name begins with
// test_ in a file that ends in _test.rego.
type Unit struct {
	Name   string // "custom.owner.test_names_the_owner"
	File   string // below the directory of the rules
	Line   int
	Passed bool
	// Skipped tests are named todo_test_….
	Skipped bool
	// Message says why it did not pass; FailedLine is the line that did not hold,
	// 0 when none is known.
	Message    string
	FailedLine int
	// Output is what the test printed.
	Output string
}

// UnitOptions choose tests.
type UnitOptions struct {
	// Run is a regular expression over names; empty means all.
	Run string
	// Coverage, when given, learns which lines the tests reach.
	Coverage *Coverage
}

// RunUnits compiles users' rules with their tests and runs these, ordered by
// file and line. Problems are files that cannot be compiled; the other files
// are tested without them.
func RunUnits(ctx context.Context, fsys fs.FS, o UnitOptions) ([]Unit, []Problem, error) {
	modules, problems := testModules(fsys)
	if len(modules) == 0 {
		return nil, problems, nil
	}
	runner := tester.NewRunner().SetModules(modules).SetCompiler(testCompiler()).CapturePrintOutput(true).
		RaiseBuiltinErrors(true).SetTimeout(DefaultTimeout).EnableTracing(true).Filter(o.Run)
	units, err := collect(ctx, runner)
	if err != nil {
		return nil, problems, err
	}
	if o.Coverage != nil {
		// The library either traces or covers, so what is reached takes a run of its own.
		covering := tester.NewRunner().SetModules(modules).SetCompiler(testCompiler()).SetTimeout(DefaultTimeout).
			SetCoverageQueryTracer(o.Coverage.lines).SetCoverageRuns(nil).Filter(o.Run)
		if _, err := collect(ctx, covering); err != nil {
			return nil, problems, err
		}
	}
	return units, problems, nil
}

func collect(ctx context.Context, runner *tester.Runner) ([]Unit, error) {
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return nil, err
	}
	var units []Unit
	for result := range results {
		units = append(units, unitOf(result))
	}
	slices.SortFunc(units, func(a, b Unit) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Name, b.Name))
	})
	return units, ctx.Err()
}

// testModules parses all files and leaves out those that do not compile.
func testModules(fsys fs.FS) (map[string]*ast.Module, []Problem) {
	names, problems := regoFiles(fsys, true)
	modules := map[string]*ast.Module{}
	for _, name := range names {
		f, found := parse(fsys, name, false)
		if len(found) > 0 {
			problems = append(problems, found...)
			continue
		}
		modules[name] = f.module
	}
	for len(modules) > 0 {
		compiler := testCompiler()
		if compiler.Compile(modules); !compiler.Failed() {
			break
		}
		before := len(modules)
		for _, p := range problemsOf("rule/compile", "", compiler.Errors) {
			delete(modules, p.File)
			problems = append(problems, p)
		}
		if len(modules) == before { // an error without a place: nothing can be kept
			clear(modules)
		}
	}
	sortProblems(problems)
	return modules, problems
}

// testCompiler compiles as strictly as rules are compiled for a scan; tests may
// print, and the library marks the cases of a table of tests.
func testCompiler() *ast.Compiler {
	extended := *capabilities()
	for _, b := range ast.CapabilitiesForThisVersion().Builtins {
		if b.Name == ast.InternalTestCase.Name {
			extended.Builtins = append(slices.Clone(extended.Builtins), b)
		}
	}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, rootSchema())
	return ast.NewCompiler().WithCapabilities(&extended).WithDefaultRegoVersion(ast.RegoV1).
		WithStrict(true).WithSchemas(schemas).WithEnablePrintStatements(true).SetErrorLimit(0)
}

func unitOf(r *tester.Result) Unit {
	u := Unit{
		Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, File: r.Location.File, Line: r.Location.Row,
		Passed: r.Pass(), Skipped: r.Skip, Output: strings.TrimRight(string(r.Output), "\n"),
	}
	switch {
	case r.Error != nil:
		u.Message = oneLine(r.Error.Error())
	case r.Fail:
		u.Message = "does not hold"
		if at := failedAt(r); at != nil {
			u.FailedLine, u.Message = at.Row, "does not hold: "+oneLine(string(at.Text))
		}
		if failing := failingCases(r); failing != "" {
			u.Message = "does not hold in the case " + failing
		}
	}
	return u
}

// failedAt is the last expression of the test itself that was undefined or
// false. Later ones were never reached.
func failedAt(r *tester.Result) (at *ast.Location) {
	for _, event := range r.Trace {
		if event.Op != topdown.FailOp || event.Location == nil || event.Location.File != r.Location.File {
			continue
		}
		if event.Location.Row >= r.Location.Row && event.Location.Row <= r.Location.Row+strings.Count(string(r.Location.Text), "\n") {
			at = event.Location
		}
	}
	return at
}

// failingCases names the cases of a table of tests that failed.
func failingCases(r *tester.Result) string {
	var names []string
	for name, sub := range r.SubResults.Iter {
		if sub.Fail && len(sub.SubResults) == 0 {
			names = append(names, strings.Join(name, "/"))
		}
	}
	return strings.Join(names, ", ")
}
