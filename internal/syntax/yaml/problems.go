package yaml

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// maxProblems bounds the diagnostics of one file; the last one says that there
// are more.
const maxProblems = 20

// problems collects the diagnostics of one file.
type problems struct {
	path  string
	found []source.Diagnostic
}

func (p *problems) add(severity source.Severity, code string, start, end int, summary, detail string) {
	if len(p.found) > maxProblems {
		return
	}
	problem := source.Diagnostic{
		Code: code, Severity: severity, Summary: summary, Detail: detail,
		At: source.Range{File: p.path, Start: start, End: end},
	}
	if len(p.found) == maxProblems {
		problem.Code, problem.Severity = "yaml/more", source.Warning
		problem.Summary, problem.Detail = "the file has more problems from here on, which are not listed", "Solve those above first."
	}
	p.found = append(p.found, problem)
}

var (
	lineNumber    = regexp.MustCompile(`^yaml: (?:line (\d+): )?(?s:(.*))$`)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.+)' referenced$`)
)

// syntax reports a document that the parser turned down, at the text to blame.
func (p *problems) syntax(text []byte, base int, err error) {
	_, message := takeApart(err)
	place, advice := span{}, "Check the indentation, quotes and brackets up to this line."
	if match := unknownAnchor.FindStringSubmatch(message); match != nil {
		place.start = max(bytes.Index(text, []byte("*"+match[1])), 0)
		place.end = min(place.start+len("*")+len(match[1]), len(text))
		message = "the alias *" + match[1] + " has no anchor before it in this document"
		advice = "Anchors do not reach from one document to another."
	} else if at := bytes.IndexFunc(text, isControl); at >= 0 {
		place = span{at, at + 1}
		message = "it holds a control character"
		advice = "Remove the character, or write it as an escape in double quotes."
	} else {
		place = blame(text, message)
		advice = advise(text, place, message, advice)
	}
	p.add(source.Error, "yaml/syntax", base+place.start, base+place.end,
		"the document is not valid YAML: "+message, advice)
}

// isControl reports the characters that YAML does not allow.
func isControl(char rune) bool {
	return char < ' ' && char != '\t' && char != '\n' && char != '\r' || char >= 0x7f && char < 0xa0 && char != 0x85
}

// takeApart returns the line that the parser's error names, 0 for none.
func takeApart(err error) (line int, message string) {
	match := lineNumber.FindStringSubmatch(err.Error())
	if match == nil {
		return 0, err.Error()
	}
	line, _ = strconv.Atoi(match[1])
	return line, match[2]
}

// failure parses text again to learn the line, counted from 1, that its error
// names; ok is false when it parses. The parser cannot name its first line, so
// a comment goes before it, and counts from 0 where structure fails.
func failure(text []byte) (line int, message string, ok bool) {
	_, err := parse(append([]byte("#\n"), text...))
	if err == nil {
		return 0, "", false
	}
	line, message = takeApart(err)
	if !failsInStructure(message) {
		line--
	}
	return line, message, true
}

// failsInStructure tells the messages of the parser from those of its scanner.
func failsInStructure(message string) bool {
	rest, ok := strings.CutPrefix(message, "did not find expected ")
	return ok && slices.Contains([]string{"<document start>", "node content", "key", "'-' indicator", "',' or ']'", "',' or '}'"}, rest)
}

// maxBlamed bounds the documents that are parsed again and again to find a line.
const maxBlamed = 256 << 10

// blame returns the line that breaks a document. Where structure fails, the
// parser names the line on which the collection starts, so the shortest
// beginning of the document that fails in the same way is looked for: its last
// line is the one to blame.
func blame(text []byte, message string) span {
	line, _, _ := failure(text)
	starts := append(lineStarts(text), len(text))
	last := len(starts) - 1
	if failsInStructure(message) && len(text) <= maxBlamed {
		low, high := 1, last
		for low < high {
			middle := (low + high) / 2
			if otherLine, other, failed := failure(text[:starts[middle]]); failed && otherLine == line && other == message {
				high = middle
			} else {
				low = middle + 1
			}
		}
		line = low
	}
	line = min(max(line, 1), last)
	if strings.HasPrefix(message, "found a tab character") { // named is the line before it
		for line < last && !tabIndented(text[starts[line-1]:starts[line]]) {
			line++
		}
	}
	for line > 1 && !hasContent(text[starts[line-1]:starts[line]]) {
		line--
	}
	return contentOf(text, span{starts[line-1], starts[line]})
}

// contentOf drops the space around a line.
func contentOf(text []byte, line span) span {
	trimmed := bytes.TrimSpace(text[line.start:line.end])
	line.start += max(bytes.Index(text[line.start:line.end], trimmed), 0)
	return span{line.start, line.start + len(trimmed)}
}

// advise says what to do about a broken line, or else what is general.
func advise(text []byte, place span, message, general string) string {
	line := text[bytes.LastIndexByte(text[:place.start], '\n')+1 : place.end]
	switch {
	case tabIndented(line):
		return "Indent with spaces: YAML does not allow tabs."
	case bytes.Contains(line, []byte("{{")) || bytes.Contains(line, []byte("%{")):
		return "Template syntax outside of quotes is not YAML; exclude templates that are rendered first."
	case strings.Contains(message, "mapping values are not allowed"):
		return "Quote a text that contains a colon followed by a space, or check the indentation."
	default:
		return general
	}
}

// tabIndented reports whether a line has a tab before its content.
func tabIndented(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, " -?:"), []byte("\t"))
}
