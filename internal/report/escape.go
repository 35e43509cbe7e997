package report

import (
	"fmt"
	"strings"
	"unicode"
)

// printable makes text from a repository safe to show: control characters,
// which could move the cursor or forge lines, the marks that reorder text, and
// the commands that CI services obey wherever they read them in a log appear as
// escapes. Tabs become single spaces so that carets line up.
func printable(text string) string {
	if strings.Contains(text, "##") {
		text = commands.Replace(text)
	}
	clean := true
	for _, r := range text {
		if unsafe(r) {
			clean = false
			break
		}
	}
	if clean {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case unsafe(r):
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// prose is printable text in one line, whatever lines it was written in.
func prose(text string) string { return printable(joined(text)) }

func joined(text string) string { return strings.Join(strings.Fields(text), " ") }

// commands disarms what Azure Pipelines and GitHub Actions take for commands.
var commands = strings.NewReplacer("##vso[", `#\u0023vso[`, "##[", `#\u0023[`)

// opening makes printable text safe to begin a line, where GitHub Actions looks
// for commands.
func opening(text string) string {
	if strings.HasPrefix(strings.TrimSpace(text), "::") {
		return strings.Replace(text, ":", `\u003a`, 1)
	}
	return text
}

func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// wrap breaks text into lines of at most width columns at spaces.
func wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	columns := 0
	for word := range strings.FieldsSeq(text) {
		length := len([]rune(word))
		if columns > 0 && columns+1+length > width {
			lines = append(lines, line.String())
			line.Reset()
			columns = 0
		}
		if columns > 0 {
			line.WriteByte(' ')
			columns++
		}
		line.WriteString(word)
		columns += length
	}
	return append(lines, line.String())
}

// Printable makes text from a repository safe to show on a terminal.
func Printable(text string) string { return printable(text) }
