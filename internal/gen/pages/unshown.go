package pages

import "github.com/drlint/drlint/internal/finding"

// unshown lists the statements that no repository can break or keep, and why.
var unshown = map[finding.Statement]string{
	"39": "asks for nothing: because it is hard to enforce, findings about experiments are never graver than info",
	"60": "names two parts, and each of them has statements of its own below",
}
