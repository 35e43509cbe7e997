package recoverymap

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/model"
)

// TestArrowsCrossNoBox follows every arrow of a small and of a large platform.
func TestArrowsCrossNoBox(t *testing.T) {
	for name, b := range map[string]*builder{"retail": retail(), "large": large(160), "denser": large(47)} {
		for _, m := range b.atlas().Maps {
			s := lay(m)
			if len(s.routes) < 12 {
				t.Errorf("%s: only %d arrows", name, len(s.routes))
			}
			for _, r := range s.routes {
				points := s.corners(r)
				for i := 1; i < len(points); i++ {
					follow(t, s, r, points[i-1], points[i])
				}
			}
		}
	}
}

func follow(t *testing.T, s *scenery, r *route, a, b point) {
	t.Helper()
	if a.x != b.x && a.y != b.y {
		t.Errorf("%s: from %v to %v is neither level nor upright", r.title(), a, b)
	}
	for _, column := range s.columns {
		for _, st := range column {
			for _, n := range st.nodes {
				if max(a.x, b.x) > n.x && min(a.x, b.x) < n.x+boxWidth && max(a.y, b.y) > n.y && min(a.y, b.y) < n.y+n.h {
					t.Errorf("%s: from %v to %v crosses the box of %v", r.title(), a, b, n.names)
				}
			}
		}
	}
}

// TestBoxesLieApart: no box on another, each within its lane, lanes in order.
func TestBoxesLieApart(t *testing.T) {
	for _, b := range []*builder{retail(), large(160)} {
		s := lay(b.atlas().Maps[0])
		var all []*node
		for _, l := range s.lanes {
			if l.y+l.h > s.height || l.x < 0 || l.x+l.w > s.width {
				t.Errorf("lane %s leaves the picture", l.title)
			}
			for _, column := range l.columns {
				for _, st := range column {
					if st.y < l.y || st.y+st.h > l.y+l.h || st.x < l.x || st.x+columnWidth > l.x+l.w {
						t.Errorf("a block leaves lane %s", l.title)
					}
					all = append(all, st.nodes...)
				}
			}
		}
		for i, n := range all {
			for _, o := range all[:i] {
				if n.x < o.x+boxWidth && o.x < n.x+boxWidth && n.y < o.y+o.h && o.y < n.y+n.h {
					t.Errorf("%v lies on %v", n.names, o.names)
				}
			}
		}
	}
}

func TestTrunksAreDrawnOnce(t *testing.T) {
	var b bytes.Buffer
	if err := SVG(&b, retail().atlas(), Options{}); err != nil {
		t.Fatal(err)
	}
	// Three stores are backed up in one vault: one arrow has the head.
	if got := strings.Count(b.String(), `marker-end="url(#backed_up_by)"`); got != 2 { // and one in the legend
		t.Errorf("got %d heads, want 2", got)
	}
}

func TestJoin(t *testing.T) {
	trunk := &trunk{}
	trunk.join([]point{{0, 0}, {10, 0}, {10, 50}, {20, 50}})
	for _, c := range []struct {
		name     string
		from, to []point
	}{
		{"from the side", []point{{0, 30}, {10, 30}, {10, 50}, {20, 50}}, []point{{0, 30}, {10, 30}}},
		{"along it", []point{{0, 90}, {10, 90}, {10, 50}, {20, 50}}, []point{{0, 90}, {10, 90}, {10, 50}}},
		{"by itself", []point{{0, 200}, {15, 200}}, []point{{0, 200}, {15, 200}}},
	} {
		got, joins := trunk.join(c.from)
		if len(got) != len(c.to) || got[len(got)-1] != c.to[len(c.to)-1] || joins == (c.name == "by itself") {
			t.Errorf("%s: got %v, %t", c.name, got, joins)
		}
	}
}

func TestFitKeepsWithinPixels(t *testing.T) {
	for _, text := range []string{"", "stlake/raw", strings.Repeat("WM", 40), strings.Repeat("数据", 20), "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"} {
		if got := fit(text, 14, 120); measure(got, 14) > 120 {
			t.Errorf("%q is %d wide", got, measure(got, 14))
		}
	}
}

// elements parses a picture and counts its elements; it fails on anything that
// runs or loads something.
func elements(t *testing.T, svg string) map[string]int {
	t.Helper()
	count := map[string]int{}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return count
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		count[start.Name.Local]++
		for _, attribute := range start.Attr {
			if name := strings.ToLower(attribute.Name.Local); strings.HasPrefix(name, "on") || name == "href" || name == "src" {
				t.Errorf("<%s %s=%q>", start.Name.Local, name, attribute.Value)
			}
		}
	}
}

var plainElements = map[string]bool{"svg": true, "title": true, "style": true, "defs": true, "marker": true, "path": true, "rect": true, "text": true, "g": true}

// hostileTexts try to leave the place where they are written.
var hostileTexts = []string{
	`</text><script>alert(1)</script>`, `"><image href="https://example.com/x"/>`, "]]>", "a\x1b[31m\x00b", "a\nb\rc", `x"]:::gap; click n1 "https://example.com"`,
	"end", "`code` **bold** [link](https://example.com) | cell", "\u202eevil", "&amp;&#0;", "\xff\xfe", "\ufffe\uffff", "--> subgraph", "%%{init: {}}%%", strings.Repeat("x", 5000),
}

func hostilePlatform(text string) *Atlas {
	b := build(text)
	vault := b.add(model.BackupVault, "azure data_protection", "vault "+text)
	outer := b.add(model.ObjectStore, "azure storage", text, in(text))
	b.add(model.Container, "azure storage", text+"1", within(outer), staged(model.Raw), by(model.Backup, "azure.backup_data_lake", 24, 30, kept(vault)), related(backedUp, vault))
	b.add(model.Container, "azure storage", text+"2", within(outer), staged(model.Raw))
	curated := b.add(model.Database, text+" "+text, text+"3", staged(model.Curated), func(a *model.Asset) {
		a.Protections[model.Backup] = model.Protection{State: model.Undecided, Why: text, At: a.At}
		a.Maybe = text
	})
	b.flow(text, unclear, nil, curated, text)
	b.flow(text, model.UnknownFact(text, curated.At), curated, nil, text)
	b.add(model.OpaqueModule, "aws s3", text+"4").Address = text
	curated.Environment = text
	return b.atlas()
}

func checkHostile(t *testing.T, outputs map[string]string) {
	t.Helper()
	for name, written := range outputs {
		if !utf8.ValidString(written) {
			t.Errorf("%s is not UTF-8", name)
		}
		if strings.Contains(name, "json") {
			continue
		}
		if i := strings.IndexFunc(written, func(r rune) bool { return r != '\n' && hidden(r) }); i >= 0 {
			t.Errorf("%s: %q reached the output", name, written[i:min(len(written), i+4)])
		}
		switch name {
		case "svg":
			for element := range elements(t, written) {
				if !plainElements[element] {
					t.Errorf("the picture holds <%s>", element)
				}
			}
		case "mermaid":
			for _, line := range strings.Split(written, "\n") {
				if strings.Count(line, `"`)%2 != 0 || strings.Contains(line, "click") && strings.Contains(line, "http://") {
					t.Errorf("%q", line)
				}
			}
		}
	}
}

func TestHostileText(t *testing.T) {
	for _, text := range hostileTexts {
		checkHostile(t, everything(t, hostilePlatform(text)))
	}
}

func FuzzHostileText(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<8 {
			return
		}
		outputs := map[string]string{}
		for _, name := range []string{"table", "markdown", "mermaid", "svg"} {
			var b bytes.Buffer
			if err := writers[name](&b, hostilePlatform(text), Options{}); err != nil {
				t.Fatal(err)
			}
			outputs[name] = b.String()
		}
		checkHostile(t, outputs)
	})
}

func TestLiteral(t *testing.T) {
	for text, want := range map[string]string{
		"a|b": `a\|b`, "<b>": `&lt;b\>`, "*x*": `\*x\*`, "`x`": "\\`x\\`", "a & b": "a &amp; b", "[x](y)": `\[x\](y)`, "snake_case": `snake\_case`,
	} {
		if got := literal(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestEntity(t *testing.T) {
	for text, want := range map[string]string{
		`say "x"`: "say #34;x#34;", "<b>": "#60;b#62;", "#1": "#35;1", "`x`": "#96;x#96;", "a;b": "a#59;b", "st/raw · ✗ region": "st/raw · ✗ region",
	} {
		if got := entity(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestBarsCountWhatIsLoadedAgain: a fault whose only answer is to load again has
// a bar, and so has one with every answer.
func TestBarsCountWhatIsLoadedAgain(t *testing.T) {
	for _, counts := range []tally{{again: 1}, {answered: 1, again: 1, gaps: 1, open: 1}} {
		var b bytes.Buffer
		d := &drawing{out: bufio.NewWriter(&b)}
		d.tile(0, 0, model.RegionFault, counts)
		if err := d.out.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(b.String(), fmt.Sprintf(`width="%d"`, tileWidth/counts.all())); got != counts.all() {
			t.Errorf("%+v: %d of %d parts are as wide as they count:\n%s", counts, got, counts.all(), b.String())
		}
	}
}

// TestTheLegendFits: small pictures are as wide as their legend.
func TestTheLegendFits(t *testing.T) {
	var b bytes.Buffer
	if err := SVG(&b, build("small").atlas(), Options{}); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf(`viewBox="0 0 %d `, legendWidth()+2*margin); !strings.Contains(b.String(), want) {
		t.Errorf("not %s wide: %.200s", want, b.String())
	}
}
