package recoverymap

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/source"
)

// The sentences of a night. Each completes "stlake/raw …".

func keepsText(c Cell) string {
	text := "goes on: " + sentence(c.Survival.Mechanism)
	switch age := ageOf(c.Survival); {
	case age == "":
		return text
	case strings.HasPrefix(age, "~"):
		return text + "; usually at most the last " + age[1:] + " are missing"
	default:
		return text + "; " + agePhrase(c.Survival)
	}
}

// restoredText says from where, how old, how soon, and until when one must notice.
func (n *narrator) restoredText(f fate) string {
	s := f.cell.Survival
	parts := []string{"comes back from " + sentence(s.Mechanism) + n.placeOf(f) + through(s), agePhrase(s) + tooOld(f), timePhrase(s.RTO) + tooSlow(f)}
	if window := windowOf(s); window != "" && !wide[n.fault] {
		if window == "∞" {
			parts = append(parts, "until somebody deletes it")
		} else {
			parts = append(parts, "if noticed within "+window)
		}
	}
	return joined("; ", parts...)
}

// placeOf names the place of the copy as far as it is known.
func (n *narrator) placeOf(f fate) string {
	m := f.cell.Means
	if m == nil {
		return ""
	}
	text := ""
	if row := n.rows[m.Target]; row != nil {
		text = " in " + row.Name
	}
	if region := clean(m.Region.Text()); region != "" && (text != "" || region != scene(f.row)) {
		text += " (" + region + ")"
	}
	return text
}

// through names the further copies that an answer rests on.
func through(s model.Survival) string {
	var parts []string
	for _, mechanism := range s.Through {
		parts = append(parts, sentence(mechanism))
	}
	if len(parts) == 0 {
		return ""
	}
	return " and " + listed(parts)
}

// tooOld compares the age of what comes back with what is declared.
func tooOld(f fate) string {
	declared, stated := f.row.Asset.Declared[model.RPOHours].Number()
	age, known := f.cell.Survival.RPOHours.Number()
	if stated && known && age > declared {
		return ", older than the " + recovery.Lasting(declared) + " declared"
	}
	return ""
}

// tooSlow compares the least that a class of recovery time means, or a declared
// time, with what is declared.
func tooSlow(f fate) string {
	declared, stated := f.row.Asset.Declared[model.RTOHours].Number()
	least := spans[f.cell.Survival.RTO].least
	if f.cell.Answer == Again {
		least, _ = f.cell.Survival.Rebuild.Hours.Number()
	}
	if stated && least > declared {
		return ", later than the " + recovery.Lasting(declared) + " declared"
	}
	return ""
}

// atMost says how much may be lost, as declared.
func atMost(row *Row) string {
	if declared, stated := row.Asset.Declared[model.RPOHours].Number(); stated {
		return ", and at most " + recovery.Lasting(declared) + " may be, as declared"
	}
	return ""
}

func agePhrase(s model.Survival) string {
	switch age := ageOf(s); {
	case age == "":
		return "nothing is lost"
	case age == "no bound":
		return "nobody promises how old it is"
	case age == "age ?":
		return "its age is unknown (" + clean(s.RPOHours.Why) + ")"
	case strings.HasPrefix(age, "~"):
		return "usually at most " + age[1:] + " old"
	default:
		return "at most " + age + " old"
	}
}

func ageClause(s model.Survival, before string) string {
	if ageOf(s) == "" {
		return ""
	}
	return before + agePhrase(s)
}

// timePhrase says a class of recovery time in words.
func timePhrase(rto string) string {
	switch rto {
	case "", "instant":
		return ""
	case "support":
		return "only the provider's support can restore it"
	default:
		return "within " + rto
	}
}

func linkSource(l Link) string {
	if l.From != nil {
		return l.From.Name
	}
	return l.Outside + " (outside this repository, if it still stands)"
}

// pipeline names what runs a flow.
func (n *narrator) pipeline(flow *model.Flow) string {
	return "pipeline " + clean(shortAddress(flow.Address))
}

// shortAddress takes the pipeline out of "pipeline/Load/activities/CopyOrders".
func shortAddress(address string) string {
	if pipeline, _, ok := strings.Cut(address, "/activities/"); ok {
		return path.Base(pipeline)
	}
	return address
}

// lostText says why nothing helps.
func lostText(f fate) string {
	c := f.cell
	text := "is lost" + atMost(f.row)
	if c.Means != nil {
		text += " in spite of " + sentence(c.Survival.Mechanism)
	}
	if c.Why == "" || c.Why == uncovered {
		return text + ": nothing covers it"
	}
	return text + ": " + clean(c.Why)
}

// places is where the reason of an answer is written.
func (n *narrator) places(f fate) []string {
	if place := where(n.atlas.Sources, f.cell.Survival.At); place != "" && f.cell.Why != uncovered {
		return []string{place}
	}
	return nil
}

func openText(f fate) string {
	c := f.cell
	text := "may or may not come back"
	if c.Survival.Mechanism != "" && !c.Vague {
		text += " from " + sentence(c.Survival.Mechanism)
	}
	return text + ": " + clean(c.Why)
}

func (n *narrator) place(at source.Range) string {
	if place := where(n.atlas.Sources, at); place != "" {
		return " (" + place + ")"
	}
	return ""
}

// copyText says what a fault means for a copy or a vault.
func (n *narrator) copyText(f fate) string {
	text := "keeps copies"
	if f.row.CopyOf != nil {
		text = "is the " + f.row.Note
	}
	switch f.cell.Answer {
	case Answered:
		return text + " and comes back from " + sentence(f.cell.Survival.Mechanism) + ageClause(f.cell.Survival, "; ")
	case Gap:
		return text + " and is gone with all it keeps"
	default:
		return text + "; whether it comes back is unknown: " + clean(f.cell.Why) + n.place(f.cell.Survival.At)
	}
}

// undeclared is how a reason about what no scanned file declares begins.
const undeclared = "no scanned file is known to declare "

// otherRepository settles what another repository declares.
const otherRepository = "a scan together with the repository that declares it"

// settlements say what decides an open answer, by how its reason ends.
var settlements = []struct{ ends, settle string }{
	{"has no default", "a value for it in a variable file of the repository, or a default"},
	{"which this repository does not declare", otherRepository},
	{"not in this repository", "a scan of the place where it is set, or a declaration in .drlint.yaml"},
	{"is in no scanned file", "a scan that includes the file"},
	{"is known only after deployment", "writing the value out"},
	{"is known after apply", "writing the value out"},
}

// settle says what would decide an open answer.
func settle(c Cell, sources *source.Store) string {
	if strings.HasPrefix(c.Why, undeclared) {
		return otherRepository
	}
	for _, s := range settlements {
		if strings.HasSuffix(c.Why, s.ends) {
			return s.settle
		}
	}
	if place := where(sources, c.Survival.At); place != "" {
		return "what is written at " + place
	}
	return "a declaration in .drlint.yaml"
}
