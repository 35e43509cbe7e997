package report

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// htmlIgnore is what somebody copies who accepts a finding.
type htmlIgnore struct{ Where, Text string }

// commentSigns begin a comment, by the ending of a file's name.
var commentSigns = map[string]string{
	".tf": "#", ".tfvars": "#", ".hcl": "#", ".tofu": "#", ".yml": "#", ".yaml": "#", ".sh": "#", ".py": "#", ".ps1": "#", ".toml": "#",
	".bicep": "//", ".bicepparam": "//", ".jsonc": "//",
}

// ignoreOf is a comment where the format has comments, else an entry of
// .drlint.yaml.
func ignoreOf(f *finding.Finding) *htmlIgnore {
	if sign := commentSigns[strings.ToLower(path.Ext(f.At.File))]; sign != "" {
		return &htmlIgnore{"Above the line", fmt.Sprintf(`%s drlint:ignore %s reason="…"`, sign, f.Rule.ID)}
	}
	lines := []string{"ignore:", "  - rule: " + f.Rule.ID, "    path: " + quotedGlob(f.At.File)}
	if f.Subject.Address != "" {
		lines = append(lines, "    address: "+quotedGlob(f.Subject.Address))
	}
	return &htmlIgnore{"In .drlint.yaml", strings.Join(append(lines, `    reason: "…"`), "\n")}
}

// quotedGlob writes a text as a YAML string that matches nothing but itself.
func quotedGlob(text string) string { return strconv.QuoteToASCII(globSigns.Replace(text)) }

var globSigns = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "{", `\{`)
