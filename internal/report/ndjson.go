package report

import (
	"encoding/json"
	"io"
)

type (
	findingLine struct {
		Type string `json:"type"`
		findingDocument
	}
	diagnosticLine struct {
		Type string `json:"type"`
		diagDocument
	}
	summaryLine struct {
		Type    string          `json:"type"`
		Version int             `json:"version"`
		Tool    toolDocument    `json:"tool"`
		Profile string          `json:"profile,omitempty"`
		RuleSet string          `json:"rule_set,omitempty"`
		Against string          `json:"against,omitempty"`
		Summary summaryDocument `json:"summary"`
	}
)

// NDJSON writes one JSON object a line, for tools that read a stream: the
// findings, the diagnostics, and the summary last. docs/ndjson.schema.json
// describes a line.
func NDJSON(w io.Writer, r *Report, _ Options) error {
	shape := shaper{r.Sources}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for i := range r.Findings {
		if err := encoder.Encode(findingLine{"finding", shape.finding(&r.Findings[i])}); err != nil {
			return err
		}
	}
	for _, d := range r.Diagnostics {
		if err := encoder.Encode(diagnosticLine{"diagnostic", shape.diagnostic(d)}); err != nil {
			return err
		}
	}
	return encoder.Encode(summaryLine{
		Type: "summary", Version: documentVersion, Tool: toolDocument{Name: "drlint", Version: r.Version},
		Profile: string(r.Profile), RuleSet: r.RuleSet, Against: r.Against, Summary: summary(r),
	})
}
