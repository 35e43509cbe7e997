package git

import (
	"slices"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// approvalSteps wait for a person: the task of Azure Pipelines and the action
// that opens an issue for it.
var approvalSteps = []string{"manualvalidation", "manualintervention", "trstringer/manual-approval"}

// approved says whether a person has to approve what a job rolls out, as far as
// that is visible. What environments ask for is set on the host.
func (w *workflow) approved(job resource.Value) model.Tri {
	if w.waits(job) {
		return model.Yes
	}
	if environment := job.Get("environment"); !environment.IsAbsent() && (job.Get("deployment").IsAbsent() || isTrue(job.Get("deployment"))) {
		return model.Maybe
	}
	return model.No
}

func isTrue(v resource.Value) bool {
	truth, _ := v.AsBool()
	return truth
}

// waits reports whether a job, or one that it or its stage depends on, waits
// for a person.
func (w *workflow) waits(job resource.Value) bool {
	stages := w.r.Attrs.Get("stages").Blocks()
	stage, _ := job.Get("stage").AsString()
	before := closure(stages, stage)
	if slices.ContainsFunc(stages, func(s resource.Value) bool {
		id, _ := s.Get("id").AsString()
		return isTrue(s.Get("manual")) && (id == stage || slices.Contains(before, id))
	}) {
		return true
	}
	var same []resource.Value
	for _, other := range w.jobs {
		name, _ := other.Get("stage").AsString()
		switch {
		case name == stage:
			same = append(same, other)
		case slices.Contains(before, name) && asks(other):
			return true
		}
	}
	id, _ := job.Get("id").AsString()
	needed := closure(same, id)
	return asks(job) || slices.ContainsFunc(same, func(other resource.Value) bool {
		name, _ := other.Get("id").AsString()
		return slices.Contains(needed, name) && asks(other)
	})
}

// closure lists what something needs, directly or not.
func closure(items []resource.Value, id string) []string {
	needs := map[string][]string{}
	for _, item := range items {
		name, _ := item.Get("id").AsString()
		names, _ := item.Get("needs").Strings()
		needs[name] = append(needs[name], names...)
	}
	var found []string
	for queue := slices.Clone(needs[id]); len(queue) > 0; {
		next := queue[0]
		queue = queue[1:]
		if !slices.Contains(found, next) {
			found = append(found, next)
			queue = append(queue, needs[next]...)
		}
	}
	return found
}

// asks reports whether a job has a step that waits for a person.
func asks(job resource.Value) bool {
	if neverRuns(job) {
		return false
	}
	return slices.ContainsFunc(job.Get("steps").Blocks(), func(step resource.Value) bool {
		uses, _ := step.Get("uses").AsString()
		return !neverRuns(step) && slices.Contains(approvalSteps, actionName(uses))
	})
}
