package git

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// identity is what is known of the scanned repository's own place.
type identity struct {
	host string // "github.com"
	path string // "acme/platform"; "" when no remote tells
	name string // "platform"
}

// identityOf takes the first remote, which git writes for a clone's origin. A
// workflow of GitHub Actions runs on GitHub even where no remote is configured;
// Azure Pipelines serves several hosts.
func identityOf(d *draft.Draft) identity {
	if len(d.Resources.OfType(workflowType)) == 0 && len(d.Resources.OfType(pipelineType)) > 0 {
		return identityIn(d.Tree, "")
	}
	return identityIn(d.Tree, "github.com")
}

// identityIn is the identity of a tree; host holds where no remote tells.
func identityIn(tree source.Tree, host string) identity {
	self := identity{host: host, name: tree.Name}
	if len(tree.Remotes) == 0 {
		return self
	}
	if where, ok := parseAddress(tree.Remotes[0]); ok && where.hostKnown() {
		self.host, self.path = canonicalHost(where.host), where.path
	}
	return self
}

// isExpression reports whether a text names this repository by the runner's own
// words for it.
func isExpression(why string) bool {
	for _, word := range []string{
		"github.repository", "github.server_url", "github.event.repository", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL",
		"Build.Repository.", "BUILD_REPOSITORY_",
	} {
		if strings.Contains(why, word) {
			return true
		}
	}
	return false
}

// is compares an address with this repository's.
func (i identity) is(where address) model.Tri {
	switch where.sameHost(i.host) {
	case model.No:
		return model.No
	case model.Maybe:
		if i.host == "" && where.name() != "" && !strings.EqualFold(where.name(), i.name) {
			return model.No // wherever this one is, it has another name
		}
		return model.Maybe
	}
	switch {
	case i.path == "" && where.name() != "" && !strings.EqualFold(where.name(), i.name):
		return model.No
	case i.path == "":
		return model.Maybe
	case where.pathKnown():
		return model.TriOf(strings.EqualFold(where.path, i.path))
	case couldBe(where.path, i.path):
		return model.Maybe
	default:
		return model.No
	}
}

// isAt compares the address that a job clones. What cannot be read is open,
// unless it is the runner's own word for this repository.
func (i identity) isAt(w shell.Word) (model.Tri, string) {
	where, ok := parseAddress(w.Readable())
	switch {
	case ok && where.local:
		return model.Yes, "" // a copy of what the job already has
	case !ok && w.Known:
		return model.No, ""
	case !ok && isExpression(w.Why):
		return model.Yes, ""
	case !ok:
		return model.Maybe, "the repository that is cloned is not known: " + w.Why
	}
	switch answer := i.is(where); {
	case answer != model.Maybe:
		return answer, ""
	case where.pathKnown() && i.path == "" && where.hostKnown(), isExpression(w.Why):
		return model.Yes, "" // nothing that can be read says otherwise
	default:
		return model.Maybe, "whether the repository that is cloned is this one cannot be read"
	}
}

// named compares "owner/name" as actions/checkout takes it.
func (i identity) named(w shell.Word) (model.Tri, string) {
	switch {
	case !w.Known && isExpression(w.Why):
		return model.Yes, ""
	case !w.Known:
		return model.Maybe, "the repository that is checked out is not known: " + w.Why
	case i.path != "":
		return model.TriOf(strings.EqualFold(w.Text, i.path)), ""
	default:
		_, name, _ := strings.Cut(w.Text, "/")
		return model.TriOf(strings.EqualFold(name, i.name)), ""
	}
}
