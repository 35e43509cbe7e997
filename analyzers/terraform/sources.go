package terraform

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// isLocal reports whether a module source is a path. A path must begin with ./
// or ../ (Terraform, "Module Sources").
func isLocal(from string) bool {
	return from == "." || from == ".." || strings.HasPrefix(from, "./") || strings.HasPrefix(from, "../")
}

// join resolves a path from a directory; ok is false when it leaves the tree.
func join(dir, target string) (joined string, ok bool) {
	joined = path.Join(dir, target)
	return joined, joined != ".." && !strings.HasPrefix(joined, "../") && !strings.HasPrefix(joined, "/")
}

// itself returns the directory of this repository that a remote source names,
// if it names this repository: examples in a module's own repository often call
// it by its registry address.
func itself(tree source.Tree, from string) (dir string, ok bool) {
	where, sub := splitSubdirectory(from)
	if repository := gitAddress(where); repository != "" {
		for _, remote := range tree.Remotes {
			if gitAddress(remote) == repository {
				return join(".", sub)
			}
		}
		return "", false
	}
	parts := strings.Split(where, "/")
	if len(parts) == 4 && strings.Contains(parts[0], ".") {
		parts = parts[1:]
	}
	if len(parts) != 3 || slices.Contains(parts, "") {
		return "", false
	}
	// The public registry maps namespace/name/provider to the repository
	// terraform-provider-name (Terraform Registry, "Publishing Modules").
	if tree.Name != "terraform-"+parts[2]+"-"+parts[1] {
		return "", false
	}
	return join(".", sub)
}

// splitSubdirectory cuts "//modules/x" and any "?ref=…" off a source.
func splitSubdirectory(from string) (where, sub string) {
	from, _, _ = strings.Cut(from, "?")
	offset := 0
	if scheme := strings.Index(from, "://"); scheme >= 0 {
		offset = scheme + len("://")
	}
	at := strings.Index(from[offset:], "//")
	if at < 0 {
		return from, "."
	}
	return from[:offset+at], from[offset+at+len("//"):]
}

var scpAddress = regexp.MustCompile(`^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):([^/].*)$`)

// gitAddress reduces the spellings of a Git address to host/path, or returns ""
// for what is none.
func gitAddress(address string) string {
	address, forced := strings.CutPrefix(address, "git::")
	address, _, _ = strings.Cut(address, "?")
	if scheme, rest, ok := strings.Cut(address, "://"); ok {
		switch scheme {
		case "https", "http", "ssh", "git":
			if !forced && scheme == "https" && !strings.HasSuffix(rest, ".git") && !isKnownHost(rest) {
				return ""
			}
			address = rest
		default:
			return ""
		}
		if _, host, ok := strings.Cut(address, "@"); ok {
			address = host
		}
		return normalGit(address)
	}
	if parts := scpAddress.FindStringSubmatch(address); parts != nil {
		return normalGit(parts[1] + "/" + parts[2])
	}
	if forced || isKnownHost(address) {
		return normalGit(address)
	}
	return ""
}

// isKnownHost reports whether an address without a scheme starts with a host
// whose repositories Terraform recognises by name.
func isKnownHost(address string) bool {
	host, _, _ := strings.Cut(address, "/")
	switch host[strings.LastIndex(host, "@")+1:] {
	case "github.com", "gitlab.com", "bitbucket.org":
		return true
	default:
		return false
	}
}

func normalGit(address string) string {
	address = strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".git")
	host, rest, _ := strings.Cut(address, "/")
	host, _, _ = strings.Cut(host, ":")
	return strings.ToLower(host + "/" + rest)
}
