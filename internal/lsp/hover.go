package lsp

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
)

// onHover explains the findings at a place.
func (s *server) onHover(r *request, params json.RawMessage) (any, error) {
	p, err := read[hoverParams](params)
	if err != nil {
		return nil, err
	}
	d := s.docs[p.TextDocument.URI]
	if d == nil || d.root == nil {
		return nil, nil
	}
	return s.whenScanned(r, d.root, func() (any, error) {
		at := d.text.offset(p.Position)
		var found []entry
		for _, e := range d.entries() {
			if e.finding != nil && e.at.Start <= at && at <= e.at.End {
				found = append(found, e)
			}
		}
		if len(found) == 0 {
			return nil, nil
		}
		return hover{Contents: s.explain(found), Range: found[0].shown.Range}, nil
	})
}

// entries are what the last scan says about a document, which must be what that
// scan saw.
func (d *document) entries() []entry {
	if d.root == nil || d.root.last == nil {
		return nil
	}
	if v := d.root.last.views[d.file]; v != nil && v.text == d.text {
		return v.entries
	}
	return nil
}

// explain says everything about findings, in the markup that the editor shows.
func (s *server) explain(found []entry) markup {
	write, kind, rule := explainPlain, plaintext, "\n\n"
	if s.client.styled {
		write, kind, rule = explainMarkdown, markdown, "\n---\n\n"
	}
	var parts []string
	for _, e := range found {
		parts = append(parts, write(e.finding))
	}
	return markup{Kind: kind, Value: strings.Join(parts, rule)}
}

func explainMarkdown(f *finding.Finding) string {
	var b strings.Builder
	name := "`" + f.Rule.ID + "`"
	if !f.Rule.Custom {
		name = fmt.Sprintf("[%s](%s)", name, report.RulePage(f.Rule.ID))
	}
	fmt.Fprintf(&b, "**%s** %s\n\n%s\n\n", grade(f), name, escaped(f.Message))
	fmt.Fprintf(&b, "**Why** %s\n\n**Fix** %s\n", escaped(f.Rule.Description), escaped(f.Advice()))
	for _, fact := range facts(f) {
		fmt.Fprintf(&b, "\n**%s** %s\n", fact.label, escaped(fact.text))
	}
	fmt.Fprintf(&b, "\n**Ignore** `%s`\n", ignoreText(f.Rule.ID, "…"))
	return b.String()
}

func explainPlain(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s\n\nWhy: %s\n\nFix: %s\n", grade(f), f.Rule.ID, printable(f.Message), printable(f.Rule.Description), printable(f.Advice()))
	for _, fact := range facts(f) {
		fmt.Fprintf(&b, "\n%s: %s\n", fact.label, printable(fact.text))
	}
	fmt.Fprintf(&b, "\nIgnore: %s\n", ignoreText(f.Rule.ID, "…"))
	return b.String()
}

func grade(f *finding.Finding) string {
	if f.Verdict == finding.Unknown {
		return "unknown"
	}
	return string(f.Severity)
}

type fact struct{ label, text string }

// facts are what is known about the subject besides the message.
func facts(f *finding.Finding) (known []fact) {
	known = append(known, fact{"Asset", f.Subject.Address})
	if len(f.Subject.Stages) > 0 {
		known = append(known, fact{"Stage", strings.Join(f.Subject.Stages, ", ")})
	}
	if where := f.Where(); where != "" {
		known = append(known, fact{"Environments", where})
	}
	if len(f.Instances) > 0 {
		var also []string
		for _, instance := range f.Instances {
			also = append(also, instance.Subject.Address)
		}
		known = append(known, fact{"Also", strings.Join(also, ", ")})
	}
	return known
}

// ignoreText is what accepts the findings of a rule, without the comment sign.
func ignoreText(rule, reason string) string {
	return fmt.Sprintf("drlint:ignore %s reason=%q", rule, reason)
}
