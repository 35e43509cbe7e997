// Package config reads .drlint.yaml. The published JSON schema decides what is
// valid; every problem is placed at the line that causes it.
package config

import (
	"errors"
	"io/fs"
	"path"

	"github.com/drlint/drlint/internal/declaration"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/stage"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// Names are the file names that are looked for at the root, in order.
var Names = []string{".drlint.yaml", ".drlint.yml"}

// Config is a valid configuration. The zero value is the default one.
type Config struct {
	// File is the path of the file below the root; empty when there is none.
	File             string
	Include, Exclude []string
	// FailOn is "" when the file does not say.
	FailOn string
	// FailOnCost says whether advice that saves money fails a run.
	FailOnCost bool
	// Profile and RuleSet are "" when the file does not say.
	Profile finding.Profile
	RuleSet string
	// CustomRules is the directory of the users' own rules below the root.
	CustomRules string
	Platform    Platform
	Stages      []stage.Declaration
	// Declarations are what people state about the platform and its assets.
	Declarations declaration.Declarations
	// Environments have paths below the root.
	Environments []source.Environment
	// Baseline is the path of a baseline below the root, "" when the file does not
	// say; BaselineAt is where it says so.
	Baseline   string
	BaselineAt source.Range
	Rules      map[string]Rule
	Ignore     []finding.Acceptance
}

// Platform describes the whole.
type Platform struct {
	Name string
	// Data overrides whether this is a data platform; nil leaves it open.
	Data *bool
}

// Rule is what the configuration says of one rule.
type Rule struct {
	Off      bool
	Severity finding.Severity // "" keeps the rule's own
	Settings map[string]any
	At       source.Range // the name of the rule
}

// Find returns the path of the configuration at the root, or "".
func Find(fsys fs.FS) string {
	for _, name := range Names {
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// Load reads and validates a configuration. Any diagnostic of severity error
// means that it must not be used. Names of rules are checked later, by
// CheckRules, because users' own rules are found through the configuration.
func Load(fsys fs.FS, file string) (Config, []source.Diagnostic) {
	data, refused := guard.Read(fsys, file, guard.YAML)
	if refused != nil {
		return Config{}, []source.Diagnostic{*refused}
	}
	documents, diagnostics := yaml.Parse(file, data)
	if len(diagnostics) > 0 {
		return Config{}, diagnostics
	}
	whole := source.Range{File: file, End: len(data)}
	if len(documents) != 1 {
		return Config{}, []source.Diagnostic{problem(whole, "the configuration must be exactly one YAML document", "")}
	}
	root := documents[0].Value
	if problems := validate(file, root); len(problems) > 0 {
		return Config{}, problems
	}
	c := decode(file, root)
	c.Declarations = decodeDeclarations(root, source.NewLines(data))
	return c, nil
}

// ErrInvalid says that a configuration has problems, which are reported apart.
var ErrInvalid = errors.New("the configuration is not valid")

func decode(file string, root resource.Value) Config {
	c := Config{File: file, Rules: map[string]Rule{}}
	c.Include, _ = root.Get("include").Strings()
	c.Exclude, _ = root.Get("exclude").Strings()
	c.FailOn, _ = root.Get("fail-on").AsString()
	c.FailOnCost, _ = root.Get("fail-on-cost").AsBool()
	c.Profile, c.RuleSet = finding.Profile(text(root, "profile")), text(root, "rule-set")
	if dir, ok := root.Get("custom-rules").AsString(); ok {
		c.CustomRules = below(file, dir)
	}
	if known, ok := root.Get("baseline").AsString(); ok {
		c.Baseline, c.BaselineAt = below(file, known), root.Get("baseline").At
	}
	c.Platform.Name, _ = root.Path("platform.name").AsString()
	if data, ok := root.Path("platform.data").AsBool(); ok {
		c.Platform.Data = &data
	}
	for _, entry := range root.Get("stages").Blocks() {
		c.Stages = append(c.Stages, stage.Declaration{
			Stage: model.Stage(text(entry, "stage")), Address: text(entry, "address"), Name: text(entry, "name"),
			Path: text(entry, "path"), Tag: text(entry, "tag"), At: entry.At,
		})
	}
	for _, entry := range root.Get("environments").Blocks() {
		e := source.Environment{Root: below(file, text(entry, "root")), Name: text(entry, "name"), At: entry.At}
		files, _ := entry.Get("files").Strings()
		for _, name := range files {
			e.Files = append(e.Files, below(file, name))
		}
		c.Environments = append(c.Environments, e)
	}
	for _, field := range root.Get("rules").Fields {
		rule := decodeRule(field.Value)
		rule.At = field.At
		c.Rules[field.Name] = rule
	}
	for _, entry := range root.Get("ignore").Blocks() {
		c.Ignore = append(c.Ignore, finding.Acceptance{
			Rule: text(entry, "rule"), Address: text(entry, "address"), Path: text(entry, "path"),
			Reason: text(entry, "reason"), Until: text(entry, "until"), Owner: text(entry, "owner"), At: entry.At,
		})
	}
	return c
}

func decodeRule(v resource.Value) Rule {
	severity := text(v, "severity")
	rule := Rule{Off: severity == "off"}
	if !rule.Off {
		rule.Severity = finding.Severity(severity)
	}
	if settings, ok := plain(v.Get("settings")).(map[string]any); ok {
		rule.Settings = settings
	}
	return rule
}

// below returns the path below the root that is written relative to the file.
func below(file, written string) string { return path.Join(path.Dir(file), written) }

func text(v resource.Value, name string) string {
	text, _ := v.Get(name).AsString()
	return text
}
