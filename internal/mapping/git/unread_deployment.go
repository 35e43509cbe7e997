package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

// unreadDeployment says why something may be rolled out that no scanned file
// shows: by a pipeline that is not read, a template or workflow of another
// repository, or a script or action that is not followed. It is "" when
// everything that pipelines run was read.
func unreadDeployment(d *draft.Draft) string {
	if unread := unreadPipeline(d.Tree); unread != "" {
		return unread + " is not read and may deploy it"
	}
	for _, r := range d.Resources.OfType(pipelineTypes...) {
		if why := unreadTemplateOf(r); why != "" {
			return why
		}
		flow := readWorkflow(d, r)
		for number, job := range flow.jobs {
			if neverRuns(job) {
				continue
			}
			if uses, _ := job.Get("uses").AsString(); uses != "" && !strings.HasPrefix(uses, "./") {
				return "the workflow " + uses + ", which " + r.Address + " calls, is not in this repository and may deploy it"
			}
			for _, s := range flow.steps(number) {
				if name := unreadStep(d, s); name != "" {
					return r.Address + " runs " + name + ", which drlint does not follow and which may deploy it"
				}
			}
		}
	}
	return ""
}

// unreadTemplateOf says why a template of another repository may deploy.
func unreadTemplateOf(r *resource.Resource) string {
	for _, left := range r.Attrs.Get("not_followed").Blocks() {
		kind, _ := left.Get("kind").AsString()
		name, _ := left.Get("path").AsString()
		if kind != "variables" {
			return "the template " + name + " of " + r.Address + " is not in this repository and may deploy it"
		}
	}
	return ""
}

// unreadStep names the script or action of a step whose name says that it may
// deploy and whose content is not known.
func unreadStep(d *draft.Draft, s step) string {
	_, read := taskKinds[s.action]
	if !read && strings.Contains(path.Base(s.action), "deploy") && !strings.HasPrefix(s.action, "actions/") && !slices.Contains(deployActions, s.action) {
		return s.uses
	}
	for _, c := range s.commands {
		if name := scriptOf(c); name != "" && mayDeploy(name) && !follows(d.Tree, name) {
			return name
		}
	}
	return ""
}

// mayDeploy reports whether the name of a script says that it changes what runs:
// "deploy-adf.py", "publish.js".
func mayDeploy(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"deploy", "publish", "release", "provision"}, func(word string) bool { return strings.Contains(name, word) })
}
