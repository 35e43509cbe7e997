package model

import "github.com/drlint/drlint/internal/source"

// Mirror is one job or host feature that copies a Git repository elsewhere.
type Mirror struct {
	// Form is "push" (refs go to another repository), "bundle" (an archive goes
	// to object storage) or "hosted" (a Git host's own mirroring).
	Form string
	// By names what does it: the action, "git push --mirror", "gitlab_project_push_mirror".
	By string
	// Target is the URL or object key as far as it is readable, Host its host.
	Target Fact
	Host   Fact
	// SameHost says whether the copy is on the host that it should survive.
	SameHost Tri
	// Refs is "all", "branches" or "one".
	Refs Fact
	// History is "full" or "shallow".
	History Fact
	// PropagatesDeletes says whether a ref deleted at the source is deleted at
	// the copy, Rewrites whether a forced push overwrites it there.
	PropagatesDeletes Fact
	Rewrites          Fact
	// LFS says whether large file objects are copied too; absent where the
	// repository uses none.
	LFS Fact
	// Triggers are the events that start the job, sorted.
	Triggers []string
	// Interval is the longest time between two runs in hours; absent for a job
	// that runs on every push, unknown for one that is only started by hand.
	Interval Fact
	// Undeletable says whether the copy is blocked from deletion.
	Undeletable Fact
	// TargetAsset is the asset ID of the place the copy goes to, when it is in the model.
	TargetAsset string
	At          source.Range
	Via         []source.Range
}
