package azurepipelines

import (
	"slices"
	"strings"
	"unicode"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// Directories of the agent whose value no policy needs: they stand for
// themselves, so that paths below them can be followed.
const (
	sourcesDir   = "$BUILD_SOURCESDIRECTORY"
	workspaceDir = "$PIPELINE_WORKSPACE"
	stagingDir   = "$BUILD_ARTIFACTSTAGINGDIRECTORY"
	tempDir      = "$AGENT_TEMPDIRECTORY"
)

// directories are the predefined variables that name them (Azure Pipelines
// documentation, "Use predefined variables").
var directories = map[string]string{
	"build.sourcesdirectory":         sourcesDir,
	"build.repository.localpath":     sourcesDir,
	"system.defaultworkingdirectory": sourcesDir,
	"pipeline.workspace":             workspaceDir,
	"agent.builddirectory":           workspaceDir,
	"build.artifactstagingdirectory": stagingDir,
	"build.stagingdirectory":         stagingDir,
	"agent.tempdirectory":            tempDir,
}

// predefined are the beginnings of the names that Azure Pipelines sets.
var predefined = []string{"agent.", "build.", "system.", "environment.", "pipeline.", "checks.", "release.", "strategy.", "resources.", "deployment."}

// commands of one word that scripts substitute: $(pwd) is no variable.
var words = []string{"pwd", "date", "whoami", "hostname", "nproc", "uname", "id", "arch", "mktemp", "ls", "tty"}

// macro returns what stands for $(name). It is not ok for a command of the shell.
func (a *analysis) macro(name string, at source.Range, s *scope, depth int) ([]shell.Part, bool) {
	switch {
	case strings.Contains(name, hole):
		return []shell.Part{{Unknown: "the name of a variable is not known", At: fixed(at)}}, true
	case depth >= maxMacros:
		return []shell.Part{{Unknown: "variable " + name + " is set to itself", At: fixed(at)}}, true
	}
	v, set := a.variable(name, s)
	if !set {
		if slices.Contains(words, name) {
			return nil, false
		}
		return []shell.Part{{Unknown: unset(name, s), At: fixed(at)}}, true
	}
	parts := valueParts(a.runtime(v, s, depth), at)
	for i := range parts {
		parts[i].Origin = addOrigin(v.Origin, v.At)
	}
	return a.macros(parts, s, depth+1), true
}

func addOrigin(list []source.Range, at source.Range) []source.Range {
	if at.IsZero() || slices.Contains(list, at) || len(list) >= maxOrigins {
		return list
	}
	return append([]source.Range{at}, list...)
}

// runtime evaluates a variable whose value is a $[ … ] expression.
func (a *analysis) runtime(v resource.Value, s *scope, depth int) resource.Value {
	if text := strings.TrimSpace(v.Text); isString(v) && strings.HasPrefix(text, "$[") && strings.HasSuffix(text, "]") {
		return a.runtimeExpression(v, s, depth)
	}
	return v
}

func (a *analysis) runtimeExpression(v resource.Value, s *scope, depth int) resource.Value {
	text := strings.TrimSpace(v.Text)
	result := a.evaluated(text[2:len(text)-1], v.At, a.runtimeLookup(s, depth+1))
	return placed(result, v.At)
}

// runtimeLookup returns the value of a context path while the pipeline runs.
func (a *analysis) runtimeLookup(s *scope, depth int) expression.Lookup {
	return func(path []string) resource.Value {
		if len(path) == 2 && strings.EqualFold(path[0], "variables") {
			if depth > maxMacros {
				return unknown("variable " + path[1] + " is set to itself")
			}
			v, set := a.variable(path[1], s)
			if !set {
				return unknown(unset(path[1], s))
			}
			v = a.runtime(v, s, depth)
			return from(joinedIfMacro(a, v, s, depth))
		}
		if len(path) > 1 && strings.EqualFold(path[0], "parameters") {
			return a.lookup(s)(path)
		}
		return unknown(strings.Join(path, ".") + " is known only when the pipeline runs")
	}
}

func joinedIfMacro(a *analysis, v resource.Value, s *scope, depth int) resource.Value {
	if !isString(v) || !strings.Contains(v.Text, "$(") {
		return v
	}
	return joined(v.At, a.macros([]shell.Part{{Text: v.Text, At: fixed(v.At)}}, s, depth+1))
}

// unset says why a variable is not known that no file sets.
func unset(name string, s *scope) string {
	for l := s.vars; l != nil; l = l.outer {
		if len(l.open) > 0 {
			return "variable " + name + " is not set in the pipeline's files; it may be in " + l.open[0]
		}
	}
	return "variable " + name + " is not set in the pipeline's files"
}

// variable returns a variable as a step sees it.
func (a *analysis) variable(name string, s *scope) (resource.Value, bool) {
	key := strings.ToLower(name)
	if s.job != nil {
		if v, ok := s.job.set[key]; ok {
			return v, true
		}
	}
	if v, ok := s.vars.find(key); ok {
		return v, true
	}
	if directory, ok := directories[key]; ok {
		return resource.StringAt(source.Range{}, directory), true
	}
	if key == "system.accesstoken" {
		return unknown("System.AccessToken is known only to Azure Pipelines"), true
	}
	if slices.ContainsFunc(predefined, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
		return unknown(name + " depends on the run"), true
	}
	return resource.Value{}, false
}

// variableOf returns a variable as a template expression sees it.
func (a *analysis) variableOf(name string, s *scope) resource.Value {
	outside := *s
	outside.job = nil
	v, set := a.variable(name, &outside)
	if !set {
		return unknown(unset(name, s))
	}
	return from(v)
}

// environmentName is the name under which scripts see a variable.
func environmentName(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '.' || c == ' ' || c == '-' {
			return '_'
		}
		return unicode.ToUpper(c)
	}, name)
}

// fromEnvironment returns the predefined variable that scripts see under a name.
func fromEnvironment(name string) (directory string, ok bool) {
	for variable, directory := range directories {
		if len(variable) == len(name) && environmentName(variable) == name {
			return directory, true
		}
	}
	for _, prefix := range predefined {
		if len(name) > len(prefix) && name[len(prefix)-1] == '_' && strings.EqualFold(name[:len(prefix)-1], prefix[:len(prefix)-1]) {
			return "", true
		}
	}
	return "", false
}
