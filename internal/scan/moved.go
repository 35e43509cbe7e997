package scan

import (
	"path"
	"slices"
)

// moved reports whether what one file held about an address may be in another now.
// Code moves between the files of one Terraform module, where addresses are unique;
// a file or its directory gets another name; and what is said of the repository
// stands at its first file, whichever that is.
func (o Options) moved(address, from, to string) bool {
	sameDir := path.Dir(from) == path.Dir(to)
	if address == scanned || sameDir && inModule(from) && inModule(to) {
		return true
	}
	if _, exists := slices.BinarySearch(o.Tree.Files, from); exists {
		return false
	}
	return path.Ext(from) == path.Ext(to) && (sameDir || path.Base(from) == path.Base(to))
}

// inModule reports whether a file is one of those that make up a Terraform module.
func inModule(file string) bool {
	return slices.Contains([]string{".tf", ".tofu"}, path.Ext(file))
}
