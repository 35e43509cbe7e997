package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// workspaces name the variables in which CI services say where they put the
// repository, for those that hand it over without its .git.
var workspaces = []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"}

// prefix is the path from the top of the repository to the scanned directory,
// slash-separated: services count the paths of a report from there. The top is
// the working tree of Git, wherever a service has put that; it is the scanned
// directory itself where nothing says otherwise.
func prefix(scanned string) string {
	for directory := scanned; ; directory = filepath.Dir(directory) {
		if _, err := os.Lstat(filepath.Join(directory, ".git")); err == nil {
			return below(directory, scanned)
		}
		if directory == filepath.Dir(directory) {
			break
		}
	}
	for _, name := range workspaces {
		if top, err := filepath.EvalSymlinks(os.Getenv(name)); err == nil && filepath.IsAbs(top) {
			return below(top, scanned)
		}
	}
	return ""
}

// blob is the address that the path of a file is added to, where a service that
// hosts the repository says which commit it runs for.
func blob() string {
	for _, parts := range [][]string{
		{os.Getenv("GITHUB_SERVER_URL"), os.Getenv("GITHUB_REPOSITORY"), "blob", os.Getenv("GITHUB_SHA")},
		{os.Getenv("CI_PROJECT_URL"), "-/blob", os.Getenv("CI_COMMIT_SHA")},
	} {
		if !slices.Contains(parts, "") && strings.HasPrefix(parts[0], "https://") {
			return strings.Join(parts, "/")
		}
	}
	return ""
}

// below is the path from one directory to another one in it, and empty when it
// is the same or lies elsewhere.
func below(top, directory string) string {
	path, err := filepath.Rel(top, directory)
	if err != nil || !filepath.IsLocal(path) || path == "." {
		return ""
	}
	return filepath.ToSlash(path)
}
