package recoverymap

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
)

// everything writes every format and every night.
func everything(t *testing.T, atlas *Atlas) map[string]string {
	t.Helper()
	all := map[string]string{}
	keep := func(name string, write func(io.Writer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = b.String()
	}
	for _, name := range Formats() {
		keep(name, func(w io.Writer) error { return writers[name](w, atlas, Options{}) })
	}
	for _, fault := range model.Faults {
		for _, name := range NightFormats() {
			keep(fmt.Sprintf("%s of %s", name, fault), func(w io.Writer) error { return tellers[name](w, Tell(atlas, fault), Options{}) })
		}
	}
	return all
}

// TestSameModelSameBytes: nothing depends on the order of a Go map or of assets.
func TestSameModelSameBytes(t *testing.T) {
	for _, fresh := range []func() *builder{retail, func() *builder { return large(60) }} {
		want := everything(t, fresh().atlas())
		for range 4 {
			if diff := cmp.Diff(want, everything(t, fresh().atlas())); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// TestTextFitsTheTerminal: the table and the stories are at most 100 columns wide.
func TestTextFitsTheTerminal(t *testing.T) {
	b := retail()
	b.add(model.Database, "aws dynamodb", strings.Repeat("a-very-long-name-", 12), in("eu-central-1"), by(model.Backup, "aws_backup.air_gapped_vault", 24, 3650, locked))
	b.add(model.Database, "aws "+strings.Repeat("product_", 15), "short")
	for name, text := range everything(t, b.atlas()) {
		if name != "table" && !strings.HasPrefix(name, "text ") {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if width(line) > tableWidth || strings.TrimRight(line, " ") != line {
				t.Errorf("%s, line %d: %q", name, i+1, line)
			}
		}
	}
}

func TestColour(t *testing.T) {
	var b bytes.Buffer
	if err := Table(&b, retail().atlas(), Options{Color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[31;1m✗ gap\x1b") {
		t.Error("a gap has no colour")
	}
}

func TestAnEmptyRepository(t *testing.T) {
	for name, text := range everything(t, build("empty").atlas()) {
		if text == "" {
			t.Errorf("%s says nothing", name)
		}
	}
}
