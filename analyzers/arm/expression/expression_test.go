package expression

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/source"
)

// show writes a tree in the way it was written, without spaces.
func show(n *Node) string {
	var args []string
	for _, arg := range n.Args {
		args = append(args, show(arg))
	}
	safe := ""
	if n.Safe {
		safe = "?"
	}
	switch n.Kind {
	case Text:
		return fmt.Sprintf("%q", n.Text)
	case Number:
		return fmt.Sprint(n.Number)
	case Call:
		return n.Text + "(" + strings.Join(args, ",") + ")"
	case Member:
		return args[0] + "." + safe + n.Text
	default:
		return args[0] + "[" + safe + args[1] + "]"
	}
}

func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{`['text']`, `"text"`},
		{`['it''s ''quoted''']`, `"it's 'quoted'"`},
		{`['']`, `""`},
		{`[ concat ( 'a' , parameters('b') ) ]`, `concat("a",parameters("b"))`},
		{"[concat(\n  'a',\r\n\t'b')]", `concat("a","b")`},
		{`[add(-1, 2)]`, `add(-1,2)`},
		{`[resourceGroup().location]`, `resourceGroup().location`},
		{`[parameters('a').b[0].c['d']]`, `parameters("a").b[0].c["d"]`},
		{`[parameters('a').?b[?0]]`, `parameters("a").?b[?0]`},
		{`[contoso.uniqueName('x')]`, `contoso.uniqueName("x")`},
		{`[map(parameters('a'), lambda('x', lambdaVariables('x').name))]`, `map(parameters("a"),lambda("x",lambdaVariables("x").name))`},
		{`[variables('x')[variables('y')[copyIndex()]]]`, `variables("x")[variables("y")[copyIndex()]]`},
		{`['a' ].b]`, ``},
	}
	for _, test := range tests {
		node, err := Parse(test.text)
		if test.want == "" {
			if err == nil {
				t.Errorf("%s: got %s", test.text, show(node))
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.want, show(node)); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}

func TestOffsets(t *testing.T) {
	text := `[concat('é', parameters('x').y[0])]`
	node, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var walk func(n *Node)
	walk = func(n *Node) {
		got = append(got, text[n.Start:n.End])
		for _, arg := range n.Args {
			walk(arg)
		}
	}
	walk(node)
	want := []string{
		`concat('é', parameters('x').y[0])`, `'é'`, `parameters('x').y[0]`, `parameters('x').y`, `parameters('x')`, `'x'`, `0`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ text, message, at string }{
		{`[]`, "it ends too early", ""},
		{`[concat('a']`, "it ends too early", ""},
		{`[concat('a' 'b')]`, "'b' is not expected here", "'b'"},
		{`[concat('a',)]`, ") is not expected here", ")"},
		{`[location]`, "location is neither in quotes nor followed by parentheses", "location"},
		{`['open]`, "the text that starts here has no closing quote", "'"},
		{`[a() b()]`, "b is not expected here", "b"},
		{`[a() && b()]`, `the character "&" is not expected here`, "&"},
		{`[1a]`, "1a is not a number", "1a"},
		{`[a().'b']`, "'b' is not expected here", "'b'"},
		{`[a()[0]`, "it ends too early", ""},
		{"[" + strings.Repeat("a(", 150) + "]", "it nests deeper than 100 levels", "a"},
		{"[a()" + strings.Repeat(".b", 150) + "]", "it nests deeper than 100 levels", "."},
		{"[" + strings.Repeat(" ", maxLength) + "]", "it is longer than 131072 bytes", ""},
		{"[a(" + strings.Repeat("1,", maxNodes) + "1)]", "it has more than 20000 parts", "1"},
		{"plain", "it does not stand in brackets", "plain"},
	}
	for _, test := range tests {
		_, err := Parse(test.text)
		var problem *Error
		if !errors.As(err, &problem) {
			t.Errorf("%.40s: got %v", test.text, err)
			continue
		}
		if problem.Message != test.message || test.at != "" && test.text[problem.Start:problem.End] != test.at {
			t.Errorf("%.40s: got %q at %q", test.text, problem.Message, test.text[problem.Start:problem.End])
		}
	}
}

func TestLiteral(t *testing.T) {
	tests := []struct {
		text, literal string
		is            bool
	}{
		{"plain", "plain", false},
		{"[a()]", "[a()]", true},
		{"[[a()]", "[a()]", false},
		{"[[a()", "[[a()", false},
		{"[a() ", "[a() ", false},
		{" [a()]", " [a()]", false},
		{"[", "[", false},
		{"", "", false},
	}
	for _, test := range tests {
		if Is(test.text) != test.is || Literal(test.text) != test.literal {
			t.Errorf("%q: got %v, %q", test.text, Is(test.text), Literal(test.text))
		}
	}
}

func TestPlace(t *testing.T) {
	written := `"[concat('\u00e9\ud83d\ude00\n', \"x\", 'ü', y\t)]"`
	var text string
	if err := json.Unmarshal([]byte(written), &text); err != nil {
		t.Fatal(err)
	}
	at := source.Range{File: "f.json", Start: 100, End: 100 + len(written)}
	for part, want := range map[string]string{
		"é":      `\u00e9`,
		"😀":      `\ud83d\ude00`,
		"\n":     `\n`,
		`"x"`:    `\"x\"`,
		"ü":      "ü",
		"y":      "y",
		"concat": "concat",
		"]":      "]",
	} {
		start := strings.Index(text, part)
		got := Place(written, at, start, start+len(part))
		if shown := written[got.Start-100 : got.End-100]; shown != want || got.File != "f.json" {
			t.Errorf("%q: got %q", part, shown)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`[concat('a', parameters('b').c[0])]`, `['it''s']`, `[a.b('x')]`, `[a(`, `[a(.?b)]`, "[a(\n1)]", `[-]`, `['😀'`, `[[x]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		node, err := Parse(text)
		var problem *Error
		if errors.As(err, &problem) {
			if problem.Start < 0 || problem.Start > problem.End || problem.End > len(text) {
				t.Errorf("the place %d-%d is outside of %q", problem.Start, problem.End, text)
			}
			return
		}
		var walk func(n *Node, start, end int)
		walk = func(n *Node, start, end int) {
			if n.Start < start || n.End > end || n.Start >= n.End {
				t.Errorf("%d-%d is not within %d-%d of %q", n.Start, n.End, start, end, text)
			}
			for _, arg := range n.Args {
				walk(arg, n.Start, n.End)
			}
		}
		walk(node, 0, len(text))
		again, err := Parse("[" + written(node) + "]")
		if err != nil || show(again) != show(node) {
			t.Errorf("%q is written as %q: %v", text, written(node), err)
		}
	})
}

// written writes a tree as an expression again.
func written(n *Node) string {
	var args []string
	for _, arg := range n.Args {
		args = append(args, written(arg))
	}
	safe := ""
	if n.Safe {
		safe = "?"
	}
	switch n.Kind {
	case Text:
		return "'" + strings.ReplaceAll(n.Text, "'", "''") + "'"
	case Number:
		return strconv.FormatFloat(n.Number, 'f', -1, 64)
	case Call:
		return n.Text + "(" + strings.Join(args, ",") + ")"
	case Member:
		return args[0] + "." + safe + n.Text
	default:
		return args[0] + "[" + safe + args[1] + "]"
	}
}

// FuzzPlace holds places against the JSON reader of the standard library.
func FuzzPlace(f *testing.F) {
	f.Add(`"a\u00e9\ud83d\ude00b\n\"c"`)
	f.Add(`"\ud83dx\ude00"`)
	f.Fuzz(func(t *testing.T, written string) {
		var text string
		if !utf8.ValidString(written) || json.Unmarshal([]byte(written), &text) != nil || !strings.HasPrefix(written, `"`) || !strings.HasSuffix(written, `"`) {
			return
		}
		at := source.Range{File: "f", End: len(written)}
		for offset := range text {
			got := Place(written, at, 0, offset)
			var prefix string
			if offset > 0 && json.Unmarshal([]byte(written[:got.End]+`"`), &prefix) == nil && prefix != text[:offset] {
				t.Errorf("%s: the first %d bytes are %q, not %q", written, offset, prefix, text[:offset])
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const text = `[concat(parameters('prefix'), '-', toLower(substring(uniqueString(resourceGroup().id), 0, 8)))]`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
