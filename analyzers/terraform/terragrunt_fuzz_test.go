package terraform

import (
	"path"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/internal/source"
)

// FuzzTerragrunt reads a unit, what it includes and reads, and a stack that
// writes the unit again.
func FuzzTerragrunt(f *testing.F) {
	for _, name := range []string{"terragrunt", "stack"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		var root, env, stackText string
		for _, file := range archive.Files {
			switch path.Base(file.Name) {
			case "root.hcl":
				root = string(file.Data)
			case "env.hcl":
				env = string(file.Data)
			case "terragrunt.stack.hcl":
				stackText = string(file.Data)
			}
		}
		for _, file := range archive.Files {
			if path.Base(file.Name) == "terragrunt.hcl" {
				f.Add(string(file.Data), root, env, stackText)
			}
		}
	}
	f.Add("include \"a\" {\n  path = \"terragrunt.hcl\"\n}\nlocals {\n  x = read_terragrunt_config(\"terragrunt.hcl\")\n}\ninputs = local.x\n", "", "", "")
	f.Add("inputs = local\nterraform {\n  source = \"../../modules/m\"\n}\n", "locals {\n  a = include\n}", "", "stack \"s\" {\n  source = \".\"\n  path = \"s\"\n}\n")
	f.Add("generate \"p\" {\n  contents = \"provider \\\"aws\\\" { region = \\\"${get_env()}\\\" }\"\n}\nterraform {\n  source = \"../../../modules/m\"\n}\n", "", "", "")
	f.Fuzz(func(t *testing.T, leaf, root, env, stackText string) {
		files := fstest.MapFS{
			"root.hcl":                       {Data: []byte(root)},
			"live/prod/env.hcl":              {Data: []byte(env)},
			"live/prod/x/terragrunt.hcl":     {Data: []byte(leaf)},
			"live/dev/terragrunt.stack.hcl":  {Data: []byte(stackText)},
			"modules/m/main.tf":              {Data: []byte("variable \"name\" {}\nresource \"aws_a\" \"b\" {\n  name = var.name\n}\n")},
			"units/lake/terragrunt.hcl":      {Data: []byte(leaf)},
			"stacks/in/terragrunt.stack.hcl": {Data: []byte(stackText)},
		}
		tree := source.Tree{FS: files, Files: []string{
			"live/dev/terragrunt.stack.hcl", "live/prod/x/terragrunt.hcl", "modules/m/main.tf", "root.hcl",
			"stacks/in/terragrunt.stack.hcl", "units/lake/terragrunt.hcl",
		}}
		checkResult(t, tree, analyze(tree))
	})
}
