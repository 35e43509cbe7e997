package syntax

// Type is one of *NamedType, *LiteralType, *ObjectType, *TupleType, *ArrayType,
// *UnionType, *NullableType, *NonNullType, *MemberType, *ItemType,
// *ParameterizedType, *ResourceType, *ParenType, *BadType.
type Type interface {
	Node
	typ()
}

// NamedType is "string" or the name of a declared type.
type NamedType struct {
	Span
	Name string
}

// LiteralType is a value used as a type: "'Standard_LRS'", "42", "-1", "true".
type LiteralType struct {
	Span
	Value Expr // *String, *Int, *Bool, *Null, or *Unary of one
}

// ObjectType is "{a: string, *: int}".
type ObjectType struct {
	Span
	Members []TypeMember
}

// TypeMember is one member of an object type or one item of a tuple type.
type TypeMember struct {
	Span
	Decorators []*Decorator
	Key        *String // nil for an item of a tuple and for "*"
	Rest       bool    // "*: type", the type of all further members
	Type       Type
}

// TupleType is "[string, int]".
type TupleType struct {
	Span
	Items []TypeMember
}

// ArrayType is "element[]".
type ArrayType struct {
	Span
	Element Type
}

// UnionType is "a | b".
type UnionType struct {
	Span
	Members []Type
}

// NullableType is "type?".
type NullableType struct {
	Span
	Type Type
}

// NonNullType is "type!".
type NonNullType struct {
	Span
	Type Type
}

// MemberType is "target.name", or "target.*" when Name.Text is "*".
type MemberType struct {
	Span
	Target Type
	Name   Ident
}

// ItemType is "target[0]", or "target[*]" when Index is nil.
type ItemType struct {
	Span
	Target Type
	Index  Expr
}

// ParameterizedType is "resourceInput<'Microsoft.…@…'>".
type ParameterizedType struct {
	Span
	Namespace Type // *NamedType or *MemberType; nil when none is written
	Name      Ident
	Args      []Type
}

// ResourceType is "resource 'Microsoft.…@…'", the type of a parameter or output
// that is a resource.
type ResourceType struct {
	Span
	Of Expr // *String; nil when not written
}

// ParenType is "(type)".
type ParenType struct {
	Span
	Type Type
}

// BadType is text that is no type, or an empty span behind
// the last word where one is missing.
type BadType struct{ Span }

func (*NamedType) typ()         {}
func (*LiteralType) typ()       {}
func (*ObjectType) typ()        {}
func (*TupleType) typ()         {}
func (*ArrayType) typ()         {}
func (*UnionType) typ()         {}
func (*NullableType) typ()      {}
func (*NonNullType) typ()       {}
func (*MemberType) typ()        {}
func (*ItemType) typ()          {}
func (*ParameterizedType) typ() {}
func (*ResourceType) typ()      {}
func (*ParenType) typ()         {}
func (*BadType) typ()           {}
