package pages

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// Cover is how one statement of the guide is checked.
type Cover struct {
	Statement finding.Statement
	// Rules are the IDs of the rules that follow from it.
	Rules []string
	// Reason says why no repository can show it.
	Reason string
}

// Coverage lists how every statement of the guide is checked, in the guide's order.
func Coverage(index []finding.Rule) []Cover {
	covers := make([]Cover, len(guide))
	for i, s := range guide {
		covers[i] = Cover{Statement: s.name, Reason: unshown[s.name]}
		for j := range index {
			if slices.Contains(index[j].Guide, s.name) {
				covers[i].Rules = append(covers[i].Rules, index[j].ID)
			}
		}
	}
	return covers
}

const coverageHead = `<!-- Generated from the rules' metadata; go generate ./rules writes it. -->

# The guide, statement by statement

Every rule follows from statements of a guide to backup and disaster recovery of
data platforms. This is the whole guide in statements of our own words, with the
line of its text, and what checks each of them.

Some statements depend on what people decide and no configuration shows: how much
may be lost, how long a load takes. Rules take that from ` + "`.drlint.yaml`" + ` or from tags,
by the names in the last column, and draw no conclusion from what nobody declares.

| statement | line | what it says | checked by | declared |
| --- | --- | --- | --- | --- |
`

// coverage is the document that shows it.
func coverage(rules fs.FS, index []finding.Rule) ([]byte, error) {
	asked := map[string][]string{}
	for i := range index {
		names, err := declaredIn(rules, index[i].ID)
		if err != nil {
			return nil, err
		}
		asked[index[i].ID] = names
	}
	var b strings.Builder
	b.WriteString(coverageHead)
	for i, cover := range Coverage(index) {
		s := guide[i]
		checked, names := []string{}, []string{}
		for _, id := range cover.Rules {
			checked = append(checked, fmt.Sprintf("[%s](rules/%s.md)", id, id))
			names = append(names, asked[id]...)
		}
		if cover.Reason != "" {
			checked = append(checked, "no rule: "+cover.Reason)
		}
		slices.Sort(names)
		fmt.Fprintf(&b, "| G%s | %d | %s | %s | %s |\n", s.name, s.line, s.text, strings.Join(checked, ", "), strings.Join(slices.Compact(names), ", "))
	}
	return []byte(b.String()), nil
}

var declaredName = regexp.MustCompile(`\bdeclared\.([a-z][a-z_]*)`)

// declaredIn lists the declarations that a rule's condition reads.
func declaredIn(rules fs.FS, id string) (names []string, err error) {
	condition, err := fs.ReadFile(rules, path.Join(id, "rule.rego"))
	if err != nil {
		return nil, err
	}
	for _, match := range declaredName.FindAllSubmatch(condition, -1) {
		names = append(names, "`"+string(match[1])+"`")
	}
	return names, nil
}
