package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Locate is Root for one file that need not exist, as what is typed into an
// editor may not yet. file is its path below the root. The repository is that
// of the nearest directory which exists; without a mark, it is the innermost of
// the folders that hold the file, else the directory of the file itself.
func Locate(name string, folders ...string) (root, file string, err error) {
	there, rest, err := existing(name)
	if err != nil {
		return "", "", err
	}
	full, place, directory, err := resolve(there)
	if err != nil {
		return "", "", err
	}
	if rest == "." && full == directory {
		return "", "", fmt.Errorf("%s is a directory", name)
	}
	if rest != "." && full != directory {
		return "", "", fmt.Errorf("%s is a file, so nothing lies in it", there)
	}
	root, found := repository(directory)
	if !found {
		root = innermost(directory, folders)
	}
	below, err := filepath.Rel(root, full)
	if err != nil || !filepath.IsLocal(below) {
		if below, err = filepath.Rel(root, place); err != nil || !filepath.IsLocal(below) {
			return "", "", fmt.Errorf("%s is outside of %s", name, root)
		}
	}
	return root, filepath.ToSlash(filepath.Join(below, rest)), nil
}

// existing splits a path into the part that exists and the rest, "." when all
// of it does.
func existing(name string) (there, rest string, err error) {
	there, err = filepath.Abs(name)
	rest = "."
	for err == nil {
		if _, err := os.Lstat(there); err == nil {
			return there, rest, nil
		} else if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(there) == there {
			return "", "", err
		}
		rest = filepath.Join(filepath.Base(there), rest)
		there = filepath.Dir(there)
	}
	return "", "", err
}

// innermost is the deepest of the folders that hold a directory, else the
// directory itself.
func innermost(directory string, folders []string) string {
	deepest := ""
	for _, folder := range folders {
		full, err := Resolve(folder)
		if err != nil {
			continue
		}
		if below, err := filepath.Rel(full, directory); err == nil && filepath.IsLocal(below) && len(full) > len(deepest) {
			deepest = full
		}
	}
	if deepest == "" {
		return directory
	}
	return deepest
}
