package git

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/cron"
)

// triggers is what starts a workflow.
type triggers struct {
	names []string // sorted
	at    source.Range
	// interval is the longest time between two runs, as model.Mirror has it.
	interval model.Fact
	// everyBranch is set when a push to any branch starts it.
	everyBranch bool
}

// startOf reads what starts a workflow. One that other workflows call is
// started by whatever starts them.
func startOf(d *draft.Draft, r *resource.Resource) triggers {
	own := readTriggers(r)
	callers, _ := r.Attrs.Get("called_by").Strings()
	for _, file := range callers {
		for _, caller := range d.Resources.OfType(workflowType) {
			if caller.Address == file && caller != r {
				own = own.or(readTriggers(caller))
			}
		}
	}
	return own
}

// or joins the triggers of two workflows: whichever starts a run more often
// decides its interval.
func (t triggers) or(other triggers) triggers {
	for _, name := range other.names {
		if !slices.Contains(t.names, name) {
			t.names = append(t.names, name)
		}
	}
	slices.Sort(t.names)
	t.everyBranch = t.everyBranch || other.everyBranch
	mine, known := t.interval.Number()
	theirs, decided := other.interval.Number()
	switch {
	case t.interval.State == model.Absent:
	case other.interval.State == model.Absent, decided && (!known || theirs < mine):
		t.interval = other.interval
	}
	return t
}

// readTriggers reads "on" in its long form, an object of events with options.
func readTriggers(r *resource.Resource) triggers {
	on := r.Attrs.Get("on")
	t := triggers{at: on.At}
	for _, event := range on.Fields {
		t.names = append(t.names, event.Name)
	}
	slices.Sort(t.names)
	push := on.Get("push")
	t.everyBranch = !push.IsAbsent() && everyBranch(push, r.Type == pipelineType)
	if !push.IsAbsent() && onEachPush(push) {
		t.interval = model.AbsentFact(on.At)
		return t
	}
	t.interval = scheduled(r.Attrs.Get("schedules"))
	if t.interval.State == model.Absent {
		t.interval = model.UnknownFact(onlyBy(t.names), on.At)
	}
	return t
}

// everyBranch: without branch filters a push to any branch counts, unless only
// tags are listed.
func everyBranch(push resource.Value, onAzure bool) bool {
	branches, tags := push.Get("branches"), push.Get("tags")
	switch {
	case !branches.IsAbsent():
		names, _ := branches.Strings()
		// GitHub's * stops at a slash, that of Azure Pipelines does not.
		return slices.Contains(names, "**") || onAzure && slices.Contains(names, "*")
	case !push.Get("branches-ignore").IsAbsent():
		return false
	default:
		return tags.IsAbsent() && push.Get("tags-ignore").IsAbsent()
	}
}

// onEachPush reports whether every push to the branches that count starts a
// run: a filter on paths or tags alone lets pushes pass.
func onEachPush(push resource.Value) bool {
	for _, filter := range []string{"paths", "paths-ignore"} {
		if !push.Get(filter).IsAbsent() {
			return false
		}
	}
	hasBranches := !push.Get("branches").IsAbsent() || !push.Get("branches-ignore").IsAbsent()
	hasTags := !push.Get("tags").IsAbsent() || !push.Get("tags-ignore").IsAbsent()
	return hasBranches || !hasTags
}

// scheduled is the shortest interval of the schedules: several schedules run
// at least as often as the most frequent of them.
func scheduled(schedules resource.Value) model.Fact {
	best := model.Fact{State: model.Absent}
	for _, expression := range schedules.Blocks() {
		fact := cronInterval(expression)
		hours, known := fact.Number()
		shortest, decided := best.Number()
		if best.State == model.Absent || known && (!decided || hours < shortest) {
			best = fact
		}
	}
	return best
}

func cronInterval(v resource.Value) model.Fact {
	text, known := v.AsString()
	if !known {
		return model.UnknownFact(unresolved(v, "cron"), v.At)
	}
	interval, ok := cron.Interval(text, cron.POSIX)
	if !ok {
		return model.UnknownFact("cron is "+text+", which is not a schedule of five fields", v.At)
	}
	return model.KnownFact(interval.Hours(), v.At)
}

func onlyBy(names []string) string {
	switch {
	case slices.Contains(names, "push"):
		return "not every push starts the workflow: the push trigger is limited to paths or tags"
	case len(names) == 1 && names[0] == "workflow_dispatch":
		return "the workflow runs only when someone starts it"
	case len(names) == 1 && names[0] == "manual":
		return "the pipeline runs only when someone starts it, as far as its file says"
	case len(names) == 0:
		return "what starts the workflow is not known"
	default:
		return "no push and no schedule starts the workflow"
	}
}
