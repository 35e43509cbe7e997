package terraform

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// stackFolder is where Terragrunt writes the units of a stack (Terragrunt,
// "Stacks").
const stackFolder = ".terragrunt-stack"

// stackDepth bounds stacks within stacks.
const stackDepth = 4

// stackUnits returns the units that the stacks of a repository write. A stack
// that another one takes for a template is none by itself.
func (l *loader) stackUnits(ctx context.Context) []unitReads {
	var files []*file
	for _, d := range l.dirs {
		for _, f := range d.files {
			if f.role == stack {
				files = append(files, f)
			}
		}
	}
	slices.SortFunc(files, func(a, b *file) int { return cmp.Compare(a.path, b.path) })
	w := stackWalk{ctx: ctx, loader: l, templates: map[string]bool{}, share: newBudget(len(files)), left: evaluationLimit}
	all := map[string][]unitReads{}
	for _, f := range files {
		all[f.path] = w.units(f, path.Dir(f.path), cty.NilVal, 0)
	}
	var found []unitReads
	for _, f := range files {
		if !w.templates[f.path] {
			found = append(found, all[f.path]...)
		}
	}
	return found
}

type stackWalk struct {
	ctx       context.Context
	loader    *loader
	templates map[string]bool // files that stacks within stacks are written from
	share     budget
	left      int // of the units and stacks that may still be read
}

func (w *stackWalk) units(f *file, dir string, values cty.Value, depth int) []unitReads {
	if depth >= stackDepth {
		return nil
	}
	var found []unitReads
	ev := &evaluation{ctx: w.ctx, loader: w.loader, task: task{dir: dir}, root: dir, budget: w.share, reported: map[source.Diagnostic]bool{}}
	problem := guard.Barrier(f.path, func() {
		u := ev.open(&unitFile{file: f, dir: dir, original: dir, values: values})
		for _, b := range f.body.blocks {
			if b.kind == "unit" || b.kind == "stack" {
				found = append(found, w.unit(ev, u, b, depth)...)
			}
		}
	})
	if problem != nil {
		ev.report(*problem)
	}
	f.diagnostics = append(f.diagnostics, ev.diagnostics...)
	return found
}

// unit reads one unit or stack block of a stack.
func (w *stackWalk) unit(ev *evaluation, u *unitFile, b *block, depth int) []unitReads {
	from, to := b.body.attr("source"), b.body.attr("path")
	if w.left--; from == nil || to == nil || w.left < 0 {
		return nil
	}
	template := w.template(ev, u, b, from)
	at, why := ev.text(u, to)
	dir, inside := join(path.Join(u.dir, stackFolder), at)
	if template == nil || why != "" || !inside {
		if template != nil {
			w.notRead(ev, b, source.Warning, cmp.Or(why, "its path leads out of what is scanned"))
		}
		return nil
	}
	values := cty.EmptyObjectVal
	if a := b.body.attr("values"); a != nil {
		values = ev.whole(u, a.expr)
	}
	if b.kind == "stack" {
		w.templates[template.path] = true
		return w.units(template, dir, values, depth+1)
	}
	return []unitReads{{file: template, dir: dir, values: values}}
}

// template returns the file that a unit or stack is written from, or nil when
// it was not read, which is then reported.
func (w *stackWalk) template(ev *evaluation, u *unitFile, b *block, from *attribute) *file {
	written, why := ev.text(u, from)
	if why != "" {
		w.notRead(ev, b, source.Warning, why)
		return nil
	}
	where, sub := splitSubdirectory(written)
	dir, ok := inRepository(u.dir, where)
	if ok {
		dir, ok = join(dir, sub)
	}
	if !isLocal(written) && !strings.HasPrefix(written, repositoryRoot) {
		if dir, ok = itself(w.loader.tree, written); !ok {
			w.notRead(ev, b, source.Note, "it comes from "+written)
			return nil
		}
	}
	if !ok {
		w.notRead(ev, b, source.Warning, "its source lies outside of what is scanned")
		return nil
	}
	name := path.Join(dir, map[string]string{"unit": "terragrunt.hcl", "stack": "terragrunt.stack.hcl"}[b.kind])
	f := w.loader.hclFile(name)
	if f == nil {
		w.notRead(ev, b, source.Warning, "there is no "+name)
	}
	return f
}

func (w *stackWalk) notRead(ev *evaluation, b *block, severity source.Severity, why string) {
	ev.report(source.Diagnostic{
		Code: "terragrunt/stack", Severity: severity, At: b.header,
		Summary: "this part of the stack was not read: " + why,
	})
}
