package guard

// What one expression and the templates of one file may cost beside their
// nesting. Both lie far beyond what people or generators write, and well below
// what hurts.
const (
	// chainLimit bounds the operators and index steps of one expression: each
	// makes the syntax tree one level deeper although nothing nests.
	chainLimit = 10_000
	// meldLimit bounds the bytes that the HCL parser moves to join the literal
	// pieces of templates, which is quadratic in their number: one heredoc of
	// some 15,000 lines, or several shorter ones.
	meldLimit = 4 << 30
	// digitLimit bounds one number, since reading it is quadratic in its length.
	digitLimit = 10_000
)

// kind is what a frame of the scan is inside of.
type kind byte

const (
	body    kind = iota // the top level, or braces: a newline ends an expression
	inline              // other brackets: only a comma does
	quoted              // "…"
	heredoc             // <<EOT
	bare                // text that is one template
)

// frame is one level of nesting. It adds weight, conditionals and directives
// to the depth.
type frame struct {
	kind         kind
	control      bool // opened by %{
	fresh        bool // nothing but space since the opener
	closer       byte // of code: the bracket that ends it
	weight       int  // itself and the unary operators before it
	unary        int  // of code: operators of the run that ends here
	conditionals int  // of code: in the present expression
	chain        int  // of code: operators of the present expression
	template
}

// template is the part of a frame that text with interpolations needs.
type template struct {
	start      int
	marker     []byte // of a heredoc
	afterText  bool   // the last piece was text
	joins      int    // pieces of text that follow one
	parts      int    // pieces of text and sequences
	directives int    // %{if} and %{for} that wait for their end
}

// hclScan mirrors the states of the HCL scanner (code, quoted template,
// heredoc, bare template) and bounds the recursion of its parser from above.
type hclScan struct {
	data   []byte
	at     int
	limit  int
	depth  int
	melded int64
	stack  []frame
	found  verdict
}

// scanHCL scans native syntax, or text that is one template.
func scanHCL(data []byte, limit int, asTemplate bool) verdict {
	s := &hclScan{data: BlankBOM(data), limit: limit, stack: make([]frame, 1, 16)}
	if asTemplate {
		s.stack[0].kind = bare
	}
	for s.at < len(s.data) && s.found.reason == fits {
		switch s.top().kind {
		case quoted:
			s.quotedText()
		case heredoc, bare:
			s.plainText()
		default:
			s.code()
		}
	}
	for len(s.stack) > 0 && s.found.reason == fits {
		s.pop()
	}
	return s.found
}

func (s *hclScan) top() *frame { return &s.stack[len(s.stack)-1] }

func (s *hclScan) push(opened frame) {
	outer := s.top()
	opened.weight = 1 + outer.unary
	opened.fresh = true
	outer.unary, outer.fresh = 0, false
	s.stack = append(s.stack, opened)
	s.deepen(opened.weight)
}

func (s *hclScan) pop() {
	closed := s.top()
	s.depth -= closed.weight + closed.conditionals + closed.directives
	s.meld(&closed.template)
	s.stack = s.stack[:len(s.stack)-1]
}

func (s *hclScan) deepen(by int) {
	if s.depth += by; s.depth > s.limit {
		s.stop(tooDeep, s.at, "")
	}
}

// stop keeps the first verdict.
func (s *hclScan) stop(why reason, at int, what string) {
	if s.found.reason == fits {
		s.found = verdict{reason: why, at: at, what: what}
	}
}
