package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func htmlOf(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// drawn is the sample with its model, so that the page has a map.
func drawn() *Report {
	r := sample()
	r.Model = &model.Model{Platform: model.Platform{Name: "contoso"}, Assets: r.Assets}
	return r
}

// TestHTMLPolicyNamesWhatThePageHolds: a browser runs the one script and applies
// the one style that the policy names, and there is nothing that it would refuse.
func TestHTMLPolicyNamesWhatThePageHolds(t *testing.T) {
	page := htmlOf(t, drawn())
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatch(page)
	if policy == nil {
		t.Fatal("the page has no policy")
	}
	for _, element := range []string{"style", "script"} {
		blocks := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllStringSubmatch(page, -1)
		if len(blocks) != 1 {
			t.Fatalf("%d times %s", len(blocks), element)
		}
		sum := sha256.Sum256([]byte(blocks[0][1]))
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(html.UnescapeString(policy[1]), want) {
			t.Errorf("policy %s lacks %s", policy[1], want)
		}
	}
	if !strings.HasPrefix(policy[1], "default-src &#39;none&#39;") || strings.Contains(policy[1], "unsafe") {
		t.Errorf("policy %s", policy[1])
	}
	for _, forbidden := range []string{`\sstyle=`, `\son[a-z]+=`, `<(link|script|img|iframe|object)[^>]*="(https?:)?//`, `javascript:`} {
		if found := regexp.MustCompile(forbidden).FindString(page); found != "" {
			t.Errorf("the page holds %q", found)
		}
	}
}

func TestHTMLIsTheSameEveryTime(t *testing.T) {
	want := htmlOf(t, drawn())
	for range 4 {
		if diff := cmp.Diff(want, htmlOf(t, drawn())); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestHTMLEscapes: nothing that a repository calls itself becomes markup, and
// nothing hides.
func TestHTMLEscapes(t *testing.T) {
	const evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \u202e\x00\x1b[2J\" ' `"
	r := drawn()
	r.Model.Assets = append(platform(), r.Model.Assets...)
	r.Before = &model.Model{Assets: earlier()}
	text := "x = \"" + strings.ReplaceAll(evil, "\x00", "") + "\"\n"
	r.Sources = source.NewStore(fstest.MapFS{evil: {Data: []byte(text)}})
	at := source.Range{File: evil, Start: 4, End: len(text) - 1}
	r.Model.Platform.Name, r.Against = evil, evil
	r.Model.Assets[0].Name, r.Model.Assets[0].Address = model.KnownFact(evil, at), evil
	r.Diagnostics = []source.Diagnostic{{Code: "x/y", Severity: source.Error, Summary: evil, Detail: evil, At: at}}
	r.Rules[0].Title, r.Rules[0].Description, r.Rules[0].Fix, r.Rules[0].Custom = evil, evil, finding.Advice{finding.Everywhere: evil}, true
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Message, f.Subject.Address, f.At, f.Environments = evil, evil, at, []string{evil}
		f.Related = []finding.Related{{Message: evil, At: at}}
		f.Via = []finding.Call{{Name: evil, At: at}}
		f.Fixes = []finding.Fix{{Title: evil, Edits: []finding.Edit{{At: at, New: evil}}}}
	}
	page := htmlOf(t, r)
	_, body, _ := strings.Cut(page, "<body>")
	if n := strings.Count(body, "<script>"); n != 1 {
		t.Errorf("%d scripts", n)
	}
	if strings.Contains(body, "<img src=x") || strings.ContainsAny(body, "\u202e\x00\x1b") {
		t.Error("text of the repository reached the page as it is")
	}
	if !strings.Contains(body, `\u202e`) {
		t.Error("the mark that reorders text is hidden")
	}
}

func TestHTMLExcerpt(t *testing.T) {
	long := strings.Repeat("a", 600)
	text := "one\ntwo\n\tthree = 3 # \x07\nfour\nfive\n" + long + "X" + long + "\n" + strings.Repeat("block\n", 30)
	v := &htmlView{report: &Report{Sources: source.NewStore(fstest.MapFS{"a.tf": {Data: []byte(text)}, "b": {Data: []byte("PK\x00")}})}}
	span := func(part string) source.Range {
		start := strings.Index(text, part)
		return source.Range{File: "a.tf", Start: start, End: start + len(part)}
	}
	want := []htmlLine{
		{Number: 2, Before: "two"}, {Number: 3, Before: "\tthree = ", Marked: "3", After: ` # \u0007`}, {Number: 4, Before: "four"},
	}
	at := span("3 #")
	at.End = at.Start + 1
	if diff := cmp.Diff(want, v.excerpt(at, 1)); diff != "" {
		t.Error(diff)
	}
	wide := v.excerpt(span("X"), 0)
	if len(wide) != 1 || wide[0].Marked != "X" || len([]rune(wide[0].Before)) != excerptWidth+1 || len([]rune(wide[0].After)) != excerptWidth+1 {
		t.Errorf("got %+v", wide)
	}
	block := v.excerpt(span(strings.Repeat("block\n", 30)), 1)
	if len(block) != excerptMarked+3 || block[excerptMarked].Number != 0 || block[excerptMarked].Before != "… 18 further lines" {
		t.Errorf("got %+v", block)
	}
	if got := v.excerpt(source.Range{File: "b", End: 2}, 1); got != nil {
		t.Errorf("a binary file is quoted: %+v", got)
	}
}

func TestHTMLFix(t *testing.T) {
	const text = "a {\n  kind = \"LRS\"\n}\n\nb {\n}\n"
	v := &htmlView{report: &Report{Sources: source.NewStore(fstest.MapFS{"a.tf": {Data: []byte(text)}})}}
	edit := func(old, replacement string) finding.Edit {
		start := strings.Index(text, old)
		return finding.Edit{At: source.Range{File: "a.tf", Start: start, End: start + len(old)}, New: replacement}
	}
	end := strings.LastIndex(text, "}")
	fix := finding.Fix{Title: "Do it", Safe: true, Edits: []finding.Edit{
		edit(`"LRS"`, `"GRS"`), {At: source.Range{File: "a.tf", Start: end, End: end}, New: "  keep = true\n"},
	}}
	got := v.fixes(&finding.Finding{Fixes: []finding.Fix{fix}})
	want := []htmlFix{{Title: "Do it", Command: "drlint fix", Safe: true, Hunks: []htmlHunk{
		{File: "a.tf", Lines: []htmlLine{
			{Number: 1, Before: "a {"}, {Number: 2, Sign: "-", Before: `  kind = "LRS"`}, {Sign: "+", Before: `  kind = "GRS"`},
			{Number: 3, Before: "}"}, {Number: 4},
		}},
		{File: "a.tf", Lines: []htmlLine{
			{Number: 4}, {Number: 5, Before: "b {"}, {Sign: "+", Before: "  keep = true"}, {Number: 6, Before: "}"}, {Number: 7},
		}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHTMLIgnoreSnippets(t *testing.T) {
	rule := &finding.Rule{ID: "raw/not-replicated"}
	for file, want := range map[string]string{
		"main.tf":    `# drlint:ignore raw/not-replicated reason="…"`,
		"main.bicep": `// drlint:ignore raw/not-replicated reason="…"`,
		"a[b].json":  "ignore:\n  - rule: raw/not-replicated\n    path: \"a\\\\[b].json\"\n    address: \"x\"\n    reason: \"…\"",
	} {
		f := &finding.Finding{Rule: rule, At: source.Range{File: file}, Subject: finding.Subject{Address: "x"}}
		if got := ignoreOf(f).Text; got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}

// TestHTMLShowsWhatAChangeMakesOfRecovery: what gets worse comes first, and a
// page without a comparison has no such section.
func TestHTMLShowsWhatAChangeMakesOfRecovery(t *testing.T) {
	r := variety()
	page := htmlOf(t, r)
	rows := regexp.MustCompile(`<tr class="(worse|better)"><th scope="row">([^<]*)</th><td>([^<]*)</td>`).FindAllStringSubmatch(page, -1)
	var got []string
	for _, row := range rows {
		got = append(got, strings.Join(row[1:], " "))
	}
	want := []string{
		"worse strawprod in prod " + string(model.Faults[1]),
		"better strawprod in prod " + string(model.Faults[0]), "better stcuratedprod in prod " + string(model.Faults[2]),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(page, "1 answer worse, 2 answers better.") || !strings.Contains(page, `<a href="#change">`) {
		t.Error("the answers are not counted, or nothing leads to them")
	}
	r.Before = r.Model
	if page := htmlOf(t, r); !strings.Contains(page, unshifted) || strings.Contains(page, `<tr class="worse">`) {
		t.Error("an unchanged platform is not told so")
	}
	r.Before = nil
	if page := htmlOf(t, r); strings.Contains(page, `id="change"`) {
		t.Error("nothing is compared, and a section says otherwise")
	}
}

func TestShares(t *testing.T) {
	list := shares([]htmlShare{{Count: 100000}, {Count: 0}, {Count: 1}, {Count: 3}})
	if len(list) != 3 || list[1].Width < 8 {
		t.Errorf("got %+v", list)
	}
	at := 0
	for _, part := range list {
		if part.From != at {
			t.Errorf("a gap before %+v", part)
		}
		at += part.Width
	}
	if at != 1000 {
		t.Errorf("the bar is %d wide", at)
	}
}

// TestHTMLMatrixCountsEveryFinding: the columns of verdicts add up to what is found.
func TestHTMLMatrixCountsEveryFinding(t *testing.T) {
	v := &htmlView{report: drawn()}
	findings := v.findings()
	if !slices.IsSortedFunc(findings, func(a, b htmlFinding) int {
		return slices.Index(htmlVerdicts, a.Verdict) - slices.Index(htmlVerdicts, b.Verdict)
	}) {
		t.Error("what fails does not come first")
	}
	n := 0
	for _, row := range matrixOf(findings).Rows {
		n += row.Fail.Count + row.Unknown.Count + row.Exempt.Count + row.Ignored.Count
	}
	if n != len(findings) {
		t.Errorf("%d of %d findings are counted", n, len(findings))
	}
}

// large is a platform of ten thousand stores, no two alike, with 300 findings.
func large() *Report {
	r := variety()
	few := r.Findings
	for i := len(r.Findings); i < 300; i++ {
		f := few[i%len(few)]
		f.Fingerprint = fmt.Sprintf("%016x", i+1)
		r.Findings = append(r.Findings, f)
	}
	few6 := platform()
	r.Model.Assets = nil
	for i := range 10_000 {
		a := *few6[i%3]
		a.ID, a.Environment = fmt.Sprintf("infra#st%05d", i), ""
		a.Name, a.Region = model.KnownFact(fmt.Sprintf("stcontosolake%05d", i), source.Range{}), model.KnownFact(fmt.Sprintf("region%05d", i), source.Range{})
		r.Model.Assets = append(r.Model.Assets, &a)
	}
	return r
}

// TestHTMLOfALargePlatformStaysSmall: a page can be mailed and opens at once,
// and it says what it leaves out.
func TestHTMLOfALargePlatformStaysSmall(t *testing.T) {
	page := htmlOf(t, large())
	if len(page) > 5_000_000 {
		t.Errorf("%d bytes", len(page))
	}
	if want := fmt.Sprintf("%d further lines are left out here", 10_000-mapLines); !strings.Contains(page, want) {
		t.Errorf("the page does not say that %s", want)
	}
	if !strings.Contains(page, "10000 assets") {
		t.Error("the overview does not count all assets")
	}
	if strings.Contains(page, "data:image/svg") {
		t.Error("a picture of ten thousand assets is drawn")
	}
}

func BenchmarkHTML(b *testing.B) {
	for name, r := range map[string]*Report{"small": drawn(), "large": large()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := HTML(io.Discard, r, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
