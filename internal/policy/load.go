package policy

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// The packages of the rules that are part of drlint and of users' own.
const (
	embeddedPrefix = "rules"
	customPrefix   = "custom"
	libraryName    = "lib"
)

// Load returns the embedded rules that an index lists. Rule "raw/not-backed-up"
// is read from raw/not-backed-up/rule.rego when it is first needed.
func Load(fsys fs.FS, index []finding.Rule) (*Ruleset, error) {
	libraries, err := fs.Glob(fsys, libraryName+"/*.rego")
	if err != nil {
		return nil, err
	}
	g := &group{fsys: fsys, libraries: slices.DeleteFunc(libraries, isTest)}
	set := &Ruleset{}
	for i := range index {
		name := path.Join(index[i].ID, "rule.rego")
		if _, err := fs.Stat(fsys, name); err != nil {
			return nil, fmt.Errorf("rule %s of the index: %w", index[i].ID, err)
		}
		set.rules = append(set.rules, &rule{about: &index[i], group: g, path: name})
	}
	set.sort()
	return set, nil
}

// Check parses and compiles the rules below a directory as strictly as
// possible, against the schema of the input, and returns their metadata ordered
// by ID. It is what tests and the generator of the index use.
func Check(fsys fs.FS) ([]finding.Rule, []Problem) {
	set, problems := read(fsys, embeddedID)
	var index []finding.Rule
	for _, r := range set.rules {
		for _, fault := range embeddedFaults(r.about) {
			problems = append(problems, Problem{Code: "rule/metadata", Rule: r.about.ID, Message: fault, File: r.path, Line: 1, Column: 1})
		}
		index = append(index, *r.about)
	}
	sortProblems(problems)
	return index, problems
}

// LoadCustom returns the users' own rules below a directory. Their packages
// begin with "custom", so they can neither change an embedded rule nor be taken
// for one: package custom.lake.tagged is rule "custom/lake/tagged". Packages
// below custom.lib are libraries. A file with a problem is left out; the others
// are kept. Files that end in _test.rego are not read.
func LoadCustom(fsys fs.FS) (*Ruleset, []Problem) {
	set, problems := read(fsys, customID)
	for _, r := range set.rules {
		r.about.Custom = true
	}
	sortProblems(problems)
	return set, problems
}

// identify returns the ID of the rule in a file, "" for a library, or what is
// wrong with its place.
type identify func(f *file) (id, fault string)

// embeddedID demands that a rule's folder, package and ID are one.
func embeddedID(f *file) (id, fault string) {
	if path.Dir(f.path) == libraryName {
		if len(f.segments) != 3 || f.segments[0] != embeddedPrefix || f.segments[1] != libraryName {
			return "", "the package of a library is rules.lib.<name>"
		}
		return "", ""
	}
	id = path.Dir(f.path)
	want := embeddedPrefix + "." + strings.ReplaceAll(strings.ReplaceAll(id, "-", "_"), "/", ".")
	if got := strings.Join(f.segments, "."); got != want || strings.Count(id, "/") != 1 || path.Base(f.path) != "rule.rego" {
		return id, fmt.Sprintf("the package is %s, but its folder asks for %s in <category>/<slug>/rule.rego", got, want)
	}
	return id, ""
}

func customID(f *file) (id, fault string) {
	if f.segments[0] != customPrefix || len(f.segments) < 2 {
		return "", "the package of a rule of your own begins with \"custom.\""
	}
	if f.segments[1] == libraryName {
		return "", ""
	}
	return strings.ReplaceAll(strings.Join(f.segments, "/"), "_", "-"), ""
}

// read parses every Rego file below a directory and compiles the good ones.
func read(fsys fs.FS, id identify) (*Ruleset, []Problem) {
	set, g := &Ruleset{}, &group{fsys: fsys, unplanned: true}
	names, problems := regoFiles(fsys, false)
	var files []*file
	for _, name := range names {
		f, found := parse(fsys, name, true)
		if len(found) == 0 {
			found = g.admit(set, f, id)
		}
		if len(found) > 0 {
			problems = append(problems, found...)
			continue
		}
		files = append(files, f)
	}
	rejected, found := g.compileGood(files)
	for _, fault := range aliasFaults(set.rules) {
		problems, rejected[fault.File] = append(problems, fault), true
	}
	set.rules = slices.DeleteFunc(set.rules, func(r *rule) bool { return rejected[r.path] })
	set.sort()
	return set, append(problems, found...)
}

// admit adds the rule of a file to a set; libraries are only admitted.
func (g *group) admit(set *Ruleset, f *file, identify identify) []Problem {
	id, fault := identify(f)
	if fault != "" {
		return []Problem{problemAt("rule/package", fault, f.module.Package.Location)}
	}
	if id == "" {
		return nil
	}
	for _, other := range set.rules {
		if other.about.ID == id {
			return []Problem{problemAt("rule/package", "the package is already that of "+other.path, f.module.Package.Location)}
		}
	}
	about, problems := f.about()
	if problems = append(problems, f.checkStatements()...); len(problems) > 0 {
		return problems
	}
	about.ID = id
	set.rules = append(set.rules, &rule{about: about, group: g, path: f.path, text: f.query()})
	return nil
}

// regoFiles lists the files of rules, with or without their tests, sorted.
func regoFiles(fsys fs.FS, tests bool) (names []string, problems []Problem) {
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems = append(problems, Problem{Code: "rule/parse", Message: "cannot be read: " + err.Error(), File: name})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && strings.HasSuffix(name, ".rego") && (tests || !isTest(name)):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{Code: "rule/parse", Message: "cannot be read: " + err.Error(), File: "."})
	}
	slices.Sort(names)
	return names, problems
}
