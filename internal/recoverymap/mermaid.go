package recoverymap

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Mermaid writes a flowchart with a subgraph a group, for documents that render
// Mermaid. Several environments stand side by side.
func Mermaid(w io.Writer, atlas *Atlas, _ Options) error {
	m := &mermaidWriter{out: bufio.NewWriter(w), ids: map[*Row]string{}, outside: map[string]string{}}
	fmt.Fprint(m.out, "flowchart LR\n")
	for _, chart := range atlas.Maps {
		if len(atlas.Maps) > 1 {
			m.open("  ", heading(atlas, chart))
		}
		m.draw(chart)
		if len(atlas.Maps) > 1 {
			fmt.Fprint(m.out, "  end\n")
		}
		m.links(chart)
	}
	if len(atlas.Maps) == 0 {
		fmt.Fprintf(m.out, "  empty[\"%s\"]\n", entity("No asset that holds data was found."))
	}
	fmt.Fprint(m.out, mermaidClasses)
	return m.out.Flush()
}

// The colours have enough contrast on light and dark pages.
const mermaidClasses = `  classDef gap fill:#fde7e4,stroke:#b3261e,color:#410e0b
  classDef rebuilt fill:#ddf1ee,stroke:#23695f,color:#0b2f2a
  classDef unknown fill:#fdf0d0,stroke:#8a5a00,color:#3d2800
  classDef answered fill:#dff2e6,stroke:#1b6e3c,color:#0a2e18
  classDef outside fill:#eceff3,stroke:#5b6675,color:#20262e,stroke-dasharray:4 3
`

type mermaidWriter struct {
	out     *bufio.Writer
	ids     map[*Row]string
	outside map[string]string
	nodes   int
	graphs  int
}

func (m *mermaidWriter) open(indent, title string) {
	m.graphs++
	fmt.Fprintf(m.out, "%ssubgraph g%d[\"%s\"]\n", indent, m.graphs, entity(title))
}

func (m *mermaidWriter) draw(chart *Map) {
	for _, g := range chart.Groups {
		m.open("  ", g.Title())
		for _, k := range blocks(g) {
			if k.outer != nil {
				m.open("    ", k.title)
			}
			for _, b := range k.bands {
				m.node(k, b)
			}
			if k.outer != nil {
				fmt.Fprint(m.out, "    end\n")
			}
		}
		fmt.Fprint(m.out, "  end\n")
	}
}

func (m *mermaidWriter) node(k block, b band) {
	m.nodes++
	id := fmt.Sprintf("n%d", m.nodes)
	for _, row := range b.rows {
		m.ids[row] = id
	}
	const most = 6
	row := b.first()
	lines := []string{entity(shortlist(k.label(b), most)), entity(row.details())}
	class := Answered
	for _, answer := range []Answer{Gap, Open, Again} {
		if faults := row.faults(answer); len(faults) > 0 {
			if class == Answered {
				class = answer
			}
			lines = append(lines, entity(map[Answer]string{Gap: "✗ ", Open: "? ", Again: "↻ "}[answer]+strings.Join(faults, ", ")))
		}
	}
	for _, o := range row.Objectives {
		lines = append(lines, entity(o.short()))
	}
	if class == Answered {
		lines = append(lines, entity("✓ "+row.Worst.verdict(len(row.Cells))))
	}
	fmt.Fprintf(m.out, "      %s[\"%s\"]:::%s\n", id, strings.Join(lines, "<br/>"), class)
}

// faults lists the faults with an answer of one kind.
func (row *Row) faults(answer Answer) (faults []string) {
	for _, c := range row.Cells {
		if c.Answer == answer {
			faults = append(faults, string(c.Fault))
		}
	}
	return faults
}

// arrows are the lines of each kind of link.
var arrows = map[string]string{flows: "-->", replicates: `-. "copied to" .->`, backedUp: `-. "backed up in" .->`}

// links writes each arrow once, however many rows its ends stand for.
func (m *mermaidWriter) links(chart *Map) {
	written := map[string]bool{}
	for _, l := range chart.Links {
		line := fmt.Sprintf("  %s %s %s\n", m.end(l.From, l.Outside), arrows[l.Kind], m.end(l.To, l.Outside))
		if !written[line] {
			written[line] = true
			fmt.Fprint(m.out, line)
		}
	}
}

// end is the node of a row; a place outside the repository gets its node where
// it is first needed.
func (m *mermaidWriter) end(row *Row, outside string) string {
	if row != nil {
		return m.ids[row]
	}
	id, ok := m.outside[outside]
	if !ok {
		m.nodes++
		id = fmt.Sprintf("n%d", m.nodes)
		m.outside[outside] = id
		fmt.Fprintf(m.out, "  %s([\"%s\"]):::outside\n", id, entity(outside))
	}
	return id
}

// entity writes text for a quoted label: everything that could end it or that
// Mermaid or a browser would read is a character code.
func entity(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,:/_-·✗✓?~∞↻", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
