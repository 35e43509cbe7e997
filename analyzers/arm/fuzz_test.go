package arm

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/analyzers/analyzertest"
)

// FuzzTemplate evaluates whatever is given as a template.
func FuzzTemplate(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if filepath.Ext(file.Name) == ".json" {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !bytes.Contains(data, []byte("deploymentTemplate.json")) {
			data = append([]byte(`{`+head+`, "resources": [ `), append(data, []byte("] }")...)...)
		}
		files := fstest.MapFS{
			"main.json":                 {Data: data},
			"main.parameters.json":      {Data: data},
			"nested/vault.json":         {Data: data},
			"main.parameters.prod.json": {Data: []byte(`{"$schema": "deploymentParameters.json#", "parameters": {"name": {"value": "x"}}}`)},
		}
		check(t, map[string]string{
			"main.json": string(data), "main.parameters.json": string(data), "nested/vault.json": string(data),
			"main.parameters.prod.json": string(files["main.parameters.prod.json"].Data),
		}, analyze(analyzertest.Tree(files)))
	})
}
