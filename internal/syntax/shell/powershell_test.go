package shell

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/source"
)

// library opens scripts held in a map; their names end in their dialect.
func library(files map[string]string) func(string) (Script, bool) {
	return func(file string) (Script, bool) {
		file = strings.TrimPrefix(file, "./")
		text, ok := files[file]
		at := func(start, end int) source.Range { return source.Range{File: file, Start: start, End: end} }
		dialect := Bash
		if strings.HasSuffix(file, ".ps1") {
			dialect = PowerShell
		}
		return Script{Key: file, Dialect: dialect, Parts: Text(text, at)}, ok
	}
}

func TestPowerShellScripts(t *testing.T) {
	files := map[string]string{
		"a.ps1":     "param([string]$Url, $Branch = 'main', [switch]$Force, $Missing)\ngit push $Url $Branch $Force $Missing",
		"lib.ps1":   "$Url = 'https://h/lib'",
		"d/e.ps1":   "git -C $PSScriptRoot push \"$PSScriptRoot/f\"",
		"a.sh":      "git push $1",
		"calls.ps1": "./a.sh https://h/$env:NAME",
	}
	tests := map[string]struct {
		script  string
		dialect Dialect
		want    string
	}{
		"named":       {"./a.ps1 -Branch b -Url u", PowerShell, "./a.ps1 -Branch b -Url u\ngit push u b … …\n"},
		"positional":  {"& .\\a.ps1 u b -Force", PowerShell, "./a.ps1 u b -Force\ngit push u b True …\n"},
		"joined":      {"./a.ps1 -Url:u", PowerShell, "./a.ps1 -Url:u\ngit push u main … …\n"},
		"table":       {"$p = @{ Url = 'u'; Branch = \"b$c\" }\n./a.ps1 @p", PowerShell, "./a.ps1 -Url u -Branch b…\ngit push u b… … …\n"},
		"open":        {"./a.ps1 @p", PowerShell, "./a.ps1 …\ngit push … … … …\n"},
		"sourced":     {". ./lib.ps1\ngit push $url", PowerShell, "./lib.ps1\ngit push https://h/lib\n"},
		"own folder":  {"d/e.ps1", PowerShell, "d/e.ps1\ngit -C d push d/f\n"},
		"from bash":   {"pwsh -NoProfile -ExecutionPolicy Bypass -File a.ps1 -Url u", Bash, "pwsh -NoProfile -ExecutionPolicy Bypass -File a.ps1 -Url u\ngit push u main … …\n"},
		"inline":      {"pwsh -Command 'git push $x'", Bash, "git push …\n"},
		"to bash":     {"$env:NAME = 'n'\n./calls.ps1", PowerShell, "./calls.ps1\n./a.sh https://h/n\ngit push https://h/n\n"},
		"directories": {"Set-Location d\ngit x\nPush-Location ..\ngit y\nPop-Location\ngit z", PowerShell, "Set-Location d\n(d) git x\n(d) Push-Location ..\ngit y\nPop-Location\n(…) git z\n"},
		"here-string": {"$a = @\"\ngit push --mirror x\n\"@\ngit log", PowerShell, "git log\n"},
		"branches":    {"if ($a) { $u = 'x' } else { git a }\ntry { git b } catch { git c }\ngit d $u", PowerShell, "? git a\ngit b\n? git c\ngit d …\n"},
		"function":    {"function Push-It($Where, [switch]$All) { if ($All) { git push $Where } else { git pull $Where } }\nPush-It u -All\nPush-It -Where v", PowerShell, "? git push u\n? git pull u\n? git push v\n? git pull v\n"},
		"in a block":  {"if ($a) { $u = 'x'; git a $u; if ($b) { git b $u; $u = 'y' }; git c $u }\ngit d $u", PowerShell, "? git a x\n? git b x\n? git c …\ngit d …\n"},
		"recursion":   {"function F { git a; F }\nF", PowerShell, "git a\nF\n"},
		"uncalled":    {"function F { git push x }", PowerShell, ""},
		"joined path": {"$f = Join-Path $env:X 'y'\n$env:X = 'x'\n$g = Join-Path $env:X 'y'\ngit $f $g", PowerShell, "Join-Path … y\nJoin-Path x y\ngit …/y x/y\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := parse(t, test.script, Options{Dialect: test.dialect, Open: library(files)})
			if diff := cmp.Diff(test.want, list(got.Commands)); diff != "" {
				t.Errorf("commands of %q (-want +got):\n%s", test.script, diff)
			}
		})
	}
}

// What a program runs by its own rules is followed below the directory that it
// is told, each script in a shell of its own.
func TestFollow(t *testing.T) {
	follow := func(c Command, variable func(string) (Word, bool)) []Script {
		if c.Name() != "make" {
			return nil
		}
		at := func(start, end int) source.Range { return source.Range{File: "Makefile", Start: start, End: end} }
		word, _ := variable("A")
		return []Script{
			{Key: "Makefile#t", Parts: Text("cd x; B=1; git push "+word.Text, at), Dir: "d"},
			{Key: "Makefile#t", Parts: Text("git pull $B; make t", at), Dir: "d"},
		}
	}
	got := parse(t, "A=u\nmake t\ngit log", Options{Follow: follow})
	want := "make t\n(d) cd x\n(d/x) git push u\n(d) git pull …\n(d) make t\ngit log\n"
	if diff := cmp.Diff(want, list(got.Commands)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	push := got.Commands[2]
	if push.Dir.Text != "d/x" || push.At.File != "Makefile" || len(push.Via) != 1 {
		t.Errorf("git push runs in %q, at %v, via %v", push.Dir.Text, push.At, push.Via)
	}
	if last := got.Commands[5]; last.Dir.Text != "" {
		t.Errorf("git log runs in %q", last.Dir.Text)
	}
}

// A script that is kept is read anew for every call: only its syntax is kept.
func TestParsed(t *testing.T) {
	parsed := &Parsed{}
	open := func(file string) (Script, bool) {
		at := func(start, end int) source.Range { return source.Range{File: file, Start: start, End: end} }
		return Script{Key: file, Dialect: PowerShell, Parts: Text("param($a)\ngit push $a\npwsh -Command 'git pull'", at), Parsed: parsed}, file == "a.ps1"
	}
	got := parse(t, "pwsh a.ps1 x\npwsh a.ps1 y", Options{Open: open})
	want := "pwsh a.ps1 x\ngit push x\ngit pull\npwsh a.ps1 y\ngit push y\ngit pull\n"
	if diff := cmp.Diff(want, list(got.Commands)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
