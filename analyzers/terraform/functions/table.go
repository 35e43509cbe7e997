// Package functions is the function table of Terraform and OpenTofu: every
// function that expressions may call, with the limits that make calling it on
// a stranger's configuration safe. It reads files of the scanned repository
// only, and answers "unknown" where the result depends on the machine or on
// the moment Terraform runs.
package functions

import (
	"io/fs"
	"maps"
	"sync"

	"github.com/zclconf/go-cty/cty/function"
)

// Scope is where the functions of one module instance are called from.
//
// Relative paths are resolved as Terraform does, from the root module's
// directory. A path that leads nowhere from there and starts with RootDir or
// ModuleDir is taken as one below FS, so path.module and path.root may be given
// relative to RootDir, as Terraform does, or as paths below FS.
type Scope struct {
	// FS is the scanned repository. It must be confined: it opens nothing
	// outside, symbolic links included (os.Root does that).
	FS fs.FS
	// ModuleDir and RootDir are slash-separated paths below the root of FS, "."
	// for the root itself: the module that holds the expression, and the module
	// Terraform would be run in.
	ModuleDir, RootDir string
	// Limit bounds single calls. Zero fields mean the defaults.
	Limit Limit
	// Budget is the work that all calls together may cost; tables that share one
	// draw on the same. Nil stands for a new one.
	Budget *Budget
	// Cache spares tables that share it work. Nil stands for a new one.
	Cache *Cache
}

// Table returns all functions, each under its name and as core::name. The maps
// of two calls are independent; the functions of one table may run in parallel,
// but then which of them meets the end of the budget depends on the timing.
func Table(scope Scope) map[string]function.Function {
	t := newTable(scope)
	plain := make(map[string]function.Function)
	for _, group := range []map[string]entry{fileless(), t.fileFunctions(), t.templateFunctions(), t.yamlFunctions()} {
		for name, e := range group {
			plain[name] = t.bounded(name, e)
		}
	}
	t.inTemplates = qualified(plain)
	for _, name := range []string{"templatefile", "templatestring"} {
		nested := t.bounded(name, entry{fn: nestedTemplate(name)})
		t.inTemplates[name], t.inTemplates[coreNamespace+name] = nested, nested
	}
	return qualified(plain)
}

// coreNamespace is where Terraform 1.8 and OpenTofu 1.7 put their own functions.
const coreNamespace = "core::"

func qualified(plain map[string]function.Function) map[string]function.Function {
	all := maps.Clone(plain)
	for name, fn := range plain {
		all[coreNamespace+name] = fn
	}
	return all
}

// table is what the functions of one scope share.
type table struct {
	scope  Scope
	limit  Limit
	budget *Budget
	cache  *Cache
	parsed templateCache
	// inTemplates are the functions that templates may call.
	inTemplates map[string]function.Function
}

func newTable(scope Scope) *table {
	t := &table{scope: scope, limit: scope.Limit.withDefaults(), budget: scope.Budget, cache: scope.Cache}
	if t.budget == nil {
		t.budget = NewBudget(scope.Limit)
	}
	if t.cache == nil {
		t.cache = NewCache()
	}
	return t
}

// entry is one function before its limits are put around it.
type entry struct {
	fn function.Function
	// wants are the types to which the first arguments are converted ahead of
	// the call where that is cheaper than what the function does itself.
	wants []wanted
	// bound returns why a call would cost too much, or "". It charges the budget
	// for work that is not in proportion to the size of the arguments.
	bound func(c *call) string
	// ownMarks says that the function decides which marks its result has.
	ownMarks bool
}

// fileless are the functions that need nothing of a scope; they are the same in
// all tables.
var fileless = sync.OnceValue(func() map[string]entry {
	all := make(map[string]entry)
	for _, group := range []map[string]entry{
		collectionFunctions(), setFunctions(), lookupFunctions(), stringFunctions(),
		regexFunctions(), numberFunctions(), timeFunctions(), networkFunctions(),
		hashFunctions(), encodingFunctions(), conversionFunctions(),
		markFunctions(), assumptionFunctions(), impureFunctions(),
	} {
		maps.Copy(all, group)
	}
	return all
})
