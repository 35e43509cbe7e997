// Package pages derives the index of the rules and their pages from the rules'
// metadata and examples.
package pages

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/suppression"
)

// File is one generated file; Path is relative to the folder of the rules.
type File struct {
	Path string
	Data []byte
}

// docs is where pages lie, seen from the folder of the rules.
const docs = "../docs/rules"

// Generate reads the folder of the rules and returns the index, a page for each
// rule, the list of pages and how the guide is covered. Rules with a problem generate nothing.
func Generate(rules fs.FS) ([]File, error) {
	index, problems := policy.Check(rules)
	if len(problems) > 0 {
		errs := make([]error, len(problems))
		for i, p := range problems {
			errs[i] = p
		}
		return nil, errors.Join(errs...)
	}
	data, err := encode(index)
	if err != nil {
		return nil, err
	}
	covered, err := coverage(rules, index)
	if err != nil {
		return nil, err
	}
	files := []File{
		{Path: "index.json", Data: data},
		{Path: path.Join(docs, "README.md"), Data: contents(index, suppression.Rules())},
		{Path: path.Join(path.Dir(docs), "guide-coverage.md"), Data: covered},
	}
	for _, rule := range suppression.Rules() {
		files = append(files, File{Path: path.Join(docs, rule.ID+".md"), Data: page(&rule, "", nil)})
	}
	for i := range index {
		rule := &index[i]
		name := path.Join(rule.ID, "examples.txtar")
		archive, err := fs.ReadFile(rules, name)
		if err != nil {
			return nil, err
		}
		prose, examples, err := ParseExamples(archive)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, File{Path: path.Join(docs, rule.ID+".md"), Data: page(rule, prose, examples)})
	}
	return files, nil
}

func encode(index []finding.Rule) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(index); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

const generated = "<!-- Generated from the rule's metadata and examples; go generate ./rules writes it. -->\n\n"

// contents is the list of all rules, by category.
func contents(index, about []finding.Rule) []byte {
	index = slices.Concat(index, about)
	slices.SortStableFunc(index, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	var b strings.Builder
	b.WriteString(generated + "# Rules\n")
	category := ""
	for _, rule := range index {
		if own, _, _ := strings.Cut(rule.ID, "/"); own != category {
			category = own
			fmt.Fprintf(&b, "\n## %s\n\n| rule | severity | what it demands |\n| --- | --- | --- |\n", category)
		}
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s |\n", rule.ID, rule.ID, rule.Severity, rule.Title)
	}
	return []byte(b.String())
}
