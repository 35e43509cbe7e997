package git

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// by names an action or task as reports do: actions in lower case, tasks as
// written but without the publisher.
func (j *job) by(s step) string {
	if !j.flow.onAzure() {
		return s.action
	}
	return taskAsWritten(s.uses)
}

// taskIDs are the identifiers that exported pipelines have in place of names.
var taskIDs = map[string]string{"94a74903-f93f-4075-884f-dc11f34058b4": "AzureResourceGroupDeployment"}

func taskAsWritten(uses string) string {
	name, version, found := strings.Cut(uses, "@")
	name = name[strings.LastIndexByte(name, '.')+1:]
	if known, ok := taskIDs[strings.ToLower(name)]; ok {
		name = known
	}
	if found {
		return name + "@" + version
	}
	return name
}

// given is the clone that a job of Azure Pipelines has without asking for it.
func (j *job) given(v resource.Value) {
	j.add(".", &clone{
		ours: model.Yes, remotes: map[string]shell.Word{originName: {}},
		history: model.UnknownFact(unsaidDepth, v.At),
	})
}

// unsaidDepth: pipelines made since September 2022 fetch one commit, older ones
// everything, and the setting of each may say otherwise (Azure Pipelines
// documentation, "steps.checkout", fetchDepth).
const unsaidDepth = "fetchDepth is not written, and without it the pipeline's settings decide how much history is fetched"

// checkoutStep reads a checkout step of Azure Pipelines.
func (j *job) checkoutStep(s step) {
	repository := s.checkout.Get("repository")
	name, _ := repository.AsString()
	if strings.EqualFold(name, "none") {
		return
	}
	c := &clone{ours: model.Yes, remotes: map[string]shell.Word{originName: {}}}
	if !strings.EqualFold(name, "self") {
		c.ours, c.why = j.otherRepository(repository)
	}
	depth := s.checkout.Get("fetch_depth")
	number, known := depth.AsNumber()
	switch {
	case depth.IsAbsent():
		c.history = model.UnknownFact(unsaidDepth, s.at)
	case !known:
		c.history = model.UnknownFact(unresolved(depth, "fetchDepth"), depth.At)
	case number == 0:
		c.history = model.KnownFact(full, depth.At)
	default:
		c.history = model.KnownFact(shallow, depth.At)
	}
	c.largeFiles, _ = s.checkout.Get("lfs").AsBool()
	where := "."
	if dir := s.checkout.Get("dir"); !dir.IsAbsent() {
		where = below(where, shell.WordOf(dir))
	}
	j.add(where, c)
}

// otherRepository compares a repository that a pipeline declares, or names as
// git://project/repository, with this one.
func (j *job) otherRepository(v resource.Value) (model.Tri, string) {
	alias, known := v.AsString()
	if !known {
		return model.Maybe, "the repository that is checked out is not known: " + v.Why
	}
	if rest, found := strings.CutPrefix(alias, "git://"); found {
		rest, _, _ = strings.Cut(rest, "@")
		return j.self.onAzure(rest)
	}
	for _, r := range j.flow.r.Attrs.Get("repositories").Blocks() {
		if id, _ := r.Get("id").AsString(); !strings.EqualFold(id, alias) {
			continue
		}
		name, known := r.Get("name").AsString()
		if !known {
			return model.Maybe, "the repository that is checked out is not known: " + unresolved(r.Get("name"), "its name")
		}
		switch kind, _ := r.Get("type").AsString(); strings.ToLower(kind) {
		case "", "git":
			return j.self.onAzure(name)
		case "github":
			return j.self.is(address{host: "github.com", path: name}), "whether the repository that is checked out is this one is not known"
		default:
			return model.Maybe, "the repository that is checked out is on a host that the pipeline does not name"
		}
	}
	return model.No, ""
}

// onAzure compares "project/repository" of Azure Repos, whose organisation is
// that of the pipeline.
func (i identity) onAzure(name string) (model.Tri, string) {
	switch {
	case i.host != "" && i.host != "dev.azure.com":
		return model.No, ""
	case i.path == "" && !strings.EqualFold(path.Base(name), i.name):
		return model.No, ""
	case i.path == "":
		return model.Maybe, "whether the repository that is checked out is this one is not known"
	default:
		return model.TriOf(strings.HasSuffix(strings.ToLower("/"+i.path), strings.ToLower("/"+name))), ""
	}
}
