package environment

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// known are the words that name an environment by themselves.
var known = words(`
	dev develop development devel int integration sit test testing tst qa uat acc accept acceptance perf stg stag stage
	staging pre ppe preprod preproduction prod production prd live nonprod nonproduction nprd npd sandbox sbx lab poc
	demo dr ci e2e canary preview training hotfix local`)

// generic are the words of file names that name no environment: what the file
// is, and what it is for.
var generic = words(`
	main azuredeploy deploy deployment template maintemplate parameters parameter params param terraform terragrunt
	auto tfvars variables variable vars var inputs input values settings config configuration common shared base
	default defaults global globals all env environment infra
	templateparametersforworkspace armtemplateparametersforfactory`)

// containers are the folders that hold a file or a folder for each environment.
var containers = words(`
	env envs environment environments environs vars tfvars variables varfiles var-files params param parameters
	parameter parameterfiles bicepparam config configs configuration configurations settings values inputs stages
	workspaces tenants accounts subscriptions deployments stacks`)

// shared are the names of files that hold what all environments have in common.
var shared = words("common shared base default defaults global globals all terraform variables vars")

func words(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// suffixes are cut off the name of a parameter file, the longest first.
var suffixes = []string{".auto.tfvars.json", ".auto.tfvars", ".tfvars.json", ".tfvars", ".bicepparam", ".parameters.json", ".parameters.jsonc", ".jsonc", ".json", ".hcl", ".yaml", ".yml"}

// NameOf returns the name of the environment that a parameter file is for, by
// its path alone: "prod" of main.parameters.prod.json, main.prod.parameters.json,
// parameters/prod/main.parameters.json, prod.bicepparam and env/prod.tfvars;
// "prod/eu" of vars/prod/eu.tfvars. A file whose path names none has its own
// base name: "main" of infra/main.parameters.json.
func NameOf(file string) string { return NameFor(file, "") }

// NameFor is NameOf for a file that is known to belong to a root: words that
// only repeat the root's own name are no part of the environment's.
func NameFor(file, root string) string {
	own, dir := ownName(file, root), folderName(file, root)
	switch {
	case own != "" && (names(own) || dir == ""):
		return own
	case dir == "":
		return safe(stem(file))
	case own == "" || strings.Contains(path.Base(file), ".parameters."):
		return dir
	default:
		return dir + "/" + own
	}
}

// ownName returns the part of a file's name that may name an environment.
func ownName(file, root string) string {
	rootName := rootName(root)
	parts := strings.Split(stem(file), ".")
	if len(parts) > 1 {
		for _, part := range parts {
			if !generic[strings.ToLower(part)] && names(part) {
				return safe(trimmed(part, rootName))
			}
		}
	}
	var kept []string
	for i, part := range parts {
		// The first of several parts repeats the name of the template.
		if i == 0 && len(parts) > 1 && !isTerraform(file) && slices.ContainsFunc(parts[1:], func(p string) bool { return !generic[strings.ToLower(p)] }) {
			continue
		}
		if part = trimmed(part, rootName); part != "" {
			kept = append(kept, part)
		}
	}
	return safe(strings.Join(kept, "."))
}

func isTerraform(file string) bool {
	return strings.HasSuffix(file, ".tfvars") || strings.HasSuffix(file, ".tfvars.json")
}

// trimmed cuts generic words and the root's name off both ends of a part:
// "prod" of "parameters-prod", "" of "main".
func trimmed(part, rootName string) string {
	idle := func(word string) bool {
		word = strings.ToLower(word)
		return word == "" || generic[word] || word == rootName
	}
	if idle(part) {
		return ""
	}
	for _, cut := range []string{"-", "_"} {
		for {
			before, after, found := strings.Cut(part, cut)
			if !found || !idle(before) {
				break
			}
			part = after
		}
		for {
			at := strings.LastIndex(part, cut)
			if at < 0 || !idle(part[at+1:]) {
				break
			}
			part = part[:at]
		}
	}
	if idle(part) {
		return ""
	}
	return part
}

// folderName returns the folders of a path that name an environment, joined:
// from the first one that does, or that lies in a folder of environments.
func folderName(file, root string) string {
	elements := strings.Split(path.Dir(file), "/")
	first := -1
	for i, element := range elements {
		if containers[strings.ToLower(element)] {
			first = -1
			continue
		}
		if first < 0 && (names(element) || i > 0 && containers[strings.ToLower(elements[i-1])]) {
			first = i
		}
	}
	if first < 0 || root != "" && below(path.Join(elements[:first+1]...), rootFolder(root)) {
		return ""
	}
	var kept []string
	for _, element := range elements[first:] {
		if !generic[strings.ToLower(element)] && strings.ToLower(element) != rootName(root) && !slices.Contains(kept, element) {
			kept = append(kept, element)
		}
	}
	return safe(strings.Join(kept, "/"))
}

// below reports whether an inner folder lies within or is an outer one.
func below(outer, inner string) bool {
	return inner == outer || strings.HasPrefix(inner, outer+"/")
}

// names reports whether a word of a text is the name of an environment.
func names(text string) bool {
	parts := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, part := range parts {
		if known[part] || known[strings.TrimRight(part, "0123456789")] {
			return true
		}
	}
	return false
}

func stem(file string) string {
	name := path.Base(file)
	for _, suffix := range suffixes {
		if cut, found := strings.CutSuffix(name, suffix); found && cut != "" {
			return cut
		}
	}
	return name
}

// rootName is the last element of a root without the extension of a file.
func rootName(root string) string {
	if root == "" || root == "." {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(path.Base(root), ".bicep"), ".json"))
}

func rootFolder(root string) string {
	if strings.HasSuffix(root, ".bicep") || strings.HasSuffix(root, ".json") {
		return path.Dir(root)
	}
	return root
}

// safe replaces what would make a name ambiguous where it is part of an ID.
func safe(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '#' || r == '@' || unicode.IsSpace(r) || unicode.IsControl(r) {
			return '-'
		}
		return r
	}, name)
}

// OfUnit names the environment that a Terragrunt unit is for, by its folder:
// "prod/eu" of live/prod/eu/storage. full names the unit too, for when several
// units of one environment run the same code: "prod/eu/storage".
func OfUnit(dir string) (short, full string) {
	elements := strings.Split(dir, "/")
	// "live" is also the folder of all units.
	first := slices.IndexFunc(elements, func(element string) bool {
		return names(element) && !strings.HasSuffix(strings.ToLower(element), "live")
	})
	if first < 0 {
		first = slices.IndexFunc(elements, names)
	}
	if first < 0 {
		for first = 0; first < len(elements)-1 && containers[strings.ToLower(elements[first])]; {
			first++
		}
	}
	var kept []string
	for _, element := range elements[first:] {
		if !strings.HasPrefix(element, ".") && !slices.Contains(kept, element) {
			kept = append(kept, element)
		}
	}
	full = safe(strings.Join(kept, "/"))
	if last := len(kept) - 1; last > 0 && !names(kept[last]) {
		kept = kept[:last]
	}
	return safe(strings.Join(kept, "/")), full
}
