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
	// Environments are the parameter sets that the configuration declares.
	Environments []Environment
}

// Environment is a declared parameter set: Root, the directory or file that is
// evaluated as a whole, is evaluated once with Files, later ones winning. All
// paths are slash-separated and below the root of the tree.
type Environment struct {
	Root, Name string
	Files      []string
	At         Range // where it is declared
}
