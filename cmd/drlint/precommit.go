package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/git"
)

// preCommit is the mode of the hook. pre-commit names files in every of its modes,
// and never those that a commit deletes; what the names stand for decides what is
// reported.
type preCommit bool

func (p *preCommit) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar((*bool)(p), "pre-commit", false, "run as a hook of pre-commit: report what the commit or the push brings, and with --all-files what concerns the files that it names")
	cmd.MarkFlagsMutuallyExclusive("pre-commit", "since")
	cmd.MarkFlagsMutuallyExclusive("pre-commit", "staged")
	cmd.MarkFlagsMutuallyExclusive("pre-commit", "stdin-filename")
}

// choose returns the paths to report on, and sets what to compare with: the first
// of two revisions where pre-commit compares two, the last commit where every
// named file is staged, and nothing otherwise.
func (p preCommit) choose(cmd *cobra.Command, in *inputs, paths []string) ([]string, error) {
	if !p {
		return paths, nil
	}
	if from := os.Getenv("PRE_COMMIT_FROM_REF"); from != "" {
		return nil, cmd.Flags().Set("since", from)
	}
	staged, err := allStaged(cmd, paths)
	if err != nil {
		return nil, compareFailure(err)
	}
	if staged {
		in.revision.staged = true
		return nil, nil
	}
	return paths, nil
}

// allStaged reports whether the next commit changes every one of the files.
func allStaged(cmd *cobra.Command, files []string) (bool, error) {
	repository, err := git.Open(cmd.Context(), ".")
	if err != nil {
		return false, err
	}
	defer repository.Close()
	head, exists, err := repository.Head(cmd.Context())
	if err != nil {
		return false, err
	}
	var committed []git.Entry
	if exists {
		if committed, err = repository.Files(cmd.Context(), head); err != nil {
			return false, err
		}
	}
	staged, err := repository.Staged(cmd.Context())
	if err != nil {
		return false, err
	}
	changed := map[string]bool{}
	before := make(map[string]git.Entry, len(committed))
	for _, e := range committed {
		before[e.Path] = e
	}
	for _, e := range staged {
		changed[e.Path] = before[e.Path] != e
	}
	for _, name := range files {
		if !changed[filepath.ToSlash(filepath.Clean(name))] {
			return false, nil
		}
	}
	return true, nil
}
