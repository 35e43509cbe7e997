package azurepipelines

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// hooks evaluates the steps of a deployment job's strategy in the order in
// which they run. What runs on failure does not run when all goes well.
func (a *analysis) hooks(o object, j *job) {
	for _, m := range o.all("strategy") {
		for _, kind := range a.object(m.value, m.scope).members {
			if !slices.Contains([]string{"runonce", "rolling", "canary"}, strings.ToLower(kind.name)) {
				continue
			}
			strategy := a.object(kind.value, kind.scope)
			for _, hook := range []string{"preDeploy", "deploy", "routeTraffic", "postRouteTraffic"} {
				for _, m := range strategy.all(hook) {
					a.hook(hook, m, m.scope, j)
				}
			}
			for _, m := range strategy.all("on") {
				for _, end := range a.object(m.value, m.scope).members {
					s := end.scope
					if strings.EqualFold(end.name, "failure") {
						failed := *s
						failed.runs = resource.BoolAt(end.at, false)
						s = &failed
					}
					a.hook("on "+strings.ToLower(end.name), end, s, j)
				}
			}
		}
	}
}

func (a *analysis) hook(name string, m member, s *scope, j *job) {
	j.hook = name
	for _, steps := range a.object(m.value, s).all("steps") {
		a.stepList(steps.value, steps.scope, j)
	}
	j.hook = ""
}

// keep carries what a step sets by a logging command over to the steps after
// it: `echo "##vso[task.setvariable variable=NAME]value"`.
func (j *job) keep(commands []shell.Command, step string) {
	for _, c := range commands {
		for _, word := range c.Words[1:] {
			name, v, output := setting(word)
			if name == "" {
				continue
			}
			if c.Conditional {
				v = resource.UnknownAt(word.At, "variable "+name+" is set by a command that does not always run")
			}
			if output {
				name = step + "." + name
			}
			j.scope.job.keep(name, v)
		}
	}
}

const setVariable = "##vso[task.setvariable "

// setting takes a logging command apart that sets a variable.
func setting(word shell.Word) (name string, v resource.Value, output bool) {
	text := word.Readable()
	_, rest, found := strings.Cut(text, setVariable)
	if !found {
		return "", v, false
	}
	properties, value, found := strings.Cut(rest, "]")
	if !found {
		return "", v, false
	}
	for property := range strings.SplitSeq(properties, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(property), "=")
		switch strings.ToLower(key) {
		case "variable":
			name = value
		case "isoutput":
			output = strings.EqualFold(value, "true")
		}
	}
	if name == "" || strings.Contains(name, hole) {
		return "", v, false
	}
	if !strings.Contains(value, hole) {
		v = resource.StringAt(word.At, value)
		v.Origin = word.Origin
		return name, v, output
	}
	v = resource.UnknownAt(word.At, word.Why)
	v.Hint, v.Origin = value, word.Origin
	return name, v, output
}
