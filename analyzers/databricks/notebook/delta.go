package notebook

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// merge reads DeltaTable's merge; other libraries have a merge without clauses.
func (c *code) merge(at int, chain []call) {
	if len(chain) < 2 || !slices.ContainsFunc(chain, func(k call) bool { return strings.HasPrefix(k.name.text, "when") }) {
		return
	}
	if len(c.writes) >= maxFound {
		return
	}
	last := chain[len(chain)-1]
	w := write{call: "merge", mode: "upsert", at: c.at(c.tokens[at], last.end)}
	c.aim(&w, c.deltaTable(at))
	c.addWrite(w)
}

// maxReceiver is the number of tokens before a call that may name its table.
const maxReceiver = 100

// deltaTable finds what a DeltaTable stands for, by the tokens before the dot of
// a call: DeltaTable.forPath(spark, "…") or forName, itself or in a name that
// is set once.
func (c *code) deltaTable(at int) []token {
	start, limit := at-1, max(0, at-maxReceiver)
	for start > limit {
		t := c.tokens[start]
		if t.first && t.depth == c.tokens[at].depth && !isSign(t, ".") {
			break
		}
		start--
	}
	receiver := c.tokens[start:at]
	if found := forTable(receiver); found != nil {
		return found
	}
	for _, t := range receiver {
		if value, ok := c.names.get(t.text); ok && t.kind == word {
			if found := forTable(value.tokens); found != nil {
				return found
			}
		}
	}
	return nil
}

func forTable(tokens []token) []token {
	for i, t := range tokens {
		if (t.text == "forPath" || t.text == "forName") && i+1 < len(tokens) && isSign(tokens[i+1], "(") {
			if end := closing(tokens, i+1); end < len(tokens) && end > i+2 {
				args := split(tokens[i+2:end], ",")
				return args[len(args)-1]
			}
		}
	}
	return nil
}

// vacuum reads DeltaTable's vacuum; without hours the table's own retention counts.
func (c *code) vacuum(at int, chain []call) {
	if len(chain) == 0 {
		return
	}
	var hours resource.Value
	if arg := chain[0].argument(0, "retentionHours"); len(arg) > 0 {
		hours = hoursOf(c.names.evaluate(arg, 0), c.around(arg))
	}
	where := c.at(c.tokens[at], chain[0].end)
	table := resource.UnknownAt(where, "the table is not written in the call")
	if found := c.deltaTable(at); len(found) > 0 {
		table = c.names.evaluate(found, 0).value(c.around(found))
	}
	c.addVacuum(where, table, hours)
}
