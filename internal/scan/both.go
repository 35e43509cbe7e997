package scan

import (
	"context"
	"path"
	"slices"
	"sync"

	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/suppression"
)

// sides are a tree and what it is compared with. Most formats read the same on
// both sides, so the earlier side takes over what it can.
type sides struct {
	with    Comparison
	options Options
	after   reading
	before  func() reading
	// same reports, when before has returned, whether everything was taken over.
	same func() bool
}

// readBoth lets every format read both sides. What it read of the later one
// holds for the earlier one where it claims the same files there, both sides list
// the same files, and nothing that it asked for changed.
func readBoth(ctx context.Context, o Options, with Comparison) *sides {
	o, with.Base = o.sorted(), with.Base.sorted()
	s := &sides{with: with, options: o}
	n := len(o.Analyzers)
	later, earlier, taken := make([]resource.Result, n), make([]resource.Result, n), make([]bool, n)
	shares := !with.Reconfigured && alike(o.Tree.Files, with.Base.Tree.Files)
	s.after.comments = commented(o)
	comments := s.commentsBefore()
	var first, second sync.WaitGroup
	for i := range o.Analyzers {
		first.Add(1)
		second.Go(func() {
			files, older := claimed(o.Analyzers[i], o.Tree), claimed(with.Base.Analyzers[i], with.Base.Tree)
			opened, tree := record(o.Tree.FS), o.Tree
			tree.FS = opened
			if len(files) > 0 {
				later[i] = o.Analyzers[i].Analyze(ctx, tree, files)
			}
			first.Done()
			taken[i] = shares && slices.Equal(files, older) && !opened.any(with.Changes.Changed)
			switch {
			case taken[i]:
				earlier[i] = later[i]
			case len(older) > 0:
				earlier[i] = with.Base.Analyzers[i].Analyze(ctx, with.Base.Tree, older)
			}
		})
	}
	first.Wait()
	s.after.files, s.after.resources, s.after.diagnostics = gather(o.Tree, later)
	s.before = func() reading {
		second.Wait()
		read := reading{comments: comments}
		read.files, read.resources, read.diagnostics = gather(with.Base.Tree, earlier)
		return read
	}
	s.same = func() bool { return !slices.Contains(taken, false) }
	return s
}

// commentsBefore are those of the earlier side: of what changed its own, of
// everything else those of the later one.
func (s *sides) commentsBefore() func() []suppression.Comment {
	return sync.OnceValue(func() []suppression.Comment {
		var own []string
		changed := map[string]bool{}
		for _, f := range s.with.Changes.Files() {
			changed[f.Name] = true
			if f.Older != "" {
				own = append(own, f.Older)
			}
		}
		slices.Sort(own)
		kept := slices.DeleteFunc(slices.Clone(s.after.comments()), func(c suppression.Comment) bool { return changed[c.At.File] })
		return append(kept, suppression.Comments(s.with.Base.Tree.FS, own)...)
	})
}

// conclude judges both sides at once.
func (s *sides) conclude(ctx context.Context) (after, before *report.Report, err error) {
	var wait sync.WaitGroup
	var failed error
	wait.Go(func() {
		if read := s.before(); !s.same() {
			before, failed = conclude(ctx, s.with.Base, read)
		}
	})
	after, err = conclude(ctx, s.options, s.after)
	wait.Wait()
	if err == nil {
		err = failed
	}
	if err == nil && before == nil {
		before = after
	}
	return after, before, err
}

// alike reports whether two sorted lists of files differ in nothing that a
// format looks for: prose and pictures come and go.
func alike(a, b []string) bool {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			a, b = a[1:], b[1:]
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			if !slices.Contains(immaterial, path.Ext(a[0])) {
				return false
			}
			a = a[1:]
		default:
			if !slices.Contains(immaterial, path.Ext(b[0])) {
				return false
			}
			b = b[1:]
		}
	}
	return true
}

// immaterial are the extensions of files that no format looks for. One that is
// read by name all the same, as a template is, was asked for.
var immaterial = []string{".md", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".drawio", ".csv", ".lock"}
