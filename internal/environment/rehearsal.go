package environment

import (
	"path"
	"slices"
	"strings"
)

// rehearsing are the words that name environments in which others try what
// production will run.
var rehearsing = words(`
	dev develop development devel int integration sit test testing tst qa uat acc acceptance perf stg staging
	nonprod nonproduction nprd npd sandbox sbx poc demo e2e`)

// producing are the words that name production.
var producing = []string{"prod", "production", "prd", "live"}

// Rehearsals returns the evaluations (Evaluation) that only rehearse: they are
// named like it, and the same code is evaluated for something else as well. A
// repository that holds nothing but a "dev" keeps its production settings
// elsewhere, so its dev is all that can be judged. evaluations lists the
// environments by root; a root without any is evaluated by itself.
func Rehearsals(evaluations map[string][]string) map[string]bool {
	found := map[string]bool{}
	for root, names := range evaluations {
		if len(names) == 0 && hasTwin(root, evaluations) {
			found[root] = true
		}
		if !slices.ContainsFunc(names, func(name string) bool { return !Rehearses(name) }) && !hasTwin(root, evaluations) {
			continue
		}
		for _, name := range names {
			if Rehearses(name) || hasTwin(root, evaluations) {
				found[Evaluation(root, name)] = true
			}
		}
	}
	return found
}

// Rehearses reports whether a name is that of an environment in which others try
// what production will run, and does not name production too.
func Rehearses(name string) bool {
	parts := strings.FieldsFunc(strings.ToLower(name), isSeparator)
	return slices.ContainsFunc(parts, isRehearsing) && !slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(producing, part) })
}

func isRehearsing(word string) bool { return isOneOf(rehearsing, word) }

func isOneOf(words map[string]bool, word string) bool {
	return words[word] || words[strings.TrimRight(word, "0123456789")]
}

func isSeparator(r rune) bool { return strings.ContainsRune("/-_. ", r) }

// hasTwin reports whether a root is the rehearsal of another one: the same path
// but for one word, "live/dev/lake" of "live/prod/lake", "lake-staging" of "lake".
func hasTwin(root string, roots map[string][]string) bool {
	elements := strings.Split(root, "/")
	for i, element := range elements {
		for _, other := range counterparts(element, rehearsing) {
			twin := path.Join(append(append(slices.Clone(elements[:i]), other), elements[i+1:]...)...)
			if _, ok := roots[twin]; ok && twin != root {
				return true
			}
		}
	}
	return false
}

// counterparts returns what production may be called where one word of a name is
// that of a rehearsal.
func counterparts(name string, rehearsing map[string]bool) (names []string) {
	start := 0
	for start <= len(name) {
		end := start + strings.IndexFunc(name[start:]+"-", isSeparator)
		if isOneOf(rehearsing, strings.ToLower(name[start:end])) {
			for _, word := range producing {
				names = append(names, name[:start]+word+name[end:])
			}
			if rest := strings.Trim(name[:start], "-_. ") + name[end:]; rest != "" {
				names = append(names, strings.TrimLeft(rest, "-_. "))
			}
		}
		start = end + 1
	}
	return names
}

// rehearsingStores are the words that name a rehearsal in the name of a store
// too. Of those that name environments, some say of data what it is: staging,
// demo, integration.
var rehearsingStores = words(`dev develop development test tst qa uat nonprod nprd npd`)

// StoresOfProduction returns the names that the store of production may have
// where a store is named as that of a rehearsal: "orders-raw" and
// "prod-orders-raw" of "test-orders-raw".
func StoresOfProduction(name string) []string { return counterparts(name, rehearsingStores) }
