package terraform

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// unitRun is what one Terragrunt unit makes of the module that it runs.
type unitRun struct {
	dir    string // of the unit; in a stack where it is generated
	file   *file
	source string // "" for the configuration beside the unit
	at     *block // the terraform block, nil without
	place  source.Range
	inputs inputSet
	files  []string // that extra_arguments name
	// module is the directory of the module; empty when it was not followed.
	module string
	state  *unitState
	made   *generated

	ev   *evaluation
	read []string // files that it includes
	lost bool     // a file that it includes was not read
}

// unitReads is what reading one unit needs.
type unitReads struct {
	file   *file
	dir    string
	values cty.Value
}

// readUnits evaluates the units of a repository, in order of their directories:
// those of terragrunt.hcl files and those of stacks.
func (l *loader) readUnits(ctx context.Context) []*unitRun {
	wanted := l.stackUnits(ctx)
	inStacks := map[string]bool{}
	for _, w := range wanted {
		inStacks[w.file.path] = true
	}
	for dir, d := range l.dirs {
		for _, f := range d.files {
			if f.role == unit && !inStacks[f.path] {
				wanted = append(wanted, unitReads{file: f, dir: dir})
			}
		}
	}
	slices.SortFunc(wanted, func(a, b unitReads) int { return strings.Compare(a.dir, b.dir) })
	if len(wanted) > evaluationLimit {
		wanted = wanted[:evaluationLimit]
	}
	share := newBudget(len(wanted))
	runs := make([]*unitRun, len(wanted))
	parallel(len(wanted), func(i int) {
		if ctx.Err() == nil {
			runs[i] = l.readUnit(ctx, wanted[i], share)
		}
	})
	return slices.DeleteFunc(runs, func(r *unitRun) bool { return r == nil })
}

func (l *loader) readUnit(ctx context.Context, w unitReads, share budget) *unitRun {
	r := &unitRun{dir: w.dir, file: w.file}
	r.ev = &evaluation{
		ctx: ctx, loader: l, task: task{dir: w.dir}, root: w.dir, budget: share, reported: map[source.Diagnostic]bool{},
	}
	problem := guard.Barrier(w.file.path, func() {
		u := r.ev.open(&unitFile{file: w.file, dir: w.dir, original: w.dir, values: w.values})
		r.fill(u)
	})
	if problem != nil {
		r.ev.report(*problem)
	}
	return r
}

// fill evaluates what a unit says, in the order in which what it includes is
// merged: its own word comes last.
func (r *unitRun) fill(u *unitFile) {
	ev := r.ev
	r.inputs = ev.inputs(u)
	for name, given := range r.inputs.values {
		given.value = portable(given.value)
		r.inputs.values[name] = given
	}
	r.gather(u)
	r.state.evaluate(r.ev)
	if r.source == "" {
		if ev.loader.module(r.dir) != nil {
			r.module = r.dir
		}
		return
	}
	r.follow(u)
}

// gather takes the blocks of a file and of those that it includes.
func (r *unitRun) gather(u *unitFile) {
	for _, i := range u.includes {
		switch {
		case i.file == nil:
			r.lost = true
			continue
		case i.strategy != "no_merge":
			r.gather(i.file)
		}
		r.read = append(r.read, i.file.file.path)
	}
	for _, b := range u.file.body.blocks {
		switch b.kind {
		case "terraform":
			r.terraform(u, b)
		case "remote_state":
			r.state = &unitState{unit: u, block: b}
		case "generate":
			r.generate(u, b)
		}
	}
}

// terraform reads where the module is and which variable files it is given.
func (r *unitRun) terraform(u *unitFile, b *block) {
	if r.at == nil || b.body.attr("source") != nil {
		r.at = b
	}
	if a := b.body.attr("source"); a != nil {
		text, why := r.ev.text(u, a)
		r.source, r.place = text, rangeOf(a.expr)
		if why != "" {
			r.source = unresolved + why
		}
	}
	for _, extra := range b.body.blocks {
		if extra.kind != "extra_arguments" {
			continue
		}
		for _, name := range []string{"required_var_files", "optional_var_files"} {
			if a := extra.body.attr(name); a != nil {
				r.varFiles(u, a)
			}
		}
	}
}

// unresolved starts the source of a unit that is not known; the reason follows.
const unresolved = "\x00"

// varFiles adds the variable files of an argument that exist.
func (r *unitRun) varFiles(u *unitFile, a *attribute) {
	list, _ := r.ev.whole(u, a.expr).UnmarkDeep()
	if !list.IsKnown() || list.IsNull() || !list.CanIterateElements() {
		return
	}
	for it := list.ElementIterator(); it.Next(); {
		_, item := it.Element()
		if item.Type() != cty.String || !item.IsKnown() || item.IsNull() {
			continue
		}
		if name, ok := inRepository(u.dir, item.AsString()); ok && isFile(r.ev.loader.tree.FS, name) {
			r.files = append(r.files, name)
		}
	}
}

// follow finds the directory that a source leads to. A relative source starts
// at the unit; one that leads nowhere from there may start at the file in which
// it is written.
func (r *unitRun) follow(u *unitFile) {
	if strings.HasPrefix(r.source, unresolved) {
		return
	}
	from := r.source
	if isLocal(from) || strings.HasPrefix(from, repositoryRoot) {
		where, sub := splitSubdirectory(from)
		for _, dir := range []string{u.dir, path.Dir(r.place.File)} {
			if found, ok := inRepository(dir, where); ok {
				if found, ok = join(found, sub); ok && r.ev.loader.module(found) != nil {
					r.module = found
					return
				}
			}
		}
		r.ev.report(source.Diagnostic{
			Code: "terragrunt/module-missing", Severity: source.Warning, At: r.place,
			Summary: "the module that this unit runs was not found", Detail: "The source leads to no directory with Terraform files in what is scanned.",
		})
		return
	}
	if dir, ok := itself(r.ev.loader.tree, from); ok && r.ev.loader.module(dir) != nil {
		r.module = dir
	}
}

// input returns what a unit passes to a variable.
func (r *unitRun) input(name string) (value cty.Value, at source.Range, ok bool) {
	if given, known := r.inputs.values[name]; known {
		return given.value, given.at, true
	}
	if r.inputs.open != cty.NilVal {
		return r.inputs.open, r.inputs.openAt, true
	}
	return cty.NilVal, at, false
}

// runsNothing reports whether a unit is only there to be included.
func (r *unitRun) runsNothing() bool { return r.module == "" && r.source == "" }

// notFollowed stands for a module that a unit runs and that was not read, and
// for the state of it.
func (r *unitRun) notFollowed() []resource.Resource {
	ev := r.ev
	name := path.Base(r.dir)
	at := r.at.header
	from := resource.StringAt(r.place, strings.ReplaceAll(r.source, repositoryRoot, "."))
	if why, unknown := strings.CutPrefix(r.source, unresolved); unknown {
		from = resource.UnknownAt(r.place, why)
	}
	fields := []resource.Field{{Name: "source", At: r.place, Value: from}}
	if _, query, found := strings.Cut(r.source, "?"); found {
		for pair := range strings.SplitSeq(query, "&") {
			if key, value, _ := strings.Cut(pair, "="); (key == "ref" || key == "version") && value != "" {
				fields = append(fields, resource.Field{Name: "version", At: r.place, Value: resource.StringAt(r.place, value)})
			}
		}
	}
	for _, name := range sortedKeys(r.inputs.values) {
		if name != "source" && name != "version" {
			given := r.inputs.values[name]
			fields = append(fields, resource.Field{Name: name, At: given.at, Value: ev.converted(given.value, given.at, undecided)})
		}
	}
	if r.state != nil {
		ev.emitState(r.state)
	}
	return append(ev.resources, resource.Resource{
		ID: r.dir + "#unit." + name, Format: formatName, Type: "module", Mode: resource.NotFollowed, Name: name,
		Address: "unit." + name, Root: r.dir, Attrs: resource.ObjectAt(at, uniqueFields(fields)...), At: at, Body: r.at.whole,
	})
}

// unitNames names the units of one module by their folders.
func unitNames(runs []*unitRun) map[*unitRun]string {
	names, count := map[*unitRun]string{}, map[string]int{}
	for _, r := range runs {
		short, _ := environment.OfUnit(r.dir)
		count[short]++
	}
	for _, r := range runs {
		short, full := environment.OfUnit(r.dir)
		names[r] = short
		if count[short] > 1 {
			names[r] = full
		}
	}
	return names
}
