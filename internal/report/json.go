package report

import (
	"encoding/json"
	"io"
)

// documentVersion is the version of the JSON documents.
const documentVersion = 1

// JSON writes everything that the report knows. docs/report.schema.json
// describes the document.
func JSON(w io.Writer, r *Report, _ Options) error {
	shape := shaper{r.Sources}
	d := document{
		Version: documentVersion, Tool: toolDocument{Name: "drlint", Version: r.Version},
		Profile: string(r.Profile), RuleSet: r.RuleSet, Against: r.Against, Summary: summary(r),
		Findings: []findingDocument{}, Assets: []assetDocument{}, Diagnostics: []diagDocument{},
	}
	for i := range r.Findings {
		d.Findings = append(d.Findings, shape.finding(&r.Findings[i]))
	}
	for _, a := range r.Assets {
		d.Assets = append(d.Assets, shape.asset(a))
	}
	for _, diagnostic := range r.Diagnostics {
		d.Diagnostics = append(d.Diagnostics, shape.diagnostic(diagnostic))
	}
	return encode(w, d)
}

func encode(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
