package guard

import (
	"fmt"

	"github.com/drlint/drlint/internal/source"
)

// reason says why a scan stopped; the zero value means that it did not.
type reason uint8

const (
	fits reason = iota
	tooDeep
	tooComplex
)

// verdict is the outcome of a scan and the byte where it was reached.
type verdict struct {
	reason reason
	at     int
	what   string // for tooComplex
}

func checkDepth(path string, data []byte, limits Limits) *source.Diagnostic {
	var found verdict
	switch limits.Syntax {
	case HCLSyntax:
		found = scanHCL(data, limits.Depth, false)
	case HCLTemplateSyntax:
		found = scanHCL(data, limits.Depth, true)
	case HCLJSONSyntax:
		found = scanHCLJSON(data, limits.Depth)
	case JSONSyntax:
		found = scanJSON(data, limits.Depth)
	case YAMLSyntax:
		found = scanYAML(data, limits.Depth)
	case TextSyntax:
	}
	at := source.Range{File: path, Start: found.at, End: min(found.at+1, len(data))}
	switch found.reason {
	case tooDeep:
		return &source.Diagnostic{
			Code:     "guard/too-deep",
			Severity: source.Error,
			Summary:  fmt.Sprintf("the text nests deeper than %d levels here, so the file was not read", limits.Depth),
			Detail:   "Flatten the expression or the block, or exclude the file when it is generated.",
			At:       at,
		}
	case tooComplex:
		return &source.Diagnostic{
			Code:     "guard/too-complex",
			Severity: source.Error,
			Summary:  found.what + ", so the file was not read",
			Detail:   "Shorten it, move it to a file of its own, or exclude the file when it is generated.",
			At:       at,
		}
	default:
		return nil
	}
}
