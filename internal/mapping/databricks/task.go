package databricks

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// code is what a task or a pipeline runs.
type code struct {
	key  string // task_key
	path resource.Value
	from resource.Value // "source": GIT or WORKSPACE
	what string         // for messages: "notebook"
}

// codePaths are the attributes that name code, below a task.
var codePaths = []struct{ holder, name, what string }{
	{"notebook_task", "notebook_path", "notebook"},
	{"spark_python_task", "python_file", "file"},
	{"sql_task.file", "path", "file"},
}

// taskValues are the tasks of a job; Terraform has a form with a single task
// that is written into the job itself.
func taskValues(r *resource.Resource) []resource.Value {
	tasks := first(r, "tasks", "task").Blocks()
	if len(tasks) == 0 && !r.Attrs.Get("notebook_task").IsAbsent() {
		return []resource.Value{r.Attrs}
	}
	return tasks
}

// tasksOf lists the code that a job runs.
func tasksOf(r *resource.Resource) (found []code) {
	for _, task := range taskValues(r) {
		found = append(found, codeOf(task)...)
	}
	return found
}

func codeOf(task resource.Value) (found []code) {
	key, _ := task.Get("task_key").AsString()
	for _, place := range codePaths {
		holder := task.Path(place.holder)
		if v := holder.Block().Get(place.name); !v.IsAbsent() {
			found = append(found, code{key: key, path: v, from: holder.Block().Get("source"), what: place.what})
		}
	}
	if inner := task.Path("for_each_task.task"); !inner.IsAbsent() {
		for _, c := range codeOf(inner.Block()) {
			if c.key == "" {
				c.key = key
			}
			found = append(found, c)
		}
	}
	return found
}

// librariesOf lists the code of a pipeline.
func librariesOf(r *resource.Resource) (found []code) {
	for _, library := range first(r, "libraries", "library").Blocks() {
		for _, holder := range []string{"notebook", "file"} {
			if v := library.Path(holder + ".path"); !v.IsAbsent() {
				found = append(found, code{path: v, what: holder})
			}
		}
		// A pattern refers to each file that it matches.
		pattern := library.Path("glob.include")
		for _, ref := range pattern.Refs {
			one := pattern
			one.Refs = []resource.Ref{ref}
			found = append(found, code{path: one, what: "file"})
		}
	}
	return found
}

// The places that code comes from, best first.
const (
	fromGit       = "git"        // a Git repository, at each run
	fromBundle    = "bundle"     // a file of the bundle, copied when it is deployed
	fromManaged   = "managed"    // a notebook or repository that Terraform manages
	fromStorage   = "storage"    // object storage or a volume
	fromGitFolder = "git_folder" // a Git folder of the workspace that someone keeps up to date
	fromWorkspace = "workspace"  // a path of the workspace that nothing in the repository fills
)

var places = []string{"", fromGit, fromBundle, fromManaged, fromStorage, fromGitFolder, fromWorkspace}

// origin says where a task's code comes from.
func origin(d *draft.Draft, r *resource.Resource, c code) model.Fact {
	git := first(r, "git_source")
	if inGit(c.from, git) {
		return model.KnownFact(fromGit, c.path.At)
	}
	if _, ok := fileOf(c.path); ok {
		return model.KnownFact(fromBundle, c.path.At)
	}
	for _, managed := range d.Resources.Referents(c.path, workspaceNotebook, "databricks_workspace_file", "databricks_repo", "databricks_dbfs_file", "databricks_git_folder") {
		if managed.Mode == resource.Managed {
			return model.KnownFact(fromManaged, c.path.At)
		}
	}
	text, ok := c.path.AsString()
	switch {
	case !ok:
		return model.UnknownFact(c.path.Why, c.path.At)
	case strings.Contains(text, ":/"), strings.HasPrefix(text, "/Volumes/"), strings.HasPrefix(text, "/dbfs/"):
		return model.KnownFact(fromStorage, c.path.At)
	case managedPath(d, r, text):
		return model.KnownFact(fromManaged, c.path.At)
	case strings.HasPrefix(strings.TrimPrefix(text, "/Workspace"), "/Repos/"):
		// Databricks documentation, Git folders: below /Repos everything is a clone.
		return model.KnownFact(fromGitFolder, c.path.At)
	default:
		return model.KnownFact(fromWorkspace, c.path.At)
	}
}

// inGit reports whether code comes from the job's Git repository (Jobs API,
// source: GIT if git_source is defined and WORKSPACE otherwise).
func inGit(from, git resource.Value) bool {
	if text, ok := from.AsString(); ok {
		return strings.EqualFold(text, "GIT")
	}
	return from.IsAbsent() && len(git.Blocks()) > 0
}

// managedPath reports whether the same configuration puts something at a path of
// the workspace: a notebook, a file, or a Git folder that holds it.
func managedPath(d *draft.Draft, r *resource.Resource, name string) bool {
	name = strings.TrimPrefix(name, "/Workspace")
	for _, other := range d.Resources.OfType(workspaceNotebook, "databricks_workspace_file", "databricks_repo", "databricks_git_folder") {
		target, ok := other.Attrs.Get("path").AsString()
		if !ok || other.Root != r.Root {
			continue
		}
		target = strings.TrimPrefix(target, "/Workspace")
		if name == target || strings.HasPrefix(name, strings.TrimSuffix(target, "/")+"/") {
			return true
		}
	}
	return false
}

// notebookOf resolves code to the asset that it is, and to the name of the file
// that is missing when the repository should hold it and does not.
func notebookOf(d *draft.Draft, r *resource.Resource, c code) (a *model.Asset, missing string) {
	if name, ok := fileOf(c.path); ok {
		if !holds(d, name) {
			return nil, name
		}
		return d.Asset(".#" + name), ""
	}
	git := first(r, "git_source")
	if text, known := c.path.AsString(); known && inGit(c.from, git) {
		url, _ := firstOf(git.Block(), "git_url", "url").AsString()
		if url == "" || !sameRepository(d, url) {
			return nil, ""
		}
		name, found := locate(d, text)
		if !found {
			return nil, name
		}
		return d.Asset(".#" + name), ""
	}
	for _, asset := range d.Find(c.path, r.Root, provider, model.Notebook).Assets {
		if asset.Type == workspaceNotebook {
			return asset, ""
		}
	}
	return nil, ""
}
