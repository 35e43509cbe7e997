package pages

import "github.com/drlint/drlint/internal/finding"

// unshown lists the statements that no repository can break or keep, and why.
var unshown = map[finding.Statement]string{}
