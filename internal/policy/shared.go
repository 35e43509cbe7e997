package policy

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// document is a value of a library that is the same for every rule: it takes no
// arguments and reads nothing of the input that differs from rule to rule. It is
// worked out once, and the answer is given to all rules that refer to it.
type document struct {
	name string
	ref  ast.Ref
	// uses are the other documents that it refers to.
	uses  []*document
	query func() (*rego.PreparedEvalQuery, error)
}

// worthSharing is the number of assets from which on it saves more to work out
// documents once than it costs to ask for them one by one.
const worthSharing = 100

// answers hold the values of documents by name; nil where there is none.
type answers map[string]*ast.Term

// ask works out the documents that at least two rules refer to, each after those
// that it uses. One that fails is left to the rules, which fail in the same way
// and say so.
func ask(ctx context.Context, jobs []*job, in *inputs, timeout time.Duration) answers {
	known := answers{}
	if len(in.assets) < worthSharing {
		return known
	}
	pending := wanted(jobs)
	for len(pending) > 0 {
		var ready []*document
		for _, name := range slices.Sorted(maps.Keys(pending)) {
			if d := pending[name]; !slices.ContainsFunc(d.uses, func(used *document) bool { return pending[used.name] != nil }) {
				ready = append(ready, d)
			}
		}
		terms := make([]*ast.Term, len(ready))
		parallel(len(ready), func(i int) { terms[i] = ready[i].eval(ctx, in, known, timeout) })
		for i, d := range ready {
			known[d.name] = terms[i]
			delete(pending, d.name)
		}
	}
	return known
}

// wanted counts who refers to each document, documents that are wanted included.
func wanted(jobs []*job) map[string]*document {
	count, pending := map[string]int{}, map[string]*document{}
	var add func([]*document)
	add = func(documents []*document) {
		for _, d := range documents {
			if count[d.name]++; count[d.name] == 2 {
				pending[d.name] = d
				add(d.uses)
			}
		}
	}
	for _, j := range jobs {
		j.documents = j.rule.batch.documentsOf(j.rule)
		add(j.documents)
	}
	return pending
}

func (d *document) eval(ctx context.Context, in *inputs, known answers, timeout time.Duration) *ast.Term {
	query, err := d.query()
	if err != nil {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	said, failures, err := run(limited, query, in.library.of(nil, ast.InternedEmptyObject), known.cache(d.uses))
	if err != nil || len(failures) > 0 {
		return nil
	}
	return said
}

// cache is where an evaluation keeps what it worked out; it begins with the
// documents that are known.
func (a answers) cache(documents []*document) topdown.VirtualCache {
	cache := topdown.NewVirtualCache()
	for _, d := range documents {
		if term := a[d.name]; term != nil {
			cache.Put(d.ref, term)
		}
	}
	return cache
}

// explorer finds the documents that compiled rules refer to.
type explorer struct {
	mu        sync.Mutex // guards the maps
	compiler  *ast.Compiler
	known     map[*ast.Rule]dependence
	documents map[string]*document
}

func newExplorer(compiler *ast.Compiler) *explorer {
	return &explorer{compiler: compiler, known: map[*ast.Rule]dependence{}, documents: map[string]*document{}}
}

// dependence says what the value of a rule depends on, itself or through others.
type dependence int

const (
	onNothing dependence = iota
	onModel              // what is the same for every rule
	onScope              // what differs from rule to rule
)

func (e *explorer) of(rule *ast.Rule) dependence {
	d, ok := e.known[rule]
	if ok {
		return d
	}
	ast.WalkRefs(rule, func(ref ast.Ref) bool {
		d = max(d, dependenceOf(ref))
		return false
	})
	for used := range e.compiler.Graph.Dependencies(rule) {
		d = max(d, e.of(used.(*ast.Rule)))
	}
	e.known[rule] = d
	return d
}

func dependenceOf(ref ast.Ref) dependence {
	if !ref[0].Equal(ast.InputRootDocument) {
		return onNothing
	}
	if len(ref) > 1 {
		if key, ok := ref[1].Value.(ast.String); ok && slices.Contains(commonKeys, string(key)) {
			return onModel
		}
	}
	return onScope
}

// below lists the documents that rules refer to, themselves or through what is
// no document.
func (e *explorer) below(rules []*ast.Rule) (found []*document) {
	seen := map[*ast.Rule]bool{}
	for next := rules; len(next) > 0; next = next[1:] {
		for used := range e.compiler.Graph.Dependencies(next[0]) {
			used := used.(*ast.Rule)
			if seen[used] {
				continue
			}
			seen[used] = true
			if d := e.document(used.Ref()); d == nil {
				next = append(next, used)
			} else if !slices.Contains(found, d) {
				found = append(found, d)
			}
		}
	}
	slices.SortFunc(found, func(a, b *document) int { return strings.Compare(a.name, b.name) })
	return found
}

// document returns the document at a reference if it is one: all its definitions
// are values that depend on the model. What depends on nothing is as quickly
// worked out as looked up.
func (e *explorer) document(ref ast.Ref) *document {
	name := ref.String()
	if d, ok := e.documents[name]; ok {
		return d
	}
	e.documents[name] = nil
	rules, on := e.compiler.GetRulesExact(ref), onNothing
	for _, rule := range rules {
		if len(rule.Head.Args) > 0 || rule.Head.RuleKind() != ast.SingleValue {
			return nil
		}
		on = max(on, e.of(rule))
	}
	if on != onModel {
		return nil
	}
	d := &document{name: name, ref: ref, uses: e.below(rules)}
	d.query = sync.OnceValues(func() (*rego.PreparedEvalQuery, error) { return query(context.Background(), e.compiler, name) })
	e.documents[name] = d
	return d
}
