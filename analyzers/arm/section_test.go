package arm

import "testing"

func TestSection(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"a": 1, "parameters": {"x": {}}, "b": 2}`, ` {"x": {}}`},
		{`{"a": {"parameters": {"y": 1}}, "Parameters" : {"x": "}\"}"}}`, ` {"x": "}\"}"}`},
		{"{// \"parameters\": {\n /* { */ \"parameters\": [1] }", ` [1]`},
		{`{"a": "parameters", "b": {}}`, ``},
		{`{"parameters": {"x": `, ``},
		{`{"parameters"`, ``},
		{`{/`, ``},
		{`{/*`, ``},
		{`{"`, ``},
		{``, ``},
		{`}]`, ``},
	}
	for _, test := range tests {
		if got := string(section([]byte(test.text), "parameters")); got != test.want {
			t.Errorf("%s: got %q", test.text, got)
		}
	}
}
