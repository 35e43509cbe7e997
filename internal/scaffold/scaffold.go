// Package scaffold writes the first files of a rule of the users' own: a
// condition with metadata, examples and unit tests, which pass as they are.
package scaffold

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed template
var templates embed.FS

// names are the files of a rule.
var names = []string{"rule.rego", "rule_test.rego", "examples.txtar"}

// File is one file; Path is relative to the directory of the rules and
// slash-separated.
type File struct {
	Path string
	Data []byte
}

const prefix = "custom/"

var (
	segment = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	// reserved are words that the rule language does not take in a package, and
	// the place of libraries.
	reserved = []string{"as", "contains", "data", "default", "else", "every", "false", "if", "import", "in", "input", "not", "null", "package", "some", "true", "with"}
)

// Rule returns the files of a new rule "custom/<name>". The error says what is
// wrong with its name. embedded are the names that are taken.
func Rule(name string, embedded []string) ([]File, error) {
	own, ok := strings.CutPrefix(name, prefix)
	if !ok {
		if slices.Contains(embedded, name) {
			return nil, fmt.Errorf("%s is a rule of drlint; the names of your own begin with %s", name, prefix)
		}
		return nil, fmt.Errorf("the name %q does not begin with %s, as those of your own rules do: %s%s", name, prefix, prefix, strings.TrimPrefix(name, "/"))
	}
	if slices.Contains(embedded, own) {
		return nil, fmt.Errorf("%s would be taken for the rule %s of drlint; settings and severity of that one are changed in .drlint.yaml", name, own)
	}
	segments := strings.Split(own, "/")
	for i, s := range segments {
		switch {
		case strings.Contains(s, "_") && segment.MatchString(strings.ReplaceAll(s, "_", "-")):
			return nil, fmt.Errorf("the name %s has an underscore; write %s", name, strings.ReplaceAll(name, "_", "-"))
		case !segment.MatchString(s):
			return nil, fmt.Errorf("the name %q is not made of small letters, digits and dashes, as in custom/raw/not-tagged", name)
		case slices.Contains(reserved, s):
			return nil, fmt.Errorf("the name %s holds %q, which is a word of the rule language", name, s)
		case i == 0 && s == "lib":
			return nil, fmt.Errorf("the name %s is that of a library; rules import what is below custom/lib", name)
		}
	}
	packaged := strings.ReplaceAll(strings.ReplaceAll(name, "/", "."), "-", "_")
	var files []File
	for _, file := range names {
		data, err := templates.ReadFile(path.Join("template", file))
		if err != nil {
			return nil, err
		}
		files = append(files, File{Path: path.Join(own, file), Data: []byte(strings.ReplaceAll(string(data), "PACKAGE", packaged))})
	}
	return files, nil
}
