package starter

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// longest is how many entries of one list are written; further ones are counted.
const longest = 24

// excludes names the directories that hold examples and tests.
func (w *writer) excludes(files []string) {
	inside := map[string]int{}
	for _, file := range files {
		if dir := demonstration(path.Dir(file)); dir != "" && !besideEnvironments(dir, files) {
			inside[dir]++
		}
	}
	if len(inside) == 0 {
		return
	}
	w.gap()
	w.say("By their names, these directories hold examples, tests or documentation. To leave them out:")
	w.suggest("exclude:")
	dirs := slices.Sorted(maps.Keys(inside))
	for i, dir := range dirs {
		if i == longest {
			w.item("and %d more", len(dirs)-longest)
			return
		}
		w.suggest("- %s # %s", scalar(literal(dir)+"/**"), count(inside[dir], "file", "files"))
	}
}

// demonstration is the outermost directory of a path whose name says that it
// holds examples or tests; "" when there is none.
func demonstration(dir string) string {
	elements := strings.Split(dir, "/")
	for i := range elements {
		if outer := strings.Join(elements[:i+1], "/"); source.Demonstrates(outer) {
			return outer
		}
	}
	return ""
}

// besideEnvironments reports whether a directory is called test because it is an
// environment like the ones beside it: "vars/test" beside "vars/dev".
func besideEnvironments(dir string, files []string) bool {
	parent, name := path.Split(dir)
	return environment.Rehearses(name) && slices.ContainsFunc(files, func(file string) bool {
		below, ok := strings.CutPrefix(file, parent)
		sibling, _, deeper := strings.Cut(below, "/")
		return ok && deeper && sibling != name && environment.Rehearses(sibling) && !source.Demonstrates(sibling)
	})
}

func demonstrates(a *model.Asset) bool {
	return source.Demonstrates(path.Dir(a.At.File)) || source.Demonstrates(a.Root)
}

// regions are where stores are, most used first.
type regions struct {
	counted           []regionCount
	primary, recovery string
	// basis says why recovery was chosen; empty when nothing tells it.
	basis string
}

type regionCount struct {
	name  string
	count int
}

func regionsOf(m *model.Model) regions {
	here, copies, total := map[string]int{}, map[string]int{}, 0
	for _, a := range m.Assets {
		region := a.Region.Text()
		if region == "" || demonstrates(a) || !holds(a) {
			continue
		}
		here[region]++
		total++
		for _, there := range regionsOfCopies(m, a) {
			if there != region {
				copies[there]++
			}
		}
	}
	var found regions
	for _, name := range ranked(here) {
		found.counted = append(found.counted, regionCount{name, here[name]})
	}
	if len(found.counted) == 0 {
		return found
	}
	if 2*here[found.counted[0].name] > total {
		found.primary = found.counted[0].name
	}
	for _, name := range ranked(copies) {
		if name != found.primary {
			found.recovery, found.basis = name, count(copies[name], "copy", "copies")+" of stores elsewhere"
			break
		}
	}
	return found
}

// regionsOfCopies lists the regions to which a store is copied, each once.
func regionsOfCopies(m *model.Model, a *model.Asset) (found []string) {
	for _, r := range a.Relations {
		if target := m.Asset(r.Target); r.Type == "replicates_to" && target != nil {
			found = append(found, target.Region.Text())
		}
	}
	for _, means := range a.Protections[model.GeoReplication].Means {
		if means.State == model.On {
			found = append(found, means.Region.Text())
		}
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(region string) bool { return region == "" })
}

// ranked orders names by how often they occur, then by themselves.
func ranked(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
}

func (r regions) sentence() string {
	var parts []string
	for i, c := range r.counted {
		if i == longest {
			parts = append(parts, fmt.Sprintf("and %d more", len(r.counted)-longest))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", printable(c.name), count(c.count, "store", "stores")))
	}
	return strings.Join(parts, ", ")
}

// deployments lists what is evaluated as a whole, and for which environments.
func (w *writer) deployments(m *model.Model) {
	found := map[string][]string{}
	for _, a := range m.Assets {
		if demonstrates(a) || !holds(a) {
			continue
		}
		root := environment.Root(a.Root, a.Environment)
		if !slices.Contains(found[root], a.Environment) {
			found[root] = append(found[root], a.Environment)
		}
	}
	if len(found) == 0 {
		return
	}
	w.gap()
	w.say("What is deployed with stores in it, each judged by itself, and the environments for which its parameter files make it different:")
	w.roots(found)
	w.say("If an environment is missing or takes other files, say so. Files count in the order in which they are written, later ones win:")
	w.suggest("environments:")
	w.suggest("- {root: %s, name: %s, files: [%s]}", scalar(slices.Sorted(maps.Keys(found))[0]), Blank, Blank)
}

// roots lists together the roots that have the same environments.
func (w *writer) roots(found map[string][]string) {
	alike := map[string][]string{}
	for root, names := range found {
		slices.Sort(names)
		list := strings.Join(slices.DeleteFunc(names, func(name string) bool { return name == "" }), ", ")
		alike[list] = append(alike[list], root)
	}
	for i, list := range slices.Sorted(maps.Keys(alike)) {
		if i == longest {
			w.item("and %d more", len(alike)-longest)
			return
		}
		slices.Sort(alike[list])
		const enough = 6
		for _, root := range alike[list][:min(enough, len(alike[list]))] {
			w.item("%s: %s", printable(root), cmp.Or(printable(list), "one environment"))
		}
		if more := len(alike[list]) - enough; more > 0 {
			w.item("and %d more with %s", more, cmp.Or(printable(list), "one environment"))
		}
	}
}
