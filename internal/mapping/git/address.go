package git

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const hole = string(resource.Hole)

// address is where a Git repository is. Parts that cannot be read hold holes.
type address struct {
	host string // "" for a path on the same machine
	path string // without a leading slash and ".git"
	user string
	// local marks a path or a file URL.
	local bool
}

var scpForm = regexp.MustCompile(`^(?:([^/:]+)@)?([^@/:]+):(.*)$`)

// parseAddress reads the spellings that git accepts: URLs with a scheme,
// user@host:path and paths. A text that is nothing but a hole is no address.
func parseAddress(text string) (address, bool) {
	text = strings.TrimSpace(text)
	if strings.Trim(text, hole) == "" {
		return address{}, false
	}
	if rest, found := strings.CutPrefix(text, "codecommit::"); found {
		// git-remote-codecommit: codecommit::region://repository.
		region, name, ok := strings.Cut(rest, "://")
		if !ok || strings.ContainsAny(region, "@/:") {
			return address{}, false
		}
		return address{host: "git-codecommit." + strings.ToLower(region) + ".amazonaws.com", path: "v1/repos/" + trimPath(name)}, true
	}
	if scheme, rest, found := strings.Cut(text, "://"); found {
		return schemeAddress(scheme, rest)
	}
	if strings.HasPrefix(text, "/") || strings.HasPrefix(text, ".") {
		return address{path: trimPath(text), local: true}, true
	}
	if parts := scpForm.FindStringSubmatch(text); parts != nil {
		host := strings.ToLower(parts[2])
		return address{host: host, path: onAzureRepos(host, trimPath(parts[3])), user: parts[1]}, true
	}
	return address{}, false
}

func schemeAddress(scheme, rest string) (address, bool) {
	switch strings.TrimPrefix(strings.ToLower(scheme), "git+") {
	case "file":
		return address{path: trimPath(rest), local: true}, true
	case "codecommit":
		return address{host: "git-codecommit.amazonaws.com", path: "v1/repos/" + trimPath(rest)}, true
	case "https", "http", "ssh", "git":
	default:
		if !strings.Contains(scheme, hole) {
			return address{}, false
		}
	}
	authority, where, _ := strings.Cut(rest, "/")
	user, host := "", authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, host = authority[:at], authority[at+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	if host == "" {
		return address{}, false
	}
	return address{host: strings.ToLower(host), path: onAzureRepos(strings.ToLower(host), trimPath(where)), user: user}, true
}

// onAzureRepos writes the path of a repository of Azure Repos in one way,
// "organisation/project/repository", whatever form its address has:
// dev.azure.com/O/P/_git/R, O.visualstudio.com/P/_git/R and …/_git/R where the
// project has the same name, ssh.dev.azure.com:v3/O/P/R.
func onAzureRepos(host, where string) string {
	switch {
	case canonicalHost(host) != "dev.azure.com":
		return where
	case strings.HasPrefix(where, "v3/"):
		return strings.TrimPrefix(where, "v3/")
	}
	project, name, found := strings.Cut(where, "_git/")
	if !found {
		return where
	}
	project = strings.Trim(strings.TrimPrefix(project, "DefaultCollection/"), "/")
	if organisation, ok := strings.CutSuffix(host, ".visualstudio.com"); ok {
		project = strings.Trim(organisation+"/"+project, "/")
	}
	if strings.Count(project, "/") == 0 {
		project += "/" + name
	}
	return project + "/" + name
}

func trimPath(where string) string {
	if unescaped, err := url.PathUnescape(where); err == nil {
		where = unescaped
	}
	return strings.TrimSuffix(strings.Trim(where, "/"), ".git")
}

// hostKnown reports whether the whole host can be read.
func (a address) hostKnown() bool { return a.host != "" && !strings.Contains(a.host, hole) }

// pathKnown reports whether the whole path can be read.
func (a address) pathKnown() bool { return a.path != "" && !strings.Contains(a.path, hole) }

// name is the last element of the path, "" when it holds a hole.
func (a address) name() string {
	if name := path.Base(a.path); a.path != "" && !strings.Contains(name, hole) {
		return name
	}
	return ""
}

// couldBe reports whether a text with holes can stand for another text. Each
// hole stands for anything.
func couldBe(pattern, text string) bool {
	parts := strings.Split(strings.ToLower(pattern), hole)
	text = strings.ToLower(text)
	if len(parts) == 1 {
		return parts[0] == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

// sameHost compares an address with a host. Different names of one host count
// as one.
func (a address) sameHost(host string) model.Tri {
	switch {
	case a.host == "" || host == "":
		return model.Maybe
	case canonicalHost(a.host) == canonicalHost(host):
		return model.Yes
	case a.hostKnown() || !couldBe(a.host, host):
		return model.No
	default:
		return model.Maybe
	}
}

// canonicalHost joins the hosts under which one service answers: SSH over port
// 443 of GitHub, GitLab and Bitbucket, and the two names of Azure Repos.
func canonicalHost(host string) string {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	switch {
	case host == "ssh.github.com":
		return "github.com"
	case host == "altssh.gitlab.com":
		return "gitlab.com"
	case host == "altssh.bitbucket.org":
		return "bitbucket.org"
	case host == "ssh.dev.azure.com", host == "vs-ssh.visualstudio.com", strings.HasSuffix(host, ".visualstudio.com"):
		return "dev.azure.com"
	default:
		return host
	}
}

// deployHosts end in names of services that build and run what is pushed to
// them: a push there releases a version and keeps no copy to recover from.
var deployHosts = []string{
	"heroku.com", "scm.azurewebsites.net", "clever-cloud.com", "scalingo.com", "gigalixir.com",
	"platform.sh", "upsun.com", "pantheon.io", "drush.in", "wpengine.com", "aur.archlinux.org",
}

// deployWords in the name of a remote or in a secret's name say the same.
var deployWords = []string{
	"heroku", "dokku", "piku", "caprover", "scalingo", "clever", "gigalixir", "azurewebsites",
	"deploy", "production", "staging", "pages", "wiki", "website",
}

// deploys reports whether a push to the address releases instead of copying: a
// service that runs it, a wiki, or a site made of a repository.
func (a address) deploys() bool {
	for _, host := range deployHosts {
		if a.host == host || strings.HasSuffix(a.host, "."+host) {
			return true
		}
	}
	switch a.user {
	case "dokku", "piku", "caprover":
		return true
	}
	return strings.HasSuffix(a.path, ".wiki") || strings.HasSuffix(a.path, ".github.io") || strings.HasSuffix(a.path, ".gitlab.io") ||
		a.host == "huggingface.co" && strings.HasPrefix(a.path, "spaces/")
}

// soundsLikeDeployment looks for deployWords in what is left of an address that
// cannot be read.
func soundsLikeDeployment(texts ...string) bool {
	for _, text := range texts {
		text = strings.ToLower(text)
		for _, word := range deployWords {
			if strings.Contains(text, word) {
				return true
			}
		}
	}
	return false
}
