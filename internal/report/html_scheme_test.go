package report_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// contrast lists the texts that stand out too little from their ground, which is
// that of the nearest element with one: less than 4.5, or 3 for large letters.
const contrast = `(() => {
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!/, 0\)$/.test(color) && color !== "transparent") return color;
    }
    return "rgb(255, 255, 255)";
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg") || !element.checkVisibility()) continue;
    const texts = [[...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim()), ""];
    const layers = [["", texts[0]], ["::before", getComputedStyle(element, "::before").content !== "none" && getComputedStyle(element, "::before").content !== '""']];
    for (const [pseudo, any] of layers) {
      if (!any) continue;
      const style = getComputedStyle(element, pseudo);
      const a = light(style.color), b = light(ground(element));
      const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
      if (ratio < (large ? 3 : 4.5)) weak.push(ratio.toFixed(2) + " " + element.localName + "." + element.className + pseudo + ": " + element.textContent.trim().slice(0, 40));
    }
  }
  return [...new Set(weak)];
})()`

// testSchemes looks at both colour schemes, as the system asks for them and as
// the reader chooses them.
func testSchemes(t *testing.T, p *tab) {
	const expand = `document.querySelectorAll("details").forEach((d) => { d.open = true })`
	const ground = `getComputedStyle(document.body).backgroundColor`
	grounds := map[string]string{"light": "rgb(255, 255, 255)", "dark": "rgb(17, 21, 27)"}
	for _, scheme := range []string{"light", "dark"} {
		p.do(command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}))
		p.visit("verdict=")
		p.do(chromedp.Evaluate[chromedp.Void](expand))
		if got := eval[string](p, ground); got != grounds[scheme] {
			t.Errorf("%s: the page is %s", scheme, got)
		}
		for _, weak := range eval[[]string](p, contrast) {
			t.Errorf("%s: %s", scheme, weak)
		}
	}
	p.choose("#theme", "light") // although the system is dark
	if got := eval[string](p, ground); got != grounds["light"] {
		t.Errorf("chosen: the page is %s", got)
	}
	p.visit(eval[string](p, "location.hash.slice(1)"))
	if got := eval[string](p, ground); got != grounds["light"] {
		t.Errorf("the address does not keep the choice: the page is %s", got)
	}
	p.visit("")
	if got := eval[string](p, ground); got != grounds["dark"] {
		t.Errorf("the choice is remembered elsewhere: the page is %s", got)
	}
}
