package report

import (
	"cmp"
	"io"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// The part of the Code Climate issue format that GitLab reads.
type (
	gitlabIssue struct {
		Type        string         `json:"type"`
		Categories  []string       `json:"categories"`
		Check       string         `json:"check_name"`
		Description string         `json:"description"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
)

// GitLab writes a Code Quality report.
func GitLab(w io.Writer, r *Report, o Options) error {
	issues := []gitlabIssue{}
	for _, a := range annotations(r, o) {
		issues = append(issues, gitlabIssue{
			Type: "issue", Categories: []string{"Bug Risk"}, Check: a.rule, Description: strings.Join(a.lines, "\n"), Fingerprint: a.fingerprint,
			Severity: gitlabSeverities[a.grade],
			Location: gitlabLocation{
				Path:  cmp.Or(a.place.File, "."),
				Lines: gitlabLines{Begin: max(1, a.place.Start.Line), End: max(1, a.place.Start.Line, a.place.End.Line)},
			},
		})
	}
	return encode(w, issues)
}

var gitlabSeverities = map[finding.Severity]string{
	finding.High: "critical", finding.Medium: "major", finding.Low: "minor", finding.Info: "info",
}
