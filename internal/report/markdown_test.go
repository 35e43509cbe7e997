package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// render parses a comment as GitHub's dialect of Markdown and calls see for each
// part of it.
func render(t *testing.T, comment []byte, see func(ast.Node)) string {
	t.Helper()
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
	document := markdown.Parser().Parse(text.NewReader(comment))
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			see(n)
		}
		return ast.WalkContinue, nil
	})
	var page bytes.Buffer
	if err == nil {
		err = markdown.Renderer().Render(&page, comment, document)
	}
	if err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// ours is what the report itself writes as HTML.
var ours = regexp.MustCompile(`^(<!-- drlint report -->|<details><summary>(<b>[a-z]+</b> [^<>]*, <code>[^<>]*</code>|[0-9]+ [a-z ]+)</summary>|</details>|<sub>|</sub>|\n)+$`)

// TestMarkdownBringsNothingOfTheRepositoryToLife reads the comment with a real
// implementation: tags, links, pictures and mentions are only ours.
func TestMarkdownBringsNothingOfTheRepositoryToLife(t *testing.T) {
	comment := written(t, "markdown", hostile(), Options{Prefix: "data"})
	var fences []string
	rows := 0
	page := render(t, comment, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if html := string(n.Lines().Value(comment)); !ours.MatchString(html) {
				t.Errorf("a block of HTML: %s", html)
			}
		case *ast.RawHTML:
			if html := string(n.Segments.Value(comment)); !ours.MatchString(html) {
				t.Errorf("HTML: %s", html)
			}
		case *ast.Link:
			if to := string(n.Destination); !strings.HasPrefix(to, "data/") && !strings.HasPrefix(to, homepage) {
				t.Errorf("a link to %s", to)
			}
		case *ast.Image, *ast.AutoLink, *extended.Strikethrough, *extended.TaskCheckBox:
			t.Errorf("%T", n)
		case *ast.FencedCodeBlock:
			fences = append(fences, string(n.Language(comment)))
			if code := string(n.Lines().Value(comment)); !strings.Contains(code, "\"") {
				t.Errorf("a block of code is torn: %q", code)
			}
		case *extended.TableRow:
			rows++
			if n.ChildCount() != 3 {
				t.Errorf("a row has %d columns", n.ChildCount())
			}
		}
	})
	if rows != 3 {
		t.Errorf("got %d rows", rows)
	}
	if got := strings.Join(fences, " "); !strings.Contains(got, "suggestion") {
		t.Errorf("no suggestion among %q", got)
	}
	if strings.Contains(page, "@everyone") || strings.Count(page, "<details>") != strings.Count(page, "</details>") {
		t.Errorf("%s", page)
	}
}

func TestMarkdownStaysBelowTheLimit(t *testing.T) {
	r := hostile()
	one := r.Findings[0]
	r.Findings = nil
	for i := range 900 {
		f := one
		f.Message = fmt.Sprintf("Store %d has no copy", i)
		r.Findings = append(r.Findings, f)
		f.Verdict = finding.Unknown
		r.Findings = append(r.Findings, f)
	}
	comment := written(t, "markdown", r, Options{})
	if len([]rune(string(comment))) > commentLimit {
		t.Errorf("%d characters", len([]rune(string(comment))))
	}
	left := regexp.MustCompile(`\*\*[0-9]+ of 900 rows, [0-9]+ of 900 explanations, [0-9]+ undecided left out\*\*: a comment holds no more than 65536 characters`)
	if !left.Match(comment) {
		t.Errorf("the cut is not told: %s", comment[len(comment)-700:])
	}
	opened := 0
	render(t, comment, func(n ast.Node) {
		if block, ok := n.(*ast.HTMLBlock); ok {
			html := string(block.Lines().Value(comment))
			opened += strings.Count(html, "<details>") - strings.Count(html, "</details>")
		}
	})
	if opened != 0 {
		t.Errorf("%d details stay open", opened)
	}
}

func TestMarkdownOfNothing(t *testing.T) {
	r := &Report{Sources: source.NewStore(fstest.MapFS{})}
	if got := string(written(t, "markdown", r, Options{})); !strings.HasPrefix(got, Marker+"\n### drlint: nothing to scan\n") {
		t.Error(got)
	}
	r.Summary.Files = 1
	if got := string(written(t, "markdown", r, Options{})); !strings.HasPrefix(got, Marker+"\n### drlint: nothing to report\n") {
		t.Error(got)
	}
	r.Against = "main"
	if got := string(written(t, "markdown", r, Options{})); !strings.Contains(got, "### drlint: nothing new\n\nCompared with main.\n") {
		t.Error(got)
	}
}

// TestMarkdownShowsWhatAFixWrites suggests one run of lines, shows others as a
// difference, and suggests nothing that cannot be seen.
func TestMarkdownShowsWhatAFixWrites(t *testing.T) {
	const data = "a {\n\tb = 1\n\tc = 2\n\td = 3\n}\n"
	edit := func(old, to string) finding.Edit {
		start := strings.Index(data, old)
		return finding.Edit{At: source.Range{File: "main.tf", Start: start, End: start + len(old)}, New: to}
	}
	for name, c := range map[string]struct {
		edits []finding.Edit
		want  string
	}{
		"one run":    {[]finding.Edit{edit("1\n\tc = 2", "9\n\tc = 8")}, "Do it, instead of lines 2 to 3:\n\n```suggestion\n\tb = 9\n\tc = 8\n```\n"},
		"two runs":   {[]finding.Edit{edit("1", "9"), edit("3", "7")}, "Do it:\n\n```diff\n@@ main.tf:2 @@\n- b = 1\n+ b = 9\n@@ main.tf:4 @@\n- d = 3\n+ d = 7\n```\n"},
		"not seen":   {[]finding.Edit{edit("1", "1 # \u202e")}, "```diff\n@@ main.tf:2 @@\n- b = 1\n+ b = 1 # \\u202e\n```\n"},
		"fence":      {[]finding.Edit{edit("1", "````")}, "`````suggestion\n\tb = ````\n`````\n"},
		"off a file": {[]finding.Edit{{At: source.Range{File: "gone.tf"}, New: "x"}}, "**Fix:** Edit.\n\nRule"},
	} {
		r := &Report{Sources: source.NewStore(fstest.MapFS{"main.tf": {Data: []byte(data)}}), Findings: []finding.Finding{{
			Rule: &finding.Rule{ID: "a/b", Description: "It matters.", Fix: finding.Advice{finding.Everywhere: "Edit."}}, Verdict: finding.Fail, Severity: finding.Low, Message: "no",
			At: source.Range{File: "main.tf", Start: 0, End: 1}, Fixes: []finding.Fix{{Title: "Do it", Safe: true, Edits: c.edits}},
		}}}
		if got := string(written(t, "markdown", r, Options{})); !strings.Contains(got, c.want) {
			t.Errorf("%s: no %q in\n%s", name, c.want, got)
		}
	}
}

func TestMarkdownLinksToTheService(t *testing.T) {
	comment := string(written(t, "markdown", sample(), Options{Prefix: "infra", Blob: "https://github.com/acme/data/blob/0123abc"}))
	if want := "[infra/lake/dir name/main.tf:3](https://github.com/acme/data/blob/0123abc/infra/lake/dir%20name/main.tf#L3)"; !strings.Contains(comment, want) {
		t.Errorf("no %s in\n%s", want, comment)
	}
}
