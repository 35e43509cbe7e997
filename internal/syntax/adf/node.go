// Package adf reads the expression language of Data Factory and Synapse
// pipelines: "@concat(…)" for a whole value, "@{…}" inside a text, "@@" for a
// plain "@". Expressions are folded as far as what they refer to is known, and
// what is not known says on what it depends: the time of the run, its trigger,
// an earlier activity, a parameter.
//
// The language is documented in Microsoft Learn, "Expressions and functions in
// Azure Data Factory and Azure Synapse Analytics".
package adf

import (
	"github.com/drlint/drlint/internal/resource"
)

// Kind is the shape of a node.
type Kind uint8

// The kinds of nodes.
const (
	// Literal is a text, number, boolean or null that is written out.
	Literal Kind = iota
	// Text is a text with interpolations: Args are its parts.
	Text
	// Call is a function call, which references to parameters and activities are too.
	Call
	// Member is what follows a dot: On.Name.
	Member
	// Index is what stands in brackets: On[Args[0]].
	Index
)

// Node is one expression.
type Node struct {
	Kind Kind
	// Value is what a Literal stands for; it has no place.
	Value resource.Value
	// Name is that of the function or member, as written.
	Name string
	// On is what a Member or an Index is taken of.
	On   *Node
	Args []*Node
	// Source is the expression as written, without the leading "@".
	Source string
}

// Walk visits a node and everything below it.
func (n *Node) Walk(visit func(*Node)) {
	if n == nil {
		return
	}
	visit(n)
	n.On.Walk(visit)
	for _, arg := range n.Args {
		arg.Walk(visit)
	}
}
