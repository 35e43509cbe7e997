package git

import (
	"bytes"
	"path"
	"slices"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// selfID is the ID of the scanned repository itself.
const selfID = "repository"

// declareSelf adds the scanned repository as one asset. It is placed at the
// first workflow that deploys, because that is what the repository is needed
// for, else at the first workflow, else at the first terraform block.
func declareSelf(d *draft.Draft, r *resource.Resource) {
	if a := d.Asset(selfID); a != nil {
		if slices.Contains(pipelineTypes, r.Type) && !deploysAt(d, a) && deploys(d, r) {
			a.At, a.Body, a.Region = r.At, r.Body, model.AbsentFact(r.At)
		}
		return
	}
	itself := resource.Resource{ID: selfID, Type: "repository", Address: d.Tree.Name, Root: ".", At: r.At, Body: r.Body}
	a := d.Declare(&itself, model.Repository, providerOf(d), "repository", resource.StringAt(r.At, d.Tree.Name))
	d.Set(a, "self", model.KnownFact(true, r.At))
}

// deploysAt reports whether the asset is already placed at a deploying workflow.
func deploysAt(d *draft.Draft, a *model.Asset) bool {
	return slices.ContainsFunc(d.Resources.OfType(pipelineTypes...), func(r *resource.Resource) bool { return r.At == a.At && deploys(d, r) })
}

// providerOf names the host as assets do. A repository whose host is not known
// and that has pipelines of Azure DevOps only is taken for one of Azure DevOps.
func providerOf(d *draft.Draft) string {
	switch host := identityOf(d).host; canonicalHost(host) {
	case "":
		return "azuredevops"
	case "gitlab.com":
		return "gitlab"
	case "dev.azure.com":
		return "azuredevops"
	case "bitbucket.org":
		return "bitbucket"
	default:
		return "github"
	}
}

// attachWorkflow records a workflow as a pipeline and its mirrors.
func attachWorkflow(d *draft.Draft, r *resource.Resource) {
	start := startOf(d, r)
	name, _ := r.Attrs.Get("name").AsString()
	if name == "" || r.Type == pipelineType {
		name = path.Base(r.At.File) // the name of an Azure pipeline's file numbers its runs
	}
	d.AddPipeline(model.Pipeline{
		ID: r.ID, Format: r.Format, Name: name, Path: r.At.File, Triggers: start.names, Deploys: deploymentsOf(d, r), At: r.At,
	})
	self := d.Asset(selfID)
	if self == nil {
		return
	}
	mirrors, asleep := mirrorsOf(d, r, identityOf(d))
	for _, mirror := range mirrors {
		self.Mirrors = append(self.Mirrors, mirror)
		protectByMirror(d, self, mirror, r.Address)
	}
	for _, mirror := range asleep {
		means := meansOf(mechanismOf(mirror), model.Off, "the condition of the job that runs "+mirror.By+" is never true", r.Address, mirror.At)
		means.PropagatesDeletes = lossesRepeated(mirror).Tri()
		d.Protect(self, model.MirrorCopy, means)
	}
}

// usesLFS reports whether any .gitattributes routes files to Git LFS.
func usesLFS(tree source.Tree) bool {
	for _, file := range append([]string{".gitattributes"}, tree.Files...) {
		if path.Base(file) != ".gitattributes" {
			continue
		}
		if data, problem := guard.Read(tree.FS, file, guard.Text); problem == nil && bytes.Contains(data, []byte("filter=lfs")) {
			return true
		}
	}
	return false
}

// concludeSelf states what is left when every mirror is known. It is called for
// each resource and acts once.
func concludeSelf(d *draft.Draft, _ *resource.Resource) {
	a := d.Asset(selfID)
	if a == nil || a.Settings["self"].State != model.Known || !unstated(a, model.DestroyGuard) {
		return
	}
	adopt(d, a)
	if why := unreadDeployment(d); why != "" {
		d.Set(a, "unread_deployments", model.UnknownFact(why, a.At))
	}
	onHost := "is set on the repository's host, not in this repository"
	if unstated(a, model.DestroyGuard) {
		d.Inapplicable(a, model.DestroyGuard, "no infrastructure code manages the repository itself", a.At)
	}
	if unstated(a, model.DeleteGuard) {
		open(d, a, model.DeleteGuard, "who may delete the repository "+onHost, a.At)
	}
	if unstated(a, model.BranchProtection) {
		open(d, a, model.BranchProtection, "what protects the default branch "+onHost, a.At)
	}
	if len(a.Mirrors) > 0 {
		return
	}
	why := ""
	if unread := unreadPipeline(d.Tree); unread != "" {
		why = unread + " is not read and may copy the repository"
	} else if elsewhere := orText(unreadTemplate(d), unreadScript(d)); elsewhere != "" {
		why = elsewhere
	} else if len(d.Resources.OfType(pipelineTypes...)) == 0 {
		why = "no pipeline is in this repository; a mirror may be configured on the host"
	}
	if why != "" {
		open(d, a, model.MirrorCopy, why, a.At)
		open(d, a, model.UndeletableCopy, why, a.At)
		return
	}
	kind := "workflow"
	if len(d.Resources.OfType(pipelineType)) > 0 {
		kind = "pipeline"
	}
	d.Lacks(a, model.MirrorCopy, "no "+kind+" copies the repository to another host", a.At, false)
	d.Lacks(a, model.UndeletableCopy, "no "+kind+" makes a copy, so there is none to keep from deletion", a.At, false)
}

// adopt takes over what the configuration of a host says about this very
// repository: one that manages itself as code.
func adopt(d *draft.Draft, a *model.Asset) {
	self := identityOf(d)
	twin := hostedAt(d, address{host: self.host, path: self.path}, nil)
	if twin == nil {
		return
	}
	for _, protection := range []string{model.BranchProtection, model.DeleteGuard, model.DestroyGuard, model.UndeletableCopy} {
		theirs, mine := twin.Protections[protection], a.Protections[protection]
		theirs.Means = slices.Concat(mine.Means, theirs.Means)
		a.Protections[protection] = theirs
	}
}

func unstated(a *model.Asset, protection string) bool {
	p := a.Protections[protection]
	return p.State == "" && len(p.Means) == 0
}

func open(d *draft.Draft, a *model.Asset, protection, why string, at source.Range) {
	means := meansOf("git.host_setting", model.Undecided, why, a.Address, at)
	means.Scope = model.UnknownScope
	means.Locked, means.OtherAccount = model.Maybe, model.Maybe
	d.Protect(a, protection, means)
}

func meansOf(mechanism string, state model.ProtectionState, why, by string, at source.Range) model.Means {
	return model.Means{
		Mechanism: mechanism, State: state, Why: why, Scope: model.Whole, By: by, At: at,
		Window: model.AbsentFact(at), Interval: model.AbsentFact(at), Region: model.AbsentFact(at),
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
	}
}
