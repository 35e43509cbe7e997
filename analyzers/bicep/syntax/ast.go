// Package syntax reads the Bicep language: .bicep and .bicepparam files become
// a tree with the byte range of every node. It evaluates nothing and knows no
// resource type. What cannot be read becomes a diagnostic and a Bad node; the
// rest of the file is still there.
package syntax

// Span is a half-open range of bytes [Start, End) of the file.
type Span struct{ Start, End int }

// At returns the span itself, so that every node that embeds one is a Node.
func (s Span) At() Span { return s }

// Node is anything that has a place in the file.
type Node interface{ At() Span }

// Ident is a name as written. The zero value means that no name is written:
// Text is "" then.
type Ident struct {
	Span
	Text string
}

// File is one .bicep or .bicepparam file.
type File struct {
	Path string
	// Params is set for a .bicepparam file: Param then assigns a value and has
	// no type, and Using, Extends and ExtensionConfig may occur.
	Params     bool
	Statements []Statement // in written order, *BadStatement included
}

// Statement is one of *TargetScope, *Metadata, *Param, *Var, *TypeDecl, *Func,
// *Resource, *Module, *Test, *Output, *Assert, *Import, *Extension, *Using,
// *Extends, *ExtensionConfig, *BadStatement.
//
// Its span reaches from the first decorator to the end of its last expression.
type Statement interface {
	Node
	// Lead returns what all statements begin with.
	Lead() *Head
}

// Head is what every statement begins with.
type Head struct {
	Span
	// Header is the first line without what is assigned: from the keyword to
	// the end of the last word before "=" ("resource lake 'Microsoft.…@…' existing").
	Header     Span
	Decorators []*Decorator
	// Broken is set when a diagnostic was reported within the statement: parts
	// of it may be missing.
	Broken bool
}

// Lead returns the head itself.
func (h *Head) Lead() *Head { return h }

// Decorator returns the decorator of a name, whether or not the "sys" or "az"
// namespace is written before it, and nil when there is none.
func (h *Head) Decorator(name string) *Decorator {
	for _, decorator := range h.Decorators {
		if decorator.Name.Text == name {
			return decorator
		}
	}
	return nil
}

// Decorator is "@secure()" or "@sys.description('…')".
type Decorator struct {
	Span
	Namespace Ident // zero when none is written
	Name      Ident
	Args      []Expr
}

// TargetScope is "targetScope = 'subscription'".
type TargetScope struct {
	Head
	Value Expr
}

// Metadata is "metadata name = value".
type Metadata struct {
	Head
	Name  Ident
	Value Expr
}

// Param declares a parameter, or in a .bicepparam file assigns one.
type Param struct {
	Head
	Name  Ident
	Type  Type // nil in a .bicepparam file, and when it is missing
	Value Expr // the default or the assigned value; nil when there is none
}

// Var is "var name type? = value".
type Var struct {
	Head
	Name  Ident
	Type  Type // usually nil
	Value Expr
}

// TypeDecl is "type name = type".
type TypeDecl struct {
	Head
	Name  Ident
	Value Type
}

// Func is "func name(a string, b int) string => body".
type Func struct {
	Head
	Name   Ident
	Params []TypedParam
	Result Type
	Body   Expr
}

// TypedParam is a parameter of a function with its type.
type TypedParam struct {
	Span
	Name Ident
	Type Type
}

// Resource is a resource, at the top level or nested in the body of another.
type Resource struct {
	Head
	Name     Ident
	Type     Expr // *String ("Microsoft.Storage/storageAccounts@2023-01-01"; only "blobServices@…" or "blobServices" when nested) or *Bad
	Existing bool
	Body     Expr // *Object, *If, *For or *Bad
}

// Module is "module name 'path' = body".
type Module struct {
	Head
	Name Ident
	Path Expr // *String ("./storage.bicep", "br:…", "br/public:…", "ts:…") or *Bad
	Body Expr // *Object, *If, *For or *Bad
}

// Test is "test name 'path' = {…}", which declares a test of another file.
type Test struct {
	Head
	Name Ident
	Path Expr
	Body Expr
}

// Output is "output name type = value".
type Output struct {
	Head
	Name  Ident
	Type  Type
	Value Expr
}

// Assert is "assert name = condition".
type Assert struct {
	Head
	Name  Ident
	Value Expr
}

// Import is "import {a, b as c} from 'x.bicep'" or "import * as x from 'x.bicep'".
type Import struct {
	Head
	Wildcard bool
	Alias    Ident // of the wildcard
	Symbols  []ImportedSymbol
	From     Expr // *String or *Bad
}

// ImportedSymbol is one item of an import list.
type ImportedSymbol struct {
	Span
	Name  Ident // Text without quotes when the name is written as a string
	Alias Ident // zero when none is written
}

// Local returns the name by which the importing file knows the symbol.
func (s ImportedSymbol) Local() Ident {
	if s.Alias.Text != "" {
		return s.Alias
	}
	return s.Name
}

// Extension is "extension x with {…} as y", and its older forms "provider 'x@1'"
// and "import 'x@1'".
type Extension struct {
	Head
	Spec  Expr    // *String, *Variable or *Bad
	With  *Object // nil when not written
	Alias Ident   // zero when not written
}

// Using is "using './main.bicep'" or "using none" of a .bicepparam file.
type Using struct {
	Head
	None bool
	Path Expr    // *String or *Bad; nil when None is set
	With *Object // nil when not written
}

// Extends is "extends './base.bicepparam'" of a .bicepparam file.
type Extends struct {
	Head
	Path Expr // *String or *Bad
}

// ExtensionConfig is "extensionConfig name with {…}" of a .bicepparam file.
type ExtensionConfig struct {
	Head
	Name Ident
	With *Object // nil when not written
}

// BadStatement is text that is no statement.
type BadStatement struct{ Head }
