package guard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestJSONDepth(t *testing.T) {
	tests := map[string]struct {
		text string
		at   int // of the diagnostic, -1 for none
	}{
		"flat":                 {`{"a": [1, {"b": "[[[["}]}`, -1},
		"strings":              {`["` + strings.Repeat("[", 500) + `"]`, -1},
		"escaped quotes":       {`["\"` + strings.Repeat("[", 500) + `\\"]`, -1},
		"comments":             {"[1 // " + strings.Repeat("[", 500) + "\n/* [[" + strings.Repeat("[", 500) + " */]", -1},
		"an open comment":      {"[/*" + strings.Repeat("[", 500), -1},
		"strings over lines":   {"[\"\n" + strings.Repeat("[", 500) + "\n\"]", -1},
		"many in turn":         {strings.Repeat("[],", 500), -1},
		"closers first":        {strings.Repeat("]", 500) + strings.Repeat("[", 250), -1},
		"deep":                 {strings.Repeat("[", 251), 250},
		"deep objects":         {strings.Repeat(`{"a":`, 251), 250 * 5},
		"after a comment":      {"/*/ */" + strings.Repeat("[", 251), 256},
		"after a slash":        {"/" + strings.Repeat("[", 251), 251},
		"after an open string": {"\"a\\", -1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantDepth(t, test.text, JSON, test.at) })
	}
}

func wantDepth(t *testing.T, text string, limits Limits, at int) {
	t.Helper()
	switch problem := Check("f", []byte(text), limits); {
	case problem == nil && at >= 0:
		t.Errorf("accepted, want a diagnostic at %d", at)
	case problem != nil && at < 0:
		t.Errorf("got %+v, want none", *problem)
	case problem != nil && (problem.Code != "guard/too-deep" || problem.At.Start != at || problem.At.End != at+1):
		t.Errorf("got %+v, want guard/too-deep at %d", *problem, at)
	}
}

func TestHCLJSONDepth(t *testing.T) {
	deep := strings.Repeat("(", 300)
	tests := map[string]struct {
		text string
		at   int
	}{
		"flat":                    {`{"a": "${b[0]} ((( \n \u00e9"}`, -1},
		"literal":                 {`{"a": "` + deep + `"}`, -1},
		"deep":                    {strings.Repeat("[", 251), 250},
		"an interpolation":        {`{"a": "${` + deep + `"}`, 6},
		"an escaped dollar":       {`{"a": "\u0024{` + deep + `"}`, 6},
		"escaped brackets":        {`{"a": "${` + strings.Repeat(`\u0028`, 300) + `"}`, 6},
		"after a newline":         {`{"a": "${\n` + deep + `"}`, 6},
		"a string ended by a tab": {"\"\t" + strings.Repeat("[", 251), 252},
		"no comments":             {"//\"\n" + strings.Repeat("[", 251), 254},
		"a broken escape":         {`{"a": "\uZZ ${` + deep, 6},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantDepth(t, test.text, HCLJSON, test.at) })
	}
}

// FuzzJSON compares the depth of valid JSON with what encoding/json counts.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a": [1, "]\"["]}`, `[[[]],{}]`, `"\\"`, `[/*[*/]`, "{\"a\": 'b'} // [", `["\u005b${(}"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, scan := range []func([]byte, int) verdict{scanJSON, scanHCLJSON} {
			if found := scan(data, 250); found.reason != fits && found.at >= len(data) {
				t.Fatalf("placed at %d of %d bytes", found.at, len(data))
			}
		}
		if !json.Valid(data) {
			return
		}
		depth := jsonDepth(data)
		if scanJSON(data, depth).reason != fits || depth > 0 && scanJSON(data, depth-1).reason == fits {
			t.Errorf("%q has depth %d", data, depth)
		}
		if depth > 0 && scanHCLJSON(data, depth-1).reason == fits {
			t.Errorf("%q has depth %d", data, depth)
		}
	})
}

func jsonDepth(data []byte) (deepest int) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return deepest
		}
		switch fmt.Sprint(token) {
		case "{", "[":
			if _, isBracket := token.(json.Delim); isBracket {
				depth++
			}
		case "}", "]":
			if _, isBracket := token.(json.Delim); isBracket {
				depth--
			}
		}
		deepest = max(deepest, depth)
	}
}
