package discover

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Root decides what a scan of the given files and directories covers. root is
// the repository they lie in: the nearest directory at or above the first path
// that holds .git or a configuration, else the deepest directory that holds all
// of them. sub are
// the paths below the root that were asked for, slash-separated and sorted,
// "." for the root itself. No path at all stands for the working directory.
// The error says which path does not exist or lies outside the repository.
func Root(paths []string) (root string, sub []string, err error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var resolved, written, directories []string
	for _, name := range paths {
		full, place, directory, err := resolve(name)
		if err != nil {
			return "", nil, err
		}
		resolved, written, directories = append(resolved, full), append(written, place), append(directories, directory)
	}
	root, found := repository(directories[0])
	if !found {
		root = common(directories)
	}
	for i, full := range resolved {
		below, err := filepath.Rel(root, full)
		if err != nil || !filepath.IsLocal(below) {
			below, err = filepath.Rel(root, written[i])
		}
		if err != nil || !filepath.IsLocal(below) {
			return "", nil, fmt.Errorf("%s is outside of %s, which holds the first path", paths[i], root)
		}
		sub = append(sub, filepath.ToSlash(below))
	}
	slices.Sort(sub)
	return root, slices.Compact(sub), nil
}

// Resolve returns the absolute path of an existing file, symbolic links followed,
// as Root returns directories.
func Resolve(name string) (string, error) {
	full, _, _, err := resolve(name)
	return full, err
}

// resolve follows symbolic links in what the user named, which is the only
// place where they are followed. It returns what that leads to, the place of
// the name itself, and the directory that is scanned: what a directory leads
// to, and for a file the directory of its name, because a link to a file of
// another repository belongs to the repository that holds the link.
func resolve(name string) (full, place, directory string, err error) {
	if place, err = filepath.Abs(name); err != nil {
		return "", "", "", err
	}
	if full, err = filepath.EvalSymlinks(place); err != nil {
		return "", "", "", err
	}
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return "", "", "", err
	case info.IsDir():
		return full, full, full, nil
	case !info.Mode().IsRegular():
		return "", "", "", fmt.Errorf("%s is neither a file nor a directory", name)
	}
	if directory, err = filepath.EvalSymlinks(filepath.Dir(place)); err != nil {
		return "", "", "", err
	}
	return full, filepath.Join(directory, filepath.Base(place)), directory, nil
}

// marks are what makes a directory the root of a scan: .git, which is a file in
// worktrees and submodules, or a configuration.
var marks = []string{".git", ".drlint.yaml", ".drlint.yml"}

// repository ascends to the nearest directory that holds one of the marks.
func repository(directory string) (string, bool) {
	for {
		for _, mark := range marks {
			if _, err := os.Lstat(filepath.Join(directory, mark)); err == nil {
				return directory, true
			}
		}
		parent := filepath.Dir(directory)
		if parent == directory {
			return "", false
		}
		directory = parent
	}
}

// common is the deepest directory that is or holds each of the directories.
func common(directories []string) string {
	shared := directories[0]
	for _, directory := range directories[1:] {
		for {
			below, err := filepath.Rel(shared, directory)
			if err == nil && filepath.IsLocal(below) || shared == filepath.Dir(shared) {
				break
			}
			shared = filepath.Dir(shared)
		}
	}
	return shared
}
