package report

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed html/page.html html/page.css html/page.js
var htmlFiles embed.FS

// HTML writes one self-contained page: the summary, what a
// change makes of recovery, the map, what each rule
// says of each stage, every finding with its source, and what was not read. The
// page loads nothing, and its policy lets a browser run nothing but its own
// script.
func HTML(w io.Writer, r *Report, _ Options) error {
	out := bufio.NewWriter(w)
	if err := htmlTemplate().Execute(out, newHTMLPage(r)); err != nil {
		return err
	}
	return out.Flush()
}

// htmlPage is what the template shows. Every text is plain: the template
// escapes it for its place.
type htmlPage struct {
	Title, Version, Homepage string
	// Policy is the Content-Security-Policy, which names style and script by hash.
	Policy      string
	Style       template.CSS
	Script      template.JS
	Summary     htmlSummary
	Shifts      *htmlShifts
	Nothing     string // is said where there are no findings
	Map         htmlMap
	Matrix      htmlMatrix
	Facets      htmlFacets
	Groups      []htmlVerdictGroup
	Diagnostics []htmlDiagnostic
}

func newHTMLPage(r *Report) htmlPage {
	style, script := htmlFile("page.css"), htmlFile("page.js")
	view := &htmlView{report: r}
	findings := view.findings()
	return htmlPage{
		Title: view.title(), Version: r.Version, Homepage: homepage,
		Policy: htmlPolicy(style, script), Style: template.CSS(style), Script: template.JS(script),
		Summary: view.summary(), Shifts: view.shifts(), Nothing: view.nothing(), Map: view.recoveryMap(findings), Matrix: matrixOf(findings), Facets: facetsOf(findings),
		Groups: groupsOf(findings), Diagnostics: view.diagnostics(),
	}
}

// htmlView turns parts of a report into what the template shows.
type htmlView struct{ report *Report }

// title is the name of the platform, else that of the directory.
func (v *htmlView) title() string {
	if m := v.report.Model; m != nil && m.Platform.Name != "" {
		return shown(m.Platform.Name)
	}
	return "this repository"
}

// htmlPolicy forbids everything but the page's own style and script, and
// pictures that are part of it.
func htmlPolicy(style, script string) string {
	return strings.Join([]string{
		"default-src 'none'", "style-src " + htmlHash(style), "script-src " + htmlHash(script),
		"img-src data:", "base-uri 'none'", "form-action 'none'",
	}, "; ")
}

func htmlHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// htmlFile is an embedded file; those that are named exist.
func htmlFile(name string) string {
	data, _ := htmlFiles.ReadFile("html/" + name)
	return string(data)
}

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.html").Funcs(template.FuncMap{
		"count": count, "spans": spans, "unshifted": func() string { return unshifted },
	}).Parse(htmlFile("page.html")))
})

// shown makes text from a repository safe to look at: what could hide or
// reorder it appears as an escape. The template escapes markup.
func shown(text string) string { return printable(strings.ToValidUTF8(text, "\uFFFD")) }

// shownAll makes a list safe to look at.
func shownAll(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = shown(text)
	}
	return list
}

// prosePart is a piece of prose; code stood between backticks.
type prosePart struct {
	Text string
	Code bool
}

// spans takes the code out of a text of a rule.
func spans(text string) (parts []prosePart) {
	pieces := strings.Split(text, "`")
	if len(pieces)%2 == 0 { // a backtick without its partner is one
		return []prosePart{{Text: text}}
	}
	for i, piece := range pieces {
		if piece != "" {
			parts = append(parts, prosePart{Text: piece, Code: i%2 == 1})
		}
	}
	return parts
}
