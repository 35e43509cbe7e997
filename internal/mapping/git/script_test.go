package git_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/githubactions"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/git"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// FuzzScript: whatever a script holds, every mirror that is read from it is
// complete and placed inside the workflow.
func FuzzScript(f *testing.F) {
	for _, seed := range []string{
		"git push --mirror https://gitlab.com/a/b",
		"git clone --bare . x && git -C x push git@h:a '+refs/*:refs/*' :gone",
		"git remote add m $URL; git push $F m HEAD --prune; git push --repo=m",
		"git bundle create x --all; aws s3 sync . s3://b --delete",
		"git clone --mirror . r.git; tar cf r.tar r.git; rclone sync r.tar far:",
		"git config remote.m.mirror true; git config remote.m.url https://h/p; git push m",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) {
		text := "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          " + strings.ReplaceAll(script, "\n", "\n          ") + "\n"
		tree := source.Tree{Name: "platform", Files: []string{".github/workflows/w.yml"},
			FS: fstest.MapFS{".github/workflows/w.yml": {Data: []byte(text)}}}
		resources := githubactions.New().Analyze(context.Background(), tree, tree.Files).Resources
		self := draft.Build(tree, resources, git.Mappers()).Asset("repository")
		if self == nil {
			return
		}
		for _, m := range self.Mirrors {
			for _, fact := range []model.Fact{m.Target, m.Host, m.Refs, m.History, m.PropagatesDeletes, m.Rewrites, m.LFS, m.Interval, m.Undeletable} {
				if fact.State == "" || fact.State == model.Unknown && fact.Why == "" {
					t.Fatalf("a fact of %+v says nothing", m)
				}
			}
			if m.By == "" || m.SameHost == "" || m.At.File == "" || m.At.End > len(text) {
				t.Fatalf("%+v is not complete", m)
			}
		}
	})
}
