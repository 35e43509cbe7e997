// Package powershell takes scripts of PowerShell apart into commands and
// assignments. It reads the text once, without an evaluation: what variables
// hold is for the caller to know.
//
// Comments and here-strings are told from code; blocks, conditions, nested
// pipelines, tables and parameters are recognised. Types, operators and methods
// are skipped over. Broken scripts yield what can be made out.
package powershell

// Kind says what a piece of a word is.
type Kind uint8

// The kinds of pieces.
const (
	Text       Kind = iota // its own text, escapes resolved
	Variable               // Text is the name: "path", "env:HOME"
	Expression             // only a run can tell; Text is a command's name, or empty
)

// Piece is a stretch of a word.
type Piece struct {
	Kind       Kind
	Text       string
	Start, End int // bytes in the script
}

// Word is one word of a command.
type Word struct {
	Pieces     []Piece
	Start, End int
	// Quoted is set when the word starts with a quote.
	Quoted bool
	// Splat is set for @name, which stands for the parameters in a table.
	Splat bool
}

// Pair is one entry of a table: Name = Value.
type Pair struct {
	Name  string
	Value Word
}

// Param is one parameter that a script takes.
type Param struct {
	Name    string // in lower case
	Default Word   // without pieces when there is none
	Switch  bool
}

// Redirect is one redirection of a command.
type Redirect struct {
	Op     string
	Target Word
}

// Statement is one command, assignment, param block or function.
type Statement struct {
	// Words are the command; none for an assignment of a value.
	Words     []Word
	Redirects []Redirect
	// Assign is the variable that is set, in lower case; Add is set for +=.
	Assign string
	Add    bool
	// Value is what it is set to when there are no words and it can be read;
	// Table holds the pairs of a table. Neither is there for anything else.
	Value *Word
	Table []Pair
	// Params is set for a param block.
	Params []Param
	// Function is the name of a function that is defined, in lower case, and
	// Body what it runs.
	Function string
	Body     []Statement
	// Operator is "&" or "." in front of a command.
	Operator string
	// Blocks are the numbers of the blocks around it that may not run, outermost
	// first, and Depth counts them.
	Blocks []int
	Depth  int
	// Piped is set when it gets the output of the one before it.
	Piped      bool
	Start, End int
}

// Limits of one script.
const (
	maxDepth      = 100
	maxStatements = 20_000
	maxWords      = 50_000
)

// Parse lists the statements of a script, inner ones before the statement that
// holds them. What a function holds is its own.
func Parse(script string) []Statement {
	p := &parser{text: script}
	for p.pos < len(p.text) {
		p.statements(0, 0)
		p.pos++ // a closing bracket that nothing opened
	}
	return p.found
}
