package lsp

import (
	"net/url"
	"path/filepath"
	"strings"
)

// pathOf returns the path that a file URI names, or false for other schemes: a
// text without a file belongs to no repository.
func pathOf(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" || strings.ContainsRune(u.Path, 0) {
		return "", false
	}
	path := u.Path
	switch {
	case u.Host != "" && u.Host != "localhost":
		path = "//" + u.Host + path
	case len(path) > 2 && path[2] == ':':
		path = path[1:] // "/c:/data" is c:/data
	}
	return filepath.FromSlash(path), true
}

// uriOf is the inverse of pathOf.
func uriOf(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if host, rest, ok := strings.Cut(strings.TrimPrefix(path, "//"), "/"); ok && strings.HasPrefix(path, "//") {
		return (&url.URL{Scheme: "file", Host: host, Path: "/" + rest}).String()
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
