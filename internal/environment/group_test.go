package environment

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/source"
)

// files reads lines of a path and the names that the file sets.
func files(text string) (list []File) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		words := strings.Fields(line)
		list = append(list, File{Path: words[0], Names: words[1:]})
	}
	return list
}

func TestGroup(t *testing.T) {
	cases := []struct {
		name, root, files string
		want              []Environment
	}{
		{"one file an environment", "infra", "infra/env/prod.tfvars a b\ninfra/env/dev.tfvars a b", []Environment{
			{"dev", []string{"infra/env/dev.tfvars"}}, {"prod", []string{"infra/env/prod.tfvars"}},
		}},
		{"what all share comes first", ".", "env/prod.tfvars a\nenv/dev.tfvars a\nenv/common.tfvars a b", []Environment{
			{"dev", []string{"env/common.tfvars", "env/dev.tfvars"}}, {"prod", []string{"env/common.tfvars", "env/prod.tfvars"}},
		}},
		{"a folder an environment", "infra", "vars/prod/network.tfvars a\nvars/prod/storage.tfvars b\nvars/dev/network.tfvars a", []Environment{
			{"dev", []string{"vars/dev/network.tfvars"}}, {"prod", []string{"vars/prod/network.tfvars", "vars/prod/storage.tfvars"}},
		}},
		{"alternatives in a folder", "infra", "vars/prod/eu.tfvars a\nvars/prod/us.tfvars a", []Environment{
			{"prod/eu", []string{"vars/prod/eu.tfvars"}}, {"prod/us", []string{"vars/prod/us.tfvars"}},
		}},
		{"one name twice", ".", "eu/prod.tfvars a\nus/prod.tfvars a", []Environment{
			{"eu/prod", []string{"eu/prod.tfvars"}}, {"us/prod", []string{"us/prod.tfvars"}},
		}},
		{"a single file", "infra", "infra/lake.tfvars a", []Environment{{"lake", []string{"infra/lake.tfvars"}}}},
		{"a single file that names nothing", "infra/main.bicep", "infra/main.parameters.json a", []Environment{{"", []string{"infra/main.parameters.json"}}}},
		{"a single file of the template's name", "x/lake.template.json", "x/lake.parameters.json a", []Environment{{"", []string{"x/lake.parameters.json"}}}},
		{"what a workspace publishes", "p/TemplateForWorkspace.json", "p/TemplateParametersForWorkspace.json a", []Environment{{"", []string{"p/TemplateParametersForWorkspace.json"}}}},
		{"a file that names nothing beside prod", "main.bicep", "main.parameters.json a\nmain.parameters.prod.json a", []Environment{
			{"main", []string{"main.parameters.json"}}, {"prod", []string{"main.parameters.prod.json"}},
		}},
		{"prod beside a file of other parameters", "infra", "infra/prod.tfvars a\ninfra/secrets.tfvars b", []Environment{
			{"prod", []string{"infra/secrets.tfvars", "infra/prod.tfvars"}},
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			given := files(c.files)
			if diff := cmp.Diff(c.want, Group(c.root, given)); diff != "" {
				t.Error(diff)
			}
			slices.Reverse(given)
			if diff := cmp.Diff(c.want, Group(c.root, given)); diff != "" {
				t.Error("the order of files matters", diff)
			}
		})
	}
}

func TestMatch(t *testing.T) {
	candidate := func(root string, names ...string) Candidate {
		return Candidate{Root: root, Dir: root, Declares: func(name string) bool { return slices.Contains(names, name) }}
	}
	cases := []struct {
		name, file string
		candidates []Candidate
		want       []string
	}{
		{"in the root's folder", "infra/prod.tfvars a", []Candidate{candidate("infra", "a"), candidate("other", "a")}, []string{"infra"}},
		{"in a folder of the root", "infra/env/prod/x.tfvars a b", []Candidate{candidate("infra", "a", "b")}, []string{"infra"}},
		{"beside the root", "deploy/env/prod.tfvars a", []Candidate{candidate("deploy/terraform", "a"), candidate("tools", "z")}, []string{"deploy/terraform"}},
		{"another root declares the names", "infra/prod.tfvars a b", []Candidate{candidate("infra", "z"), candidate("infra/lake", "a", "b")}, []string{"infra/lake"}},
		{"two roots do", "env/prod.tfvars a", []Candidate{candidate("stacks/lake", "a"), candidate("stacks/network", "a")}, []string{"stacks/lake", "stacks/network"}},
		{"its path names one of them", "env/lake/prod.tfvars a", []Candidate{candidate("stacks/lake", "a"), candidate("stacks/network", "a")}, []string{"stacks/lake"}},
		{"too far away", "a/b/c/d/e/prod.tfvars x", []Candidate{candidate("z", "x")}, nil},
		{"hardly a name is declared", "prod.tfvars a b c", []Candidate{candidate(".", "a", "b")}, nil},
		{"one of ten may be a leftover", "prod.tfvars a b c d e f g h i j", []Candidate{candidate(".", "a", "b", "c", "d", "e", "f", "g", "h", "i")}, []string{"."}},
		{"nothing is set", "prod.tfvars", []Candidate{candidate(".", "a")}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Match(files(c.file)[0], c.candidates)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDeclared(t *testing.T) {
	tree := source.Tree{Environments: []source.Environment{
		{Root: "infra/", Name: "prod", Files: []string{"a.tfvars"}}, {Root: "other", Name: "dev"},
	}}
	if diff := cmp.Diff([]Environment{{"prod", []string{"a.tfvars"}}}, Declared(tree, "infra")); diff != "" {
		t.Error(diff)
	}
	if got := Declared(tree, "lake"); got != nil {
		t.Error(got)
	}
}
