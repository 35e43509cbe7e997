package guard

import (
	"fmt"
	"strings"
	"testing"
)

func stairs(levels int, line string) string {
	var text strings.Builder
	for level := range levels {
		fmt.Fprintf(&text, "%s%s\n", strings.Repeat(" ", level), line)
	}
	return text.String()
}

func TestYAMLDepth(t *testing.T) {
	flow := strings.Repeat("[", 300)
	tests := map[string]struct {
		text string
		at   int
	}{
		"flat":                     {"a:\n  - b: [1, {c: d}]\n    e: \"[\"\n", -1},
		"block mappings":           {stairs(300, "a:"), 250*(250-1)/2 + 250*len("a:\n") + 250},
		"dashes on one line":       {strings.Repeat("- ", 300) + "a", 500},
		"flow lists":               {"a: " + flow, 3 + 249},
		"flow mappings":            {strings.Repeat("{a: ", 300), 4 * 249},
		"flow after a tag":         {"a: !x &y " + flow, 9 + 249},
		"flow in the next line":    {"a: [\n" + flow, 5 + 248},
		"after a block scalar":     {"a: |\n  b\nc: " + flow, 9 + 3 + 249},
		"after a quoted scalar":    {"a: 'it''s [' # \"\nb: " + flow, 17 + 3 + 249},
		"after a marker":           {"a: [\n--- " + flow, 5 + 4 + 250},
		"in a plain scalar":        {"a: b " + flow, -1},
		"in a plain continuation":  {"a: b\n  " + flow + "\nc: d", -1},
		"in a comment":             {"a: b # " + flow + "\n# " + flow + "\n", -1},
		"in double quotes":         {"a: \"\\\" " + flow + "\n  " + flow + "\"\n", -1},
		"in single quotes":         {"a: 'b''" + flow + "\n  " + flow + "'\n", -1},
		"in a literal":             {"a:\n  - run: |-\n      " + flow + "\n\n      " + flow + "\n  - b\n", -1},
		"in a folded top":          {"--- >\n" + flow + "\n", -1},
		"in a literal after -":     {"- |\n " + flow + "\n- a\n", -1},
		"steps in a literal":       {"a: |\n" + stairs(300, "   a:"), -1},
		"expressions":              {strings.Repeat("a: ${{ b['c'] }}\n", 300), -1},
		"Helm actions":             {strings.Repeat("a: {{ .Values.b | default \"c\" }}\n", 300), -1},
		"many documents":           {strings.Repeat("---\na: [\n", 300), -1},
		"up and down":              {strings.Repeat("a:\n  b:\n    - c:\n        d\n", 300), -1},
		"apostrophes in flow text": {"a: [it's, don't]\nb: " + "[c]", -1},
		"Windows line ends":        {"a: |\r\n  " + flow + "\r\nb: c\r\n", -1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantDepth(t, test.text, YAML, test.at) })
	}
}

func FuzzYAML(f *testing.F) {
	for _, seed := range []string{"a: [b, {c: 'd'}]", "- - |\n  x\n- \"\\", "--- >\n[", "? a\n: b", "a: &x !y *z", "\xef\xbb\xbf# c", "\t- '"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, limit := range []int{0, 1, 5} {
			if found := scanYAML(data, limit); found.reason != fits && (found.at < 0 || found.at >= len(data)) {
				t.Errorf("placed at %d of %d bytes", found.at, len(data))
			}
		}
	})
}

func BenchmarkScan(b *testing.B) {
	samples := map[string]struct {
		text   string
		limits Limits
	}{
		"hcl":  {"resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"${var.prefix}-raw\" # the copy\n  tags   = merge(local.tags, { stage = \"raw\" })\n}\n\n", HCL},
		"json": {"{\"type\": \"Microsoft.Storage/storageAccounts\", \"properties\": {\"a\": [1, true]}},\n", JSON},
		"yaml": {"jobs:\n  - name: deploy\n    run: |\n      terraform apply\n    with: {a: 'b', c: [1, 2]}\n", YAML},
	}
	for name, sample := range samples {
		b.Run(name, func(b *testing.B) {
			data := []byte(strings.Repeat(sample.text, 10_000))
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if problem := checkDepth("f", data, sample.limits); problem != nil {
					b.Fatal(problem)
				}
			}
		})
	}
}
