package scan

import (
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/source"
)

// Configure takes over everything that a configuration says about a scan. What
// the tree holds was decided by discovery before.
func (o *Options) Configure(c config.Config) {
	o.Tree.Environments = c.Environments
	o.Policy.Disabled, o.Policy.Named, o.Policy.Settings = c.Disabled(), c.Named(), c.Settings()
	o.Policy.Profile, o.Policy.RuleSet = c.Profile, c.RuleSet
	o.Severities, o.Stages, o.Declared = c.Severities(), c.Stages, c.Declarations
	o.DataPlatform, o.PlatformName = c.Platform.Data, c.Platform.Name
	o.Accepted = c.Ignore
}

// Before returns the options for another revision of the same repository: what a
// configuration there says about the platform counts, and it is judged as this
// one is. So a rule that is switched on today accuses nobody of what was always
// there, and an attestation that is taken back is missed.
func (o Options) Before(tree source.Tree, c config.Config) Options {
	tree.Environments, tree.Remotes, tree.Name = c.Environments, o.Tree.Remotes, o.Tree.Name
	o.Tree = tree
	o.Stages, o.Declared, o.Accepted = c.Stages, c.Declarations, c.Ignore
	o.DataPlatform, o.PlatformName = c.Platform.Data, c.Platform.Name
	o.Baseline = nil // it knows the names that files have now
	return o
}
