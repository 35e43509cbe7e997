package githubactions

import (
	"path"
	"strings"

	"github.com/drlint/drlint/analyzers/githubactions/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func (a *analysis) jobs(f *file, s *scope) resource.Value {
	written, _ := member(f.root, "jobs")
	switch {
	case written.IsUnknown():
		return written
	case written.IsAbsent():
		a.shape(f.root, "jobs", "set")
		return resource.Value{}
	case !isObject(written):
		a.shape(written, "jobs", "a mapping")
		return resource.Value{}
	}
	list := resource.ListAt(written.At)
	for _, field := range written.Fields {
		if !isObject(field.Value) {
			a.shape(field.Value, "A job", "a mapping")
			continue
		}
		list.Items = append(list.Items, a.job(f, field, s))
	}
	return list
}

// job is the state of one job while its steps are followed.
type job struct {
	defaults  resource.Value // of run: shell, working-directory
	windows   bool
	checkouts []checkout
	stack     []string // the actions that are being followed
	via       []source.Range
}

// checkout says what a directory of the workspace holds.
type checkout struct {
	dir string
	own bool // this repository
}

// job evaluates one job.
func (a *analysis) job(f *file, field resource.Field, s *scope) resource.Value {
	v := field.Value
	out := resource.Builder{At: v.At}
	out.Add("id", field.At, resource.StringAt(field.At, field.Name))
	s = s.inner(resource.Value{})
	s.outputs = map[string]resource.Value{}
	s.set = map[string]resource.Value{}
	strategy, _ := member(v, "strategy")
	matrix, matrixAt := member(strategy, "matrix")
	matrix = a.resolve(matrix, s)
	s.matrix = candidates(matrix)
	out.Add("matrix", matrixAt, matrix)
	env, envAt := a.environment(v, s)
	out.Add("env", envAt, env)
	s.setEnv(env)
	a.condition(&out, v, s)
	for _, name := range []string{
		"name", "needs", "environment", "permissions", "runs-on", "container", "services", "uses", "with", "concurrency",
		"timeout-minutes", "continue-on-error", "outputs",
	} {
		value, at := member(v, name)
		out.Add(underscored(name), at, a.resolve(value, s))
	}
	j := &job{defaults: a.defaults(f.root, v, s), windows: a.onWindows(v, s)}
	steps, at := member(v, "steps")
	out.Add("steps", at, a.stepList(steps, j, s))
	return out.Value()
}

// condition adds "if" as written and "runs", its value: true, false or unknown.
func (a *analysis) condition(out *resource.Builder, v resource.Value, s *scope) {
	written, at := member(v, "if")
	out.Add("if", at, written)
	out.Add("runs", at, a.truth(written, s))
}

// truth evaluates a condition; absent stays absent.
func (a *analysis) truth(written resource.Value, s *scope) resource.Value {
	v := written
	if isString(written) {
		if strings.Contains(written.Text, "${{") {
			v = a.text(written, s)
		} else {
			v = a.evaluate(written.Text, written.At, s)
		}
	}
	if v.State == resource.Absent || v.IsUnknown() {
		return v
	}
	truth, _ := expression.Truth(v)
	result := resource.BoolAt(written.At, truth)
	result.Origin = v.Origin
	return result
}

// defaults returns defaults.run of the job over that of the workflow.
func (a *analysis) defaults(root, v resource.Value, s *scope) resource.Value {
	out := resource.Builder{At: v.At}
	for _, name := range []string{"shell", "working-directory"} {
		value, at := member(v.Get("defaults").Get("run"), name)
		if value.IsAbsent() {
			value, at = member(root.Get("defaults").Get("run"), name)
		}
		out.Add(name, at, a.resolve(value, s))
	}
	return out.Value()
}

// onWindows reports whether a job certainly runs on Windows, where the default
// shell is PowerShell.
func (a *analysis) onWindows(v resource.Value, s *scope) bool {
	runner := a.resolve(v.Get("runs-on"), s)
	for _, label := range runner.Blocks() {
		if text, ok := label.AsString(); ok && strings.HasPrefix(strings.ToLower(text), "windows") {
			return true
		}
	}
	return false
}

// localPath returns what a local `uses` names: "./.github/actions/x" without
// the dot.
func localPath(uses resource.Value) (string, bool) {
	text, ok := uses.AsString()
	if !ok || !strings.HasPrefix(text, "./") {
		return "", false
	}
	return path.Clean(text), true
}

// checkedOut records what actions/checkout puts where.
func (j *job) checkedOut(uses string, with resource.Value) {
	name, _, _ := strings.Cut(uses, "@")
	if !strings.EqualFold(name, "actions/checkout") {
		return
	}
	dir := with.Get("path")
	repository := with.Get("repository")
	c := checkout{own: repository.IsAbsent() || repository.IsUnknown() && repository.Why == repositoryWhy}
	if text, ok := dir.AsString(); ok {
		c.dir = strings.TrimPrefix(path.Clean("/"+text), "/")
	} else if !dir.IsAbsent() {
		return
	}
	j.checkouts = append(j.checkouts, c)
}

// repositoryWhy is why github.repository, which names this one, is not known.
const repositoryWhy = "github.repository depends on the run"

// inRepository translates a path of the workspace to one of the repository.
// It is not ok for a path in another repository's checkout.
func (j *job) inRepository(file string) (string, bool) {
	if _, below, found := strings.Cut(file, workspace); found {
		file = "./" + below
	}
	if file = path.Clean(file); path.IsAbs(file) || strings.HasPrefix(file, "../") {
		return "", false
	}
	best := checkout{own: true}
	for _, c := range j.checkouts {
		inside := c.dir == "" || file == c.dir || strings.HasPrefix(file, c.dir+"/")
		if inside && len(c.dir) >= len(best.dir) {
			best = c
		}
	}
	if best.dir != "" {
		file = strings.TrimPrefix(strings.TrimPrefix(file, best.dir), "/")
	}
	return file, best.own
}
