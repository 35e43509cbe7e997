// Package guard decides what may be parsed at all. Parsers recurse, and a Go
// stack overflow ends the process beyond the reach of recover, so size, text
// encoding and nesting are checked in linear time before any parser sees a
// file. What is turned down becomes a diagnostic at its place.
package guard

// Syntax names the nesting rules that a file follows.
type Syntax uint8

const (
	// TextSyntax has no nesting; only size and encoding are checked.
	TextSyntax Syntax = iota
	// HCLSyntax is the native syntax of Terraform: .tf, .tfvars, .tofu.
	HCLSyntax
	// HCLTemplateSyntax is text with ${…} and %{…}: template files, and strings
	// of .tf.json files before they are evaluated.
	HCLTemplateSyntax
	// HCLJSONSyntax is .tf.json: strict JSON whose strings are templates.
	HCLJSONSyntax
	// JSONSyntax is JSON with comments and strings over several lines.
	JSONSyntax
	// YAMLSyntax is block and flow YAML.
	YAMLSyntax
)

// Limits is what one file may cost. Bytes is the largest size; Depth the
// deepest nesting of brackets, blocks, interpolations, unary operators and
// conditionals together.
type Limits struct {
	Bytes  int64
	Depth  int
	Syntax Syntax
}

const (
	mebibyte     = 1 << 20
	defaultDepth = 250
)

// Ready-made limits, one a syntax. HCL gets the smaller size because its
// parser allocates some 270 bytes for each byte read.
var (
	HCL         = Limits{Bytes: 2 * mebibyte, Depth: defaultDepth, Syntax: HCLSyntax}
	HCLTemplate = Limits{Bytes: 2 * mebibyte, Depth: defaultDepth, Syntax: HCLTemplateSyntax}
	HCLJSON     = Limits{Bytes: 2 * mebibyte, Depth: defaultDepth, Syntax: HCLJSONSyntax}
	JSON        = Limits{Bytes: 10 * mebibyte, Depth: defaultDepth, Syntax: JSONSyntax}
	YAML        = Limits{Bytes: 10 * mebibyte, Depth: defaultDepth, Syntax: YAMLSyntax}
	Text        = Limits{Bytes: 10 * mebibyte, Syntax: TextSyntax}
)
