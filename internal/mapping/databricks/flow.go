package databricks

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// ranKey remembers the code that jobs or pipelines of the repository run.
type ranKey struct{}

func ran(d *draft.Draft) map[string]bool {
	return draft.Once(d, ranKey{}, func() map[string]bool {
		found := map[string]bool{}
		for _, r := range d.Resources.OfType("databricks_job", "databricks_pipeline") {
			for _, c := range append(tasksOf(r), librariesOf(r)...) {
				a, _ := notebookOf(d, r, c)
				if a == nil || r.Mode != resource.Managed {
					continue
				}
				for _, file := range filesOf(d, a) {
					found[file.ID] = true
				}
			}
		}
		return found
	})
}

// writes adds the flows of code that nothing in the repository starts.
func writes(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if ran(d)[a.ID] {
		return
	}
	why := "nothing in the repository says when the notebook runs"
	addFlows(d, a, r, r, "", rhythm{interval: model.UnknownFact(why, r.At)})
}

// addFlows adds one flow for each statement of a file that writes. by is the job
// or pipeline that runs it, or the file itself, and owner its asset.
func addFlows(d *draft.Draft, owner *model.Asset, file, by *resource.Resource, task string, beat rhythm) {
	for i, w := range file.Attrs.Get("writes").Items {
		key := "writes/" + strconv.Itoa(i)
		if owner.ID != file.ID {
			key = file.Address + "/" + key
		}
		if task != "" {
			key = task + "/" + key
		}
		target := w.Get("target")
		d.AddFlow(model.Flow{
			ID: owner.ID + "/" + key, Address: owner.Address + "/" + key, Activity: activityOf(w), Pipeline: owner.ID,
			To: sinkOf(d, qualified(target, by), by.Root), Source: model.AbsentFact(w.At), Sink: draft.Text(target),
			Mode: loadMode(w), Write: draft.Text(w.Get("mode")), Dated: draft.Bool(w.Get("dated")), Partitioned: draft.Bool(w.Get("partitioned")),
			Interval: beat.interval, Triggers: beat.triggers, At: w.At,
		})
	}
}

// activityOf tells a stream, which remembers what it has written, from a write that
// does the same again when it runs again.
func activityOf(w resource.Value) string {
	if call, _ := w.Get("call").AsString(); call == "start" || call == "toTable" {
		return "stream"
	}
	return "notebook"
}

// loadMode says what one run does to the target: whoever replaces everything
// loads everything; appending, merging or replacing a part adds to it.
func loadMode(w resource.Value) model.Fact {
	mode := w.Get("mode")
	text, ok := mode.AsString()
	limited, _ := w.Get("replaces").AsBool()
	switch {
	case !ok:
		return model.UnknownFact(mode.Why, mode.At)
	case text == "overwrite" && !limited:
		return model.KnownFact(string(model.FullLoad), mode.At)
	case text == "new_file":
		return model.UnknownFact("the write fails when the target exists, so it is not a repeated load", mode.At)
	default:
		return model.KnownFact(string(model.IncrementalLoad), mode.At)
	}
}

// qualified completes the name of a table by the schema that a pipeline writes
// to (Pipelines API: schema, formerly target).
func qualified(target resource.Value, by *resource.Resource) resource.Value {
	name, ok := target.AsString()
	schema, named := first(by, "schema", "target").AsString()
	if by.Type == "databricks_pipeline" && ok && named && !strings.ContainsAny(name, "./") {
		target.Text = schema + "." + name
		if catalog, known := by.Attrs.Get("catalog").AsString(); known {
			target.Text = catalog + "." + target.Text
		}
	}
	return target
}
