package recovery

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/model"
)

var update = flag.Bool("update", false, "write the page of the recovery table")

// page is where the table is published.
const page = "../../docs/mechanisms.md"

const pageHead = `# What survives what

The recovery table of drlint: which mechanism answers which fault, how old what
survives can be, and how fast it is back. Rules and ` + "`drlint map`" + ` read the
answers that follow from it; this page is generated from it.

- A fault without an entry is not answered. An entry with a condition answers where
  the condition holds, and is unknown where nothing decides it.
- **Age**: *sla* is promised, *typical* is usual and not promised, *configured* is
  the interval that is configured, *none* means that nobody bounds it. No figure
  means that nothing is lost.
- **Back**: a class of time, without the time of your loads and decisions.
- *windowed* rows answer a deletion or a bad run only where they reach back longer
  than it takes to notice.
- A copy that rests on another one is as old as its oldest hop.

| mechanism | answers | age | back | source |
|---|---|---|---|---|
`

// TestTheTableIsPublished compares the page with the table.
func TestTheTableIsPublished(t *testing.T) {
	var b strings.Builder
	b.WriteString(pageHead)
	for _, row := range Table() {
		if len(row.Covers) > 0 {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", row.ID, answersOf(&row), ageOf(&row), row.RTO, row.Source)
		}
	}
	b.WriteString("\nThese answer no fault. They prevent one, or look as if they did:\n\n| mechanism | source |\n|---|---|\n")
	for _, row := range Table() {
		if len(row.Covers) == 0 {
			fmt.Fprintf(&b, "| `%s` | %s |\n", row.ID, row.Source)
		}
	}
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Errorf("%s differs from the table: run with -update and read the change", page)
	}
}

// answersOf lists the faults in the order of the model, equal conditions together.
func answersOf(row *Mechanism) string {
	var order []Condition
	faults := map[Condition][]string{}
	for _, fault := range model.Faults {
		if condition, ok := row.Covers[fault]; ok {
			if faults[condition] == nil {
				order = append(order, condition)
			}
			faults[condition] = append(faults[condition], string(fault))
		}
	}
	var parts []string
	for _, condition := range order {
		text := strings.Join(faults[condition], ", ")
		if condition != Always {
			text += " *" + string(condition) + "*"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func ageOf(row *Mechanism) string {
	text := string(row.Basis)
	if row.RPOHours > 0 && row.Basis != Configured {
		text = Lasting(row.RPOHours) + ", " + text
	}
	if row.Windowed {
		text += ", windowed"
	}
	return text
}
