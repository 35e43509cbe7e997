package pages

import "github.com/drlint/drlint/internal/finding"

// unshown lists the statements that no repository can break or keep, and why.
var unshown = map[finding.Statement]string{
	"60": "it names the two layers of serving, and the statements after it look at each of them",
}
