package scripts

import (
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

func repository(files map[string]string, hidden ...string) *Repository {
	fsys := fstest.MapFS{}
	tree := source.Tree{FS: fsys}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		if !slices.Contains(hidden, name) {
			tree.Files = append(tree.Files, name)
		}
	}
	slices.Sort(tree.Files)
	return New(tree, "test")
}

func TestOpen(t *testing.T) {
	r := repository(map[string]string{
		"a.sh": "a", "b.PS1": "b", "c.cmd": "c", "d": "#!/bin/sh\nd", "e": "#!/usr/bin/env python\ne", "f": "f", "g.txt": "#!/bin/sh\ng",
		"h.sh": "#!/usr/bin/env pwsh\nh", "i.sh": "\xff", "j.sh": "j",
	}, "j.sh")
	for name, want := range map[string]string{
		"a.sh": "bash", "b.PS1": "pwsh", "c.cmd": "cmd", "d": "bash", "e": "", "f": "", "g.txt": "", "h.sh": "pwsh", "i.sh": "", "j.sh": "", "none.sh": "",
	} {
		script, ok := r.Open(name, source.Range{File: "w"})
		if ok != (want != "") {
			t.Errorf("%s is a script: %v", name, ok)
		}
		if dialects := map[string]shell.Dialect{"bash": shell.Bash, "pwsh": shell.PowerShell, "cmd": shell.Cmd}; ok && script.Dialect != dialects[want] {
			t.Errorf("%s has dialect %v, want %s", name, script.Dialect, want)
		}
	}
	if problems := r.Diagnostics(); len(problems) != 1 || problems[0].At.File != "i.sh" {
		t.Errorf("diagnostics %v, want one about i.sh", problems)
	}
}

func TestAfford(t *testing.T) {
	r := repository(nil)
	call := source.Range{File: "w", Start: 1, End: 2}
	if !r.Afford(maxBytes, call) || r.Afford(1, call) || r.Afford(1, call) {
		t.Error("the budget does not hold")
	}
	if problems := r.Diagnostics(); len(problems) != 1 || problems[0].Code != "test/budget" || problems[0].At != call {
		t.Errorf("diagnostics %v, want one", problems)
	}
}

func command(text, dir string) shell.Command {
	c := shell.Command{Dir: shell.Literal(dir, source.Range{})}
	for word := range strings.FieldsSeq(text) {
		if word == "?" {
			c.Words = append(c.Words, shell.UnknownWord("it is a test", source.Range{}))
		} else {
			c.Words = append(c.Words, shell.Literal(word, source.Range{}))
		}
	}
	return c
}

func TestMake(t *testing.T) {
	r := repository(map[string]string{
		"Makefile": "all:\n\techo $(A)$(B)\nb:\n\techo b\n", "d/makefile": "all:\n\techo d\n", "x.mk": "all:\n\techo x\n",
		"o/Makefile": "all:\n\techo \xff\n",
	})
	none := func(string) (shell.Word, bool) { return shell.Word{}, false }
	locate := func(file string) (string, bool) { return path.Clean(file), !strings.HasPrefix(file, "..") }
	tests := map[string]struct{ command, dir, want string }{
		"default":        {"make", "", "echo ??"},
		"variables":      {"make all A=1 B:=2", "", "echo 12"},
		"goal":           {"gmake -j 4 -k b", "", "echo b"},
		"directory":      {"make -C d", "", "echo d"},
		"other file":     {"make -f x.mk", "", "echo x"},
		"within":         {"make", "d", "echo d"},
		"dry run":        {"make -n", "", ""},
		"unknown goal":   {"make ?", "", ""},
		"unknown folder": {"make -C ?", "", ""},
		"outside":        {"make -C ..", "", ""},
		"unreadable":     {"make", "o", ""},
		"no file":        {"make", "e", ""},
		"not make":       {"cmake", "", ""},
	}
	for name, test := range tests {
		var got []string
		for _, script := range r.Make(command(test.command, test.dir), none, locate) {
			var b strings.Builder
			for _, part := range script.Parts {
				if part.Unknown != "" {
					b.WriteByte('?')
				}
				b.WriteString(part.Text)
			}
			got = append(got, b.String())
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if problems := r.Diagnostics(); len(problems) != 1 || problems[0].At.File != "o/Makefile" {
		t.Errorf("diagnostics %v, want one about o/Makefile", problems)
	}
}
