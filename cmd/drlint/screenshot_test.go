package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/screenshot"
)

// screenshots maps an image of the documents to what was typed for it, in the
// root of this repository.
var screenshots = map[string][]string{
	"check.svg": {"check", "--rule", "raw/not-replicated", "testdata/repos/azure-lake/infra/modules"},
	"map.svg":   {"map", "testdata/repos/azure-lake"},
}

// The images of the documents show what drlint says today.
func TestScreenshots(t *testing.T) {
	t.Chdir(top)
	for name, arguments := range screenshots {
		var stdout, stderr bytes.Buffer
		code := Main(context.Background(), append(arguments, "--color", "always"), &stdout, &stderr)
		if code > exitFindings || stderr.Len() > 0 {
			t.Fatalf("exit %d: %s", code, stderr.String())
		}
		command := "$ drlint " + strings.Join(arguments, " ")
		text := "\x1b[2m$\x1b[0m" + strings.TrimPrefix(command, "$") + "\n" + elapsed.ReplaceAllString(stdout.String(), "")
		compare(t, filepath.Join("docs", "images", name), string(screenshot.SVG(command, text, 112)))
	}
}
