package notebook

import (
	"bytes"
	"sort"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// cell is text of one language and where it stands in the file.
type cell struct {
	language string
	text     string
	pieces   []piece
}

// piece is a part of a cell's text that stands in one part of the file.
type piece struct {
	text  int // offset in the cell
	place func(offset int) int
}

// offset maps an offset of the cell to one of the file.
func (c *cell) offset(at int) int {
	after := sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].text > at })
	if after == 0 {
		return 0
	}
	found := c.pieces[after-1]
	return found.place(at - found.text)
}

func (c *cell) add(text string, place func(int) int) {
	c.pieces = append(c.pieces, piece{text: len(c.text), place: place})
	c.text += text
}

// magics are the first words of a cell by the language that they switch to;
// other words belong to cells that are no code to be read (%md, %sh, %run).
var magics = map[string]string{
	"sql": sql, "sparksql": sql, "python": python, "pyspark": python, "py": python, "scala": scala, "spark": scala, "r": rlang, "sparkr": rlang,
}

// sourceCells takes a source file apart. A line that starts with "MAGIC" behind
// the comment sign belongs to the language that the cell's first such line names.
func sourceCells(data []byte, base string) (cells []cell) {
	sign := comments[base]
	own, magic := &builder{cell: cell{language: base}}, &builder{}
	flush := func() {
		cells = append(cells, own.take(base)...)
		cells = append(cells, magic.take("")...)
	}
	for start := 0; start < len(data); {
		end := len(data)
		if newline := bytes.IndexByte(data[start:], '\n'); newline >= 0 {
			end = start + newline + 1
		}
		line := data[start:end]
		switch rest, marked := afterSign(line, sign); {
		case marked && isSeparator(rest):
			flush()
		case marked && bytes.HasPrefix(rest, []byte("META ")):
		case marked && bytes.HasPrefix(rest, []byte("MAGIC")):
			magic.magicLine(bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("MAGIC")), []byte(" ")), end)
		default:
			own.line(line, start)
		}
		start = end
	}
	flush()
	return cells
}

// isSeparator reports whether a comment ends a cell: "COMMAND ----------" in
// Databricks, "CELL ****", "METADATA ****" and others in Fabric.
func isSeparator(comment []byte) bool {
	word, rest, _ := bytes.Cut(comment, []byte(" "))
	if string(word) == "PARAMETERS" {
		return true
	}
	return string(word) == "COMMAND" && bytes.HasPrefix(rest, []byte("-----")) ||
		(string(word) == "CELL" || string(word) == "METADATA" || string(word) == "MARKDOWN") && bytes.HasPrefix(rest, []byte("*****"))
}

func afterSign(line []byte, sign string) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(line, []byte(sign))
	if !ok {
		return nil, false
	}
	return bytes.TrimPrefix(rest, []byte(" ")), true
}

// builder gathers the lines of one cell without copying its text for each.
type builder struct {
	cell
	buffer  strings.Builder
	started bool // a magic cell has its language
}

func (b *builder) line(line []byte, start int) {
	b.pieces = append(b.pieces, piece{text: b.buffer.Len(), place: func(offset int) int { return start + offset }})
	b.buffer.Write(line)
}

// magicLine takes the rest of a line that ends at an offset of the file.
func (b *builder) magicLine(rest []byte, end int) {
	if !b.started {
		b.started = true
		b.language = ""
		if trimmed := bytes.TrimLeft(rest, " \t"); bytes.HasPrefix(trimmed, []byte("%")) {
			rest, b.language = cutMagic(trimmed)
		}
	}
	b.line(rest, end-len(rest))
}

// cutMagic takes "%sql" or "%%sql" from the start of a cell.
func cutMagic(text []byte) (rest []byte, language string) {
	text = bytes.TrimLeft(text, "%")
	end := bytes.IndexFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' })
	if end < 0 {
		end = len(text)
	}
	return text[end:], magics[strings.ToLower(string(text[:end]))]
}

// take returns the cell, if there is something in it, and starts a new one.
func (b *builder) take(next string) (cells []cell) {
	if b.language != "" && b.buffer.Len() > 0 {
		b.text = b.buffer.String()
		cells = []cell{b.cell}
	}
	*b = builder{cell: cell{language: next}}
	return cells
}

// jupyterCells reads the code cells of an .ipynb file (nbformat 4: cells,
// cell_type, source as a text or a list of texts).
func jupyterCells(file string, data []byte) (cells []cell, language, origin string, problems []source.Diagnostic) {
	root, problems := jsonc.Parse(file, data, jsonc.Options{})
	language, origin = jupyterKind(root)
	for _, item := range root.Get("cells").Items {
		if kind, _ := item.Get("cell_type").AsString(); kind != "code" {
			continue
		}
		c := cell{language: language}
		if name, ok := item.Path("metadata.microsoft.language").AsString(); ok && magics[strings.ToLower(name)] != "" {
			c.language = magics[strings.ToLower(name)]
		}
		for i, line := range item.Get("source").Blocks() {
			if line.State != resource.Known || line.Kind != resource.String {
				continue
			}
			text, skipped := line.Text, 0
			if i == 0 && strings.HasPrefix(strings.TrimLeft(text, " \t\n"), "%") {
				rest, named := cutMagic([]byte(strings.TrimLeft(text, " \t\n")))
				c.language, skipped = named, len(text)-len(rest)
			}
			place := jsonc.Positions(data, line)
			c.add(text[skipped:], func(offset int) int { return place(skipped + offset) })
		}
		if c.language != "" && c.text != "" {
			cells = append(cells, c)
		}
	}
	return cells, language, origin, problems
}

// jupyterKind reads the language and the product that wrote a file.
func jupyterKind(root resource.Value) (language, origin string) {
	metadata := root.Get("metadata")
	origin = Jupyter
	vendor := metadata.Get("application/vnd.databricks.v1+notebook")
	switch {
	case !vendor.IsAbsent():
		origin = Databricks
	case !metadata.Get("trident").IsAbsent(), !metadata.Path("dependencies.lakehouse").IsAbsent():
		origin = Fabric
	}
	for _, v := range []resource.Value{vendor.Get("language"), metadata.Path("language_info.name"), metadata.Path("kernelspec.language")} {
		if name, ok := v.AsString(); ok && magics[strings.ToLower(name)] != "" {
			return magics[strings.ToLower(name)], origin
		}
	}
	return python, origin
}
