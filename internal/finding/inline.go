package finding

import (
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// marker finds an ignore comment after a comment sign of HCL, YAML, shell or
// JSON with comments. The marker inside a string that also holds a comment sign
// is not worth a parser for each format.
var marker = regexp.MustCompile(`(?:#|//|/\*)\s*drlint:ignore\b([^\n]*)`)

var reasonPattern = regexp.MustCompile(`reason\s*=\s*"([^"]*)"`)

// comment is one `# drlint:ignore RULE[,RULE] reason="…"`.
type comment struct {
	rules  []string
	reason string
	at     source.Range
	// line is the line that the comment is about: its own when code stands
	// before it, else the next line that is neither blank nor a comment.
	line int
}

// SuppressInline marks the findings that a comment in the file accepts: on the
// line that decides, above it, on or above the block that declares the asset,
// and on or above a module call that leads to it. Comments without a reason or
// without a rule accept nothing and are reported.
func SuppressInline(findings []Finding, sources *source.Store) []source.Diagnostic {
	comments := map[string][]comment{}
	var diagnostics []source.Diagnostic
	in := func(file string) []comment {
		if known, ok := comments[file]; ok {
			return known
		}
		found, problems := commentsIn(file, sources.Lines(file))
		comments[file] = found
		diagnostics = append(diagnostics, problems...)
		return found
	}
	for i := range findings {
		f := &findings[i]
		places := []source.Range{f.At, f.Body}
		if len(f.Instances) == 0 {
			for _, call := range f.Via {
				places = append(places, call.At)
			}
		}
		for _, at := range places {
			if at.IsZero() || f.Suppressed != nil {
				continue
			}
			line := sources.Place(at).Start.Line
			for _, c := range in(at.File) {
				if c.line == line && slices.Contains(c.rules, f.Rule.ID) {
					f.Suppressed = &Suppression{Kind: "inline", Reason: c.reason, At: c.at}
				}
			}
		}
	}
	return diagnostics
}

func commentsIn(file string, lines *source.Lines) (found []comment, problems []source.Diagnostic) {
	if lines == nil {
		return nil, nil
	}
	for number := 1; number <= lines.Count(); number++ {
		text := lines.Text(number)
		if !strings.Contains(text, "drlint:ignore") {
			continue
		}
		span := marker.FindStringSubmatchIndex(text)
		if span == nil {
			continue
		}
		start := lines.Offset(source.Pos{Line: number, Column: 1})
		at := source.Range{File: file, Start: start + span[0], End: start + span[1]}
		c, flaw := parseComment(text[span[2]:span[3]], at)
		if flaw != "" {
			problems = append(problems, source.Diagnostic{
				Code: "ignore/incomplete", Severity: source.Warning, Summary: flaw, At: at,
				Detail: `write # drlint:ignore RULE reason="why this is accepted"`,
			})
			continue
		}
		c.line = number
		if strings.TrimSpace(text[:span[0]]) == "" {
			c.line = nextCode(lines, number+1)
		}
		found = append(found, c)
	}
	return found, problems
}

func parseComment(text string, at source.Range) (c comment, flaw string) {
	c.at = at
	if reason := reasonPattern.FindStringSubmatchIndex(text); reason != nil {
		c.reason = strings.TrimSpace(text[reason[2]:reason[3]])
		text = text[:reason[0]]
	}
	c.rules = strings.FieldsFunc(strings.TrimSuffix(strings.TrimSpace(text), "*/"), func(r rune) bool {
		return r == ',' || r == ' ' || r == '\t'
	})
	switch {
	case len(c.rules) == 0:
		return c, "this comment ignores nothing: it names no rule"
	case c.reason == "":
		return c, "this comment ignores nothing: it gives no reason"
	default:
		return c, ""
	}
}

// nextCode returns the first line from number on that is neither blank nor a comment.
func nextCode(lines *source.Lines, number int) int {
	for ; number <= lines.Count(); number++ {
		text := strings.TrimSpace(lines.Text(number))
		if text != "" && !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "/*") {
			return number
		}
	}
	return number
}
