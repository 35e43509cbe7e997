package terraform

import (
	"path"
	"strings"
)

// role is what Terraform does with a file, judged by its name.
type role uint8

const (
	ignored   role = iota
	primary        // *.tf, *.tofu and their JSON forms
	override       // override.tf, *_override.tf: merged over the primary files
	variables      // terraform.tfvars, *.auto.tfvars: values for a root module
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
// loaded by Terraform, nor are other variable files unless -var-file names them.
func roleOf(file string) role {
	name := path.Base(file)
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
	case name == "terraform.tfvars" || name == "terraform.tfvars.json",
		strings.HasSuffix(name, ".auto.tfvars"), strings.HasSuffix(name, ".auto.tfvars.json"):
		return variables
	default:
		return ignored
	}
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
