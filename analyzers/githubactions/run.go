package githubactions

import (
	"fmt"
	"path"
	"strings"

	"github.com/drlint/drlint/analyzers/githubactions/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// runner is a step's script and how it is run.
type runner struct {
	script    resource.Value // as written
	text      resource.Value // with its expressions evaluated
	shell     resource.Value
	directory resource.Value
	parts     []shell.Part
	dialect   shell.Dialect
	job       *job
	scope     *scope
	// Where run, shell and working-directory are named.
	runAt, shellAt, directoryAt source.Range
}

// runner reads the run of a step; a step without one has an absent script.
func (a *analysis) runner(v resource.Value, j *job, s *scope) runner {
	r := runner{job: j, scope: s}
	r.script, r.runAt = member(v, "run")
	if language, script, at := inlineScript(v); r.script.IsAbsent() && language != "" {
		r.script, r.runAt = script, at
		v = resource.ObjectAt(v.At, resource.Field{Name: "shell", At: at, Value: resource.StringAt(at, language)})
	}
	if !isString(r.script) {
		if !r.script.IsAbsent() && !r.script.IsUnknown() {
			a.shape(r.script, "run", "a text")
		}
		return r
	}
	r.text = a.text(r.script, s)
	r.shell, r.shellAt = a.setting(v, "shell", j, s)
	r.directory, r.directoryAt = a.setting(v, "working-directory", j, s)
	r.parts = a.scriptParts(r.script, s)
	switch name, ok := r.shell.AsString(); {
	case ok:
		r.dialect = shell.DialectOf(name)
	case j.windows && r.shell.IsAbsent():
		r.dialect = shell.PowerShell
	}
	return r
}

// inlineScript returns the script that an action gets as an input, and its shell.
func inlineScript(v resource.Value) (language string, script resource.Value, at source.Range) {
	uses, _ := v.Get("uses").AsString()
	action, _, _ := strings.Cut(strings.ToLower(uses), "@")
	if language = map[string]string{"azure/cli": "bash", "azure/powershell": "pwsh"}[action]; language == "" {
		return "", script, at
	}
	script, at = member(v.Get("with"), "inlineScript")
	if !isString(script) {
		return "", script, at
	}
	return language, script, at
}

// setting returns a member of a step or the default of its job.
func (a *analysis) setting(v resource.Value, name string, j *job, s *scope) (resource.Value, source.Range) {
	value, at := member(v, name)
	if value.IsAbsent() {
		return member(j.defaults, name)
	}
	return a.resolve(value, s), at
}

// addTo adds the attributes that say what runs and how.
func (r runner) addTo(out *resource.Builder) {
	out.Add("run", r.runAt, r.text)
	out.Add("shell", r.shellAt, r.shell)
	out.Add("working_directory", r.directoryAt, r.directory)
}

// scriptParts takes a script apart into its own text and what GitHub fills in
// before the shell sees it.
func (a *analysis) scriptParts(script resource.Value, s *scope) []shell.Part {
	place := a.places(script)
	var parts []shell.Part
	for _, part := range expression.Split(script.Text) {
		at := place(part.Start, part.End)
		if !part.Expression {
			parts = append(parts, shell.Part{Text: part.Text, At: func(start, end int) source.Range {
				return place(part.Start+start, part.Start+end)
			}})
			continue
		}
		fixed := func(int, int) source.Range { return at }
		v := a.evaluate(part.Text, at, s)
		if v.IsUnknown() && strings.ContainsRune(v.Hint, resource.Hole) {
			parts = append(parts, hinted(v, fixed)...)
		} else if v.IsUnknown() {
			parts = append(parts, shell.Part{Unknown: v.Why, At: fixed, Origin: v.Origin})
		} else {
			parts = append(parts, shell.Part{Text: expression.Text(v), At: fixed, Origin: v.Origin})
		}
	}
	return parts
}

// hinted returns the readable parts of an unknown text and the holes between.
func hinted(v resource.Value, at func(int, int) source.Range) []shell.Part {
	var parts []shell.Part
	for i, text := range strings.Split(v.Hint, string(resource.Hole)) {
		if i > 0 {
			parts = append(parts, shell.Part{Unknown: v.Why, At: at})
		}
		parts = append(parts, shell.Part{Text: text, At: at, Origin: v.Origin})
	}
	return parts
}

// commandsOf lists the commands of a script and of the scripts it calls.
func (a *analysis) commandsOf(r runner) []shell.Command {
	if len(r.parts) == 0 || a.commands >= maxCommands || !a.scripts.Afford(len(r.script.Text), r.script.At) {
		return nil
	}
	result := shell.Parse(r.parts, shell.Options{
		Dialect:  r.dialect,
		Env:      r.variable,
		Start:    r.start(),
		Toplevel: workspace,
		Open:     func(file string) (shell.Script, bool) { return a.script(r, file) },
		Follow: func(c shell.Command, variable func(string) (shell.Word, bool)) []shell.Script {
			return a.scripts.Make(c, variable, r.locate)
		},
	})
	for _, d := range result.Diagnostics {
		a.report(d.Code, d.Severity, d.At, d.Summary, d.Detail)
	}
	a.commands += len(result.Commands)
	if a.commands >= maxCommands {
		a.report("github-actions/budget", source.Warning, r.script.At,
			fmt.Sprintf("The workflows run more than %d commands", maxCommands),
			"The commands after this script are not checked.")
	}
	return result.Commands
}

// variable returns a variable of the environment as the shell gets it.
func (r runner) variable(name string) (shell.Word, bool) {
	if v, ok := r.scope.variable(name); ok {
		if v.IsUnknown() {
			return shell.WordOf(v), true
		}
		return shell.Word{Text: expression.Text(v), Known: true, At: v.At, Origin: v.Origin}, true
	}
	switch name {
	case "GITHUB_WORKSPACE", "GITHUB_ENV", "GITHUB_OUTPUT":
		return shell.Literal("$"+name, source.Range{}), true
	case "GITHUB_ACTION_PATH":
		if r.scope.action != "" {
			return shell.Literal(workspace+"/"+r.scope.action, source.Range{}), true
		}
	}
	if strings.HasPrefix(name, "GITHUB_") || strings.HasPrefix(name, "RUNNER_") {
		return shell.UnknownWord("$"+name+" depends on the run", source.Range{}), true
	}
	return shell.Word{}, false
}

// start is the directory that the step runs in, or "" when it is not known.
func (r runner) start() string {
	directory, known := r.directory.AsString()
	switch {
	case r.directory.IsAbsent():
		return workspace
	case !known || path.IsAbs(directory):
		return ""
	case strings.HasPrefix(directory, workspace):
		return directory
	}
	return path.Join(workspace, directory)
}

// script returns a script by its path below the directory the step runs in.
func (a *analysis) script(r runner, file string) (shell.Script, bool) {
	name, own := r.locate(file)
	if !own {
		return shell.Script{}, false
	}
	return a.scripts.Open(name, r.script.At)
}

// locate translates a path that a step uses to one of the repository.
func (r runner) locate(file string) (string, bool) {
	if !strings.HasPrefix(file, workspace) {
		start := r.start()
		if start == "" || path.IsAbs(file) {
			return "", false
		}
		file = start + "/" + file
	}
	return r.job.inRepository(file)
}
