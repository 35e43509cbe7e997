package githubactions

import (
	"strings"

	"github.com/drlint/drlint/analyzers/githubactions/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// scope is what the expressions at one place can see. Inner scopes add layers
// of env; the other contexts are those of the workflow, job or action.
type scope struct {
	outer *scope
	env   resource.Value // an object, evaluated
	index map[string]int // of env, when it is long
	// set are variables that earlier steps wrote to $GITHUB_ENV, and outputs
	// what they wrote to $GITHUB_OUTPUT, by step and name.
	set     map[string]resource.Value
	outputs map[string]resource.Value
	inputs  func(name string) resource.Value
	matrix  resource.Value // an object of candidate lists
	event   string         // the only event that starts the workflow, if there is one
	action  string         // the directory of the composite action
}

// inner returns a scope with one more layer of env.
func (s *scope) inner(env resource.Value) *scope {
	layer := *s
	layer.outer, layer.set = s, nil
	layer.setEnv(env)
	return &layer
}

// few is the number of variables up to which a search needs no index.
const few = 16

func (s *scope) setEnv(env resource.Value) {
	s.env, s.index = env, nil
	if len(env.Fields) > few {
		s.index = make(map[string]int, len(env.Fields))
		for i, f := range env.Fields {
			s.index[f.Name] = i
		}
	}
}

// own returns a variable of this layer.
func (s *scope) own(name string) (resource.Value, bool) {
	if v, ok := s.set[name]; ok {
		return v, true
	}
	if s.index != nil {
		i, ok := s.index[name]
		if !ok {
			return resource.Value{}, false
		}
		return s.env.Fields[i].Value, true
	}
	for _, f := range s.env.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return s.env, s.env.IsUnknown()
}

// variable returns a variable of the environment.
func (s *scope) variable(name string) (resource.Value, bool) {
	for layer := s; layer != nil; layer = layer.outer {
		if v, ok := layer.own(name); ok {
			return v, true
		}
	}
	return resource.Value{}, false
}

// from marks a value as set elsewhere.
func from(v resource.Value) resource.Value {
	if !v.At.IsZero() && len(v.Origin) < maxOrigins {
		v.Origin = append([]source.Range{v.At}, v.Origin...)
	}
	return v
}

// unknown has no place yet; whoever asks for the value sets it.
func unknown(why string) resource.Value { return resource.UnknownAt(source.Range{}, why) }

// lookup returns the value of a context path.
func (s *scope) lookup(path []string) resource.Value {
	name := strings.Join(path, ".")
	switch strings.ToLower(path[0]) {
	case "env":
		return s.lookupEnv(path, name)
	case "inputs":
		return s.lookupInput(path[1:], name)
	case "matrix":
		return s.lookupMatrix(path, name)
	case "github":
		return s.lookupGitHub(path, name)
	case "steps":
		if len(path) == 4 && strings.EqualFold(path[2], "outputs") {
			if v, ok := s.outputs[outputName(path[1], path[3])]; ok {
				return from(v)
			}
		}
		return unknown(name + " is set when the job runs")
	case "secrets":
		return unknown(name + " is known only to GitHub")
	case "vars":
		return unknown(name + " is set outside of the repository")
	case "needs", "jobs":
		return unknown(name + " is set when the jobs run")
	case "runner", "job", "strategy":
		return unknown(name + " depends on the runner")
	}
	return unknown(name + " is no context of GitHub Actions")
}

func outputName(step, output string) string { return step + "\x00" + output }

func (s *scope) lookupEnv(path []string, name string) resource.Value {
	if len(path) == 2 {
		if v, ok := s.variable(path[1]); ok {
			return from(v)
		}
	}
	return unknown(name + " is not set in the workflow")
}

func (s *scope) lookupInput(path []string, name string) resource.Value {
	if len(path) == 0 || s.inputs == nil {
		return unknown(name + " is set by whoever starts the workflow")
	}
	v := s.inputs(path[0])
	for _, key := range path[1:] {
		v = expression.Member(v, key)
	}
	return from(v)
}

// workspace and its like are variables of the runner whose value no policy
// needs: they stand for themselves, so that paths below them can be followed.
const (
	workspace  = "$GITHUB_WORKSPACE"
	envFile    = "$GITHUB_ENV"
	outputFile = "$GITHUB_OUTPUT"
)

func (s *scope) lookupGitHub(path []string, name string) resource.Value {
	if len(path) < 2 {
		return unknown(name + " depends on the run")
	}
	switch strings.ToLower(path[1]) {
	case "workspace":
		return resource.StringAt(source.Range{}, workspace)
	case "action_path":
		if s.action != "" {
			return resource.StringAt(source.Range{}, workspace+"/"+s.action)
		}
	case "event_name":
		if s.event != "" {
			return resource.StringAt(source.Range{}, s.event)
		}
	case "token":
		return unknown(name + " is known only to GitHub")
	case "event":
		if len(path) > 3 && strings.EqualFold(path[2], "inputs") {
			return s.lookupInput(path[3:], name)
		}
	}
	return unknown(name + " depends on the run")
}

// resolve evaluates all expressions in a value.
func (a *analysis) resolve(v resource.Value, s *scope) resource.Value {
	if v.State != resource.Known {
		return v
	}
	if a.work++; a.work > maxWork {
		a.report("github-actions/budget", source.Warning, v.At, "The workflows have more values than are evaluated",
			"What follows is not checked.")
		return resource.UnknownAt(v.At, "the workflows have more values than are evaluated")
	}
	switch v.Kind {
	case resource.String:
		return a.text(v, s)
	case resource.List:
		items := make([]resource.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = a.resolve(item, s)
		}
		v.Items = items
	case resource.Object:
		fields := make([]resource.Field, len(v.Fields))
		for i, f := range v.Fields {
			f.Value = a.resolve(f.Value, s)
			fields[i] = f
		}
		v.Fields = fields
	}
	return v
}

// text evaluates the expressions in a text. A text that is one expression has
// the expression's type.
func (a *analysis) text(v resource.Value, s *scope) resource.Value {
	if !strings.Contains(v.Text, "${{") {
		return v
	}
	pieces := a.pieces(v, s)
	if len(pieces) == 1 {
		result := pieces[0]
		result.At = v.At
		return result
	}
	return expression.Join(v.At, pieces...)
}

// pieces returns the literal stretches and the values of the expressions of a
// text, each with its place.
func (a *analysis) pieces(v resource.Value, s *scope) []resource.Value {
	place := a.places(v)
	var pieces []resource.Value
	for _, part := range expression.Split(v.Text) {
		at := place(part.Start, part.End)
		if part.Expression {
			pieces = append(pieces, a.evaluate(part.Text, at, s))
		} else {
			pieces = append(pieces, resource.StringAt(at, part.Text))
		}
	}
	return pieces
}

// evaluate returns the value of one expression.
func (a *analysis) evaluate(text string, at source.Range, s *scope) resource.Value {
	v, err := expression.Evaluate(text, at, s.lookup)
	if err != nil {
		a.report("github-actions/expression", source.Warning, at,
			"The expression is not valid: "+err.Error(), "GitHub does not run the workflow before it is mended.")
		return resource.UnknownAt(at, "its expression is not valid")
	}
	if v.IsKnown() && v.Kind == resource.Null {
		return resource.NullAt(at)
	}
	return v
}

// places returns a function from bytes of a text to their place in its file.
func (a *analysis) places(v resource.Value) func(start, end int) source.Range {
	f := a.files[v.At.File]
	if f == nil {
		return func(int, int) source.Range { return v.At }
	}
	offset := yaml.Positions(f.data, v)
	return func(start, end int) source.Range {
		from := offset(start)
		to := from
		if end > start {
			to = max(offset(end-1)+1, from)
		}
		return source.Range{File: v.At.File, Start: from, End: min(to, len(f.data))}
	}
}
