package scan

import "github.com/drlint/drlint/internal/config"

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
