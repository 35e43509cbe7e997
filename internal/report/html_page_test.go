package report_test

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	godiff "github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
)

// TestPage opens the page in a real browser.
func TestPage(t *testing.T) {
	browser := startBrowser(t)
	r := report.Variety()
	t.Run("facets", func(t *testing.T) { testFacets(t, open(t, browser, r), r) })
	t.Run("search", func(t *testing.T) { testSearch(t, open(t, browser, r)) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, open(t, browser, r)) })
	t.Run("links", func(t *testing.T) { testLinks(t, open(t, browser, r)) })
	t.Run("map", func(t *testing.T) { testMap(t, open(t, browser, r)) })
	t.Run("schemes", func(t *testing.T) { testSchemes(t, open(t, browser, r)) })
	t.Run("widths", func(t *testing.T) { testWidths(t, open(t, browser, r)) })
	t.Run("print", func(t *testing.T) { testPrint(t, open(t, browser, r)) })
	t.Run("no script", func(t *testing.T) {
		testNoScript(t, open(t, browser, r, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})), r)
	})
}

// values are what a finding has of a facet, as the page names it.
func values(f finding.Finding, facet string) []string {
	switch facet {
	case "verdict":
		if f.Suppressed != nil {
			return []string{"ignored"}
		}
		return []string{string(f.Verdict)}
	case "severity":
		return []string{string(f.Severity)}
	case "change":
		return []string{string(f.Change)}
	case "stage":
		if len(f.Subject.Stages) == 0 {
			return []string{"none"}
		}
		return f.Subject.Stages
	case "rule":
		return []string{f.Rule.ID}
	case "file":
		return []string{f.At.File}
	default:
		return f.Environments
	}
}

var order = []string{"fail", "unknown", "exempt", "ignored"}

// expected lists the findings with a value, as the page orders them.
func expected(r *report.Report, wanted map[string]string) []string {
	var found []finding.Finding
	for _, f := range r.Findings {
		fits := true
		for facet, value := range wanted {
			fits = fits && slices.ContainsFunc(strings.Split(value, ","), func(v string) bool { return slices.Contains(values(f, facet), v) })
		}
		if fits {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b finding.Finding) int {
		rank := func(f finding.Finding) int { return slices.Index(order, values(f, "verdict")[0]) }
		return cmp.Or(rank(a)-rank(b), a.Severity.Rank()-b.Severity.Rank())
	})
	ids := []string{}
	for _, f := range found {
		ids = append(ids, "f-"+f.Fingerprint)
	}
	return ids
}

// testFacets chooses every value of every facet with its own control.
func testFacets(t *testing.T, p *tab, r *report.Report) {
	usual := map[string]string{"verdict": "fail,unknown"}
	see := func(what string, wanted map[string]string) {
		t.Helper()
		want := expected(r, wanted)
		if diff := godiff.Diff(want, p.showing()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		if got, want := eval[string](p, `document.querySelector("#shown").textContent`), fmt.Sprintf("%d of %d findings shown", len(want), len(r.Findings)); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
		if empty := eval[bool](p, `document.querySelector("#nothing").checkVisibility()`); empty != (len(want) == 0) {
			t.Errorf("%s: says that nothing matches: %v", what, empty)
		}
	}
	see("at first", usual)
	for _, facet := range []string{"stage", "rule", "file", "environment"} {
		seen := map[string]bool{}
		for _, f := range r.Findings {
			for _, value := range values(f, facet) {
				if !seen[value] {
					seen[value] = true
					p.choose("select[data-facet="+facet+"]", value)
					see(facet+" "+value, map[string]string{"verdict": "fail,unknown", facet: value})
				}
			}
		}
		p.click("#filter .reset")
		see("reset", usual)
	}
	box := func(facet string, names ...string) {
		for _, name := range names {
			p.click(fmt.Sprintf("fieldset[data-facet=%s] input[value=%s]", facet, name))
		}
	}
	for facet, names := range map[string][]string{"severity": {"high", "medium", "low", "info"}, "change": {"new", "touched"}} {
		for _, value := range names {
			box(facet, value)
			see(facet+" "+value, map[string]string{"verdict": "fail,unknown", facet: value})
			box(facet, value)
		}
	}
	box("verdict", "fail", "unknown", "ignored")
	see("ignored", map[string]string{"verdict": "ignored"})
	box("verdict", "ignored", "exempt")
	box("severity", "high")
	see("exempt and high", map[string]string{"verdict": "exempt", "severity": "high"})
	shared := eval[string](p, "location.hash.slice(1)")
	if shared != "verdict=exempt&severity=high" {
		t.Errorf("the address says %q", shared)
	}
	p.visit(shared)
	see("the shared address", map[string]string{"verdict": "exempt", "severity": "high"})
	p.visit("severity=grave&stage=none&theme=blinking&verdict=")
	see("an address with nonsense", map[string]string{"stage": "none"})
}

func testSearch(t *testing.T, p *tab) {
	p.write("#q", "NUMBER17")
	p.until(`document.querySelector("#shown").textContent.startsWith("1 of ")`)
	if got := p.showing(); len(got) != 1 || got[0] != fmt.Sprintf("f-%016x", 18) {
		t.Errorf("got %v", got)
	}
	if got := eval[string](p, "location.hash"); got != "#q=NUMBER17" {
		t.Errorf("the address says %q", got)
	}
	if live := eval[string](p, `document.querySelector("#shown").localName`); live != "output" {
		t.Errorf("the count is a %s, whose changes nobody announces", live)
	}
	p.press(kb.Escape)
	p.until(`document.querySelector("#q").value === "" && location.hash === ""`)
	p.write("#q", "mirror --MIRROR deploy.yml") // words of the rule, the fix and the place
	p.until(`location.hash.includes("deploy")`)
	for _, id := range p.showing() {
		if rule := eval[string](p, fmt.Sprintf("document.getElementById(%q).dataset.rule", id)); rule != "scripts/no-mirror" {
			t.Errorf("found %s", rule)
		}
	}
	if len(p.showing()) == 0 {
		t.Error("three words find nothing")
	}
	p.write("#q", " nowhere")
	p.until(`document.querySelector("#nothing").checkVisibility()`)
	p.click("#nothing .reset")
	p.until(`document.activeElement.id === "q" && document.querySelectorAll(".finding:not([hidden])").length > 1`)
}

// testKeyboard walks through the page without a mouse.
func testKeyboard(t *testing.T, p *tab) {
	focus := func() string {
		return eval[string](p, `(document.activeElement.closest(".finding") || document.activeElement).id || document.activeElement.className`)
	}
	at := func(want string) {
		t.Helper()
		if got := focus(); got != want {
			t.Errorf("the focus is on %q, want %q", got, want)
		}
	}
	list := p.showing()
	p.press(kb.Tab)
	at("skip")
	if !eval[bool](p, `document.querySelector(".skip").getBoundingClientRect().left >= 0`) {
		t.Error("the link that has the focus cannot be seen")
	}
	p.press("j")
	at(list[0])
	p.press("j")
	p.press(kb.ArrowDown)
	at(list[2])
	p.press("k")
	at(list[1])
	if outline := eval[string](p, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("the focus cannot be seen: %s", outline)
	}
	p.press(kb.Enter)
	p.until(`document.activeElement.parentElement.open`)
	if !eval[bool](p, `document.activeElement.parentElement.querySelector("mark").checkVisibility()`) {
		t.Error("Enter does not show the source")
	}
	p.press(kb.Enter)
	p.until(`!document.activeElement.parentElement.open`)
	p.slash()
	at("q")
	p.press("number03") // j and k would be letters here, too
	p.until(`document.querySelector("#q").value === "number03"`)
	p.press(kb.Escape)
	p.slash()
	p.press(kb.ArrowDown)
	at(list[0])
	p.press("k")
	at(list[0])
	p.click("#all")
	if n := eval[int](p, `document.querySelectorAll(".finding[open]").length`); n != len(list) {
		t.Errorf("%d of %d are expanded", n, len(list))
	}
	if stray := eval[[]string](p, `[...document.querySelectorAll("[tabindex]")].filter((e) => e.tabIndex > 0).map((e) => e.outerHTML)`); len(stray) > 0 {
		t.Errorf("out of order: %v", stray)
	}
}

// testLinks follows links to findings, from counts to what they count, and back.
func testLinks(t *testing.T, p *tab) {
	hidden := eval[string](p, `document.querySelector(".finding.exempt").id`)
	p.visit(hidden)
	p.until(fmt.Sprintf(`document.getElementById(%q).open && document.getElementById(%[1]q).checkVisibility()`, hidden))
	p.visit("")
	const cell = `document.querySelector(".matrix td.sum a")`
	want := eval[int](p, `Number(`+cell+`.textContent)`)
	p.click(".matrix td.sum a")
	if got := len(p.showing()); got != want || want == 0 {
		t.Errorf("a count of %d shows %d", want, got)
	}
	fragment := eval[string](p, "location.hash.slice(1)")
	state, err := url.ParseQuery(fragment)
	if err != nil || state.Get("verdict") != "fail" || state.Get("rule") == "" {
		t.Errorf("the address says %q (%v)", fragment, err)
	}
	dead := eval[[]string](p, `[...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !id.includes("=") && !document.getElementById(id))`)
	if len(dead) > 0 {
		t.Errorf("links to nowhere: %v", dead)
	}
	twice := eval[[]string](p, `[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`)
	if len(twice) > 0 {
		t.Errorf("the same id twice: %v", twice)
	}
}

// testMap chooses an environment and looks at the picture.
func testMap(t *testing.T, p *tab) {
	seen := `[...document.querySelectorAll(".sheet")].filter((s) => s.checkVisibility()).map((s) => s.dataset.map)`
	if diff := godiff.Diff([]string{"prod"}, eval[[]string](p, seen)); diff != "" {
		t.Error(diff)
	}
	p.choose("#map-choice", "dev")
	if diff := godiff.Diff([]string{"dev"}, eval[[]string](p, seen)); diff != "" {
		t.Error(diff)
	}
	p.visit(eval[string](p, "location.hash.slice(1)"))
	if diff := godiff.Diff([]string{"dev"}, eval[[]string](p, seen)); diff != "" {
		t.Error(diff)
	}
	p.click(`.sheet:not([hidden]) .picture > summary`)
	p.until(`[...document.querySelectorAll(".sheet:not([hidden]) .picture img")].every((i) => i.complete && i.naturalWidth > 500)`)
	p.click(`.sheet:not([hidden]) .line > summary`)
	p.until(`document.querySelector(".sheet:not([hidden]) .reasons").checkVisibility()`)
}

func testWidths(t *testing.T, p *tab) {
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => { d.open = true })`))
	for _, width := range []int64{360, 800, 1600} {
		p.do(chromedp.EmulateViewport(width, 900))
		if wide := eval[int64](p, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("at %d the page is %d wide: %v", width, wide, eval[[]string](p, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".scroll, .source, pre")).map((e) => e.localName + "." + e.className)`))
		}
	}
}

// testPrint looks at the page as it is printed: everything is expanded and
// controls are gone.
func testPrint(t *testing.T, p *tab) {
	p.do(command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	if n := eval[int](p, `[...document.querySelectorAll(".finding:not([hidden]) .body")].filter((b) => b.getBoundingClientRect().height < 40).length`); n > 0 {
		t.Errorf("%d findings are printed without their text", n)
	}
	if eval[bool](p, `document.querySelector("#filter").checkVisibility()`) {
		t.Error("the filter is printed")
	}
}

// testNoScript: without scripts everything is there, and nothing that does nothing.
func testNoScript(t *testing.T, p *tab, r *report.Report) {
	if got := len(p.showing()); got != len(r.Findings) {
		t.Errorf("%d of %d findings can be seen", got, len(r.Findings))
	}
	if n := eval[int](p, `[...document.querySelectorAll(".sheet")].filter((s) => s.checkVisibility()).length`); n < 2 {
		t.Errorf("%d maps can be seen", n)
	}
	dead := eval[[]string](p, `[...document.querySelectorAll("button, input, select")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`)
	if len(dead) > 0 {
		t.Errorf("controls without a script: %v", dead)
	}
	p.click(".finding > summary")
	p.until(`document.querySelector(".finding .source").checkVisibility()`)
}
