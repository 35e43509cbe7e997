// Package bicep evaluates Bicep files without running Bicep or Azure: no
// provider, no type index, no network. It yields the resources of every root
// file, once for each environment, with the values, references and places that
// the text alone decides; everything else is unknown and says why.
//
// The way through the package:
//
//	files are parsed once (load.go) into documents (document.go),
//	files that no other file calls are roots (roots.go), each with the
//	parameter files that are meant for it (environments.go, parameters.go),
//	each root is evaluated by itself (evaluation.go), lazily: a variable, a
//	parameter, an output or a property is computed when something asks for it
//	(instance.go, resource.go, module.go),
//	and what that yields becomes resources (emit.go).
//
// A value keeps the place where it is written while it is computed (place.go):
// it moves to the property that names it only when that property is handed out.
package bicep
