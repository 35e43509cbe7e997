package terraform

import (
	"path"
	"slices"
	"strings"
)

// role is what Terraform does with a file, judged by its name.
type role uint8

const (
	ignored    role = iota
	primary         // *.tf, *.tofu and their JSON forms
	override        // override.tf, *_override.tf: merged over the primary files
	variables       // terraform.tfvars, *.auto.tfvars: values for a root module
	parameters      // other *.tfvars: values that -var-file names, for an environment
	unit            // terragrunt.hcl: runs a module
	stack           // terragrunt.stack.hcl: writes units
	included        // root.hcl and what units name: read into units
)

// The suffixes of configuration files. OpenTofu prefers a .tofu file to the
// .tf file of the same name (OpenTofu, "Files and Directories").
var configSuffixes = []struct{ suffix, tofu string }{
	{".tf", ".tofu"},
	{".tf.json", ".tofu.json"},
	{".tofu", ""},
	{".tofu.json", ""},
}

// roleOf classifies a path. Editors' backup files and hidden files are not
// loaded by Terraform.
func roleOf(file string) role {
	name := path.Base(file)
	if strings.Contains(file, ".boilerplate/") || strings.Contains(file, ".terragrunt-cache/") {
		return ignored // templates that Terragrunt fills in, and what it writes
	}
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") {
		return ignored
	}
	for _, known := range configSuffixes {
		stem, found := strings.CutSuffix(name, known.suffix)
		switch {
		case !found || stem == "":
		case stem == "override" || strings.HasSuffix(stem, "_override"):
			return override
		default:
			return primary
		}
	}
	switch {
	case name == "terragrunt.hcl":
		return unit
	case name == "terragrunt.stack.hcl":
		return stack
	case name == "root.hcl":
		return included
	case name == "terraform.tfvars" || name == "terraform.tfvars.json",
		strings.HasSuffix(name, ".auto.tfvars"), strings.HasSuffix(name, ".auto.tfvars.json"):
		return variables
	case (strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json")) && !isSpecimen(name):
		return parameters
	default:
		return ignored
	}
}

// isSpecimen reports whether a variable file shows what one looks like, for
// users to copy: "example.tfvars", "terraform.template.tfvars".
func isSpecimen(name string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '.' || r == '-' || r == '_' }), func(word string) bool {
		return word == "example" || word == "sample" || word == "template" || word == "specimen"
	})
}

// preferred returns the name of the OpenTofu file that would replace a file,
// or "".
func preferred(name string) string {
	for _, known := range configSuffixes {
		if stem, found := strings.CutSuffix(name, known.suffix); found && known.tofu != "" {
			return stem + known.tofu
		}
	}
	return ""
}

// variableRank orders variable files by precedence: later ones win
// (Terraform, "Input Variables", variable definition precedence).
func variableRank(name string) string {
	switch name {
	case "terraform.tfvars":
		return "0"
	case "terraform.tfvars.json":
		return "1"
	default:
		return "2" + name
	}
}

func isJSON(file string) bool { return strings.HasSuffix(file, ".json") }

// isInstalled reports whether a file lies in a directory that terraform init
// fills; such a directory is never a root of its own.
func isInstalled(dir string) bool {
	for part := range strings.SplitSeq(dir, "/") {
		if part == ".terraform" {
			return true
		}
	}
	return false
}
