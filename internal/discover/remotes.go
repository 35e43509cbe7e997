package discover

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/drlint/drlint/internal/guard"
)

// configFile is not read where .git is a file: the configuration of a work tree
// or a submodule lies outside of the root.
const configFile = ".git/config"

// readRemotes returns the URLs of the Git remotes in written order.
func readRemotes(fsys fs.FS) []string {
	if info, err := fs.Stat(fsys, configFile); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, problem := guard.Read(fsys, configFile, guard.Text)
	if problem != nil {
		return nil
	}
	return parseRemotes(string(data))
}

// parseRemotes reads the file format of git-config(1) as far as remotes need it.
func parseRemotes(config string) (urls []string) {
	inRemote := false
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		if header, ok := strings.CutPrefix(line, "["); ok {
			section, _, _ := strings.Cut(header, " ")
			inRemote = strings.EqualFold(section, "remote")
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if ok && inRemote && strings.EqualFold(strings.TrimSpace(key), "url") {
			urls = append(urls, strings.Trim(strings.TrimSpace(value), `"`))
		}
	}
	return urls
}

// treeName is the last element of the first remote without ".git", else the
// name of the scanned directory.
func treeName(remotes []string, dir string) string {
	if len(remotes) > 0 {
		url := strings.TrimSuffix(strings.TrimRight(remotes[0], "/"), ".git")
		if name := path.Base(strings.ReplaceAll(url, ":", "/")); name != "." && name != "/" {
			return name
		}
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return filepath.Base(dir)
	}
	return filepath.Base(absolute)
}
