package git

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func object(fields ...resource.Field) resource.Value {
	return resource.ObjectAt(source.Range{File: "w.yml"}, fields...)
}

func field(name string, v resource.Value) resource.Field { return resource.Field{Name: name, Value: v} }

func texts(values ...string) resource.Value {
	list := resource.ListAt(source.Range{File: "w.yml"})
	for _, value := range values {
		list.Items = append(list.Items, resource.StringAt(source.Range{File: "w.yml"}, value))
	}
	return list
}

func TestTriggers(t *testing.T) {
	tests := []struct {
		name        string
		on          resource.Value
		crons       []string
		state       model.State
		hours       float64
		everyBranch bool
	}{
		{"push", object(field("push", object())), nil, model.Absent, 0, true},
		{"push to main", object(field("push", object(field("branches", texts("main"))))), nil, model.Absent, 0, false},
		{"push to all", object(field("push", object(field("branches", texts("**"))))), nil, model.Absent, 0, true},
		{"push of paths", object(field("push", object(field("paths", texts("docs/**"))))), nil, model.Unknown, 0, true},
		{"push of tags", object(field("push", object(field("tags", texts("v*"))))), nil, model.Unknown, 0, false},
		{"by hand", object(field("workflow_dispatch", object())), nil, model.Unknown, 0, false},
		{"daily", object(field("schedule", object())), []string{"0 3 * * *"}, model.Known, 24, false},
		{"twice", object(field("schedule", object())), []string{"0 3 * * 0", "0 4 * * *"}, model.Known, 24, false},
		{"wrong", object(field("schedule", object())), []string{"0 3 * *"}, model.Unknown, 0, false},
		{"paths and daily", object(field("push", object(field("paths", texts("a")))), field("schedule", object())), []string{"0 3 * * *"}, model.Known, 24, true},
	}
	for _, test := range tests {
		attrs := object(field("on", test.on))
		if test.crons != nil {
			attrs.Fields = append(attrs.Fields, field("schedules", texts(test.crons...)))
		}
		got := readTriggers(&resource.Resource{Attrs: attrs})
		hours, _ := got.interval.Number()
		if got.interval.State != test.state || hours != test.hours || got.everyBranch != test.everyBranch {
			t.Errorf("%s: interval %+v, every branch %v", test.name, got.interval, got.everyBranch)
		}
	}
}

func TestTriggersJoin(t *testing.T) {
	at := source.Range{File: "w.yml"}
	manual := triggers{names: []string{"workflow_call"}, interval: model.UnknownFact("the workflow runs only when someone starts it", at)}
	daily := triggers{names: []string{"schedule"}, interval: model.KnownFact(24.0, at)}
	pushed := triggers{names: []string{"push"}, interval: model.AbsentFact(at)}
	if got, _ := manual.or(daily).interval.Number(); got != 24 {
		t.Errorf("a daily caller gives %v hours, want 24", got)
	}
	if got := daily.or(pushed).interval.State; got != model.Absent {
		t.Errorf("a caller on every push gives an interval that is %s, want none", got)
	}
}
