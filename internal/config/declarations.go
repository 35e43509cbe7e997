package config

import (
	"errors"
	"fmt"
	"time"

	"github.com/drlint/drlint/internal/declaration"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/duration"
)

// statement is a key of an entry that states a fact.
type statement struct {
	key, name string
	read      func(resource.Value) model.Fact
}

// sections are the lists of declarations with the facts that their entries state.
var sections = []struct {
	name   string
	states []statement
}{
	{"objectives", []statement{
		{"rpo", model.RPOHours, hours}, {"rto", model.RTOHours, hours}, {"detection", model.DetectionHours, hours},
		{"reaction", model.ReactionHours, hours}, {"load", model.LoadHours, hours}, {"recreate", model.RecreateHours, hours},
		{"recovery-region", model.RecoveryRegion, words}, {"owner", model.Owner, words},
	}},
	{"facts", []statement{
		{"recreatable", model.Recreatable, truth}, {"source-keeps", model.SourceKeepsDays, days},
		{"backup-cost", model.BackupCost, number}, {"recreate-cost", model.RecreateCost, number},
		{"load-mode", model.DeclaredLoad, words}, {"only-copy", model.OnlyCopy, truth},
	}},
	{"systems-of-record", []statement{
		{"backed-up", model.BackedUp, truth}, {"recovery-region", model.RecoveryRegion, words}, {"keeps", model.SourceKeepsDays, days},
	}},
	{"change-control", []statement{{"where", model.ChangeControl, words}}},
}

// decodeDeclarations reads what people state. lines counts those of the file.
func decodeDeclarations(root resource.Value, lines *source.Lines) declaration.Declarations {
	regions := root.Path("platform.regions")
	d := declaration.Declarations{PrimaryRegion: words(regions.Get("primary")), RecoveryRegion: words(regions.Get("recovery"))}
	for _, section := range sections {
		for _, v := range root.Get(section.name).Blocks() {
			e := decodeEntry(section.name, v, lines)
			for _, s := range section.states {
				if fact := s.read(v.Get(s.key)); fact.State == model.Known {
					e.Facts = append(e.Facts, declaration.Stated{Name: s.name, Fact: fact})
				}
			}
			d.Entries = append(d.Entries, e)
		}
	}
	for _, v := range root.Get("attestations").Blocks() {
		e := decodeEntry("attestations", v, lines)
		e.Attests = &declaration.Attestation{
			Protection: text(v, "protection"), What: text(v, "what"), Where: text(v, "where"),
			Region: words(v.Get("region")), Window: days(v.Get("window")), Every: hours(v.Get("every")),
			Locked: truth(v.Get("locked")).Tri(), OtherAccount: truth(v.Get("other-account")).Tri(),
			RepeatsDeletions: truth(v.Get("repeats-deletions")).Tri(),
		}
		d.Entries = append(d.Entries, e)
	}
	return d
}

func decodeEntry(section string, v resource.Value, lines *source.Lines) declaration.Entry {
	until, _ := readDay(text(v, "until")) // the zero day where none is written
	return declaration.Entry{
		Section: section, Owner: text(v, "owner"), Until: until, At: v.At,
		By: fmt.Sprintf("%s:%d", v.At.File, lines.Pos(v.At.Start).Line),
		Select: declaration.Selector{
			Stage: model.Stage(text(v, "stage")), Kind: model.Kind(text(v, "kind")), Address: text(v, "address"),
			Name: text(v, "name"), Path: text(v, "path"), Tag: text(v, "tag"), Host: text(v, "host"),
		},
	}
}

func words(v resource.Value) model.Fact {
	if text, ok := v.AsString(); ok {
		return model.KnownFact(text, v.At)
	}
	return model.AbsentFact(v.At)
}

func truth(v resource.Value) model.Fact {
	if truth, ok := v.AsBool(); ok {
		return model.KnownFact(truth, v.At)
	}
	return model.AbsentFact(v.At)
}

func number(v resource.Value) model.Fact {
	if number, ok := v.AsNumber(); ok {
		return model.KnownFact(number, v.At)
	}
	return model.AbsentFact(v.At)
}

func hours(v resource.Value) model.Fact {
	text, _ := v.AsString()
	if length, ok := readLength(text); ok {
		return model.KnownFact(length.Hours(), v.At)
	}
	return model.AbsentFact(v.At)
}

func days(v resource.Value) model.Fact {
	text, _ := v.AsString()
	if text == forever {
		return model.KnownFact(model.Forever, v.At)
	}
	if length, ok := readLength(text); ok {
		return model.KnownFact(length.Hours()/24, v.At)
	}
	return model.AbsentFact(v.At)
}

// forever stands for a length of time without an end.
const forever = "forever"

// readLength reads a length of time as people write it, or by ISO 8601.
func readLength(text string) (time.Duration, bool) {
	if length, ok := duration.Human(text); ok {
		return length, true
	}
	return duration.ISO(text)
}

func readDay(text string) (time.Time, error) { return time.Parse(time.DateOnly, text) }

// The formats that the schema names and asserts; their errors say what to write.
var (
	errLength  = errors.New(`write a number and a unit, such as "15 min", "4h", "30 days" or "1 month"`)
	errKeeping = errors.New(`write a number and a unit, such as "30 days" or "10 years", or "forever"`)
	errMonth   = errors.New("write a month such as 2026-11")
	errDay     = errors.New("write the last day on which it counts, such as 2027-06-30")
)

// ReadMonth checks the name of a rule set.
func ReadMonth(text string) error {
	if _, err := time.Parse("2006-01", text); err != nil {
		return errMonth
	}
	return nil
}

// formats check the formats that the schema names; each also refuses what is no
// text.
var formats = map[string]func(any) error{
	"length of time": func(v any) error {
		if text, ok := v.(string); ok {
			if _, ok := readLength(text); ok {
				return nil
			}
		}
		return errLength
	},
	"length of time or forever": func(v any) error {
		if text, ok := v.(string); ok {
			if _, ok := readLength(text); ok || text == forever {
				return nil
			}
		}
		return errKeeping
	},
	"month": func(v any) error {
		if text, ok := v.(string); ok {
			return ReadMonth(text)
		}
		return errMonth
	},
	"date": func(v any) error {
		if text, ok := v.(string); ok {
			if _, err := readDay(text); err == nil {
				return nil
			}
		}
		return errDay
	},
}
