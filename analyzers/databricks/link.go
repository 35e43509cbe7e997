package databricks

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// filePaths are the attributes that name files, by kind of resource (Databricks
// bundles, "Path resolution"). "[]" is each item of a list.
var filePaths = map[string][]string{
	"pipelines":    {"libraries[].notebook.path", "libraries[].file.path", "libraries[].glob.include"},
	"dashboards":   {"file_path"},
	"alerts":       {"file_path"},
	"genie_spaces": {"file_path"},
}

// taskPaths are the attributes of a task that name files.
var taskPaths = []string{"notebook_task.notebook_path", "spark_python_task.python_file", "sql_task.file.path"}

// linked refers from the attributes that name files to those files.
func (e *evaluation) linked(kind string, attrs resource.Value) resource.Value {
	if kind == "jobs" {
		git := attrs.Get("git_source")
		return edit(attrs, strings.Split("tasks[]", "."), func(task resource.Value) resource.Value { return e.task(task, git) })
	}
	for _, name := range filePaths[kind] {
		attrs = edit(attrs, strings.Split(name, "."), e.file)
	}
	return attrs
}

// task links one task of a job; the body of a loop is a task too.
func (e *evaluation) task(task, git resource.Value) resource.Value {
	for _, name := range taskPaths {
		steps := strings.Split(name, ".")
		from := task.Path(strings.Join(steps[:len(steps)-1], ".")).Get("source")
		task = edit(task, steps, func(v resource.Value) resource.Value {
			if inGit(from, git) {
				return e.gitFile(v, git)
			}
			return e.file(v)
		})
	}
	return edit(task, []string{"for_each_task", "task"}, func(inner resource.Value) resource.Value { return e.task(inner, git) })
}

// inGit reports whether a task takes its code from the job's Git repository
// (Jobs API, Source: without a source, GIT if git_source is defined and
// WORKSPACE otherwise).
func inGit(from, git resource.Value) bool {
	if text, ok := from.AsString(); ok {
		return strings.EqualFold(text, "GIT")
	}
	return from.IsAbsent() && !git.IsAbsent()
}

// gitFile refers to a file of this repository when the job takes its code from it.
func (e *evaluation) gitFile(v, git resource.Value) resource.Value {
	url, ok := git.Get("git_url").AsString()
	if !ok || !slices.ContainsFunc(e.repo.Remotes, func(remote string) bool { return repository(remote) == repository(url) }) {
		return v
	}
	if name, ok := v.AsString(); ok && v.Kind == resource.String {
		return e.referring(v, path.Clean(strings.TrimPrefix(name, "/")))
	}
	return v
}

// repository is the part of a Git URL that names the repository, whatever the
// protocol: "github.com/owner/name".
func repository(url string) string {
	url = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(url), "/"), ".git"))
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	if _, rest, ok := strings.Cut(url, "@"); ok {
		url = rest
	}
	return strings.Replace(url, ":", "/", 1)
}

// file refers to the file that a path names: relative to the file in which it
// is written, or below the folder to which the bundle is copied.
func (e *evaluation) file(v resource.Value) resource.Value {
	if raw, ok := strings.CutPrefix(strings.Trim(e.written(v.At), `"'`), "${workspace.file_path}/"); ok && !strings.Contains(raw, "${") {
		return e.referring(v, path.Join(e.dir, raw))
	}
	name, ok := v.AsString()
	if !ok || v.Kind != resource.String || !isLocal(name) {
		return v
	}
	return e.referring(v, path.Join(path.Dir(v.At.File), name))
}

// isLocal reports whether a path is one of the repository: not one of the
// workspace, of a volume or of object storage.
func isLocal(name string) bool {
	return name != "" && !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "~") && !strings.Contains(name, ":/") && !strings.Contains(name, "{{")
}

// referring adds the reference and notes that the file is called. Notebooks in
// the workspace have no suffix, so paths may lack it.
func (e *evaluation) referring(v resource.Value, name string) resource.Value {
	if name == ".." || strings.HasPrefix(name, "../") {
		return v
	}
	for _, suffix := range []string{"", ".py", ".ipynb", ".sql", ".scala", ".r", ".R"} {
		if e.admitted[name+suffix] {
			name += suffix
			e.called[name] = true
			break
		}
	}
	names := []string{name}
	if strings.ContainsAny(name, "*?[") {
		names = e.callAll(name)
	}
	v.Refs = slices.Clone(v.Refs)
	for _, name := range names {
		v.Refs = append(v.Refs, resource.Ref{ID: FileID(name), Attr: "file"})
	}
	return v
}

// written is the text of a place in a file of the bundle.
func (e *evaluation) written(at source.Range) string {
	f := e.read[at.File]
	if f == nil || at.Start < 0 || at.Start > at.End || at.End > len(f.data) {
		return ""
	}
	return string(f.data[at.Start:at.End])
}

// edit replaces what a path of members leads to; a step that ends in "[]" goes
// into each item of a list.
func edit(v resource.Value, steps []string, replace func(resource.Value) resource.Value) resource.Value {
	if v.IsAbsent() {
		return v
	}
	if len(steps) == 0 {
		return replace(v)
	}
	name, each := strings.CutSuffix(steps[0], "[]")
	at := slices.IndexFunc(v.Fields, func(f resource.Field) bool { return f.Name == name })
	if at < 0 {
		return v
	}
	member := v.Fields[at].Value
	if each && isList(member) {
		member.Items = slices.Clone(member.Items)
		for i := range member.Items {
			member.Items[i] = edit(member.Items[i], steps[1:], replace)
		}
	} else {
		member = edit(member, steps[1:], replace)
	}
	v.Fields = slices.Clone(v.Fields)
	v.Fields[at].Value = member
	return v
}
