package discover

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func list(t *testing.T, dir string, o Options) []string {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	tree, _, err := Walk(root.FS(), o)
	if err != nil {
		t.Fatal(err)
	}
	return tree.Files
}

func TestWalkHonoursIgnoreRules(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		".git/config":                               "",
		".git/info/exclude":                         "*.local.tf\n",
		".gitignore":                                "# generated\nbuild/\n*.tfvars\n!keep.tfvars\n.terraform/\n",
		"main.tf":                                   "",
		"secret.local.tf":                           "",
		"a.tfvars":                                  "",
		"keep.tfvars":                               "",
		"build/main.tf":                             "",
		"infra/.gitignore":                          "/old\n",
		"infra/old/main.tf":                         "",
		"infra/new/old/main.tf":                     "",
		"infra/.terraform/modules/lake/main.tf":     "",
		"infra/.terraform/providers/readme.md":      "",
		".github/workflows/deploy.yml":              "",
		"infra/.terraform/modules/lake/build/x.tf":  "",
		"infra/.terraform/modules/lake/.git/config": "",
	})
	want := []string{
		".github/workflows/deploy.yml", ".gitignore", "infra/.gitignore", "infra/.terraform/modules/lake/build/x.tf",
		"infra/.terraform/modules/lake/main.tf", "infra/new/old/main.tf", "keep.tfvars", "main.tf",
	}
	if diff := cmp.Diff(want, list(t, dir, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestWalkGlobs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a/main.tf": "", "a/readme.md": "", "b/main.tf": "", "b/c/main.tf": ""})
	cases := []struct {
		options Options
		want    []string
	}{
		{Options{Include: []string{"**/*.tf"}}, []string{"a/main.tf", "b/c/main.tf", "b/main.tf"}},
		{Options{Exclude: []string{"b"}}, []string{"a/main.tf", "a/readme.md"}},
		{Options{Exclude: []string{"b/**"}}, []string{"a/main.tf", "a/readme.md"}},
		{Options{Include: []string{"b/**"}, Exclude: []string{"**/c"}}, []string{"b/main.tf"}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, list(t, dir, c.options)); diff != "" {
			t.Errorf("%+v: %s", c.options, diff)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	if _, _, err := Walk(root.FS(), Options{Include: []string{"a[/**"}}); err == nil || err.Error() != `include: "a[/**" is not a valid glob` {
		t.Errorf("bad glob: %v", err)
	}
}

func TestWalkNeverLeavesTheRoot(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	write(t, outside, map[string]string{"secret.tf": "", "deep/secret.tf": ""})
	write(t, dir, map[string]string{"main.tf": "", "shared/variables.tf": ""})
	for link, target := range map[string]string{
		"secret.tf": filepath.Join(outside, "secret.tf"), "deep": filepath.Join(outside, "deep"), "dangling.tf": "nowhere.tf",
		"variables.tf": filepath.Join("shared", "variables.tf"), "loop": ".", "itself.tf": "itself.tf",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	tree, diagnostics, err := Walk(root.FS(), Options{Name: dir})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"main.tf", "shared/variables.tf", "variables.tf"}, tree.Files); diff != "" {
		t.Error(diff)
	}
	var noted []string
	for _, d := range diagnostics {
		noted = append(noted, d.Code+" "+d.At.File)
	}
	if diff := cmp.Diff([]string{"discover/link-outside deep"}, noted); diff != "" {
		t.Error(diff)
	}
	if want := "Not followed: deep, secret.tf."; diagnostics[0].Detail != want {
		t.Errorf("got %q, want %q", diagnostics[0].Detail, want)
	}
}

func TestRemotesNameTheRepository(t *testing.T) {
	cases := map[string]string{
		"git@github.com:acme/lake.git":           "lake",
		"https://dev.azure.com/acme/data/_git/x": "x",
		"ssh://git@host:22/acme/lake/":           "lake",
	}
	for url, want := range cases {
		dir := t.TempDir()
		write(t, dir, map[string]string{".git/config": "[core]\n\turl = no\n[remote \"origin\"]\n\turl = " + url + "\n\tfetch = x\n"})
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		tree, _, err := Walk(root.FS(), Options{Name: dir})
		_ = root.Close()
		if err != nil || tree.Name != want || !slices.Equal(tree.Remotes, []string{url}) {
			t.Errorf("%s: got %q %v, want %q (%v)", url, tree.Name, tree.Remotes, want, err)
		}
	}
}

func TestRoot(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{".git/config": "", "infra/main.tf": "", "lake/.drlint.yaml": "", "lake/a/main.tf": ""})
	elsewhere := t.TempDir()
	write(t, elsewhere, map[string]string{".git/config": "", "main.tf": ""})
	for link, target := range map[string]string{"shared.tf": filepath.Join(elsewhere, "main.tf"), "inside.tf": "infra/main.tf"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	cases := []struct {
		paths []string
		root  string
		only  []string
	}{
		{[]string{"shared.tf"}, ".", []string{"shared.tf"}},
		{[]string{"inside.tf"}, ".", []string{"infra/main.tf"}},
		{[]string{"."}, ".", []string{"."}},
		{[]string{"infra"}, ".", []string{"infra"}},
		{[]string{"infra/main.tf", "lake"}, ".", []string{"infra/main.tf", "lake"}},
		{[]string{"lake/a"}, "lake", []string{"a"}},
		{[]string{"lake"}, "lake", []string{"."}},
	}
	for _, c := range cases {
		var paths []string
		for _, path := range c.paths {
			paths = append(paths, filepath.Join(dir, path))
		}
		root, only, err := Root(paths)
		if err != nil || root != filepath.Join(dir, c.root) || !slices.Equal(only, c.only) {
			t.Errorf("%v: got %s %v (%v)", c.paths, root, only, err)
		}
	}
	if _, _, err := Root([]string{filepath.Join(dir, "lake"), filepath.Join(dir, "infra")}); err == nil {
		t.Error("a path outside the root of the first one is accepted")
	}
	if _, _, err := Root([]string{filepath.Join(dir, "missing")}); err == nil {
		t.Error("a missing path is accepted")
	}
}

func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	files := map[string]string{}
	for d := range 500 {
		for f := range 100 {
			files[fmt.Sprintf("team%02d/service%03d/file%02d.tf", d%50, d, f)] = ""
		}
	}
	for d := range 50 {
		files[fmt.Sprintf("team%02d/.gitignore", d)] = "*7.tf\nbuild/\n!keep.tf\n"
	}
	write(b, dir, files)
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = root.Close() })
	for b.Loop() {
		if _, _, err := Walk(root.FS(), Options{Name: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLocate(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, base, map[string]string{"repo/.git/config": "", "repo/lake/main.tf": "", "repo/inner/.drlint.yaml": "", "plain/a/main.tf": ""})
	for _, c := range []struct {
		name, root, file string
		folders          []string
	}{
		{name: "repo/lake/main.tf", root: "repo", file: "lake/main.tf"},
		{name: "repo/lake/new/typed.tf", root: "repo", file: "lake/new/typed.tf"},
		{name: "repo/inner/x.tf", root: "repo/inner", file: "x.tf", folders: []string{"repo"}},
		{name: "plain/a/main.tf", root: "plain/a", file: "main.tf"},
		{name: "plain/a/main.tf", root: "plain", file: "a/main.tf", folders: []string{".", "plain", "repo", "missing"}},
		{name: "plain/a"},
		{name: "plain/a/main.tf/below.tf"},
	} {
		var folders []string
		for _, folder := range c.folders {
			folders = append(folders, filepath.Join(base, folder))
		}
		root, file, err := Locate(filepath.Join(base, c.name), folders...)
		if c.root == "" {
			if err == nil {
				t.Errorf("%s: got %s in %s, want an error", c.name, file, root)
			}
			continue
		}
		if err != nil || root != filepath.Join(base, c.root) || file != c.file {
			t.Errorf("%s: got %s in %s, %v", c.name, file, root, err)
		}
	}
}
