package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/drlint/drlint/internal/finding"
)

// rule is one rule and, once it was needed, its prepared query.
type rule struct {
	about *finding.Rule
	group *group
	path  string
	text  string // the query; known once the file is parsed
	query *rego.PreparedEvalQuery
}

// group holds rules that may refer to the same libraries.
type group struct {
	fsys      fs.FS
	libraries []string
	mu        sync.Mutex // guards the queries of the group's rules
	// compiler holds all rules of a group that was compiled as a whole.
	compiler *ast.Compiler
}

// Compile prepares every rule. It is never necessary; it moves the work to a
// time of the caller's choice, such as while files are still being read.
func (s *Ruleset) Compile(ctx context.Context) error { return prepare(ctx, s.rules) }

// prepare makes the queries of rules that have none yet.
func prepare(ctx context.Context, rules []*rule) error {
	groups := map[*group][]*rule{}
	var order []*group
	for _, r := range rules {
		if _, seen := groups[r.group]; !seen {
			order = append(order, r.group)
		}
		groups[r.group] = append(groups[r.group], r)
	}
	for _, g := range order {
		if err := g.prepare(ctx, groups[g]); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) prepare(ctx context.Context, rules []*rule) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	var missing []*rule
	for _, r := range rules {
		if r.query == nil {
			missing = append(missing, r)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	compiler := g.compiler
	if compiler == nil {
		var err error
		if compiler, err = g.compile(missing); err != nil {
			return err
		}
	}
	for _, r := range missing {
		query, err := rego.New(rego.Query(r.text), rego.Compiler(compiler), rego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
		if err != nil {
			return fmt.Errorf("rule %s: %w", r.about.ID, err)
		}
		r.query = &query
	}
	return nil
}

// compile parses the rules, on as many processors as there are, and compiles
// them with the group's libraries. Strictness and the schema are left to Check.
func (g *group) compile(rules []*rule) (*ast.Compiler, error) {
	names := make([]string, 0, len(rules)+len(g.libraries))
	for _, r := range rules {
		names = append(names, r.path)
	}
	names = append(names, g.libraries...)
	files, problems := make([]*file, len(names)), make([][]Problem, len(names))
	parallel(len(names), func(i int) { files[i], problems[i] = parse(g.fsys, names[i], false) })
	modules := map[string]*ast.Module{}
	for i, f := range files {
		if f == nil {
			return nil, joined(problems[i])
		}
		if i < len(rules) {
			rules[i].text = f.query()
		}
		modules[f.path] = f.module
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, joined(problemsOf("rule/compile", "", compiler.Errors))
	}
	return compiler, nil
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
