package guard

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func nest(open, middle, shut string, levels int) string {
	return strings.Repeat(open, levels) + middle + strings.Repeat(shut, levels)
}

func TestHCLDepthIsRefused(t *testing.T) {
	deep := map[string]string{
		"parentheses":             "a = " + nest("(", "1", ")", 300),
		"lists":                   "a = " + nest("[", "", "]", 300),
		"objects":                 "a = " + nest("{a=", "1", "}", 300),
		"blocks":                  nest("b {\n", "", "}\n", 300),
		"interpolations":          "a = " + nest(`"${`, "1", `}"`, 150),
		"heredocs":                "a = " + nest("<<X\n${", "1", "}\nX\n", 150),
		"not chains":              "a = " + strings.Repeat("!", 300) + "b",
		"minus over lines":        "a = (" + strings.Repeat("-\n", 300) + "b)",
		"unary times brackets":    "a = " + nest("!!!!(", "b", ")", 60),
		"conditionals":            "a = " + strings.Repeat("b ? c : ", 300) + "d",
		"conditionals in for":     "a = {for k in l : k => " + strings.Repeat("b ? c :\n", 300) + "d}",
		"directives":              "a = \"" + nest("%{if b}", "", "%{endif}", 300) + "\"",
		"directives, comments":    "a = \"" + nest("%{~/*x*/ for k in l}", "", "%{endfor}", 300) + "\"",
		"after a hidden quote":    "a = \"\\\"\"\nb = " + nest("(", "1", ")", 300),
		"after an escaped dollar": "a = \"$${\"\nb = " + nest("(", "1", ")", 300),
		"after a heredoc":         "a = <<-EOT\n  \" ( EOT (\n  EOT\nb = " + nest("(", "1", ")", 300),
		"without closers":         strings.Repeat("a = (\n", 300),
	}
	for name, text := range deep {
		t.Run(name, func(t *testing.T) {
			problem := Check("main.tf", []byte(text), HCL)
			if problem == nil || problem.Code != "guard/too-deep" {
				t.Fatalf("got %v, want guard/too-deep", problem)
			}
			if problem.At.File != "main.tf" || problem.At.Start <= 0 || problem.At.End != problem.At.Start+1 {
				t.Errorf("placed at %+v", problem.At)
			}
		})
	}
}

func TestHCLDepthIsAccepted(t *testing.T) {
	flat := map[string]string{
		"brackets in strings":       "a = \"" + strings.Repeat("([{", 500) + "\"",
		"brackets in comments":      "# " + strings.Repeat("([{", 500) + "\n// ((( \n/* [[[ */",
		"brackets in heredocs":      "a = <<EOT\n" + strings.Repeat("([{\n", 500) + "EOT\n",
		"escaped interpolations":    "a = \"" + strings.Repeat("$${", 500) + strings.Repeat("%%{", 500) + "\"",
		"many blocks":               strings.Repeat("b \"x\" {\n  a = !c ? [1] : -d\n}\n", 500),
		"many conditionals":         "a = [" + strings.Repeat("b ? c : d,\n", 500) + "]",
		"many interpolations":       "a = \"" + strings.Repeat("${b}, ", 100_000) + "\"",
		"finished directives":       "a = \"" + strings.Repeat("%{if b}x%{else}y%{endif}", 500) + "\"",
		"stray brackets in a block": strings.Repeat("b {\n  a = ([\n}\n", 500),
		"attribute named for":       strings.Repeat("b {\n  for = c ? d : e\n}\n", 300),
		"long names":                "a = " + strings.Repeat("b-", 500) + "c",
		"a long list":               "a = [" + strings.Repeat("b[0] + 1,", 20_000) + "]",
		"a byte order mark":         "\xef\xbb\xbfa = 1\n",
		"an open string":            "a = \"${b",
		"an open heredoc":           "a = <<EOT\n${b",
		"empty":                     "",
	}
	for name, text := range flat {
		t.Run(name, func(t *testing.T) {
			if problem := Check("main.tf", []byte(text), HCL); problem != nil {
				t.Errorf("got %+v, want nothing", *problem)
			}
		})
	}
}

func TestHCLComplexityIsRefused(t *testing.T) {
	involved := map[string]struct {
		text string
		at   int
	}{
		"a long sum":           {"a = 1" + strings.Repeat("+1", 20_000), 5 + 2*(10_000-1)},
		"index steps":          {"a = b" + strings.Repeat("[0]", 20_000), 5 + 3*(10_000-1) + 2},
		"a heredoc of lines":   {"a = <<X\n" + strings.Repeat("\n", 100_000) + "X\n", 8},
		"dollars in a string":  {"a = \"" + strings.Repeat("$", 100_000) + "\"\n", 4},
		"a comment never ends": {"a = 1 /* b", 6},
		"a long number":        {"a = 1." + strings.Repeat("1", 20_000), 4},
		"a foreign marker":     {"a = <<Ü\n(\nÜ\n", 4},
	}
	for name, test := range involved {
		t.Run(name, func(t *testing.T) {
			problem := Check("main.tf", []byte(test.text), HCL)
			if problem == nil || problem.Code != "guard/too-complex" || problem.At.Start != test.at {
				t.Fatalf("got %+v, want guard/too-complex at %d", problem, test.at)
			}
		})
	}
}

func TestHCLTemplateDepth(t *testing.T) {
	if problem := Check("t", []byte("(((\n"+nest("${[", "1", "]}", 100)+"\n"), HCLTemplate); problem != nil {
		t.Errorf("flat template refused: %+v", *problem)
	}
	deep := "a\n${" + nest("(", "1", ")", 300) + "}"
	if problem := Check("t", []byte(deep), HCLTemplate); problem == nil || problem.Code != "guard/too-deep" {
		t.Errorf("got %+v, want guard/too-deep", problem)
	}
}

// lexedDepth is the nesting of brackets and templates as the HCL scanner sees
// it: the greatest number of openers that wait for their own closer.
func lexedDepth(data []byte) int {
	tokens, _ := hclsyntax.LexConfig(data, "", hcl.InitialPos)
	closers := map[hclsyntax.TokenType]hclsyntax.TokenType{
		hclsyntax.TokenOBrace: hclsyntax.TokenCBrace, hclsyntax.TokenOBrack: hclsyntax.TokenCBrack,
		hclsyntax.TokenOParen: hclsyntax.TokenCParen, hclsyntax.TokenOQuote: hclsyntax.TokenCQuote,
		hclsyntax.TokenOHeredoc: hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateInterp: hclsyntax.TokenCBrace,
		hclsyntax.TokenTemplateControl: hclsyntax.TokenCBrace,
	}
	var waiting []hclsyntax.TokenType
	deepest := 0
	for _, token := range tokens {
		if closer, opens := closers[token.Type]; opens {
			waiting = append(waiting, closer)
			deepest = max(deepest, len(waiting))
			continue
		}
		closer := token.Type
		if closer == hclsyntax.TokenTemplateSeqEnd { // "~}" where a plain brace is open
			closer = hclsyntax.TokenCBrace
		}
		for i := len(waiting) - 1; i >= 0; i-- {
			if waiting[i] == closer {
				waiting = waiting[:i]
				break
			}
		}
	}
	return deepest
}

// FuzzHCL holds the scan against HCL's own scanner: whatever nests there must
// nest here, so nothing slips past the limit.
func FuzzHCL(f *testing.F) {
	for _, seed := range []string{
		`a = "${b["x"]}" # (`, "a = <<-E\n  ${ { a = \"}\" } }\n  E\n", "b { c = [(1), !-2] }", `a = "\"${"$${"}"`,
		"/* ( */ a = %{ if x }", "a = \"%{ if x ~}(%{ endif }\"", "a = <<A\n$$${(\nA\n(", "~} (", "a = \"\n(\"(", "<<E\r\n(\r\nE\r\n(",
		"a = \"$%{(}\"", "\"${ ( }\" (", "a=\"$\"(", "a=\"%\"(", "<<A\n$\nA\n(", "\"\\${\"(",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if checkText("", data) != nil {
			return
		}
		depth := lexedDepth(data)
		found := scanHCL(data, depth-1, false)
		if depth > 0 && found.reason == fits {
			t.Errorf("the HCL scanner sees %d levels in %q, the guard fewer", depth, data)
		}
		scanHCL(data, 250, true)
	})
}
