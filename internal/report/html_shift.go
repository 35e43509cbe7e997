package report

// htmlShifts is what the change makes of the map; nil where nothing is compared.
type htmlShifts struct {
	// Totals counts the answers that changed; empty where none did.
	Totals string
	List   []shift
	// Left counts the rows that the page leaves out.
	Left int
}

// shiftRows is how many changed answers a page lists.
const shiftRows = 300

func (v *htmlView) shifts() *htmlShifts {
	list, compared := shiftsOf(v.report)
	if !compared {
		return nil
	}
	s := &htmlShifts{Totals: shiftTotals(list), List: list[:min(shiftRows, len(list))]}
	s.Left = len(list) - len(s.List)
	for i := range s.List {
		one := &s.List[i]
		one.Name, one.Before, one.After = shown(one.Name), shown(one.Before), shown(one.After)
	}
	return s
}
