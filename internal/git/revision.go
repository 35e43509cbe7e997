package git

import (
	"context"
	"errors"
	"strings"
)

// Commit is a commit with the name that users know it by.
type Commit struct {
	// Name is what was asked for: "origin/main".
	Name string
	// ID is the full hexadecimal name.
	ID string
}

// String names the commit for people: "origin/main (1a2b3c4)".
func (c Commit) String() string {
	short := c.ID[:min(len(c.ID), 7)]
	if c.Name == "" || strings.HasPrefix(c.ID, c.Name) {
		return short
	}
	return c.Name + " (" + short + ")"
}

// Head returns the commit that is checked out. There is none in a repository
// without commits.
func (r *Repository) Head(ctx context.Context) (head Commit, exists bool, err error) {
	id, err := r.objects.commit(ctx, r, "HEAD")
	if errors.Is(err, errMissing) {
		return Commit{}, false, nil
	}
	return Commit{Name: "HEAD", ID: id}, err == nil, err
}

// Base returns the commit that HEAD and a revision have in common, which is what
// the work on HEAD started from. It is named by the revision.
func (r *Repository) Base(ctx context.Context, revision string) (Commit, error) {
	if strings.TrimSpace(revision) == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(revision, "\n\r\x00") {
		return Commit{}, refuse("%q is no name of a revision", revision)
	}
	_, exists, err := r.Head(ctx)
	if err != nil {
		return Commit{}, err
	}
	if !exists {
		return Commit{}, refuse("the repository has no commit yet, so there is nothing to compare with")
	}
	other, err := r.objects.commit(ctx, r, revision)
	if errors.Is(err, errMissing) {
		return Commit{}, r.unknown(revision)
	}
	if err != nil {
		return Commit{}, err
	}
	out, err := r.run(ctx, "merge-base", other, "HEAD")
	var failed *failure
	if errors.As(err, &failed) && failed.code == 1 {
		return Commit{}, r.unrelated(revision)
	}
	if err != nil {
		return Commit{}, err
	}
	id, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return Commit{Name: revision, ID: id}, nil
}

const deepen = "fetch the history (git fetch --unshallow; fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 in GitLab CI, fetchDepth: 0 in Azure Pipelines)"

func (r *Repository) unknown(revision string) error {
	if r.shallow {
		return refuse("the revision %q is not in this clone, which is shallow and holds only the last commits: %s", revision, deepen)
	}
	if remote, branch, ok := strings.Cut(revision, "/"); ok && remote == "origin" {
		return refuse("there is no revision %q in this clone: fetch it (git fetch origin %s), or correct its name", revision, branch)
	}
	return refuse("there is no revision %q in this repository", revision)
}

func (r *Repository) unrelated(revision string) error {
	if r.shallow {
		return refuse("the commit where HEAD left %q is not in this clone, which is shallow and holds only the last commits: %s", revision, deepen)
	}
	return refuse("HEAD and %q have no commit in common, so there is nothing to compare with", revision)
}
