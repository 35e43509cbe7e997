package makefile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// show writes recipes one a line, with ? for what is not known.
func show(recipes []Recipe) string {
	var b strings.Builder
	for _, r := range recipes {
		b.WriteString(r.Target + ": ")
		for _, piece := range r.Pieces {
			if piece.Unknown != "" {
				b.WriteByte('?')
			} else {
				b.WriteString(piece.Text)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestRun(t *testing.T) {
	tests := map[string]struct {
		file, goals, given, want string
	}{
		"default":        {"# x\n.PHONY: b\na: b\n\techo a\nb:\n\techo b\n", "", "", "b: echo b\na: echo a\n"},
		"goal":           {"a:\n\techo a\nb c:\n\techo $@\n", "c", "", "c: echo c\n"},
		"variables":      {"A = x$(B)\nB := y # z\nt:\n\t@-echo $(A) ${B} $$HOME\n", "", "", "t: echo xy y $HOME\n"},
		"given":          {"A = x\nt:\n\techo $(A) $(C)\n", "t", "A=y C=z", "t: echo y z\n"},
		"optional":       {"A ?= x\nA ?= y\nt:\n\techo $(A)\n", "", "", "t: echo x\n"},
		"unknown":        {"A = $(shell date)\nB != date\nC += x\nt:\n\techo $(A) $(B) $(C) $(D) $<\n", "", "", "t: echo ? ? ? ? ?\n"},
		"conditional":    {"ifeq ($(X),1)\nA = x\nendif\nB = y\nt:\n\techo $(A) $(B)\n", "", "", "t: echo ? y\n"},
		"continued":      {"A = a \\\n  b\nt:\n\techo $(A) \\\n\t  c\n", "", "", "t: echo a b \\\n\t  c\n"},
		"same line":      {"t: u ; echo t\nu:\n\techo u\n", "", "", "u: echo u\nt: echo t\n"},
		"double colon":   {"t::\n\techo 1\nt::\n\techo 2\n", "", "", "t: echo 1\nt: echo 2\n"},
		"target's own":   {"t: A = x\nt:\n\techo t\n", "", "", "t: echo t\n"},
		"order only":     {"t: | u\n\techo t\nu:\n\techo u\n", "", "", "u: echo u\nt: echo t\n"},
		"computed names": {"N = u\n$(N): v\n\techo u\nt: $(N)\n\techo t\nv:\n\techo v\n", "t", "", "v: echo v\nu: echo u\nt: echo t\n"},
		"cycle":          {"a: b\n\techo a\nb: a\n\techo b\n", "a", "", "b: echo b\na: echo a\n"},
		"loop":           {"A = $(B)\nB = $(A)\nt:\n\techo $(A)\n", "", "", "t: echo ?\n"},
		"one shell":      {".ONESHELL:\nt:\n\tcd x\n\techo y\n", "t", "", "t: cd x\necho y\n\n"},
		"define":         {"define A\nx: y\nendef\nt:\n\techo $(A)\n", "", "", "t: echo ?\n"},
		"default goal":   {".DEFAULT_GOAL := b\na:\n\techo a\nb:\n\techo b\n", "", "", "b: echo b\n"},
		"sub-make":       {"t:\n\t$(MAKE) -C x y\n", "", "", "t: make -C x y\n"},
		"exported":       {"export A = x\nexport\nt:\n\techo $(A)\n", "", "", "t: echo x\n"},
		"no target":      {"A = x\n", "t", "", ""},
		"carriage":       {"A = x\r\nt:\r\n\techo $(A)\r\n", "", "", "t: echo x\r\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			given := map[string]Given{}
			for _, pair := range strings.Fields(test.given) {
				name, value, _ := strings.Cut(pair, "=")
				given[name] = Given{Text: value}
			}
			got := show(Parse(test.file).Run(strings.Fields(test.goals), given, nil))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("recipes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEnvironment(t *testing.T) {
	env := func(name string) (Given, bool) { return Given{Text: "env"}, name == "A" || name == "B" || name == "C" }
	got := show(Parse("A ?= x\nB = y\nt:\n\techo $(A) $(B) $(C) $(D)\n").Run(nil, nil, env))
	if want := "t: echo env y env ?\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlaces(t *testing.T) {
	file := "URL = https://h/x\nt:\n\t@git push $(URL) main\n"
	recipes := Parse(file).Run(nil, nil, nil)
	var got []string
	for _, piece := range recipes[0].Pieces {
		got = append(got, file[piece.Start:piece.End])
	}
	if diff := cmp.Diff([]string{"git push ", "$(URL)", " main"}, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestTargets(t *testing.T) {
	if diff := cmp.Diff([]string{"a", "b", "c"}, Parse("a b:\nb c: a\n").Targets()); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}

func TestHostile(t *testing.T) {
	var chain strings.Builder
	for i := range 60 {
		chain.WriteString(strings.Repeat("A", i+1) + " = " + strings.Repeat("$("+strings.Repeat("A", i+2)+")", 4) + "\n")
	}
	var needs strings.Builder
	for i := range 500 {
		needs.WriteString(strings.Repeat("a", i+1) + ": " + strings.Repeat("a", i+2) + " " + strings.Repeat("a", i+3) + "\n\techo\n")
	}
	for name, file := range map[string]string{
		"doubling":  chain.String() + "t:\n\techo $(A)\n",
		"needs":     needs.String(),
		"open":      "t:\n\techo " + strings.Repeat("$(", 50_000) + "\n",
		"rules":     strings.Repeat("a:\n\tb\n", 20_000),
		"backslash": "t:\n\techo " + strings.Repeat("\\\n", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			if recipes := Parse(file).Run(nil, nil, nil); len(recipes) > maxRecipes {
				t.Errorf("%d recipes", len(recipes))
			}
		})
	}
}

func FuzzRun(f *testing.F) {
	for _, file := range []string{
		"A := x\nt: u | v ; echo $(A)\n\t@echo ${A} $@ \\\n\t b\n", "ifeq (a,b)\nA = c\nelse\nendif\ndefine X\ny\nendef\n", ".ONESHELL:\na b::\n\tx\n",
	} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file string) {
		if len(file) > 10_000 {
			return
		}
		parsed := Parse(file)
		for _, goals := range [][]string{nil, parsed.Targets()} {
			for _, r := range parsed.Run(goals, nil, nil) {
				for _, piece := range r.Pieces {
					if piece.Start < 0 || piece.End > len(file) || piece.Start > piece.End {
						t.Fatalf("a piece at %d-%d of %d bytes", piece.Start, piece.End, len(file))
					}
					if piece.Exact && piece.Text != file[piece.Start:piece.End] {
						t.Fatalf("%q is not what stands at %d-%d: %q", piece.Text, piece.Start, piece.End, file[piece.Start:piece.End])
					}
				}
			}
		}
	})
}
