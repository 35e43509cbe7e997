package yaml

import (
	"strings"
	"testing"
)

func TestParseRepeating(t *testing.T) {
	text := "a:\n  ${{ if x }}: 1\n  ${{ else }}: 2\n  ${{ if y }}: 3\n  ${{ else }}: 4\n  b: 5\n  b: 6\n"
	documents, problems := ParseRepeating("f", []byte(text), func(key string) bool { return strings.HasPrefix(key, "${{") })
	if len(problems) != 1 || problems[0].Code != "yaml/duplicate-key" || text[problems[0].At.Start:problems[0].At.End] != "b" {
		t.Errorf("problems %v, want one about b", problems)
	}
	var got []string
	for _, field := range documents[0].Value.Get("a").Fields {
		value, _ := field.Value.AsString()
		got = append(got, text[field.At.Start:field.At.End]+"="+value)
	}
	want := "${{ if x }}=1 ${{ else }}=2 ${{ if y }}=3 ${{ else }}=4 b=6"
	if strings.Join(got, " ") != want {
		t.Errorf("members %v, want %s", got, want)
	}
	if _, problems := Parse("f", []byte("a: 1\na: 2\n")); len(problems) != 1 {
		t.Errorf("Parse keeps silent about a key that is written twice: %v", problems)
	}
}
