package databricks

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/cron"
)

// rhythm is what starts a job and how often.
type rhythm struct {
	interval model.Fact
	triggers []string
	paused   model.Fact // absent for a job without a schedule
}

// rhythmOf reads what starts a job: its own schedule or, without one, the job
// that runs it.
func rhythmOf(d *draft.Draft, r *resource.Resource, depth int) rhythm {
	own := schedule(d, r)
	if len(own.triggers) > 0 {
		return own
	}
	const maxDepth = 5
	if depth < maxDepth {
		for _, caller := range callers(d)[r.ID] {
			if theirs := rhythmOf(d, caller, depth+1); len(theirs.triggers) > 0 && theirs.triggers[0] != "manual" {
				return theirs
			}
		}
	}
	return rhythm{interval: model.AbsentFact(r.At), triggers: []string{"manual"}, paused: model.AbsentFact(r.At)}
}

// schedule reads schedule, continuous and trigger of a job (Jobs API).
func schedule(d *draft.Draft, r *resource.Resource) rhythm {
	blocks := []struct {
		path string
		read func(resource.Value) model.Fact
		name string
	}{
		{"schedule", byCron, "schedule"},
		{"trigger.cron", byCron, "schedule"},
		{"trigger.periodic", byPeriod, "schedule"},
		{"continuous", func(v resource.Value) model.Fact { return model.KnownFact(0.0, v.At) }, "continuous"},
		{"trigger.file_arrival", func(v resource.Value) model.Fact { return model.AbsentFact(v.At) }, "event"},
		{"trigger.table_update", func(v resource.Value) model.Fact { return model.AbsentFact(v.At) }, "event"},
	}
	for _, block := range blocks {
		v := first(r, block.path).Block()
		if v.IsAbsent() {
			continue
		}
		found := rhythm{interval: block.read(v), triggers: []string{block.name}}
		status := v.Get("pause_status")
		if strings.HasPrefix(block.path, "trigger.") && status.IsAbsent() {
			status = first(r, "trigger").Block().Get("pause_status")
		}
		found.paused = paused(d, r, status, v.At)
		switch found.paused.Tri() {
		case model.Yes:
			found.interval = model.UnknownFact("the schedule is paused", found.paused.At)
		case model.Maybe:
			found.interval = model.UnknownFact(found.paused.Why, found.paused.At)
		}
		return found
	}
	return rhythm{}
}

// paused says whether a schedule is switched off. A target in development mode
// pauses every schedule that does not say otherwise (Databricks, "Bundle
// deployment modes").
func paused(d *draft.Draft, r *resource.Resource, status resource.Value, at source.Range) model.Fact {
	if !status.IsAbsent() {
		text, ok := status.AsString()
		if !ok {
			return model.UnknownFact(unresolved(status, "pause_status"), status.At)
		}
		return model.KnownFact(strings.EqualFold(text, "PAUSED"), status.At)
	}
	for _, bundle := range d.Resources.Lookup(r.Root + "#bundle") {
		if preset := bundle.Attrs.Path("presets.trigger_pause_status"); !preset.IsAbsent() {
			text, _ := preset.AsString()
			return model.KnownFact(strings.EqualFold(text, "PAUSED"), preset.At)
		}
		mode := bundle.Attrs.Get("mode")
		if text, _ := mode.AsString(); strings.EqualFold(text, "development") {
			return model.KnownFact(true, mode.At)
		}
	}
	return model.DefaultFact(false, at)
}

func byCron(v resource.Value) model.Fact {
	expression := v.Get("quartz_cron_expression")
	text, ok := expression.AsString()
	if !ok {
		return model.UnknownFact(unresolved(expression, "quartz_cron_expression"), expression.At)
	}
	interval, ok := cron.Interval(text, cron.Quartz)
	if !ok {
		return model.UnknownFact("the schedule "+text+" is not a plain one", expression.At)
	}
	return model.KnownFact(interval.Hours(), expression.At)
}

// byPeriod reads trigger.periodic (Jobs API: unit HOURS, DAYS or WEEKS).
func byPeriod(v resource.Value) model.Fact {
	n, ok := v.Get("interval").AsNumber()
	unit, _ := v.Get("unit").AsString()
	hours := map[string]float64{"HOURS": 1, "DAYS": 24, "WEEKS": 7 * 24}[strings.ToUpper(unit)]
	if !ok || hours == 0 {
		return model.UnknownFact(unresolved(v.Get("interval"), "periodic"), v.At)
	}
	return model.KnownFact(n*hours, v.Get("interval").At)
}

// callersKey remembers which jobs run which.
type callersKey struct{}

func callers(d *draft.Draft) map[string][]*resource.Resource {
	return draft.Once(d, callersKey{}, func() map[string][]*resource.Resource {
		found := map[string][]*resource.Resource{}
		for _, r := range d.Resources.OfType("databricks_job") {
			for _, task := range taskValues(r) {
				for _, place := range []string{"run_job_task.job_id", "pipeline_task.pipeline_id"} {
					for _, target := range d.Resources.Referents(task.Path(place), "databricks_job", "databricks_pipeline") {
						if !slices.Contains(found[target.ID], r) && target != r {
							found[target.ID] = append(found[target.ID], r)
						}
					}
				}
			}
		}
		return found
	})
}
