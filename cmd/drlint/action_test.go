package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// action is action.yml as a runner reads it.
type action struct{ root resource.Value }

func readAction(t *testing.T) action {
	t.Helper()
	file := filepath.Join(top, "action.yml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	documents, problems := yaml.Parse(file, data)
	if len(problems) > 0 || len(documents) != 1 {
		t.Fatalf("%d documents, problems %v", len(documents), problems)
	}
	return action{documents[0].Value}
}

func textAt(v resource.Value, path string) string {
	text, _ := v.Path(path).AsString()
	return text
}

var actionExpression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// What users give reaches a script only through its environment, and what is
// declared is used.
func TestActionIsSound(t *testing.T) {
	a := readAction(t)
	var used, steps []string
	for _, step := range a.root.Path("runs.steps").Items {
		if textAt(step, "shell") != "bash" || actionExpression.MatchString(textAt(step, "run")) {
			t.Errorf("step %s: its shell is not bash, or an actionExpression is part of its script", textAt(step, "id"))
		}
		steps = append(steps, textAt(step, "id"))
		for _, variable := range step.Get("env").Fields {
			text, _ := variable.Value.AsString()
			used = append(used, actionExpression.FindStringSubmatch(text)[1])
			if !strings.Contains(textAt(step, "run"), variable.Name) {
				t.Errorf("step %s does not use %s", textAt(step, "id"), variable.Name)
			}
		}
	}
	for _, input := range a.root.Get("inputs").Fields {
		if textAt(input.Value, "description") == "" || !slices.ContainsFunc(used, func(e string) bool { return slices.Contains(strings.Fields(e), "inputs."+input.Name) }) {
			t.Errorf("input %s has no description or is not used", input.Name)
		}
	}
	for _, output := range a.root.Get("outputs").Fields {
		value := actionExpression.FindStringSubmatch(textAt(output.Value, "value"))
		if textAt(output.Value, "description") == "" || len(value) == 0 || !slices.Contains(steps, strings.Split(value[1], ".")[1]) {
			t.Errorf("output %s has no description or no step", output.Name)
		}
	}
	for _, input := range used {
		name, found := strings.CutPrefix(strings.Fields(input)[0], "inputs.")
		if found && a.root.Get("inputs").Get(name).IsAbsent() {
			t.Errorf("there is no input %s", name)
		}
	}
}

// TestAction runs the steps of the action in a made-up runner.
func TestAction(t *testing.T) {
	a := readAction(t)
	source, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip("no home directory, and so no cache of Go modules:", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(top, "testdata", "action"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           testCondition,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"action": a.run, "keep": keepOutput},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE", source)
			env.Setenv("HOME", home)
			env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			env.Setenv("RUNNER_TEMP", filepath.Join(env.WorkDir, "runner"))
			env.Setenv("GITHUB_STEP_SUMMARY", filepath.Join(env.WorkDir, "summary.md"))
			return os.Mkdir(filepath.Join(env.WorkDir, "runner"), 0o755)
		},
	})
}

// run runs the steps with the inputs NAME=VALUE until one fails, and writes the
// outputs of the action to the file outputs. A literal \n is a line break.
func (a action) run(ts *testscript.TestScript, negated bool, arguments []string) {
	values := map[string]string{"github.action_path": ts.Getenv("SOURCE"), "github.event.merge_group.base_sha": ts.Getenv("QUEUE_BASE")}
	for _, input := range a.root.Get("inputs").Fields {
		values["inputs."+input.Name] = textAt(input.Value, "default")
	}
	for _, argument := range arguments {
		name, value, _ := strings.Cut(argument, "=")
		if _, known := values["inputs."+name]; !known {
			ts.Fatalf("there is no input %s", name)
		}
		values["inputs."+name] = strings.ReplaceAll(value, `\n`, "\n")
	}
	failed := false
	for _, step := range a.root.Path("runs.steps").Items {
		if condition := textAt(step, "if"); condition != "" && !conditionHolds(ts, condition, values) {
			continue
		}
		if failed = a.step(ts, step, values) != nil; failed {
			break
		}
	}
	var outputs strings.Builder
	for _, output := range a.root.Get("outputs").Fields {
		outputs.WriteString(output.Name + "=" + fillIn(textAt(output.Value, "value"), values) + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs("outputs"), []byte(outputs.String()), 0o644))
	if failed != negated {
		ts.Fatalf("the action failed: %t", failed)
	}
}

// keepOutput sets a variable to what the last command wrote.
func keepOutput(ts *testscript.TestScript, _ bool, arguments []string) {
	ts.Setenv(arguments[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// conditionHolds evaluates the one form of a condition that is used.
func conditionHolds(ts *testscript.TestScript, condition string, values map[string]string) bool {
	name, found := strings.CutSuffix(condition, " == ''")
	if _, known := values[name]; !found || !known {
		ts.Fatalf("the condition %q is not understood", condition)
	}
	return values[name] == ""
}

// step runs one step as a runner does and collects its outputs.
func (a action) step(ts *testscript.TestScript, step resource.Value, values map[string]string) error {
	for _, variable := range step.Get("env").Fields {
		text, _ := variable.Value.AsString()
		ts.Setenv(variable.Name, fillIn(text, values))
	}
	script := filepath.Join(ts.Getenv("RUNNER_TEMP"), textAt(step, "id")+".sh")
	ts.Check(os.WriteFile(script, []byte(textAt(step, "run")), 0o644))
	outputs := filepath.Join(ts.Getenv("RUNNER_TEMP"), textAt(step, "id")+".outputs")
	ts.Check(os.WriteFile(outputs, nil, 0o644))
	ts.Setenv("GITHUB_OUTPUT", outputs)
	failure := ts.Exec("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
	data, err := os.ReadFile(outputs)
	ts.Check(err)
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		values["steps."+textAt(step, "id")+".outputs."+name] = value
	}
	return failure
}

// fillIn replaces expressions by their values: the first of a chain of
// alternatives that is not empty.
func fillIn(text string, values map[string]string) string {
	return actionExpression.ReplaceAllStringFunc(text, func(e string) string {
		for alternative := range strings.SplitSeq(actionExpression.FindStringSubmatch(e)[1], "||") {
			if value := values[strings.TrimSpace(alternative)]; value != "" {
				return value
			}
		}
		return ""
	})
}
