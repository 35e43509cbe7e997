package powershell

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// show writes statements as text: variables as $name, what only a run can tell as ?.
func show(statements []Statement) string {
	var b strings.Builder
	for _, s := range statements {
		fmt.Fprintf(&b, "%s", strings.Repeat("  ", s.Depth))
		if s.Piped {
			b.WriteString("| ")
		}
		if s.Function != "" {
			fmt.Fprintf(&b, "function %s {%s}", s.Function, strings.TrimSpace(strings.ReplaceAll(show(s.Body), "\n", "; ")))
		}
		if s.Params != nil {
			b.WriteString("param")
			for _, p := range s.Params {
				fmt.Fprintf(&b, " %s=%s", p.Name, word(p.Default))
				if p.Switch {
					b.WriteString("(switch)")
				}
			}
		}
		if s.Assign != "" {
			fmt.Fprintf(&b, "%s=", s.Assign)
		}
		if s.Value != nil {
			b.WriteString(word(*s.Value))
		}
		for _, pair := range s.Table {
			fmt.Fprintf(&b, "{%s=%s}", pair.Name, word(pair.Value))
		}
		if s.Operator != "" {
			b.WriteString(s.Operator + " ")
		}
		for i, w := range s.Words {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word(w))
		}
		for _, r := range s.Redirects {
			fmt.Fprintf(&b, " %s[%s]", r.Op, word(r.Target))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func word(w Word) string {
	var b strings.Builder
	if w.Splat {
		b.WriteByte('@')
	}
	for _, piece := range w.Pieces {
		switch piece.Kind {
		case Text:
			b.WriteString(piece.Text)
		case Variable:
			b.WriteString("$" + piece.Text)
		default:
			b.WriteString("?" + piece.Text)
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	tests := map[string]struct{ script, want string }{
		"commands":        {"git push origin; git pull\ngit status", "git push origin\ngit pull\ngit status\n"},
		"continued":       {"az group create `\n  --name x `\r\n  --location y\nnext", "az group create --name x --location y\nnext\n"},
		"list goes on":    {"cmd -a x,\n  y\nnext", "cmd -a x, y\nnext\n"},
		"comments":        {"a b # c\n<# d\ne #> f g#h", "a b\nf g#h\n"},
		"quotes":          {`a "b $c d" 'e $f ''g''' "h` + "`n`\"" + `"`, "a b $c d e $f 'g' h\n\"\n"},
		"nested":          {`a "$(b c) d" (e f) $(g)`, "b c\ne f\ng\na ?b d ?e ?g\n"},
		"here-string":     {"$a = @\"\ngit push $b\n\"@\n$c = @'\nx $y\n'@\nd", "a=git push $b\nc=x $y\nd\n"},
		"here-string end": {"$a = @\"\r\nx\r\n\"@\r\nb", "a=x\nb\n"},
		"assignments":     {"$a = 'x'\n[string] $B = $env:C\n$d = git log\n$e += 'f'\n$g.h = 1\n$i = 1 + 2", "a=x\nb=$env:C\nd=git log\ne=f\ni=\n"},
		"format":          {`$a = "{0}/x/{1}" -f $b, $c.d`, "a=$b/x/?\n"},
		"join path":       {"$a = (Join-Path $b 'c')\nx (Join-Path -Path $b -ChildPath c) (Split-Path $b)", "Join-Path $b c\na=$b/c\nJoin-Path -Path $b -ChildPath c\nSplit-Path $b\nx $b/c ?Split-Path\n"},
		"brackets":        {"$a = ('b')\nc ($d) (\"e $f\")", "a=b\nc $d e $f\n"},
		"table":           {"$a = @{ B = 'c'; 'D' = $e\n  F = @{ g = 1 } # h\n  I = (j k)\n}\ncmd @a", "j k\na={B=c}{D=$e}{F=?}{I=?j}\ncmd @$a\n"},
		"blocks":          {"if ($a -eq (b c)) { d } elseif (e) { f } else { g }\nforeach ($h in $i) { j }\ntry { k } catch { l } finally { m }", "b c\n  d\ne\n  f\n  g\n  j\nk\n  l\nm\n"},
		"functions":       {"function F { param($a) if ($c) { b $a } }\nF 1", "function f {param a=;   b $a;}\nF 1\n"},
		"parameters":      {"function script:G-H($a, [int]$b = 1)\n{\n  c $a $b\n}", "function g-h {param a= b=1; c $a $b;}\n"},
		"class":           {"class A : B { [string] c() { d e } }\nf", "f\n"},
		"pipeline":        {"a b | c { d $_ } |\n  e", "a b\n  d $_\n| c ?\n| e\n"},
		"chains":          {"a && b || c", "a\nb\nc\n"},
		"call":            {"& \"./x.ps1\" -y\n. .\\z.ps1\n& { a }", "& ./x.ps1 -y\n. .\\z.ps1\na\n"},
		"params": {
			"param (\n [Parameter(Mandatory = $true)][string] $A,\n [ValidateSet('x','y')] $B = \"z\",\n [switch] $C, $D = (Join-Path $E f)\n)\na",
			"Join-Path $e f\nparam a= b=z c=(switch) d=$e/f\na\n",
		},
		"expressions":      {"[IO.File]::WriteAllText('a', \"b\")\n$a.b().c\n1 + (d e)\n-not $f\n@(g h)", "d e\ng h\n"},
		"redirects":        {"a 2>&1 > b 2>$null >>c", "a >&[1] >[b] >[$null] >>[c]\n"},
		"value of a block": {"$a = if ($b) { c } else { 'd' }", "a=\n  c\n"},
		"return":           {"return a b\nthrow 'x'", "a b\n"},
		"broken":           {"a (b { c \"d", "  c d\nb ?\na ?\n"},
		"stray":            {"} a ) b", "a\nb\n"},
		"variables":        {"a $script:B ${c d} $env:E $f:g $$ $", "a $b $c d $env:E $f:g $$ $\n"},
		"members":          {"a $b.c $d[0].e \"$f.g\" $h.i(j k)", "j k\na ? ? $f.g ?\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(Parse(test.script))); diff != "" {
				t.Errorf("statements of %q (-want +got):\n%s", test.script, diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	script := "# x\n$p = @{\n  Path = 'a b'\n}\nSet-It -Path \"$p/c\" `\n  (Join-Path $q r)\n"
	statements := Parse(script)
	set := statements[len(statements)-1]
	if got, want := script[set.Start:set.End], "Set-It -Path \"$p/c\" `\n  (Join-Path $q r)"; got != want {
		t.Errorf("the command is %q, want %q", got, want)
	}
	var words []string
	for _, w := range set.Words {
		words = append(words, script[w.Start:w.End])
	}
	if diff := cmp.Diff([]string{"Set-It", "-Path", `"$p/c"`, "(Join-Path $q r)"}, words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	for _, piece := range set.Words[2].Pieces {
		if text := script[piece.Start:piece.End]; piece.Kind == Variable && text != "$p" || piece.Kind == Text && text != "/c" {
			t.Errorf("a piece is placed at %q", text)
		}
	}
	value := statements[0].Table[0].Value
	if got := script[value.Start:value.End]; got != "'a b'" {
		t.Errorf("the value is placed at %q", got)
	}
}

// hostile scripts nest, repeat or leave open whatever can.
func hostile() map[string]string {
	n := 20_000
	return map[string]string{
		"brackets":      strings.Repeat("(", n),
		"braces":        strings.Repeat("{", n),
		"substitutions": strings.Repeat("$(", n),
		"strings":       strings.Repeat(`("$`, n),
		"tables":        strings.Repeat("@{a=", n),
		"types":         strings.Repeat("[", n),
		"here-strings":  strings.Repeat("@\"\n", n),
		"names":         strings.Repeat("${", n),
		"comments":      strings.Repeat("<#", n),
		"params":        strings.Repeat("param(", n),
		"keywords":      strings.Repeat("if ", n),
		"pipes":         strings.Repeat("|", n),
		"members":       "a $x" + strings.Repeat(".b(", n),
		"formats":       strings.Repeat(`"{0}" -f `, n),
		"words":         strings.Repeat("a ", 100_000),
		"balanced":      strings.Repeat("(", 90) + `"$(a)"` + strings.Repeat(")", 90),
	}
}

func TestHostile(t *testing.T) {
	for name, script := range hostile() {
		t.Run(name, func(t *testing.T) {
			for _, s := range Parse(script) {
				if s.Start < 0 || s.End > len(script) || s.Start > s.End {
					t.Fatalf("a statement at %d-%d of %d", s.Start, s.End, len(script))
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, script := range []string{
		"az group create `\n --name \"$x\"", "param([string]$a = 'b')\n$c = @{ d = $e }\nf @c", "if ($a) { b } else { c | d }",
		"@\"\n$x\n\"@", "$a = \"{0}\" -f (b c)", "& './x.ps1' $args 2>&1", "a $b.c[0] ${d} $(e)",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		if len(script) > 10_000 {
			return
		}
		check := func(start, end int) {
			if start < 0 || end > len(script) || start > end {
				t.Fatalf("a place at %d-%d of %d bytes", start, end, len(script))
			}
		}
		for _, s := range Parse(script) {
			check(s.Start, s.End)
			for _, w := range s.Words {
				check(w.Start, w.End)
				for _, piece := range w.Pieces {
					check(piece.Start, piece.End)
				}
			}
		}
	})
}
