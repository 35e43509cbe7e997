package syntax

// kind says what a token is.
type kind uint8

const (
	endToken kind = iota // the end of the file or of the part that is read
	newlineToken
	identToken
	trueToken
	falseToken
	nullToken
	intToken
	stringToken       // a string without interpolation
	stringLeftToken   // '…${
	stringMiddleToken // }…${
	stringRightToken  // }…'
	leftBrace
	rightBrace
	leftSquare
	rightSquare
	leftParen
	rightParen
	atToken
	comma
	dot
	ellipsis
	question
	doubleQuestion
	colon
	doubleColon
	plus
	minus
	percent
	star
	slash
	hat
	exclamation
	notEqual
	notEqualFold
	less
	lessEqual
	greater
	greaterEqual
	assign
	equal
	equalFold
	arrow
	and
	or
	pipe
	badToken // a character that the language does not use
)

// token is one word, sign or piece of a string. Of strings, lead and trail are
// the numbers of bytes that delimit the text at either side.
type token struct {
	kind        kind
	multiline   bool
	start, end  int32
	lead, trail int32
}

// words are the names that are never identifiers.
var words = map[string]kind{"true": trueToken, "false": falseToken, "null": nullToken}

// signs are the tokens of fixed spelling, the longer before their beginnings.
var signs = [256][]struct {
	text string
	kind kind
}{
	'(': {{"(", leftParen}},
	')': {{")", rightParen}},
	'[': {{"[", leftSquare}},
	']': {{"]", rightSquare}},
	'@': {{"@", atToken}},
	',': {{",", comma}},
	'.': {{"...", ellipsis}, {".", dot}},
	'?': {{"??", doubleQuestion}, {"?", question}},
	':': {{"::", doubleColon}, {":", colon}},
	'+': {{"+", plus}},
	'-': {{"-", minus}},
	'%': {{"%", percent}},
	'*': {{"*", star}},
	'/': {{"/", slash}},
	'^': {{"^", hat}},
	'!': {{"!=", notEqual}, {"!~", notEqualFold}, {"!", exclamation}},
	'<': {{"<=", lessEqual}, {"<", less}},
	'>': {{">=", greaterEqual}, {">", greater}},
	'=': {{"==", equal}, {"=~", equalFold}, {"=>", arrow}, {"=", assign}},
	'&': {{"&&", and}},
	'|': {{"||", or}, {"|", pipe}},
}

func isDigit(char byte) bool { return char >= '0' && char <= '9' }

func isWordStart(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char == '_'
}

func isWordPart(char byte) bool { return isWordStart(char) || isDigit(char) }
