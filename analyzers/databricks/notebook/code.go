package notebook

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// code scans a cell of Python or Scala.
type code struct {
	*scanner
	cell   *cell
	tokens []token
}

func (c *code) scan() {
	for i, t := range c.tokens {
		switch {
		case t.kind == text:
			c.setting(i)
		case t.kind != word:
		case t.text == "DeltaTable":
			c.delta = true
		case t.text == "sql" && c.is(i+1, "("):
			c.statement(i)
		case !c.is(i-1, "."):
		case t.text == "write" || t.text == "writeStream":
			if chain := c.chain(i + 1); len(chain) > 0 {
				c.writer(i, chain)
			}
		case t.text == "writeTo":
			c.writerV2(i, c.chain(i-1))
		case t.text == "merge":
			c.merge(i, c.chain(i-1))
		case t.text == "vacuum" && c.delta:
			c.vacuum(i, c.chain(i-1))
		}
	}
}

func (c *code) is(i int, text string) bool {
	return i >= 0 && i < len(c.tokens) && isSign(c.tokens[i], text)
}

func (c *code) at(from, to token) source.Range { return c.place(c.cell, from.start, to.end) }

// around is the place of a list of tokens.
func (c *code) around(tokens []token) source.Range { return c.at(tokens[0], tokens[len(tokens)-1]) }

// call is one step of a chain of calls.
type call struct {
	name token
	args [][]token
	end  token // the closing bracket
}

// argument returns an argument by its keyword or position.
func (k call) argument(position int, keywords ...string) []token {
	plain := 0
	for _, arg := range k.args {
		if len(arg) > 2 && arg[0].kind == word && isSign(arg[1], "=") {
			if slices.Contains(keywords, arg[0].text) {
				return arg[2:]
			}
			continue
		}
		if plain == position {
			return arg
		}
		plain++
	}
	return nil
}

// maxChain is the number of calls that one chain may have.
const maxChain = 100

// chain reads ".name(…).name(…)" from the index of its first dot; a step
// without brackets is passed over.
func (c *code) chain(at int) (calls []call) {
	for len(calls) < maxChain && c.is(at, ".") && at+1 < len(c.tokens) && c.tokens[at+1].kind == word {
		name := c.tokens[at+1]
		at += 2
		if !c.is(at, "(") {
			continue
		}
		end := closing(c.tokens, at)
		if end == len(c.tokens) {
			return calls
		}
		var args [][]token
		if end > at+1 {
			args = split(c.tokens[at+1:end], ",")
		}
		args = slices.DeleteFunc(args, func(arg []token) bool { return len(arg) == 0 })
		calls = append(calls, call{name: name, args: args, end: c.tokens[end]})
		at = end + 1
	}
	return calls
}

// terminals are the calls that write, by the position of what they write to.
var terminals = []string{
	"save", "saveAsTable", "insertInto", "parquet", "json", "csv", "orc", "text", "jdbc", "synapsesql", "start", "toTable", "table",
}

// writer reads a chain of DataFrameWriter or DataStreamWriter (PySpark
// reference: without a mode, save fails when the target exists and insertInto
// appends).
func (c *code) writer(at int, chain []call) {
	w := write{call: "", mode: "new_file"}
	stream := c.tokens[at].text == "writeStream"
	if stream {
		w.mode = "append"
	}
	options := map[string][]token{}
	for _, step := range chain {
		switch name := step.name.text; {
		case name == "mode" || name == "outputMode":
			c.mode(&w, step.argument(0, "saveMode", "outputMode"))
		case name == "partitionBy" || name == "clusterBy":
			w.partitioned = true
		case name == "option":
			c.option(options, step.argument(0, "key"), step.argument(1, "value"))
		case name == "options":
			for _, arg := range step.args {
				if len(arg) > 2 && isSign(arg[1], "=") {
					options[strings.ToLower(arg[0].text)] = arg[2:]
				}
			}
		case slices.Contains(terminals, name):
			c.finish(w, at, step, options)
			return
		}
	}
}

func (c *code) option(options map[string][]token, key, value []token) {
	if len(key) == 1 && key[0].kind == text && len(value) > 0 {
		options[strings.ToLower(key[0].text)] = value
	}
}

// finish completes a write with the call that ends its chain.
func (c *code) finish(w write, at int, step call, options map[string][]token) {
	w.call = step.name.text
	w.at = c.at(c.tokens[at], step.end)
	target := step.argument(0, "path", "name", "tableName", "table")
	switch w.call {
	case "jdbc":
		target = step.argument(1, "table")
	case "insertInto":
		if w.mode == "new_file" && w.modeAt.IsZero() {
			w.mode = "append"
		}
		if arg := step.argument(1, "overwrite"); len(arg) == 1 && arg[0].kind == word {
			switch strings.ToLower(arg[0].text) {
			case "true":
				w.mode, w.modeAt = "overwrite", c.around(arg)
			case "false":
				w.mode, w.modeAt = "append", c.around(arg)
			}
		}
	}
	if arg := step.argument(99, "mode"); arg != nil {
		c.mode(&w, arg)
	}
	for _, name := range []string{"path", "dbtable"} {
		if target == nil {
			target = options[name]
		}
	}
	if options["replacewhere"] != nil || options["partitionoverwritemode"] != nil {
		w.limit = true
	}
	if arg := step.argument(99, "partitionBy"); arg != nil {
		w.partitioned = true
	}
	c.aim(&w, target)
	c.addWrite(w)
}

// aim evaluates what a write goes to.
func (c *code) aim(w *write, target []token) {
	if w.modeAt.IsZero() {
		w.modeAt = w.at
	}
	if len(target) == 0 {
		w.target = resource.UnknownAt(w.at, "the target is not written in the call")
		w.dated = resource.UnknownAt(w.at, "the target is not written in the call")
		return
	}
	e := c.names.evaluate(target, 0)
	w.target, w.dated = e.value(c.around(target)), e.datedValue(c.around(target))
}

// modes are the names of Spark's save modes and output modes.
var modes = map[string]string{
	"append": "append", "overwrite": "overwrite", "error": "new_file", "errorifexists": "new_file", "ignore": "new_file",
	"complete": "overwrite", "update": "upsert",
}

func (c *code) mode(w *write, arg []token) {
	if len(arg) == 0 {
		return
	}
	w.modeAt, w.modeWhy = c.around(arg), ""
	name := ""
	switch {
	case len(arg) == 1 && arg[0].kind == text && arg[0].prefix == "":
		name = arg[0].text
	case len(arg) == 3 && (arg[0].text == "SaveMode" || arg[0].text == "OutputMode"):
		name = arg[2].text
	case len(arg) == 1 && arg[0].kind == word:
		name = c.names.evaluate(arg, 0).text
	}
	mode, ok := modes[strings.ToLower(name)]
	if !ok {
		w.modeWhy = "only a run of the code knows the mode"
		return
	}
	w.mode = mode
}

// writerV2 reads a chain of DataFrameWriterV2.
func (c *code) writerV2(at int, chain []call) {
	w := write{call: "writeTo"}
	for i, step := range chain {
		switch step.name.text {
		case "partitionedBy", "clusterBy":
			w.partitioned = true
		case "append":
			w.mode = "append"
		case "createOrReplace", "replace":
			w.mode = "overwrite"
		case "overwrite", "overwritePartitions":
			w.mode, w.limit = "overwrite", true
		case "create":
			w.mode = "new_file"
		}
		if w.mode != "" && i > 0 {
			w.at, w.modeAt = c.at(c.tokens[at], step.end), c.at(step.name, step.end)
			c.aim(&w, chain[0].argument(0, "table"))
			c.addWrite(w)
			return
		}
	}
}
