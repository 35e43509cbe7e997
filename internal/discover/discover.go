// Package discover finds the files of a repository: one walk that honours
// .gitignore, never leaves the root and never enters .git. A symbolic link is
// listed when it leads to a file in the root, as shared variables.tf do; links
// to directories are not followed, for what they hold is found by its own name.
package discover

import (
	"io/fs"

	"github.com/drlint/drlint/internal/source"
)

// Options narrow a walk. Globs are doublestar patterns relative to the root
// ("infra/**", "**/*_test.tf"); one that names a directory covers what is in it.
type Options struct {
	// Include admits only matching files; empty admits all.
	Include []string
	// Exclude drops files and whole directories; it wins over the others.
	Exclude []string
	// Keep admits files although .gitignore ignores them; nil means DefaultKeep.
	// A pattern reaches into an ignored directory only by its name, so
	// "**/.terraform/**" does not search through an ignored node_modules.
	Keep []string
	// Name is the root directory, which names the tree when no remote does.
	Name string
}

// DefaultKeep is the copies of remote modules that "terraform init" leaves
// behind: they are ignored by Git, and part of the configuration all the same.
func DefaultKeep() []string { return []string{"**/.terraform/modules/**"} }

// Walk lists the files below fsys, which must be confined to its root, as
// os.Root.FS is. The result does not depend on the order of directories. The
// error is for a bad glob or an unreadable root; everything else that cannot be
// read is a diagnostic.
func Walk(fsys fs.FS, options Options) (source.Tree, []source.Diagnostic, error) {
	filter, err := newFilter(options)
	if err != nil {
		return source.Tree{}, nil, err
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return source.Tree{}, nil, err
	}
	w := newWalk(fsys, filter)
	w.entries(directory{path: ".", rules: w.repositoryRules()}, entries)
	w.running.Wait()
	files, problems := w.result()
	remotes := readRemotes(fsys)
	return source.Tree{FS: fsys, Files: files, Remotes: remotes, Name: treeName(remotes, options.Name)}, problems, nil
}
