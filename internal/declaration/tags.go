package declaration

import (
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/duration"
)

// tagFacts are the tags that state a fact, most explicit first: keys without case
// and with dashes.
var tagFacts = []struct {
	key, name string
	read      func(key, value string, at source.Range) model.Fact
}{
	{"rpo", model.RPOHours, hours},
	{"rto", model.RTOHours, hours},
	{"recovery-region", model.RecoveryRegion, text},
	{"dr-region", model.RecoveryRegion, text},
	{"owner", model.Owner, text},
	{"load-mode", model.DeclaredLoad, loadMode},
}

// byTag states what the tags of an asset, or of the assets around it, say. The
// innermost tag counts. A tag is placed at the asset: its own place is not known.
func byTag(m *model.Model, outer map[string]*model.Asset) {
	for _, a := range m.Assets {
		for depth, at := 0, a; at != nil && depth < deepest; depth, at = depth+1, outer[at.Within] {
			if len(at.Tags) == 0 {
				continue
			}
			tags := normalized(at.Tags)
			for _, t := range tagFacts {
				value, tagged := tags[t.key]
				if _, stated := a.Declared[t.name]; !tagged || stated {
					continue
				}
				if a.Declared == nil {
					a.Declared = map[string]model.Fact{}
				}
				a.Declared[t.name] = t.read(t.key, value, at.At)
			}
		}
	}
}

// normalized spells keys in one way; of two keys that differ in nothing else the
// later one counts.
func normalized(tags map[string]string) map[string]string {
	normal := make(map[string]string, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		if value := strings.TrimSpace(tags[key]); value != "" {
			normal[strings.ReplaceAll(strings.ToLower(key), "_", "-")] = value
		}
	}
	return normal
}

func hours(key, value string, at source.Range) model.Fact {
	if d, ok := duration.Human(value); ok {
		return model.KnownFact(d.Hours(), at)
	}
	if d, ok := duration.ISO(value); ok {
		return model.KnownFact(d.Hours(), at)
	}
	return model.UnknownFact("tag "+key+" is "+quoted(value)+", which is no length of time such as \"4h\" or \"30 days\"", at)
}

func text(_, value string, at source.Range) model.Fact { return model.KnownFact(value, at) }

func loadMode(key, value string, at source.Range) model.Fact {
	if mode := strings.ToLower(value); mode == "full" || mode == "incremental" {
		return model.KnownFact(mode, at)
	}
	return model.UnknownFact("tag "+key+" is "+quoted(value)+", which is neither full nor incremental", at)
}

// quoted shows a value that its author wrote, cut to what a sentence can hold.
func quoted(value string) string {
	const longest = 40
	if runes := []rune(value); len(runes) > longest {
		value = string(runes[:longest]) + "…"
	}
	return `"` + value + `"`
}
