package azurepipelines

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// task is what a step runs.
type task struct {
	name     resource.Value // "AzureCLI@2" as written; absent for a script
	at       source.Range
	inputs   resource.Value
	inputsAt source.Range
	written  object // the inputs as written
}

// taskOf reads the task of a step and its inputs.
func (a *analysis) taskOf(o object, s *scope, j *job) task {
	var t task
	m, ok := o.get("task")
	if !ok {
		return t
	}
	t.name, t.at = a.resolve(m.value, j.at(m.scope)), m.at
	inputs, ok := o.get("inputs")
	if !ok {
		return t
	}
	t.inputsAt = inputs.at
	t.written = a.object(inputs.value, inputs.scope)
	out := resource.Builder{At: inputs.value.At}
	for _, input := range t.written.members {
		out.Add(input.name, input.at, a.guarded(a.resolve(input.value, j.at(input.scope)), input.scope, s))
	}
	t.inputs = out.Value()
	if t.written.open.State == resource.Unknown {
		t.inputs = resource.UnknownAt(inputs.value.At, t.written.open.Why)
	}
	return t
}

// taskName is the name of a task without its version, and without the publisher
// and extension that may come before it.
func taskName(text string) string {
	text, _, _ = strings.Cut(strings.ToLower(text), "@")
	return text[strings.LastIndexByte(text, '.')+1:]
}

// scriptTask says where a task has its script (Azure Pipelines task reference;
// aliases of inputs come after their names).
type scriptTask struct {
	inline, file, arguments, directory []string
	// choice is the input that tells inline from file, which is the default
	// where both exist.
	choice []string
	shell  func(a *analysis, t task, j *job) string
	prefix string // in front of an inline script
}

var scriptTasks = map[string]scriptTask{
	"bash": {
		inline: []string{"script"}, file: []string{"filePath"}, arguments: []string{"arguments"},
		directory: []string{"workingDirectory", "cwd"}, choice: []string{"targetType"}, shell: named("bash"),
	},
	"cmdline": {inline: []string{"script"}, directory: []string{"workingDirectory", "cwd"}, shell: agentShell},
	"powershell": {
		inline: []string{"script"}, file: []string{"filePath", "scriptName"}, arguments: []string{"arguments"},
		directory: []string{"workingDirectory", "workingFolder"}, choice: []string{"targetType"}, shell: named("pwsh"),
	},
	"azurecli": {
		inline: []string{"inlineScript", "script"}, file: []string{"scriptPath"}, arguments: []string{"arguments", "scriptArguments", "args"},
		directory: []string{"workingDirectory", "cwd"}, choice: []string{"scriptLocation"}, shell: azureCLIShell,
	},
	"azurepowershell": {
		inline: []string{"Inline", "inlineScript"}, file: []string{"ScriptPath"}, arguments: []string{"ScriptArguments"},
		directory: []string{"workingDirectory"}, choice: []string{"ScriptType"}, shell: named("pwsh"),
	},
	"shellscript": {file: []string{"scriptPath"}, arguments: []string{"args"}, directory: []string{"cwd"}, shell: named("bash")},
	"batchscript": {file: []string{"filename"}, arguments: []string{"arguments"}, directory: []string{"workingFolder"}, shell: named("cmd")},
	"npm":         {inline: []string{"customCommand"}, directory: []string{"workingDir"}, choice: []string{"command"}, shell: agentShell, prefix: "npm "},
	"azurepowershellscript": {
		inline: []string{"Inline"}, file: []string{"ScriptPath"}, arguments: []string{"ScriptArguments"}, choice: []string{"ScriptType"}, shell: named("pwsh"),
	},
}

func named(name string) func(*analysis, task, *job) string {
	return func(*analysis, task, *job) string { return name }
}

// agentShell is the shell of script: cmd on Windows, Bash elsewhere.
func agentShell(_ *analysis, _ task, j *job) string {
	if j.windows {
		return "cmd"
	}
	return "bash"
}

func azureCLIShell(_ *analysis, t task, j *job) string {
	kind, _ := t.inputs.Get("scriptType").AsString()
	switch strings.ToLower(kind) {
	case "bash":
		return "bash"
	case "ps", "pscore":
		return "pwsh"
	case "batch":
		return "cmd"
	default:
		return agentShell(nil, t, j)
	}
}

// first returns the first of the inputs that is written.
func (t task) first(names []string) (member, bool) {
	for _, name := range names {
		if m, ok := t.written.get(name); ok {
			return m, true
		}
	}
	return member{}, false
}

// runsInline tells an inline script from a file.
func (t task) runsInline(kind scriptTask) bool {
	_, inline := t.first(kind.inline)
	file, named := t.first(kind.file)
	if !inline || len(kind.choice) == 0 {
		return inline
	}
	choice := t.inputs.Get(kind.choice[0])
	if m, ok := t.first(kind.choice); ok {
		choice = t.inputs.Get(m.name)
	}
	text, known := choice.AsString()
	switch text = strings.ToLower(text); {
	case kind.prefix != "":
		return text == "custom"
	case known:
		return strings.Contains(text, "inline")
	default:
		return !named || file.value.IsAbsent()
	}
}

// runner is a step's script and how it is run.
type runner struct {
	job       *job
	scope     *scope
	script    resource.Value // of an inline script, evaluated
	scriptAt  source.Range
	at        source.Range // of the script or of the file's name
	shell     resource.Value
	directory resource.Value
	parts     []shell.Part
	dialect   shell.Dialect
	env       resource.Value
}

// runnerOf finds the script that a step runs: its own key or its task's inputs.
func (a *analysis) runnerOf(t task, o object, s *scope, j *job) runner {
	r := runner{job: j, scope: s}
	for _, key := range []string{"script", "bash", "pwsh", "powershell"} {
		m, ok := o.get(key)
		if !ok || t.at != (source.Range{}) {
			continue
		}
		name := key
		if key == "script" {
			name = agentShell(a, t, j)
		}
		a.inline(&r, m, name, "")
		if dir, ok := o.get("workingDirectory"); ok {
			r.directory = a.resolve(dir.value, j.at(dir.scope))
		}
		return r
	}
	text, _ := t.name.AsString()
	kind, ok := scriptTasks[taskName(text)]
	if !ok {
		return r
	}
	if dir, ok := t.first(kind.directory); ok {
		r.directory = a.resolve(dir.value, j.at(dir.scope))
	}
	name := kind.shell(a, t, j)
	if t.runsInline(kind) {
		m, _ := t.first(kind.inline)
		a.inline(&r, m, name, kind.prefix)
	} else if m, ok := t.first(kind.file); ok {
		arguments, _ := t.first(kind.arguments)
		a.called(&r, m, arguments, name)
	}
	return r
}

// inline reads a script that is written in the step.
func (a *analysis) inline(r *runner, m member, name, prefix string) {
	v, s := m.value, r.job.at(m.scope)
	if isString(v) && !s.literal {
		v, s = a.substitute(v, s)
		s = r.job.at(s)
	}
	if !isString(v) {
		if !v.IsUnknown() {
			v = a.typed(v, "string")
		}
		if !isString(v) {
			return
		}
	}
	if name == "bash" && r.job.system == "" && m.name == "script" && looksLikeCmd(v.Text) {
		name = "cmd"
	}
	r.parts = a.parts(v, s)
	r.script, r.scriptAt, r.at = joined(v.At, r.parts), m.at, v.At
	r.setShell(name, m.at)
	if prefix != "" {
		r.parts = append([]shell.Part{{Text: prefix, At: fixed(v.At)}}, r.parts...)
	}
}

// looksLikeCmd tells a script of cmd where the agent is not known: by words
// that no other shell has.
func looksLikeCmd(script string) bool {
	for line := range strings.Lines(script) {
		line = strings.ToLower(strings.TrimSpace(line))
		for _, word := range []string{"rem ", "@echo ", "if /i ", "setlocal", "call ", "set /"} {
			if strings.HasPrefix(line, word) {
				return true
			}
		}
	}
	return false
}

func (r *runner) setShell(name string, at source.Range) {
	r.shell = resource.StringAt(at, name)
	r.dialect = shell.DialectOf(name)
}

// called is a step that runs a script file: the command is put together as the
// task does it.
func (a *analysis) called(r *runner, file, arguments member, name string) {
	r.at = file.value.At
	r.setShell(name, file.at)
	opening := map[string]string{"bash": `bash "`, "pwsh": `& "`, "cmd": `call "`}[name]
	parts := a.parts(file.value, r.job.at(file.scope))
	if !isString(file.value) {
		return
	}
	r.parts = append(r.parts, shell.Part{Text: opening, At: fixed(file.value.At)})
	for _, part := range parts {
		part.Text = strings.TrimSpace(strings.ReplaceAll(part.Text, `\`, "/"))
		r.parts = append(r.parts, part)
	}
	r.parts = append(r.parts, shell.Part{Text: `" `, At: fixed(file.value.At)})
	if isString(arguments.value) {
		for _, part := range a.parts(arguments.value, r.job.at(arguments.scope)) {
			part.Text = strings.ReplaceAll(part.Text, "\n", " ")
			r.parts = append(r.parts, part)
		}
	}
}

// addTo adds the attributes that say what runs and how.
func (r runner) addTo(out *resource.Builder) {
	out.Add("run", r.scriptAt, r.script)
	out.Add("shell", r.shell.At, r.shell)
	out.Add("working_directory", source.Range{}, r.directory)
}
