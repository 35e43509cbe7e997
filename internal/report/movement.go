package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// What moves data and what rolls things out, as the inventory tells it.

type flowDocument struct {
	ID       string        `json:"id"`
	Address  string        `json:"address"`
	Activity string        `json:"activity"`
	Pipeline string        `json:"pipeline,omitempty"`
	From     string        `json:"from,omitempty"`
	To       string        `json:"to,omitempty"`
	Source   factDocument  `json:"source"`
	Reads    string        `json:"reads,omitempty"`
	Sink     factDocument  `json:"sink"`
	Mode     factDocument  `json:"mode"`
	Write    factDocument  `json:"write"`
	Dated    factDocument  `json:"dated"`
	Interval factDocument  `json:"interval_hours"`
	Triggers []string      `json:"triggers"`
	Runtime  string        `json:"runtime,omitempty"`
	Location placeDocument `json:"location"`
}

type pipelineDocument struct {
	ID       string               `json:"id"`
	Format   string               `json:"format"`
	Name     string               `json:"name"`
	Path     string               `json:"path"`
	Triggers []string             `json:"triggers"`
	Deploys  []deploymentDocument `json:"deploys"`
	Location placeDocument        `json:"location"`
}

type deploymentDocument struct {
	What        string        `json:"what"`
	By          string        `json:"by"`
	Source      factDocument  `json:"source"`
	Environment factDocument  `json:"environment"`
	Region      factDocument  `json:"region"`
	Approved    string        `json:"approved"`
	Location    placeDocument `json:"location"`
}

type missingDocument struct {
	What     string        `json:"what"`
	Name     string        `json:"name"`
	Location placeDocument `json:"location"`
}

func (s shaper) flow(f model.Flow) flowDocument {
	return flowDocument{
		ID: f.ID, Address: f.Address, Activity: f.Activity, Pipeline: f.Pipeline, From: f.From, To: f.To,
		Source: *s.fact(f.Source), Reads: f.Reads, Sink: *s.fact(f.Sink), Mode: *s.fact(f.Mode), Write: *s.fact(f.Write),
		Dated: *s.fact(f.Dated), Interval: *s.fact(f.Interval), Triggers: orEmpty(f.Triggers), Runtime: f.Runtime,
		Location: s.place(f.At),
	}
}

func (s shaper) pipeline(p model.Pipeline) pipelineDocument {
	d := pipelineDocument{
		ID: p.ID, Format: p.Format, Name: p.Name, Path: p.Path, Triggers: orEmpty(p.Triggers),
		Deploys: []deploymentDocument{}, Location: s.place(p.At),
	}
	for _, step := range p.Deploys {
		d.Deploys = append(d.Deploys, deploymentDocument{
			What: step.What, By: step.By, Source: *s.fact(step.Source), Environment: *s.fact(step.Environment),
			Region: *s.fact(step.Region), Approved: string(cmp.Or(step.Approved, model.Maybe)), Location: s.place(step.At),
		})
	}
	return d
}

// flows writes each flow once; environments in which nothing differs share a
// paragraph.
func (t *textWriter) flows(flows []model.Flow) {
	environments := map[string]string{}
	addresses := map[string]string{}
	for _, a := range t.report.Assets {
		environments[a.ID], addresses[a.ID] = a.Environment, a.Address
	}
	names := map[string][]string{}
	var paragraphs []string
	for _, f := range flows {
		p := t.written(func() { t.flow(f, addresses) })
		if _, known := names[p]; !known {
			paragraphs = append(paragraphs, p)
		}
		names[p] = append(names[p], environments[f.Pipeline])
	}
	for _, p := range paragraphs {
		fmt.Fprint(t.out, p)
		t.row("in", strings.Join(slices.Compact(names[p]), ", "))
		fmt.Fprintln(t.out)
	}
}

func (t *textWriter) flow(f model.Flow, addresses map[string]string) {
	fmt.Fprintln(t.out, t.bold.Sprint(printable("flow "+f.Address))+" "+t.dim.Sprint(t.where(f.At)))
	end := func(place model.Fact, id string) string {
		text := t.fact(place)
		if address := cmp.Or(addresses[id], id); address != "" {
			text = strings.TrimSpace(text + " (" + address + ")")
		}
		return text
	}
	t.row("load", f.Activity+", "+t.fact(f.Mode))
	if !isOpaque(f) {
		t.row("from", end(f.Source, f.From))
		t.row("to", end(f.Sink, f.To))
		t.row("write", t.fact(f.Write))
		t.row("dated", yesOrNo(t.fact(f.Dated)))
	}
	t.row("started", t.started(f))
	t.row("runtime", cmp.Or(addresses[f.Runtime], f.Runtime))
}

// isOpaque reports whether one reason hides all of a flow: the code of a stored
// procedure.
func isOpaque(f model.Flow) bool {
	for _, fact := range []model.Fact{f.Source, f.Sink, f.Write, f.Dated} {
		if fact.State != model.Unknown || fact.Why != f.Mode.Why {
			return false
		}
	}
	return f.Mode.State == model.Unknown && f.From == "" && f.To == ""
}

func yesOrNo(text string) string {
	return cmp.Or(map[string]string{"true": "yes", "false": "no"}[text], text)
}

func (t *textWriter) started(f model.Flow) string {
	text := strings.Join(f.Triggers, ", ")
	if hours, ok := f.Interval.Number(); ok {
		return strings.TrimPrefix(text+", every "+window(hours/24), ", ")
	}
	if f.Interval.State == model.Unknown {
		return strings.TrimPrefix(text+", "+t.fact(f.Interval), ", ")
	}
	return text
}

func (t *textWriter) pipelines(pipelines []model.Pipeline) {
	for _, p := range pipelines {
		title := "pipeline " + strconv.Quote(p.Name)
		fmt.Fprintln(t.out, t.bold.Sprint(printable(title))+" "+t.dim.Sprint(t.where(p.At)))
		t.row("format", p.Format)
		t.row("started", strings.Join(p.Triggers, ", "))
		for _, step := range p.Deploys {
			t.row("deploys", t.deployment(step))
		}
		fmt.Fprintln(t.out)
	}
}

func (t *textWriter) deployment(d model.Deployment) string {
	words := []string{d.What}
	for _, part := range []struct {
		label string
		fact  model.Fact
	}{{"", d.Source}, {"to ", d.Environment}, {"in ", d.Region}} {
		if s := t.fact(part.fact); s != "" {
			words = append(words, part.label+s)
		}
	}
	text := strings.Join(words, " ") + " by " + d.By
	switch d.Approved {
	case model.Yes:
		text += ", after an approval"
	case model.No:
		text += ", without an approval"
	}
	return text + " " + t.where(d.At)
}
