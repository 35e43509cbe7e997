package finding

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Everywhere is the key of advice that holds whoever the provider is.
const Everywhere = "all"

// providers are those that advice can be for, as the model names them, in the
// order in which several texts are shown, and how people write them.
var providers = []struct{ name, title string }{
	{Everywhere, "Everywhere"},
	{"azure", "Azure"},
	{"aws", "AWS"},
	{"google", "Google Cloud"},
	{"databricks", "Databricks"},
	{"fabric", "Microsoft Fabric"},
	{"spark", "Apache Spark"},
	{"github", "GitHub"},
	{"gitlab", "GitLab"},
	{"azuredevops", "Azure DevOps"},
	{"bitbucket", "Bitbucket"},
	{"terraform", "Terraform"},
}

// Advice is what to write instead, by the provider whose users it is for;
// Everywhere is the key of a text for all others. In metadata and in JSON one
// text for everybody is a string.
type Advice map[string]string

// Passage is the part of advice that is for the users of one provider.
type Passage struct {
	// Provider is how people write the provider; empty for what holds everywhere.
	Provider string
	Text     string
}

// For is the text for the users of some providers: for each its own, else the
// one for everybody. It is all texts where one of them has neither, and where
// no provider is named.
func (a Advice) For(names ...string) string {
	wanted := Advice{}
	for _, name := range names {
		if a[name] == "" {
			name = Everywhere
		}
		if a[name] == "" {
			return a.joined()
		}
		wanted[name] = a[name]
	}
	if len(wanted) == 0 {
		return a.joined()
	}
	return wanted.joined()
}

// joined is all passages in one paragraph, each with its provider unless it is
// the only one.
func (a Advice) joined() string {
	passages := a.Passages()
	var texts []string
	for _, p := range passages {
		if p.Provider != "" && len(passages) > 1 {
			p.Text = p.Provider + ": " + p.Text
		}
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, " ")
}

// Passages lists all texts: first the one for everybody, then by provider.
func (a Advice) Passages() (list []Passage) {
	for _, p := range providers {
		switch text := a[p.name]; {
		case text == "":
		case p.name == Everywhere:
			list = append(list, Passage{Text: text})
		default:
			list = append(list, Passage{Provider: p.title, Text: text})
		}
	}
	return list
}

// Faults lists keys that are no providers and texts that say nothing.
func (a Advice) Faults() (faults []string) {
	var known []string
	for _, p := range providers {
		known = append(known, p.name)
	}
	for name, text := range a {
		switch {
		case !slices.Contains(known, name):
			faults = append(faults, fmt.Sprintf("%q is none of %v", name, known))
		case text == "":
			faults = append(faults, fmt.Sprintf("the text for %q is empty", name))
		}
	}
	slices.Sort(faults)
	return faults
}

// UnmarshalJSON reads one text for everybody, or an object of texts by provider.
func (a *Advice) UnmarshalJSON(data []byte) error {
	*a = nil
	texts := map[string]string{}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		if err := json.Unmarshal(data, &texts); err != nil {
			return errors.New("fix: every provider has one text")
		}
	} else {
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return errors.New("fix is neither a text nor an object of texts by provider")
		}
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		texts[Everywhere] = text
	}
	*a = Advice{}
	for name, text := range texts {
		(*a)[name] = strings.TrimSpace(text)
	}
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads; advice that is empty is an empty text.
func (a Advice) MarshalJSON() ([]byte, error) {
	var value any = map[string]string(a)
	if text, ok := a[Everywhere]; len(a) == 0 || ok && len(a) == 1 {
		value = text
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // left to whoever encodes the whole
	err := encoder.Encode(value)
	return out.Bytes(), err
}
