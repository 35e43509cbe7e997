package recoverymap

import (
	"fmt"
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// titles of nights, and what each fault means.
var nights = map[model.Fault]struct{ title, meaning string }{
	model.DeleteFault:     {"rows or objects are deleted", "One store is hit; each sentence stands for that store alone."},
	model.OverwriteFault:  {"a bad run overwrites data", "One store is hit; each sentence stands for that store alone. Replicas repeat the mistake."},
	model.DestroyFault:    {"a resource or its stack is destroyed", "One resource is deleted with everything that is kept inside it; each sentence stands for that resource alone."},
	model.ZoneFault:       {"a zone fails", "Everything that is kept in that one zone is gone at once."},
	model.RegionFault:     {"a region fails", "Everything in the region is gone at once. What is called lost is lost unless the region comes back, and until then."},
	model.CompromiseFault: {"credentials are stolen", "Whoever holds them deletes the data and every copy that an administrator can delete."},
	model.RepositoryFault: {"a repository is deleted or rewritten", "One repository is hit; each sentence stands for that repository alone."},
}

// leads introduce the parts of a story.
var leads = map[Happening]string{
	Keeps: "Goes on", Restored: "Comes back from copies, in this order", Rebuilt: "Is then loaded again, in this order",
	Lost: "Has no answer", Unsure: "Is unknown", CopyHit: "Copies that are hit",
}

// title names a chapter.
func (n *Night) title(c Chapter) string {
	text := ""
	if len(n.Maps) > 1 || c.Map.Environment != "" {
		text = heading(n.Atlas, c.Map) + ": "
	}
	switch {
	case n.Fault == model.RegionFault && c.Region == "":
		return text + "no region is known of " + count(len(c.Hit), "asset")
	case n.Fault == model.RegionFault:
		if slices.Contains(multiRegions, c.Region) {
			text += "one region of "
		}
		return text + c.Region + " is gone, and " + count(len(c.Hit), "asset") + " with it"
	default:
		return text + count(len(c.Hit), "asset") + " can be hit"
	}
}

// multiRegions are the locations of Cloud Storage and BigQuery that span regions.
var multiRegions = []string{"EU", "US", "ASIA"}

// summary counts what happens in a chapter.
func (c Chapter) summary() string {
	counts := map[Happening]int{}
	for _, e := range c.Events {
		counts[e.Happening] += len(e.Rows)
	}
	var parts []string
	for _, part := range []struct {
		happening Happening
		text      string
	}{{Keeps, "go on"}, {Restored, "come back from copies"}, {Rebuilt, "are loaded again"}, {Lost, "are lost"}, {Unsure, "are unknown"}, {CopyHit, "are copies"}} {
		if n := counts[part.happening]; n > 0 {
			text := part.text
			if n == 1 {
				text = singular[text]
			}
			parts = append(parts, fmt.Sprintf("%d %s", n, text))
		}
	}
	return capital(listed(parts)) + "."
}

var singular = map[string]string{
	"go on": "goes on", "come back from copies": "comes back from a copy", "are loaded again": "is loaded again",
	"are lost": "is lost", "are unknown": "is unknown", "are copies": "is a copy",
}
