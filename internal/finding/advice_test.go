package finding

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A text for everybody stays a string; texts by provider are an object.
func TestAdviceIsReadAndWritten(t *testing.T) {
	for text, want := range map[string]Advice{
		`"Use <GRS>."`:                 {Everywhere: "Use <GRS>."},
		`{"all":"Copy it."}`:           {Everywhere: "Copy it."},
		`{"aws":" x\n","azure":"y"}`:   {"aws": "x", "azure": "y"},
		`{"aws":"x","all":"y & more"}`: {"aws": "x", Everywhere: "y & more"},
		`" "`:                          nil,
	} {
		var got Advice
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		data, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		var again Advice
		if err := json.Unmarshal(data, &again); err != nil || !cmp.Equal(got, again) {
			t.Errorf("%s is written as %s (%v)", text, data, err)
		}
	}
	for _, text := range []string{`1`, `["x"]`, `{"aws": 1}`, `{"aws": {"all": "x"}}`} {
		var got Advice
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}

func TestAdviceIsForTheProviderOfTheSubject(t *testing.T) {
	both := Advice{"azure": "Lock it.", "aws": "Guard it."}
	general := Advice{"aws": "Guard it.", Everywhere: "Keep it."}
	for _, c := range []struct {
		advice    Advice
		providers []string
		want      string
	}{
		{both, []string{"aws"}, "Guard it."},
		{both, []string{"google"}, "Azure: Lock it. AWS: Guard it."},
		{both, []string{""}, "Azure: Lock it. AWS: Guard it."},
		{both, []string{"aws", "azure"}, "Azure: Lock it. AWS: Guard it."},
		{both, nil, "Azure: Lock it. AWS: Guard it."},
		{general, []string{"aws"}, "Guard it."},
		{general, []string{"google", "azure"}, "Keep it."},
		{general, []string{"google", "aws"}, "Keep it. AWS: Guard it."},
		{Advice{"aws": "Guard it."}, []string{"google"}, "Guard it."},
		{nil, []string{"aws"}, ""},
	} {
		if got := c.advice.For(c.providers...); got != c.want {
			t.Errorf("for %v, %v says %q, want %q", c.providers, c.advice, got, c.want)
		}
	}
}

func TestAdviceNamesProviders(t *testing.T) {
	if got := (Advice{"asw": "x", "aws": ""}).Faults(); len(got) != 2 {
		t.Errorf("faults %q, want a wrong name and an empty text", got)
	}
	if got := (Advice{"aws": "x", Everywhere: "y"}).Faults(); got != nil {
		t.Errorf("faults %q, want none", got)
	}
}
