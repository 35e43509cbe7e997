package notebook

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// maxVacuum is the number of tokens behind the table that may belong to VACUUM.
const maxVacuum = 8

// vacuum reads VACUUM table [RETAIN n HOURS]. A dry run deletes nothing.
func (t *statements) vacuum(at int) {
	n, ok := t.name(at + 1)
	if !ok {
		return
	}
	var hours resource.Value
	last := t.tokens[n.next-1]
	end := t.end(n.next, maxVacuum)
	for i := n.next; i < end; i++ {
		switch {
		case t.words(i, "DRY", "RUN"):
			return
		case t.words(i, "RETAIN") && i+1 < len(t.tokens):
			value := t.tokens[i+1]
			if isSign(value, ":") && i+2 < len(t.tokens) {
				value = t.tokens[i+2]
				hours = resource.UnknownAt(t.at(value, value), "only a run of the query knows "+value.text)
			} else {
				hours = hoursOf(t.filled(value.text, value.inner), t.at(value, value))
			}
			last = value
			if i+2 < len(t.tokens) && t.words(i+2, "HOURS") {
				last = t.tokens[i+2]
			}
		}
	}
	t.addVacuum(t.at(t.tokens[at], last), n.v, hours)
}

// overwrite reads INSERT OVERWRITE [TABLE | [LOCAL] DIRECTORY] target [PARTITION …].
func (t *statements) overwrite(at int) {
	target := at + 2
	for t.words(target, "TABLE") || t.words(target, "INTO") || t.words(target, "LOCAL") || t.words(target, "DIRECTORY") {
		target++
	}
	if w := t.writes(at, target, "insert overwrite", "overwrite"); w != nil {
		w.partitioned = t.follows(target, "PARTITION")
		w.limit = w.partitioned || t.follows(target, "REPLACE")
		t.addWrite(*w)
	}
}

// insert reads INSERT INTO [TABLE] target [REPLACE WHERE … | REPLACE USING …].
func (t *statements) insert(at int) {
	target := at + 2
	if t.words(target, "TABLE") {
		target++
	}
	w := t.writes(at, target, "insert into", "append")
	if w == nil {
		return
	}
	if t.follows(target, "REPLACE") {
		w.mode, w.limit = "overwrite", true
	}
	w.partitioned = t.follows(target, "PARTITION")
	t.addWrite(*w)
}

// follows reports whether a word stands right behind the table at an index, or
// behind the list of its columns.
func (t *statements) follows(table int, name string) bool {
	n, ok := t.name(table)
	if !ok {
		return false
	}
	for i := n.next; i < min(len(t.tokens), n.next+3); i++ {
		if isSign(t.tokens[i], "(") {
			return t.words(closing(t.tokens, i)+1, name)
		}
		if t.words(i, name) {
			return true
		}
		if t.words(i, "SELECT") || t.words(i, "VALUES") {
			return false
		}
	}
	return false
}

// create reads CREATE [OR REPLACE] TABLE, with or without CLONE, and CREATE OR
// REFRESH STREAMING TABLE.
func (t *statements) create(at int) {
	replaces := t.words(at, "CREATE", "OR", "REPLACE", "TABLE")
	switch {
	case t.words(at, "CREATE", "OR", "REFRESH", "STREAMING"):
		target := at + 4
		for t.words(target, "LIVE") || t.words(target, "TABLE") {
			target++
		}
		t.add(t.writes(at, target, "streaming table", "append"))
		return
	case !replaces && !t.words(at, "CREATE", "TABLE"):
		return
	}
	target := t.after(at, "TABLE")
	for t.words(target, "IF") || t.words(target, "NOT") || t.words(target, "EXISTS") {
		target++
	}
	n, ok := t.name(target)
	if !ok {
		return
	}
	if t.clone(at, n) || !replaces {
		return
	}
	w := t.writes(at, target, "create or replace table", "overwrite")
	end := t.end(n.next, maxStatement)
	for i := n.next; i < end; i++ {
		if isSign(t.tokens[i], "(") {
			i = closing(t.tokens, i)
		} else if t.words(i, "PARTITIONED", "BY") || t.words(i, "CLUSTER", "BY") {
			w.partitioned = true
		}
	}
	t.addWrite(*w)
}

func (t *statements) add(w *write) {
	if w != nil {
		t.addWrite(*w)
	}
}

// clone reads "DEEP CLONE source" behind a table. A clone is deep when nothing
// else is written; a shallow one shares the files of its source.
func (t *statements) clone(at int, target name) bool {
	i := target.next
	if t.words(i, "SHALLOW") {
		return true
	}
	if t.words(i, "DEEP") {
		i++
	}
	if !t.words(i, "CLONE") {
		return false
	}
	if from, ok := t.name(i + 1); ok && len(t.clones) < maxFound {
		t.clones = append(t.clones, object(t.at(t.tokens[at], t.tokens[from.next-1]), member("target", target.v), member("source", from.v)))
	}
	return true
}

// set reads SET key = value for the settings that decide about retention.
func (t *statements) set(at int) {
	var words strings.Builder
	i := at + 1
	for ; i < len(t.tokens) && (t.tokens[i].kind == word || isSign(t.tokens[i], ".")); i++ {
		words.WriteString(t.tokens[i].text)
	}
	key := words.String()
	if i+1 >= len(t.tokens) || !isSign(t.tokens[i], "=") {
		return
	}
	value := t.tokens[i+1]
	e := t.filled(value.text, value.inner)
	switch property := propertyName(key); {
	case key == retentionCheck:
		t.switchCheck(e, t.at(value, value))
	case property != "":
		// An interval has several words: it goes to the end of its line.
		last := i + 1
		for end := t.end(last, maxVacuum); last+1 < end && !t.tokens[last+1].first; {
			last++
			e.text += " " + t.tokens[last].text
		}
		t.addProperty(t.at(t.tokens[at], t.tokens[last]), resource.Value{}, property, e.value(t.at(value, t.tokens[last])))
	}
}

// tableProperties reads the retention properties of CREATE TABLE and ALTER TABLE.
func (t *statements) tableProperties(at int) {
	if at+1 >= len(t.tokens) || !isSign(t.tokens[at+1], "(") {
		return
	}
	for _, entry := range split(t.tokens[at+2:closing(t.tokens, at+1)], ",") {
		var words strings.Builder
		i := 0
		for ; i < len(entry) && !isSign(entry[i], "="); i++ {
			words.WriteString(strings.Trim(entry[i].text, "'\"`"))
		}
		property := propertyName(words.String())
		if property == "" || len(t.properties) >= maxFound {
			continue
		}
		if i < len(entry) && isSign(entry[i], "=") {
			i++
		}
		if i >= len(entry) {
			continue
		}
		value := entry[i]
		t.addProperty(t.at(entry[0], value), t.tableBefore(at), property, t.filled(value.text, value.inner).value(t.at(value, value)))
	}
}

// tableBefore is the table of the statement that an index lies in.
func (t *statements) tableBefore(at int) resource.Value {
	for i := at; i >= max(0, at-maxStatement) && !isSign(t.tokens[i], ";"); i-- {
		if !t.words(i, "TABLE") {
			continue
		}
		target := i + 1
		for t.words(target, "IF") || t.words(target, "NOT") || t.words(target, "EXISTS") {
			target++
		}
		if n, ok := t.name(target); ok && n.next <= at {
			return n.v
		}
		return resource.Value{}
	}
	return resource.Value{}
}
