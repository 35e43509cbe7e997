package syntax

// Expr is one of *Null, *Bool, *Int, *String, *Array, *Object, *For, *If,
// *Variable, *Member, *Index, *Nested, *NonNull, *Call, *MethodCall, *Lambda,
// *Unary, *Binary, *Ternary, *Paren, *Spread, *Bad.
//
// An expression is never nil where the language wants one: what is missing is a
// *Bad with an empty span. Nesting and chains of operators are bounded, so that
// no tree is higher than some 2,000 nodes and walking it recursively is safe.
type Expr interface {
	Node
	expr()
}

// Null is "null".
type Null struct{ Span }

// Bool is "true" or "false".
type Bool struct {
	Span
	Value bool
}

// Int is a number without sign. Value is clamped to the largest int64, which
// is reported.
type Int struct {
	Span
	Value int64
}

// String is text, with or without interpolation, on one line or on several,
// and the name of a property. Its span includes the quotes.
type String struct {
	Span
	// Parts are the literal texts and the interpolated expressions in written
	// order; empty texts are left out, so the empty string has none.
	Parts []StringPart
	// Bare is set when the string is a property's name without quotes.
	Bare bool
	// Multiline is set for '''…''' and its interpolated forms.
	Multiline bool
}

// StringPart is literal text, or an interpolation when Expr is not nil.
type StringPart struct {
	Span        // of the text as written, or of the expression within "${" and "}"
	Text string // with escapes resolved
	Expr Expr
}

// Literal returns the text of a string that has no interpolation.
func (s *String) Literal() (string, bool) {
	switch {
	case len(s.Parts) == 0:
		return "", true
	case len(s.Parts) == 1 && s.Parts[0].Expr == nil:
		return s.Parts[0].Text, true
	}
	return "", false
}

// Literal returns the text of an expression that is a string without
// interpolation.
func Literal(value Expr) (string, bool) {
	if text, ok := value.(*String); ok {
		return text.Literal()
	}
	return "", false
}

// Array is "[a, b]". An item may be a *Spread.
type Array struct {
	Span
	Items []Expr
}

// Object is "{a: 1, ...b}".
type Object struct {
	Span
	Items []ObjectItem // in written order
}

// ObjectItem is one of *Property, *Spread, *Resource (nested in a resource's
// body), *Bad.
type ObjectItem interface {
	Node
	item()
}

// Property is one "key: value" of an object.
type Property struct {
	Span
	Key   *String
	Value Expr
}

// Property returns the first property whose key is written as name, or nil.
func (o *Object) Property(name string) *Property {
	for _, item := range o.Items {
		if property, ok := item.(*Property); ok {
			if key, plain := property.Key.Literal(); plain && key == name {
				return property
			}
		}
	}
	return nil
}

// Spread is "...value" in an array or an object.
type Spread struct {
	Span
	Value Expr
}

// For is "[for item in list: body]" or "[for (item, index) in list: body]". A
// filter is an *If as body.
type For struct {
	Span
	Item, Index Ident // Index is zero when not written
	List        Expr
	Body        Expr
}

// If is "if (condition) {…}" as the body of a resource, a module or a loop.
type If struct {
	Span
	Condition Expr // without the parentheses
	Body      Expr // *Object, or *Bad
}

// Variable names a declaration, a local variable or a namespace.
type Variable struct {
	Span
	Name string
}

// Member is "target.name" or, with Safe, "target.?name".
type Member struct {
	Span
	Target Expr
	Name   Ident
	Safe   bool
}

// Index is "target[key]", with Safe "target[?key]", with FromEnd "target[^key]".
type Index struct {
	Span
	Target, Key   Expr
	Safe, FromEnd bool
}

// Nested is "target::name", the access to a nested resource.
type Nested struct {
	Span
	Target Expr
	Name   Ident
}

// NonNull is "target!".
type NonNull struct {
	Span
	Target Expr
}

// Call is "name(args)".
type Call struct {
	Span
	Name Ident
	Args []Expr
}

// MethodCall is "target.name(args)": a function of a namespace ("az.subscription()")
// or of a resource ("account.listKeys()").
type MethodCall struct {
	Span
	Target Expr
	Name   Ident
	Args   []Expr
}

// Lambda is "x => body" or "(x, y) => body".
type Lambda struct {
	Span
	Params []Ident
	Body   Expr
}

// Op is an operator as written.
type Op string

// Operators of Unary and Binary.
const (
	OpNot       Op = "!"
	OpMinus     Op = "-" // unary and binary
	OpPlus      Op = "+" // unary and binary
	OpTimes     Op = "*"
	OpDivide    Op = "/"
	OpModulo    Op = "%"
	OpLess      Op = "<"
	OpLessEq    Op = "<="
	OpGreater   Op = ">"
	OpGreaterEq Op = ">="
	OpEqual     Op = "=="
	OpNotEqual  Op = "!="
	OpEqualFold Op = "=~" // without regard to case
	OpNotEqFold Op = "!~" // without regard to case
	OpAnd       Op = "&&"
	OpOr        Op = "||"
	OpCoalesce  Op = "??"
)

// Unary is "!x", "-x" or "+x".
type Unary struct {
	Span
	Op Op
	X  Expr
}

// Binary is "x op y".
type Binary struct {
	Span
	Op   Op
	OpAt Span
	X, Y Expr
}

// Ternary is "condition ? then : otherwise".
type Ternary struct {
	Span
	Condition, Then, Else Expr
}

// Paren is "(x)".
type Paren struct {
	Span
	X Expr
}

// Bad is text that is no expression, or an empty span behind the last
// word where one is missing. A diagnostic says what is wrong.
type Bad struct{ Span }

// Bare returns an expression without the parentheses around it.
func Bare(value Expr) Expr {
	for {
		inner, ok := value.(*Paren)
		if !ok {
			return value
		}
		value = inner.X
	}
}

func (*Null) expr()       {}
func (*Bool) expr()       {}
func (*Int) expr()        {}
func (*String) expr()     {}
func (*Array) expr()      {}
func (*Object) expr()     {}
func (*For) expr()        {}
func (*If) expr()         {}
func (*Variable) expr()   {}
func (*Member) expr()     {}
func (*Index) expr()      {}
func (*Nested) expr()     {}
func (*NonNull) expr()    {}
func (*Call) expr()       {}
func (*MethodCall) expr() {}
func (*Lambda) expr()     {}
func (*Unary) expr()      {}
func (*Binary) expr()     {}
func (*Ternary) expr()    {}
func (*Paren) expr()      {}
func (*Spread) expr()     {}
func (*Bad) expr()        {}

func (*Property) item() {}
func (*Spread) item()   {}
func (*Resource) item() {}
func (*Bad) item()      {}
