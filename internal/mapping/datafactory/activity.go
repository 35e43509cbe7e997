package datafactory

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// maxActivities bounds the activities of one pipeline; the services allow 120.
const maxActivities = 1000

// activity is one step of a pipeline.
type activity struct {
	pipeline *object
	v        resource.Value
	name     string
	typ      string
	// label completes addresses: the name, told from earlier ones that are the same.
	label string
	// branch is the path of lists that the activity lies in; one is always
	// done when another is whose branch begins with its own.
	branch string
	// loop is the innermost ForEach around it.
	loop *activity
	// copied is what a Copy activity copies, once that was asked for.
	copied *copied
	// after are the names of the activities it waits for, before all that it
	// waits for, directly or not, once that was asked for.
	after  []string
	before map[*activity]bool
	// deletes is what a Delete activity deletes, once that was asked for.
	deletes *place
}

// at reads below typeProperties.
func (a *activity) at(path string) resource.Value {
	v := a.v.Get("typeProperties").Path(path)
	if v.At.IsZero() {
		v.At = a.v.At
	}
	return v
}

// steps returns all activities of a pipeline, nested ones after the one that
// holds them.
func (o *object) steps() []*activity {
	if !o.walked {
		o.walked, o.labels = true, map[string]int{}
		o.walk(o.props.Get("activities"), "", nil)
	}
	return o.activities
}

func (o *object) walk(list resource.Value, branch string, loop *activity) {
	for i, v := range list.Items {
		if len(o.activities) >= maxActivities {
			return
		}
		a := &activity{pipeline: o, v: v, branch: branch, loop: loop}
		a.name, _ = v.Get("name").AsString()
		a.typ, _ = v.Get("type").AsString()
		for _, dependency := range v.Get("dependsOn").Items {
			if name, ok := dependency.Get("activity").AsString(); ok {
				a.after = append(a.after, name)
			}
		}
		o.activities = append(o.activities, a)
		if o.labels[a.name]++; o.labels[a.name] > 1 {
			a.label = fmt.Sprintf("%s~%d", a.name, o.labels[a.name])
		} else {
			a.label = a.name
		}
		inner := loop
		if a.typ == "ForEach" {
			inner = a
		}
		for _, part := range []string{"activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities"} {
			o.walk(a.at(part), fmt.Sprintf("%s/%d.%s", branch, i, part), inner)
		}
		for j, c := range a.at("cases").Items {
			o.walk(c.Get("activities"), fmt.Sprintf("%s/%d.case%d", branch, i, j), inner)
		}
	}
}

// precedes reports whether an activity is done whenever another one is: it lies
// in the same list or in one around it.
func (a *activity) precedes(other *activity) bool {
	return other.branch == a.branch || strings.HasPrefix(other.branch, a.branch+"/")
}

// step returns an activity by its name.
func (o *object) step(name string) *activity {
	steps := o.steps()
	if o.byName == nil {
		o.byName = map[string]*activity{}
		for _, a := range steps {
			if key := strings.ToLower(a.name); o.byName[key] == nil {
				o.byName[key] = a
			}
		}
	}
	return o.byName[strings.ToLower(name)]
}

// follows reports whether a step waits for another one, directly or not.
func (a *activity) follows(other *activity) bool {
	if a.before == nil {
		a.before = map[*activity]bool{}
		queue := []*activity{a}
		for len(queue) > 0 {
			for _, name := range queue[0].after {
				if step := a.pipeline.step(name); step != nil && !a.before[step] {
					a.before[step] = true
					queue = append(queue, step)
				}
			}
			queue = queue[1:]
		}
	}
	return a.before[other]
}
