package screenshot

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// The words of an image are those of the terminal, in its colours.
func TestWordsAndColours(t *testing.T) {
	image := string(SVG("a <run>", "\x1b[1mmain.tf\x1b[22m: \x1b[31;1mhigh\x1b[0;22m & <low>\n   next", 80))
	for _, want := range []string{
		`<title>a &lt;run&gt;</title>`,
		`<text class="terminal bold" x="16.0" y="29" textLength="54.6" lengthAdjust="spacingAndGlyphs">main.tf</text>`,
		`<text class="terminal bold red" x="86.2" y="29" textLength="31.2" lengthAdjust="spacingAndGlyphs">high</text>`,
		`>&amp; &lt;low&gt;</text>`,
		`<text class="terminal" x="39.4" y="47" textLength="31.2" lengthAdjust="spacingAndGlyphs">next</text>`,
	} {
		if !strings.Contains(image, want) {
			t.Errorf("no %s in\n%s", want, image)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(image))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// A long line goes on in the next one, in its style.
func TestLongLinesGoOn(t *testing.T) {
	image := string(SVG("x", "\x1b[36mabcdefgh\x1b[0m", 5))
	for _, want := range []string{`y="29" textLength="39.0" lengthAdjust="spacingAndGlyphs">abcde<`, `class="terminal cyan" x="16.0" y="47"`, `>fgh<`} {
		if !strings.Contains(image, want) {
			t.Errorf("no %s in\n%s", want, image)
		}
	}
}

// A style lasts until it is taken back, over the end of the line too.
func TestStylesLast(t *testing.T) {
	if image := string(SVG("x", "\x1b[2ma\nb\x1b[22mc", 5)); !strings.Contains(image, `class="terminal dim" x="16.0" y="47"`) || !strings.Contains(image, `class="terminal" x="23.8" y="47"`) {
		t.Errorf("got\n%s", image)
	}
}
