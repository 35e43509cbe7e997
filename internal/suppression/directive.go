package suppression

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/agext/levenshtein"
)

// directive is what one comment says: `drlint:ignore RULE[,RULE] reason="…"
// until=2027-01-31 owner=team`. Offsets count from the start of its text.
type directive struct {
	// wholeFile marks drlint:ignore-file.
	wholeFile            bool
	rules                []named
	reason, until, owner string
	// flaw says why the comment ignores nothing; empty where it is complete.
	flaw string
}

// named is a rule, or a glob over rules, and where it is written.
type named struct {
	text       string
	start, end int
}

// attempt is what looks as if it were meant to be a directive: "drlint:ignore",
// "drlint.ignore", "drlint: skip", "DRLINT ignore".
var attempt = regexp.MustCompile(`(?i)^drlint(\s*[:.\-_/=]+\s*|\s+)([a-z]+)`)

// words are how other linters say ignore.
var words = []string{"ignore", "skip", "disable", "suppress", "accept", "allow", "exclude", "nolint", "noqa", "off"}

const (
	onePlace = "drlint:ignore"
	allOfIt  = "drlint:ignore-file"
)

// readDirective reads the text of a comment that begins with drlint. meant is
// false where it is prose.
func readDirective(text string) (d directive, meant bool) {
	head, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	switch head {
	case onePlace, allOfIt:
		d.wholeFile = head == allOfIt
		d.read(text, len(head))
		return d, true
	}
	parts := attempt.FindStringSubmatch(text)
	if parts == nil {
		return d, false
	}
	separator, word := parts[1], strings.ToLower(parts[2])
	if !near(word) || strings.TrimSpace(separator) == "" && !strings.Contains(text, "/") && !strings.Contains(text, "reason") {
		return d, false
	}
	d.flaw = fmt.Sprintf("%q is not how a comment ignores a rule", head)
	return d, true
}

// near reports whether a word says ignore, perhaps misspelt.
func near(word string) bool {
	for _, known := range words {
		if word == known {
			return true
		}
	}
	return levenshtein.Distance(word, words[0], nil) <= 2
}

// read reads what stands behind the name of the directive.
func (d *directive) read(text string, at int) {
	at = d.readRules(text, at)
	for d.flaw == "" {
		at += blanks(text[at:])
		if at == len(text) {
			break
		}
		at = d.readKey(text, at)
	}
	switch {
	case d.flaw != "":
	case len(d.rules) == 0:
		d.flaw = "it names no rule"
	case len(d.reason) < shortestReason:
		d.flaw = "it gives no reason"
	}
}

// shortestReason is the length that the schema of the configuration asks for.
const shortestReason = 3

// readRules reads rules that commas separate.
func (d *directive) readRules(text string, at int) int {
	for {
		start := at + blanks(text[at:])
		length := strings.IndexAny(text[start:], " \t,=")
		if length < 0 {
			length = len(text) - start
		}
		end := start + length
		if length == 0 || end < len(text) && text[end] == '=' {
			return start // a key, or nothing
		}
		d.rules = append(d.rules, named{text[start:end], start, end})
		at = end + blanks(text[end:])
		if at == len(text) || text[at] != ',' {
			return at
		}
		at++
	}
}

// readKey reads key=value; a value with blanks is quoted.
func (d *directive) readKey(text string, at int) int {
	key, rest, found := strings.Cut(text[at:], "=")
	key = strings.TrimSpace(key)
	if !found || strings.ContainsAny(key, " \t,\"'") {
		word, _, _ := strings.Cut(text[at:], " ")
		d.flaw = fmt.Sprintf("%q is neither a rule behind a comma nor reason=\"…\", until=… or owner=…", word)
		return len(text)
	}
	start := len(text) - len(rest)
	start += blanks(rest)
	value, end := text[start:], len(text)
	if quote := text[start:min(start+1, len(text))]; quote == `"` || quote == "'" {
		length := strings.Index(text[start+1:], quote)
		if length < 0 {
			d.flaw = "nothing ends the quoted text of " + key
			return len(text)
		}
		value, end = text[start+1:start+1+length], start+2+length
	} else if length := strings.IndexAny(value, " \t"); length >= 0 {
		value, end = value[:length], start+length
	}
	d.set(key, strings.TrimSpace(value))
	return end
}

func (d *directive) set(key, value string) {
	switch key {
	case "reason":
		d.reason = value
	case "owner":
		d.owner = value
	case "until":
		d.until = value
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			d.flaw = fmt.Sprintf("until=%s is no day such as 2027-01-31", value)
		}
	default:
		d.flaw = fmt.Sprintf("it has an unknown key %q; known are reason, until and owner", key)
	}
}

func blanks(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }
