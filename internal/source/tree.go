package source

import "io/fs"

// Tree is the scanned repository, read-only and confined: FS opens nothing
// outside the root, symbolic links included.
type Tree struct {
	FS fs.FS
	// Files are all files that discovery admitted, slash-separated, sorted.
	Files []string
	// Remotes are the URLs of the repository's Git remotes, as written in
	// .git/config; empty outside a repository.
	Remotes []string
	// Name is the repository's own name: the last element of the first
	// remote's path without ".git", else the base name of the scanned directory.
	Name string
}
