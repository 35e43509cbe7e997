package git_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/githubactions"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/git"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// TestManagesItself: a repository whose own host configuration is in it takes
// that over, and the remote tells it from a repository of the same name.
func TestManagesItself(t *testing.T) {
	files := fstest.MapFS{
		"main.tf": {Data: []byte(`provider "github" {
  owner = "acme"
}

resource "github_repository" "platform" {
  name               = "platform"
  archive_on_destroy = true
}

resource "github_branch_protection" "platform" {
  repository_id  = github_repository.platform.node_id
  pattern        = "main"
  enforce_admins = true
}
`)},
		".github/workflows/mirror.yml": {Data: []byte(`name: Mirror
on: push
jobs:
  own:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: git push --all https://github.com/acme/platform.git
`)},
	}
	tree := source.Tree{FS: files, Name: "platform", Files: []string{".github/workflows/mirror.yml", "main.tf"}}
	for _, test := range []struct {
		remote  string
		branch  model.ProtectionState
		mirrors int
	}{
		{"https://github.com/acme/platform.git", model.On, 0},
		{"https://github.com/other/platform.git", model.Undecided, 1},
	} {
		tree.Remotes = []string{test.remote}
		resources := githubactions.New().Analyze(context.Background(), tree, tree.Files[:1]).Resources
		resources = append(resources, terraform.New().Analyze(context.Background(), tree, tree.Files[1:]).Resources...)
		self := draft.Build(tree, resources, git.Mappers()).Asset("repository")
		if got := self.Protections[model.BranchProtection].State; got != test.branch {
			t.Errorf("%s: branch protection is %s, want %s", test.remote, got, test.branch)
		}
		if len(self.Mirrors) != test.mirrors {
			t.Errorf("%s: %d mirrors, want %d", test.remote, len(self.Mirrors), test.mirrors)
		}
	}
}
