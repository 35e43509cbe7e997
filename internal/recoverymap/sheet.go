package recoverymap

import (
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// Sheet is one map in words, for reports that lay it out themselves: the same
// texts as in the table, each by itself. All of them are safe for one line.
type Sheet struct {
	// Title names the platform and the environment, Environment the latter alone.
	Title, Environment string
	// Assets counts those that the platform would miss.
	Assets int
	// Faults are the columns: what some asset can meet, in the order of
	// model.Faults. Totals and cells stand in the same order.
	Faults []model.Fault
	Totals []Total
	Groups []SheetGroup
	// Remarks say what the map may lack.
	Remarks []string
}

// SheetGroup is a stage or layer.
type SheetGroup struct {
	Name, Title string
	Assets      int
	Totals      []Total
	Lines       []Line
}

// Total counts the answers to one fault; all zero where no asset meets it.
type Total struct{ Answered, Again, Gap, Open int }

// All is the number of assets that can meet the fault.
func (t Total) All() int { return t.Answered + t.Again + t.Gap + t.Open }

// Line stands for assets of one group that survive the same in the same way.
type Line struct {
	Names []string
	// IDs are those of the assets.
	IDs []string
	// Details say what and where they are, Verdict the worst that can happen.
	Details, Verdict string
	Worst            Answer
	Cells            []SheetCell
	Objectives       []SheetObjective
}

// SheetCell is the answer to one fault; Answer is empty where the assets cannot
// meet it.
type SheetCell struct {
	Fault  model.Fault
	Answer Answer
	// Word says what answers, Figures how old it is and how far back it goes.
	Word, Figures string
	// Within is how long it takes, as a phrase: "within hours".
	Within string
	// Why says why there is no sure answer, and Place where that is written, as
	// file:line.
	Why, Place string
}

// SheetObjective is what is declared, and whether it is kept.
type SheetObjective struct {
	Text   string
	Answer Answer
}

// Legend explains the figures of a sheet.
const Legend = legend

// Sheets puts an atlas into words.
func Sheets(atlas *Atlas) (sheets []Sheet) {
	for _, m := range atlas.Maps {
		sheets = append(sheets, sheetOf(atlas, m))
	}
	return sheets
}

func sheetOf(atlas *Atlas, m *Map) Sheet {
	s := Sheet{Title: heading(atlas, m), Environment: clean(m.Environment), Assets: m.counted()}
	var all []*Row
	for _, g := range m.Groups {
		all = append(all, g.Rows...)
	}
	s.Faults = faultsOf(all)
	s.Totals = totalsOf(all, s.Faults)
	for _, g := range m.Groups {
		group := SheetGroup{Name: g.Name, Title: g.Title(), Assets: len(g.Rows), Totals: totalsOf(g.Rows, s.Faults)}
		for _, b := range fold(g.Rows) {
			group.Lines = append(group.Lines, lineOf(atlas, b, s.Faults))
		}
		s.Groups = append(s.Groups, group)
	}
	if len(m.Unfollowed) > 0 {
		s.Remarks = append(s.Remarks, unfollowed(m))
	}
	return s
}

// totalsOf counts the answers of what the platform would miss.
func totalsOf(rows []*Row, faults []model.Fault) []Total {
	one := &Map{Groups: []Group{{Rows: rows}}}
	tallies := one.tallies()
	totals := make([]Total, len(faults))
	for i, fault := range faults {
		t := tallies[string(fault)]
		totals[i] = Total{Answered: t.answered, Again: t.again, Gap: t.gaps, Open: t.open}
	}
	return totals
}

func lineOf(atlas *Atlas, b band, faults []model.Fault) Line {
	row := b.first()
	line := Line{Names: b.names(), Details: row.details(), Verdict: row.Worst.verdict(len(row.Cells)), Worst: row.Worst.answer()}
	for _, r := range b.rows {
		line.IDs = append(line.IDs, r.Asset.ID)
	}
	for _, fault := range faults {
		c, met := row.cell(fault)
		if !met {
			line.Cells = append(line.Cells, SheetCell{Fault: fault})
			continue
		}
		line.Cells = append(line.Cells, sheetCell(atlas, c))
	}
	for _, o := range row.Objectives {
		line.Objectives = append(line.Objectives, SheetObjective{Text: o.sentence(), Answer: o.answer()})
	}
	return line
}

func sheetCell(atlas *Atlas, c Cell) SheetCell {
	name, figures := c.words()
	if c.Answer == Open {
		name = strings.TrimSpace(strings.TrimPrefix(name, "?"))
	}
	cell := SheetCell{Fault: c.Fault, Answer: c.Answer, Word: strings.TrimSuffix(name, ","), Figures: figures}
	switch c.Answer {
	case Answered, Again:
		cell.Within = timePhrase(c.Survival.RTO)
	default:
		cell.Why, cell.Place = clean(c.Why), where(atlas.Sources, c.Survival.At)
	}
	return cell
}

// answer is the colour of the worst.
func (w Worst) answer() Answer {
	switch {
	case w.Lost > 0:
		return Gap
	case w.Open > 0:
		return Open
	default:
		return Answered
	}
}
