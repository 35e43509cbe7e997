package ruletest

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/tools/txtar"
)

const archive = `What the rule is about.

-- fail/first/main.tf --
a
-- fail/first/want --
w
-- pass/second/sub/main.tf --
b
`

func TestParse(t *testing.T) {
	prose, examples, err := Parse([]byte(archive))
	if err != nil || prose != "What the rule is about." || len(examples) != 2 {
		t.Fatalf("got %q, %+v, %v", prose, examples, err)
	}
	first, second := examples[0], examples[1]
	if first.Label() != "fail/first" || first.Line != 3 || first.WantLine != 6 || first.Want != "w\n" {
		t.Errorf("got %+v", first)
	}
	if second.Label() != "pass/second" || second.Line != 7 || second.WantLine != 0 || second.Files[0].Name != "sub/main.tf" {
		t.Errorf("got %+v", second)
	}
	if again := Format(prose, examples); !bytes.Equal(again, []byte(archive+"-- pass/second/want --\n")) {
		t.Errorf("got %s", again)
	}
}

func TestMisplacedFilesAreNamed(t *testing.T) {
	for _, name := range []string{"main.tf", "fail/main.tf", "fails/x/main.tf", "fail/x/"} {
		_, _, err := Parse([]byte("prose\n-- " + name + " --\n"))
		var misplaced *MisplacedError
		if !errors.As(err, &misplaced) || misplaced.Line != 2 || misplaced.Name != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Every file of an archive has the line on which it begins.
func FuzzParse(f *testing.F) {
	f.Add([]byte(archive))
	f.Add([]byte("-- a --\r\n-- --\n--  --\n-- b --"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, want := len(markers(data)), len(txtar.Parse(data).Files); got != want {
			t.Errorf("%d lines for %d files", got, want)
		}
		prose, examples, err := Parse(data)
		if err != nil {
			return
		}
		if _, again, err := Parse(Format(prose, examples)); err != nil || len(again) != len(examples) {
			t.Errorf("%d examples are %d after they were written (%v)", len(examples), len(again), err)
		}
	})
}
