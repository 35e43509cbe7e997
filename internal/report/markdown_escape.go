package report

import (
	"html"
	"strings"
)

// joiner is invisible and breaks what a service would make of a text: a mention,
// a reference to an issue, a link.
const joiner = "\u2060"

// tame breaks what services do with plain text. Nobody is notified and nothing
// is linked because a file is called like that.
var tame = strings.NewReplacer("@", "@"+joiner, "#", "#"+joiner, "://", ":"+joiner+"//", "www.", "www"+joiner+".")

// inert makes text from a repository mean nothing in Markdown, wherever in a
// paragraph, a list or a table it stands.
func inert(text string) string {
	var b strings.Builder
	for _, r := range tame.Replace(printable(text)) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]{}()|#~!$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inertHTML does the same where Markdown is not read, in a tag that begins a line.
func inertHTML(text string) string { return html.EscapeString(tame.Replace(printable(text))) }
