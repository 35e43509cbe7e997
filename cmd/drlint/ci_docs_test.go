package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// TestRecipes runs the steps that docs/ci.md shows, with what each service sets.
func TestRecipes(t *testing.T) {
	recipes := map[string]string{
		"gitlab": strings.Join(scriptsOf(recipe(t, ".gitlab-ci.yml").Path("drlint.script")), "\n"),
		"azure":  strings.Join(bashOf(recipe(t, "azure-pipelines.yml").Get("steps")), "\n"),
		"other":  recipeText(t, "elsewhere.sh"),
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(top, "testdata", "recipes"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           testCondition,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			for name, script := range recipes {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name+".sh"), []byte(script), 0o644); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// recipeText is the text of a file that the page shows.
func recipeText(t *testing.T, file string) string {
	t.Helper()
	for _, f := range pages(t, "docs/ci.md")[0].fences {
		if f.file == file {
			return f.body
		}
	}
	t.Fatalf("docs/ci.md shows no %s", file)
	return ""
}

func recipe(t *testing.T, file string) resource.Value {
	t.Helper()
	documents, problems := yaml.Parse(file, []byte(recipeText(t, file)))
	if len(problems) > 0 || len(documents) != 1 {
		t.Fatalf("%s: %d documents, problems %v", file, len(documents), problems)
	}
	return documents[0].Value
}

// scriptsOf are the commands of a list.
func scriptsOf(list resource.Value) (scripts []string) {
	for _, item := range list.Items {
		text, _ := item.AsString()
		scripts = append(scripts, text)
	}
	return scripts
}

// bashOf are the scripts of the steps that run drlint and do not install it.
func bashOf(steps resource.Value) (scripts []string) {
	for _, step := range steps.Items {
		if text := textAt(step, "bash"); text != "" && !strings.HasPrefix(text, "go install ") {
			scripts = append(scripts, text)
		}
	}
	return scripts
}
