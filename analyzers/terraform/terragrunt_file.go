package terraform

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// repositoryRoot stands for the absolute path of the scanned directory on the
// machine that runs Terragrunt. Paths below it can be taken apart; a value that
// holds it is not known as a whole.
const repositoryRoot = "/" + string(resource.Hole)

// absolute writes a path of the repository as Terragrunt's functions return it.
func absolute(name string) string {
	if name == "." {
		return repositoryRoot
	}
	return repositoryRoot + "/" + name
}

// inRepository returns the path of the repository that a path means which is
// written in a directory.
func inRepository(dir, written string) (name string, ok bool) {
	if below, found := strings.CutPrefix(written, repositoryRoot); found {
		return join(".", "./"+below)
	}
	if path.IsAbs(written) || strings.Contains(written, string(resource.Hole)) {
		return "", false
	}
	return join(dir, written)
}

// unitFile is one Terragrunt file as one unit reads it: its functions and
// locals mean something else for every unit that includes it.
type unitFile struct {
	file *file
	// dir is the directory of the unit: where Terragrunt runs, and what path
	// functions start from. original is that of the unit that is run, where this
	// file is read by read_terragrunt_config.
	dir, original string
	outer         *unitFile // the unit's own file, where this one is included
	includes      []*inclusion
	values        cty.Value // of a unit in a stack; NilVal without
	foreign       bool      // it is not the unit's own file
	// others are the files that read_terragrunt_config has read, by path: shared
	// by all files of a unit.
	others map[string]*unitFile

	locals map[string]*cell
	whole  cell
	object cell
}

// inclusion is an include block.
type inclusion struct {
	name     string
	block    *block
	file     *unitFile // nil when it was not found
	exposed  bool
	strategy string // "shallow", "deep" or "no_merge"
}

func (u *unitFile) env() env { return env{unit: u} }

// open prepares a file and those that it includes. What is included includes
// nothing itself (Terragrunt, "Include block").
func (ev *evaluation) open(u *unitFile) *unitFile {
	u.locals = map[string]*cell{}
	if u.others == nil {
		u.others = map[string]*unitFile{}
	}
	for _, b := range u.file.body.blocks {
		if b.kind != "include" || len(b.labels) > 1 || u.outer != nil {
			continue
		}
		i := &inclusion{block: b, strategy: "shallow"}
		if len(b.labels) == 1 {
			i.name = b.labels[0]
		}
		u.includes = append(u.includes, i)
		if a := b.body.attr("expose"); a != nil {
			plain, _ := ev.convert(ev.eval(u.env(), a.expr), cty.Bool).Unmark()
			i.exposed = plain.IsKnown() && !plain.IsNull() && plain.True()
		}
		if a := b.body.attr("merge_strategy"); a != nil {
			i.strategy = cmp.Or(b.body.literalAttr("merge_strategy"), i.strategy)
		}
		i.file = ev.include(u, b)
	}
	return u
}

// include finds the file of an include block.
func (ev *evaluation) include(u *unitFile, b *block) *unitFile {
	a := b.body.attr("path")
	if a == nil {
		ev.notIncluded(b.header, "the include block has no path")
		return nil
	}
	text, why := ev.text(u, a)
	if why != "" {
		ev.notIncluded(rangeOf(a.expr), why)
		return nil
	}
	name, ok := inRepository(u.dir, text)
	if !ok {
		ev.notIncluded(rangeOf(a.expr), "it lies outside of what is scanned")
		return nil
	}
	f := ev.loader.hclFile(name)
	if f == nil {
		ev.notIncluded(rangeOf(a.expr), "there is no "+name)
		return nil
	}
	return ev.open(&unitFile{
		file: f, dir: u.dir, original: u.original, outer: u, values: u.values, others: u.others, foreign: true,
	})
}

func (ev *evaluation) notIncluded(at source.Range, why string) {
	ev.report(source.Diagnostic{
		Code: "terragrunt/include", Severity: source.Warning, At: at,
		Summary: "what is included here was not read: " + why,
		Detail:  "The inputs and settings of the included file stay unknown.",
	})
}

// text evaluates an argument that has to be a string.
func (ev *evaluation) text(u *unitFile, a *attribute) (text, why string) {
	value := ev.convert(ev.eval(u.env(), a.expr), cty.String)
	plain, marks := value.Unmark()
	switch {
	case !plain.IsKnown():
		return "", cmp.Or(read(marks, nil).why(), undecided)
	case plain.IsNull():
		return "", a.name + " is null"
	default:
		return plain.AsString(), ""
	}
}

// resolve looks up the first words of a reference in a Terragrunt file.
func (u *unitFile) resolve(ev *evaluation, traversal hcl.Traversal) (value cty.Value, taken int) {
	root := traversal.RootName()
	name, named := stepName(traversal, 1)
	switch root {
	case "local":
		if !named {
			return u.allLocals(ev), 1
		}
		return u.local(ev, name, placed(traversal.SourceRange())), 2
	case "include":
		for _, i := range u.includes {
			if i.name == "" || named && i.name == name {
				return i.value(ev), min(len(i.name), 1) + 1
			}
		}
		return ev.fail("there is no include " + name), len(traversal)
	case "dependency":
		return unknown("dependency." + name + " is known only after it is applied"), len(traversal)
	case "feature":
		return u.feature(ev, name), min(2, len(traversal))
	case "values":
		if u.values == cty.NilVal {
			return unknown("values are set by the stack that holds the unit"), len(traversal)
		}
		return u.values, 1
	default:
		return ev.fail(root + " is not declared in a Terragrunt file"), len(traversal)
	}
}

func (u *unitFile) local(ev *evaluation, name string, at source.Range) cty.Value {
	for _, b := range u.file.body.blocks {
		if b.kind != "locals" {
			continue
		}
		if a := b.body.attr(name); a != nil {
			value := ev.force(cellOf(u.locals, name), "local."+name, at, func() cty.Value { return ev.eval(u.env(), a.expr) })
			if !u.foreign || setElsewhere(ev.deepMarks(value)) {
				return value
			}
			return value.Mark(setAt(rangeOf(a.expr), -1))
		}
	}
	ev.report(source.Diagnostic{
		Code: "terragrunt/undeclared", Severity: source.Warning, At: at,
		Summary: "local." + name + " is not declared in this file",
		Detail:  "The locals of a Terragrunt file are its own; others are read through an exposed include or read_terragrunt_config.",
	})
	return unknown("local." + name + " is not declared")
}

// setElsewhere reports whether marks name where a value was set.
func setElsewhere(marks cty.ValueMarks) bool {
	for mark := range marks {
		if _, ok := mark.(originMark); ok {
			return true
		}
	}
	return false
}

func (u *unitFile) allLocals(ev *evaluation) cty.Value {
	return ev.force(&u.whole, "local", source.Range{File: u.file.path}, func() cty.Value {
		members := map[string]cty.Value{}
		for _, b := range u.file.body.blocks {
			for _, a := range b.body.attrs {
				if b.kind == "locals" {
					members[a.name] = u.local(ev, a.name, a.nameAt)
				}
			}
		}
		return cty.ObjectVal(members)
	})
}

// feature returns the default of a feature block, as a variable has its own.
func (u *unitFile) feature(ev *evaluation, name string) cty.Value {
	for _, b := range u.file.body.blocks {
		if b.kind == "feature" && len(b.labels) == 1 && b.labels[0] == name {
			if a := b.body.attr("default"); a != nil {
				return cty.ObjectVal(map[string]cty.Value{"value": ev.eval(u.env(), a.expr)})
			}
		}
	}
	return ev.fail("there is no feature " + name)
}

func (i *inclusion) value(ev *evaluation) cty.Value {
	switch {
	case i.file == nil:
		return unknown("the file that is included was not read")
	case !i.exposed:
		return ev.fail("include " + i.name + " is not exposed")
	default:
		return i.file.asValue(ev)
	}
}

// asValue returns what read_terragrunt_config and an exposed include show of a
// file.
func (u *unitFile) asValue(ev *evaluation) cty.Value {
	return ev.force(&u.object, u.file.path, source.Range{File: u.file.path}, func() cty.Value {
		given := ev.inputs(u)
		inputs := map[string]cty.Value{}
		for _, name := range slices.Sorted(maps.Keys(given.values)) {
			inputs[name] = given.values[name].value
		}
		all := cty.ObjectVal(inputs)
		if given.open != cty.NilVal {
			all = given.open
		}
		return cty.ObjectVal(map[string]cty.Value{
			"locals": u.allLocals(ev), "inputs": all,
			"dependency": unknown("dependencies are known only after they are applied"),
		})
	})
}

// hclFile returns a file that a unit names, or nil when there is none.
func (l *loader) hclFile(name string) *file {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if d := l.dirs[path.Dir(name)]; d != nil {
		for _, f := range d.files {
			if f.path == name {
				return f
			}
		}
	}
	if f, known := l.read[name]; known {
		return f
	}
	var f *file
	if isFile(l.tree.FS, name) {
		f = parseAs(l.tree.FS, name, included)
	}
	if l.read == nil {
		l.read = map[string]*file{}
	}
	l.read[name] = f
	return f
}
