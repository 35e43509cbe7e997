package shell

import (
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// lineWord is a word with what an assignment needs to know about it.
type lineWord struct {
	field
	name   string // the variable it starts with
	quoted bool
}

// assignments applies the assignments at the start of a command and returns
// the words after them.
func (l *lineReader) assignments(words []lineWord) []lineWord {
	switch {
	case len(words) == 0:
		return nil
	case l.frame.dialect == Cmd:
		if strings.EqualFold(words[0].text, "set") && len(words) == 2 {
			l.assign(words[1].text, words[1].at)
			return nil
		}
		return words
	}
	if words[0].text == "export" {
		words = words[1:]
	}
	for len(words) > 0 && l.assign(words[0].text, words[0].at) {
		words = words[1:]
	}
	return words
}

// assign applies NAME=value.
func (l *lineReader) assign(text string, at source.Range) bool {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !isName(name) {
		return false
	}
	l.set(name, field{text: value, at: at})
	return true
}

// set keeps a variable; one that is set inside braces may keep its old value.
func (l *lineReader) set(name string, value field) {
	if l.braces > 0 {
		l.r.forget(l.ctx.scope, name, "$"+name+" is set in a branch")
		return
	}
	set(l.ctx.scope, name, value)
}

// name reads the variable at an offset: its name in the scope and its length.
func (l *lineReader) name(at int) (name string, length int) {
	text := l.text[at:]
	switch {
	case l.frame.dialect == Cmd:
		if end := strings.IndexByte(text[min(1, len(text)):], '%'); strings.HasPrefix(text, "%") && end > 0 && isName(text[1:end+1]) {
			return text[1 : end+1], end + 2
		}
		return "", 1
	case !strings.HasPrefix(text, "$"):
		return "", 1
	case strings.HasPrefix(text, "${"):
		if end := strings.IndexByte(text, '}'); end > 0 {
			return text[2:end], end + 1
		}
		return "", 1
	}
	end := 1
	for end < len(text) && isNameByte(text[end], end == 1) {
		end++
	}
	return text[1:end], end
}

// variable adds the value of the variable or substitution at pos.
func (l *lineReader) variable() {
	if strings.HasPrefix(l.text[l.pos:], "$(") {
		l.substitution()
		return
	}
	name, length := l.name(l.pos)
	if name == "" {
		l.add(l.text[l.pos : l.pos+1])
		l.pos++
		return
	}
	l.begin()
	l.pos += length
	v, set := l.ctx.scope.get(name)
	switch {
	case !set || len(v.items) != 1:
		l.add(l.r.hole(unset(name)))
	default:
		l.add(v.items[0].text)
	}
}

// substitution lists the commands inside $(…), whose output is not known.
func (l *lineReader) substitution() {
	l.begin()
	from, depth := l.pos+2, 0
	for l.pos++; l.pos < len(l.text); l.pos++ {
		switch l.text[l.pos] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			break
		}
	}
	ctx := l.ctx.when(l.braces > 0)
	if ctx.depth++; ctx.depth <= maxWalk {
		l.r.lines(l.text[:l.pos], from, l.frame, ctx)
	}
	l.pos = min(l.pos+1, len(l.text))
	l.add(l.r.hole("the output of a command is known only when the script runs"))
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

// isKeyword reports whether a word only introduces a command.
func isKeyword(word string) bool {
	switch strings.ToLower(word) {
	case "if", "elseif", "elif", "else", "then", "fi", "for", "foreach", "while", "until", "do", "done",
		"switch", "case", "esac", "try", "catch", "finally", "return", "throw", "!", "exit", "call":
		return true
	}
	return false
}

// looksLikeProgram reports whether words start with the name of a program and
// not with an expression of the language.
func looksLikeProgram(words []lineWord) bool {
	if len(words) == 0 || words[0].quoted || len(words) > 1 && strings.HasPrefix(words[1].text, "=") {
		return false
	}
	name := strings.ReplaceAll(hint(words[0].text), holeText, "")
	if name == "" || words[0].name != "" {
		return false
	}
	switch strings.ToLower(name) {
	case "function", "param", "in", "filter", "class", "enum", "begin", "process", "end", "break", "continue":
		return false
	}
	letters := false
	for i := range len(name) {
		letters = letters || isNameByte(name[i], true)
		if !isNameByte(name[i], false) && strings.IndexByte("./\\-:~+", name[i]) < 0 {
			return false
		}
	}
	member := name[0] == '.' && len(name) > 1 && strings.IndexByte("./\\", name[1]) < 0
	return letters && !member && name[0] != '-' && (name[0] < '0' || name[0] > '9')
}
