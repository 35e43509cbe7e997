package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// ErrFlow says that a list is written in brackets, into which no entry is put.
var ErrFlow = errors.New("the list of what is ignored is not written one entry a line")

// Accept returns the edit that adds an entry to the ignore list of a
// configuration; without any text it makes a new one. Everything that is
// written, comments included, stays as it is.
func Accept(file string, data []byte, a finding.Acceptance) (finding.Edit, error) {
	at := source.Range{File: file, Start: len(data), End: len(data)}
	if len(bytes.TrimSpace(data)) == 0 {
		return finding.Edit{At: at, New: "version: 1\nignore:\n" + entry("  ", "\n", a)}, nil
	}
	newline := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		newline = "\r\n"
	}
	documents, problems := yaml.Parse(file, data)
	if len(problems) > 0 || len(documents) != 1 {
		return finding.Edit{}, ErrInvalid
	}
	list := documents[0].Value.Get("ignore")
	switch {
	case list.State == resource.Absent:
		text := "ignore:" + newline + entry("  ", newline, a)
		if !bytes.HasSuffix(data, []byte("\n")) {
			text = newline + text
		}
		return finding.Edit{At: at, New: text}, nil
	case len(list.Items) == 0:
		at = list.At
		return finding.Edit{At: at, New: newline + strings.TrimSuffix(entry("  ", newline, a), newline)}, nil
	}
	last := list.Items[len(list.Items)-1].At
	line := data[bytes.LastIndexByte(data[:last.Start], '\n')+1 : last.Start]
	indent := line[:len(line)-len(bytes.TrimLeft(line, " "))]
	if rest := bytes.TrimSpace(line); string(rest) != "-" {
		return finding.Edit{}, ErrFlow
	}
	end := len(bytes.TrimRight(data[:last.End], " \t\r\n"))
	if next := bytes.IndexAny(data[end:], "\r\n"); next >= 0 {
		end += next // behind a comment on the last line
	} else {
		end = len(data)
	}
	text := newline + strings.TrimSuffix(entry(string(indent), newline, a), newline)
	return finding.Edit{At: source.Range{File: file, Start: end, End: end}, New: text}, nil
}

// entry writes one entry of the list.
func entry(indent, newline string, a finding.Acceptance) string {
	var b strings.Builder
	sign := "- "
	for _, field := range []struct{ name, value string }{
		{"rule", a.Rule}, {"address", a.Address}, {"path", a.Path}, {"reason", a.Reason},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, "%s%s%s: %s%s", indent, sign, field.name, scalar(field.value), newline)
			sign = "  "
		}
	}
	return b.String()
}

// plainScalar is text that YAML reads as itself, whatever surrounds it.
var plainScalar = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./* -]*[A-Za-z0-9*]$`)

// scalar writes a text in quotes where YAML could take it for something else.
func scalar(text string) string {
	if plainScalar.MatchString(text) && !isWord(text) {
		return text
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(quoted)
}

// isWord reports whether YAML gives a word another meaning than itself.
func isWord(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null":
		return true
	}
	return false
}

// Literal is the glob that matches a text and nothing else.
func Literal(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`\*?[]{}`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
