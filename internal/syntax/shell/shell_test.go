package shell

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// list shows commands one a line: a flag for each fact, then the words, with
// "…" for what is not known.
func list(commands []Command) string {
	var b strings.Builder
	for _, c := range commands {
		if c.Conditional {
			b.WriteString("? ")
		}
		if c.Piped {
			b.WriteString("| ")
		}
		if dir := c.Dir.Readable(); dir != "" {
			fmt.Fprintf(&b, "(%s) ", strings.ReplaceAll(dir, holeText, "…"))
		}
		b.WriteString(c.String())
		for _, redirect := range c.Redirects {
			fmt.Fprintf(&b, " %s[%s]", redirect.Op, strings.ReplaceAll(redirect.Target.Readable(), holeText, "…"))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func in(file string) func(start, end int) source.Range {
	return func(start, end int) source.Range { return source.Range{File: file, Start: start, End: end} }
}

func parse(t *testing.T, script string, options Options) Result {
	t.Helper()
	return Parse(Text(script, in("x.sh")), options)
}

func TestParse(t *testing.T) {
	tests := map[string]struct{ script, want string }{
		"assignment":          {"URL=git@x:y.git\ngit push --mirror \"$URL\"", "git push --mirror git@x:y.git\n"},
		"export":              {"export URL=a\ngit push $URL", "git push a\n"},
		"not set":             {`git push "https://$TOKEN@host/x.git"`, "git push https://…@host/x.git\n"},
		"splits at blanks":    {"ARGS='--tags --force'\ngit push $ARGS x", "git push --tags --force x\n"},
		"quotes keep blanks":  {"A='x y'\ngit push \"$A\"", "git push x y\n"},
		"array":               {"A=(--mirror)\nA+=(--force)\ngit push \"${A[@]}\" x", "git push --mirror --force x\n"},
		"append":              {"A=x\nA+=y\ngit push $A", "git push xy\n"},
		"default":             {"A=\ngit push ${A:-main}", "git push main\n"},
		"default of outside":  {"git push ${A:-main}", "git push …\n"},
		"prefix":              {"A=https://h/x\ngit push ${A#https://}", "git push h/x\n"},
		"replace":             {"A=a.b\ngit push ${A/./-}", "git push a-b\n"},
		"escape":              {`git push a\ b "c\"d" 'e\f'`, "git push a b c\"d e\\f\n"},
		"substitution":        {"D=$(date +%F)\ngit bundle create b-$D.bundle --all", "date +%F\ngit bundle create b-….bundle --all\n"},
		"continued":           {"git push \\\n  --mirror x", "git push --mirror x\n"},
		"comment":             {"# git push --mirror\n:", ":\n"},
		"cd":                  {"cd a && cd b\ngit push\ncd ../c\ngit pull\ncd -\ngit x", "cd a\n(a) cd b\n(a/b) git push\n(a/b) cd ../c\n(a/c) git pull\n(a/c) cd -\n(…) git x\n"},
		"subshell":            {"(cd a; A=1; git push $A)\ngit push $A", "cd a\n(a) git push 1\ngit push …\n"},
		"if":                  {"A=x\nif [ -n \"$B\" ]; then A=y; git push $A; fi\ngit push $A", "[ -n … ]\n? git push y\ngit push …\n"},
		"if both":             {"if a; then A=y; else A=y; fi\ngit push $A", "a\ngit push y\n"},
		"elif":                {"if a; then A=1; elif b; then A=1; else A=2; fi; echo $A", "a\n? b\necho …\n"},
		"and":                 {"cd a && git push", "cd a\n(a) git push\n"},
		"and after test":      {"[ -d a ] && git push", "[ -d a ]\n? git push\n"},
		"or":                  {"git push || git push --force", "git push\n? git push --force\n"},
		"and or":              {"a && b || c", "a\nb\n? c\n"},
		"negated":             {"! a && b", "a\n? b\n"},
		"pipe":                {"pg_dump x | gzip | aws s3 cp - s3://b/x", "pg_dump x\n| gzip\n| aws s3 cp - s3://b/x\n"},
		"redirect":            {"pg_dump db > /backup/$DAY.sql 2>&1", "pg_dump db >[/backup/….sql] >&[1]\n"},
		"for":                 {"for r in a b; do git push $r; done", "git push a\ngit push b\n"},
		"for over unknown":    {"for r in $(list); do git push $r; done", "list\n? git push …\n"},
		"for over files":      {"for r in *.sql; do psql -f $r; done", "? psql -f …\n"},
		"while":               {"A=1\nwhile read -r l; do git push $A $l; A=2; done", "? git push … …\n"},
		"case":                {"case $X in a) A=1;; *) A=1; git push;; esac; git tag $A", "? git push\ngit tag 1\n"},
		"function":            {"push() { local to=$1; shift; git push \"$to\" \"$@\"; }\npush origin --mirror", "git push origin --mirror\n"},
		"function not called": {"f() { git push --mirror; }\necho", "echo\n"},
		"recursive function":  {"f() { git push; f; }\nf", "git push\nf\n"},
		"function runs $@":    {"try() { \"$@\" || exit 1; }\ntry git push --mirror x", "git push --mirror x\n? exit 1\n"},
		"sudo":                {"sudo -u git -E A=b git push", "git push\n"},
		"env":                 {"env -i GIT_SSH=x git push", "git push\n"},
		"timeout":             {"timeout -k 5 60 nice -n 10 git push", "git push\n"},
		"retry":               {"retry 3 git push\nretry -t 5 -- git pull", "git push\ngit pull\n"},
		"xargs":               {"ls | xargs -n 1 git push origin", "ls\n| git push origin …\n"},
		"xargs -I":            {"ls | xargs -I {} git push {} x/{}", "ls\n| git push … x/…\n"},
		"own assignment":      {"A=1 bash -c 'git push $A'\ngit push $A", "git push 1\ngit push …\n"},
		"bash -c":             {"bash -ec 'git push --mirror'", "git push --mirror\n"},
		"sh -c with unknown":  {"sh -c \"git push $X\"", "git push …\n"},
		"eval":                {"C='git push'\neval $C --mirror", "git push --mirror\n"},
		"here-document":       {"bash <<'EOF'\ngit push --mirror\nEOF", "git push --mirror\n"},
		"here-document text":  {"cat <<EOF > f\nA $B\nEOF", "cat <<[A …\n] >[f]\n"},
		"command -v":          {"command -v git && command git push", "command -v git\n? git push\n"},
		"exec":                {"exec git push", "git push\n"},
		"time":                {"time git push", "git push\n"},
		"shift":               {"set -- a b c; shift; git push $1 $#", "git push b …\n"},
		"syntax error":        {"git push\nif then (\ngit pull && git fetch origin", "git push\n? git pull\n? git fetch origin\n"},
		"no program":          {"$X push", "… push\n"},
		"ansi quote":          {`git push $'a\tb'`, "git push a\tb\n"},
		"arithmetic":          {"echo $((1 + $(git rev-list --count HEAD)))", "git rev-list --count HEAD\necho …\n"},
		"process":             {"diff <(git a) <(git b)", "git a\ngit b\ndiff … …\n"},
		"empty list":          {"A=()\ngit push \"${A[@]}\" x", "git push x\n"},
		"empty word":          {"git push \"\" x", "git push  x\n"},
		"carriage returns":    {"git push\r\ngit pull\r\n", "git push\ngit pull\n"},
		"number variable":     {"n=0; n=$((n+1)); git push $n", "git push …\n"},
		"test with command":   {"[[ $(git status) == x ]]", "git status\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := parse(t, test.script, Options{})
			if diff := cmp.Diff(test.want, list(got.Commands)); diff != "" {
				t.Errorf("commands of %q (-want +got):\n%s", test.script, diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	script := "T=abc\ncd d && sudo git push \"$T\" 'x y'\nsh -c 'git fetch a'\nf() { \"$@\"; }\nf git pull o\n"
	got := parse(t, script, Options{})
	var texts []string
	for _, c := range got.Commands {
		line := script[c.At.Start:c.At.End] + " ="
		for _, w := range c.Words {
			line += " [" + script[w.At.Start:w.At.End] + "]"
		}
		texts = append(texts, line)
	}
	want := []string{
		"cd d = [cd] [d]",
		"sudo git push \"$T\" 'x y' = [git] [push] [\"$T\"] ['x y']",
		"git fetch a = [git] [fetch] [a]",
		"f git pull o = [git] [pull] [o]",
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if origin := got.Commands[1].Words[2].Origin; len(origin) != 1 || script[origin[0].Start:origin[0].End] != "abc" {
		t.Errorf("origin of $T = %v", origin)
	}
	if via := got.Commands[3].Via; len(via) != 1 || script[via[0].Start:via[0].End] != "f git pull o" {
		t.Errorf("via = %v", via)
	}
}

func TestWhy(t *testing.T) {
	tests := map[string]string{
		"echo $X":                         "$X is not set in the script",
		"echo $1":                         "the arguments of the script are known only when it runs",
		"echo `git log`":                  "the output of git is known only when the script runs",
		"X=$Y; echo a$X":                  "$Y is not set in the script",
		"read X; echo $X":                 "$X is set by read",
		"a || X=1; echo $X":               "$X is set in a branch",
		"for((;;));do X=1; done; echo $X": "$X is set in a loop",
	}
	for script, want := range tests {
		commands := parse(t, script, Options{}).Commands
		words := commands[len(commands)-1].Words
		if got := words[len(words)-1]; got.Known || got.Why != want {
			t.Errorf("%q: %+v, want unknown because %s", script, got, want)
		}
	}
}

func TestParts(t *testing.T) {
	hole := source.Range{File: "w.yml", Start: 109, End: 130}
	parts := []Part{
		{Text: "git push ", At: func(s, e int) source.Range { return source.Range{File: "w.yml", Start: 100 + s, End: 100 + e} }},
		{Unknown: "secrets.URL is known only to GitHub", At: func(int, int) source.Range { return hole }},
		{Text: " -f ", At: func(s, e int) source.Range { return source.Range{File: "w.yml", Start: 130 + s, End: 130 + e} }},
		{Text: "a b", Origin: []source.Range{{File: "w.yml", Start: 7, End: 9}}, At: func(int, int) source.Range { return source.Range{File: "w.yml", Start: 134, End: 150} }},
	}
	commands := Parse(parts, Options{}).Commands
	if got := list(commands); got != "git push … -f a b\n" {
		t.Fatalf("commands = %s", got)
	}
	words := commands[0].Words
	if words[2].At != hole || words[2].Why != "secrets.URL is known only to GitHub" || words[2].Hint != holeText {
		t.Errorf("hole = %+v", words[2])
	}
	if want := (source.Range{File: "w.yml", Start: 131, End: 133}); words[3].At != want {
		t.Errorf("-f at %v, want %v", words[3].At, want)
	}
	if want := (source.Range{File: "w.yml", Start: 134, End: 150}); words[5].At != want {
		t.Errorf("filled-in word at %v, want %v", words[5].At, want)
	}
	if origin := words[5].Origin; len(origin) != 1 || origin[0].Start != 7 || len(words[2].Origin) != 0 {
		t.Errorf("origins %v and %v", origin, words[2].Origin)
	}
	if want := (source.Range{File: "w.yml", Start: 100, End: 150}); commands[0].At != want {
		t.Errorf("command at %v, want %v", commands[0].At, want)
	}
}

func TestEnv(t *testing.T) {
	env := map[string]Word{
		"A": Literal("x", source.Range{}),
		"B": {Why: "secrets.B is known only to GitHub", Hint: "https://" + holeText + "@h"},
	}
	got := parse(t, "git push $A $B/r", Options{Env: func(name string) (Word, bool) { w, set := env[name]; return w, set }}).Commands
	if list(got) != "git push x https://…@h/r\n" {
		t.Fatalf("commands = %s", list(got))
	}
	if why := got[0].Words[3].Why; why != "secrets.B is known only to GitHub" {
		t.Errorf("why = %q", why)
	}
}

func TestScripts(t *testing.T) {
	files := map[string]string{
		"scripts/a.sh": "set -e\ngit push --mirror \"$1\" $URL\n. ./lib.sh\nhelp\n",
		"lib.sh":       "help() { git fetch; }\n",
		"d/b.sh":       "sh d/b.sh\nbash ../scripts/a.sh z\n",
		"e.sh":         "sh ./e1.sh",
		"e1.sh":        "sh ./e2.sh",
		"e2.sh":        "sh ./e3.sh",
		"e3.sh":        "git push",
	}
	open := func(path string) (Script, bool) {
		text, ok := files[path]
		return Script{Key: path, Parts: Text(text, in(path))}, ok
	}
	tests := map[string]struct{ script, want string }{
		"path":       {"URL=u; export URL; ./scripts/a.sh x", "./scripts/a.sh x\nset -e\ngit push --mirror x u\n. ./lib.sh\ngit fetch\n"},
		"directory":  {"cd d && sh b.sh", "cd d\n(d) sh b.sh\n(d) sh d/b.sh\n(d) bash ../scripts/a.sh z\n(d) git push --mirror z …\n(d) . ./lib.sh\n(d) help\n"},
		"not there":  {"bash none.sh", "bash none.sh\n"},
		"three deep": {"sh e.sh", "sh e.sh\nsh ./e1.sh\nsh ./e2.sh\nsh ./e3.sh\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := parse(t, test.script, Options{Open: open})
			commands := slices.DeleteFunc(slices.Clone(got.Commands), func(c Command) bool { return test.script[0] == 'c' && c.Words[0].Text == "set" })
			want := test.want
			if name == "path" {
				want = strings.Replace(want, "set -e\n", "", 1)
			}
			if diff := cmp.Diff(want, list(commands)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	files["s/own.sh"] = "DIR=\"$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)\"\nsource \"$DIR/../lib.sh\"\nhelp\ncd $(git rev-parse --show-toplevel)\ngit push \"$(basename $0 .sh)\"\n"
	found := parse(t, "bash s/own.sh", Options{Open: func(path string) (Script, bool) {
		return open(strings.TrimPrefix(filepath.Clean(path), "$TOP/"))
	}, Start: "$TOP", Toplevel: "$TOP"})
	want := "bash s/own.sh\nsource $TOP/s/../lib.sh\ngit fetch\ncd $TOP\n($TOP) git push own\n"
	if diff := cmp.Diff(want, list(found.Commands)); diff != "" {
		t.Errorf("a script that finds its own directory (-want +got):\n%s", diff)
	}
	got := parse(t, "sh scripts/a.sh", Options{Open: open}).Commands
	last := got[len(got)-1]
	if last.At.File != "lib.sh" || len(last.Via) != 2 || last.Via[0].File != "x.sh" {
		t.Errorf("command of a sourced function: at %v via %v", last.At, last.Via)
	}
}

func TestPowerShell(t *testing.T) {
	tests := map[string]struct{ script, want string }{
		"line":         {"git push --mirror https://h/x.git # why\n", "git push --mirror https://h/x.git\n"},
		"variable":     {"$url = \"https://h/x\"\ngit push $Url", "git push https://h/x\n"},
		"unknown":      {"git push \"https://$($env:T)@h\" $x", "git push https://…@h …\n"},
		"environment":  {"$env:A = 'b'\ngit push $env:A", "git push b\n"},
		"block":        {"if ($x -eq 1) {\n  git push\n}\ngit pull", "? git push\ngit pull\n"},
		"continued":    {"az storage blob upload `\n  --name x", "az storage blob upload --name x\n"},
		"call":         {"& git push; git pull | Out-Null", "git push\ngit pull\n| Out-Null\n"},
		"expression":   {"$a = 1 + 2\n$b.Count -gt 1\n@{ a = 1 }", ""},
		"output":       {"$sha = git rev-parse HEAD\ngit push $sha", "git rev-parse HEAD\ngit push …\n"},
		"comment":      {"<# git push #>\ngit pull", "git pull\n"},
		"no program":   {"Function f {\n  param ([string]$x)\n  $x.Length -eq 1\n  (git log).Count\n  break\n}", ""},
		"redirect":     {"git log 2>&1 > out.txt; git x 2>$null >>b", "git log >&[1] >[out.txt]\ngit x >[…] >>[b]\n"},
		"splat":        {"git push @args", "git push …\n"},
		"set in block": {"if (1) { $a = 'x' }\ngit push $a", "git push …\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := parse(t, test.script, Options{Dialect: PowerShell})
			if diff := cmp.Diff(test.want, list(got.Commands)); diff != "" {
				t.Errorf("commands of %q (-want +got):\n%s", test.script, diff)
			}
		})
	}
	got := parse(t, "set A=b\ngit push %A% %T% && git pull", Options{Dialect: Cmd})
	if want := "git push b …\ngit pull\n"; list(got.Commands) != want {
		t.Errorf("cmd: %s, want %s", list(got.Commands), want)
	}
}

func TestHostile(t *testing.T) {
	tests := map[string]struct{ script, code string }{
		"deep brackets":    {strings.Repeat("((", 60_000), "shell/nesting"},
		"deep subshells":   {strings.Repeat("$(", 120_000), "shell/nesting"},
		"deep ifs":         {strings.Repeat("if ", 60_000), "shell/nesting"},
		"nested 200":       {strings.Repeat("( ", 200) + "a" + strings.Repeat(" )", 200), "shell/nesting"},
		"large":            {strings.Repeat("a\n", 200_000), "shell/too-large"},
		"doubling":         {"a=xxxxxxxx\n" + strings.Repeat("a=$a$a\n", 60) + "echo $a", ""},
		"functions":        {"a(){ b;b;b;b;b;b;b;b; }\nb(){ c;c;c;c;c;c;c;c; }\nc(){ d;d;d;d;d;d;d;d; }\nd(){ e;e;e;e;e;e;e;e; }\ne(){ f;f;f;f;f;f;f;f; }\nf(){ git x; }\na", "shell/budget"},
		"many commands":    {strings.Repeat("a;", 60_000), "shell/budget"},
		"nested loops":     {strings.Repeat("for i in 1 2 3 4 5 6 7 8; do ", 12) + "a" + strings.Repeat("; done", 12), "shell/budget"},
		"loop in loops":    {"for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do while a; do " + strings.Repeat("abc d;", 20_000) + " done; done; done", "shell/budget"},
		"wide words":       {"A=(" + strings.Repeat("a ", 1000) + ")\n" + strings.Repeat("x \"${A[@]}\" \"${A[@]}\"\n", 2000), "shell/budget"},
		"long word":        {"for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do x " + strings.Repeat("$i", 60_000) + "; done; done", "shell/budget"},
		"long chain":       {strings.Repeat("a&&", 80_000) + "a", "shell/budget"},
		"marker in script": {"git push \x02\x0e\x0e\x0e\x0e x\x02", ""},
		"nul":              {"git\x00push", ""},
		"nested bash -c":   {strings.Repeat("bash -c ", 500) + "a", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := parse(t, test.script, Options{})
			codes := ""
			for _, d := range got.Diagnostics {
				codes += d.Code + " "
			}
			if test.code != "" && !strings.Contains(codes, test.code) {
				t.Errorf("diagnostics %q, want %s", codes, test.code)
			}
			for _, c := range got.Commands {
				for _, w := range c.Words {
					if hasHole(w.Text) || hasHole(w.Hint) || hasHole(w.Why) {
						t.Fatalf("a marker got out: %+v", w)
					}
				}
			}
		})
	}
}

func TestValueRoundTrip(t *testing.T) {
	want := parse(t, "cd a; git push $X b | tee >f; f() { x; }; f", Options{}).Commands
	for _, c := range want {
		v := c.Value()
		if v.State != resource.Known || v.At != c.At {
			t.Errorf("value of %s: %+v", c, v)
		}
		if diff := cmp.Diff(c, CommandOf(v)); diff != "" {
			t.Errorf("round trip (-want +got):\n%s", diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("A=x; for i in a b; do git push $i ${A:-b}; done | tee f", uint8(0))
	f.Add("f() { \"$@\"; }; f sudo git push <<EOF\n$x\nEOF", uint8(0))
	f.Add("if then (\n$a = \"x\"; $(git) `", uint8(0))
	f.Add("$a = \"b$($c)\"; & git push @x %A% $a.b", uint8(1))
	f.Fuzz(func(t *testing.T, script string, dialect uint8) {
		for _, c := range Parse(Text(script, in("x")), Options{Dialect: Dialect(dialect % 4)}).Commands {
			if c.At.Start < 0 || c.At.End > len(script) || c.At.Start > c.At.End || len(c.Words) == 0 {
				t.Fatalf("command %v of %d bytes", c.At, len(script))
			}
			for _, w := range c.Words {
				if w.At.Start < 0 || w.At.End > len(script) || w.At.Start > w.At.End {
					t.Fatalf("word %v of %d bytes", w.At, len(script))
				}
			}
			Git(c)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	script := strings.Repeat("URL=x\nif [ -n \"$A\" ]; then git push \"$URL\" --tags; fi\nfor i in a b c; do az storage blob upload --name $i; done\n", 50)
	for b.Loop() {
		Parse(Text(script, in("x")), Options{})
	}
}
