package git_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/azurepipelines"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/git"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// mirrored maps one pipeline of a repository with a remote.
func mirrored(remote, pipeline string) *model.Asset {
	tree := source.Tree{
		FS: fstest.MapFS{"azure-pipelines.yml": {Data: []byte(pipeline)}}, Name: "data",
		Files: []string{"azure-pipelines.yml"}, Remotes: []string{remote},
	}
	result := azurepipelines.New().Analyze(context.Background(), tree, tree.Files)
	return draft.Build(tree, result.Resources, git.Mappers()).Asset("repository")
}

// The names of Azure Repos are one host, and its addresses one repository.
func TestAzureReposHost(t *testing.T) {
	remotes := []string{
		"https://acme@dev.azure.com/acme/platform/_git/data", "git@ssh.dev.azure.com:v3/acme/platform/data",
		"https://acme.visualstudio.com/DefaultCollection/platform/_git/data", "acme@vs-ssh.visualstudio.com:v3/acme/platform/data",
	}
	for _, remote := range remotes {
		for target, want := range map[string]model.Tri{
			"https://github.com/acme/data.git":                   model.No,
			"https://dev.azure.com/acme/copies/_git/data":        model.Yes,
			"https://other.visualstudio.com/copies/_git/data":    model.Yes,
			"https://$(token)@dev.azure.com/acme/x/_git/$(copy)": model.Yes,
		} {
			a := mirrored(remote, "trigger: [main]\nsteps:\n- checkout: self\n  fetchDepth: 0\n- bash: git push --mirror "+target+"\n")
			if len(a.Mirrors) != 1 {
				t.Errorf("%s to %s: %d mirrors", remote, target, len(a.Mirrors))
			} else if got := a.Mirrors[0].SameHost; got != want {
				t.Errorf("%s to %s: the same host %s, want %s", remote, target, got, want)
			}
		}
		if a := mirrored(remote, "trigger: [main]\nsteps:\n- bash: git push --mirror https://$(token)@dev.azure.com/acme/platform/_git/data\n"); len(a.Mirrors) != 0 {
			t.Errorf("%s: a push to itself counts as a mirror", remote)
		}
		if a := mirrored(remote, "trigger: [main]\nsteps:\n- checkout: git://platform/data\n  fetchDepth: 0\n- bash: git push --mirror https://github.com/acme/data\n"); len(a.Mirrors) != 1 {
			t.Errorf("%s: git://platform/data is not taken for this repository", remote)
		}
		if a := mirrored(remote, "trigger: [main]\nsteps:\n- checkout: git://platform/other\n- bash: git push --mirror https://github.com/acme/other\n"); len(a.Mirrors) != 0 {
			t.Errorf("%s: a copy of another repository counts as a mirror of this one", remote)
		}
	}
}

// A pipeline of Azure may serve a repository on GitHub.
func TestAzurePipelinesOfGitHub(t *testing.T) {
	pipeline := `trigger: [main]
resources:
  repositories:
  - {repository: me, type: github, name: acme/data}
  - {repository: tools, type: github, name: acme/tools}
jobs:
- job: a
  steps:
  - checkout: me
    fetchDepth: 0
  - bash: git push --mirror https://dev.azure.com/acme/copies/_git/data
- job: b
  steps:
  - checkout: tools
    fetchDepth: 0
  - bash: git push --mirror https://dev.azure.com/acme/copies/_git/tools
`
	a := mirrored("https://github.com/acme/data", pipeline)
	if len(a.Mirrors) != 1 || a.Mirrors[0].SameHost != model.No || a.Provider != "github" {
		t.Errorf("mirrors %+v of %s, want one on another host", a.Mirrors, a.Provider)
	}
}

// What drlint does not follow may be the mirror: then there is no verdict.
func TestUnreadMirror(t *testing.T) {
	tests := map[string]struct {
		step string
		open bool
	}{
		"missing script":   {"- bash: ./tools/mirror.sh", true},
		"in Python":        {"- script: python tools/backup_repo.py", true},
		"another purpose":  {"- bash: ./tools/sync-notebooks.sh", false},
		"only a word":      {"- bash: echo mirror", false},
		"remote template":  {"- template: steps/mirror.yml@shared", true},
		"other template":   {"- template: steps/build.yml@shared", false},
		"never runs":       {"- bash: ./tools/mirror.sh\n  condition: false", false},
		"missing template": {"- template: steps/mirror.yml", true},
	}
	for name, test := range tests {
		a := mirrored("https://github.com/acme/data", "trigger: [main]\nsteps:\n"+test.step+"\n")
		want := model.Off
		if test.open {
			want = model.Undecided
		}
		if got := a.Protections[model.MirrorCopy]; got.State != want {
			t.Errorf("%s: the mirror is %s (%s), want %s", name, got.State, got.Why, want)
		}
	}
}
