// Package terraform evaluates Terraform and OpenTofu configuration without
// running either: no provider, no state, no network. It yields the resources of
// every root module with the values, references and places that the text alone
// decides; everything else is unknown and says why.
//
// The way through the package:
//
//	files (files.go) are parsed once (parse.go, json_body.go) into bodies,
//	directories become modules (module.go, merge.go, load.go),
//	directories that no call reaches are roots (roots.go, sources.go), which
//	variable files and Terragrunt units evaluate for environments
//	(environments.go, terragrunt*.go),
//	each root is evaluated by itself (evaluation.go), lazily: a local, an
//	input, an output or an argument is computed when something asks for it,
//	and what it yields becomes resources (emit.go, convert.go).
//
// Expressions are evaluated here and not by the HCL library, because that
// evaluation can neither be bounded nor stopped, wants every name bound in
// advance and loses where a value came from. Provenance travels as cty marks
// (marks.go).
package terraform
