package report

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
)

// Inventory writes what was found, for people: every asset with its stage and
// how that was inferred, and every protection with the place that decides it;
// then what moves data between them and what rolls things out.
func Inventory(w io.Writer, r *Report, options Options) error {
	t := newTextWriter(w, r, options)
	for _, variants := range byAddress(r.Assets) {
		t.variants(variants)
	}
	t.flows(r.Flows)
	t.pipelines(r.Pipelines)
	for _, d := range r.Diagnostics {
		t.diagnostic(d)
	}
	fmt.Fprintf(t.out, "%s, %s\n", count(r.Summary.Files, "file"), t.assets())
	return t.out.Flush()
}

// InventoryJSON writes the inventory as a JSON document.
func InventoryJSON(w io.Writer, r *Report, _ Options) error {
	shape := shaper{r.Sources}
	d := inventoryDocument{
		Version: documentVersion, Tool: toolDocument{Name: "drlint", Version: r.Version},
		Assets: []assetDocument{}, Flows: []flowDocument{}, Pipelines: []pipelineDocument{}, Diagnostics: []diagDocument{},
	}
	for _, a := range r.Assets {
		d.Assets = append(d.Assets, shape.asset(a))
	}
	for _, f := range r.Flows {
		d.Flows = append(d.Flows, shape.flow(f))
	}
	for _, p := range r.Pipelines {
		d.Pipelines = append(d.Pipelines, shape.pipeline(p))
	}
	for _, diagnostic := range r.Diagnostics {
		d.Diagnostics = append(d.Diagnostics, shape.diagnostic(diagnostic))
	}
	return encode(w, d)
}

// byAddress puts the assets of one address in all environments of its root
// together, in order of first appearance.
func byAddress(assets []*model.Asset) [][]*model.Asset {
	type identity struct{ root, address string }
	index := map[identity]int{}
	var groups [][]*model.Asset
	for _, a := range assets {
		key := identity{environment.Root(a.Root, a.Environment), a.Address}
		at, known := index[key]
		if !known {
			at = len(groups)
			index[key] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], a)
	}
	return groups
}

// variants writes the assets of one address; environments in which nothing
// differs share a paragraph.
func (t *textWriter) variants(assets []*model.Asset) {
	type paragraph struct{ header, body string }
	names := map[paragraph][]string{}
	var paragraphs []paragraph
	for _, a := range assets {
		p := paragraph{
			header: t.bold.Sprint(printable(a.Address)) + " " + t.dim.Sprint(t.where(a.At)),
			body:   t.written(func() { t.asset(a) }),
		}
		if _, known := names[p]; !known {
			paragraphs = append(paragraphs, p)
		}
		names[p] = append(names[p], a.Environment)
	}
	for _, p := range paragraphs {
		fmt.Fprintln(t.out, p.header)
		t.row("in", strings.Join(names[p], ", "))
		fmt.Fprintln(t.out, p.body)
	}
}

// written returns what a function writes instead of writing it.
func (t *textWriter) written(write func()) string {
	var text bytes.Buffer
	out := t.out
	t.out = bufio.NewWriter(&text)
	write()
	_ = t.out.Flush() // memory takes everything
	t.out = out
	return text.String()
}

func (t *textWriter) asset(a *model.Asset) {
	t.row("kind", string(a.Kind)+" ("+a.Provider+" "+a.Service+")")
	t.row("name", t.fact(a.Name))
	t.row("region", t.fact(a.Region))
	t.row("stage", stages(a))
	if a.Maybe != "" {
		t.row("exists", "unknown: "+a.Maybe)
	}
	for _, name := range model.ProtectionsOf(a.Kind) {
		t.protection(name, a.Protections[name])
	}
	for _, m := range a.Missing {
		t.row("missing", m.What+" "+m.Name+", "+t.where(m.At))
	}
	for i := range a.Mirrors {
		m := &a.Mirrors[i]
		t.row("mirror", fmt.Sprintf("%s by %s to %s, %s", m.Form, m.By, t.fact(m.Target), t.where(m.At)))
	}
}

func (t *textWriter) row(label, text string) {
	if text != "" {
		fmt.Fprintf(t.out, "  %-22s %s\n", label, printable(text))
	}
}

func (t *textWriter) protection(name string, p model.Protection) {
	if p.State == "" {
		return
	}
	state := t.state(p.State)
	if p.State == model.On && p.Scope == model.Partial {
		state += " for a part"
	}
	var details []string
	if p.State == model.On {
		details = append(details, t.provided(p)...)
	}
	if p.Why != "" {
		details = append(details, p.Why)
	}
	if p.Defaulted {
		details = append(details, "by default")
	}
	text := strings.Join(details, ", ")
	fmt.Fprintf(t.out, "  %-22s %s %s %s\n", name, state, printable(text), t.dim.Sprint(t.where(p.At)))
}

func (t *textWriter) state(state model.ProtectionState) string {
	grade := map[model.ProtectionState]string{model.Off: "high", model.Undecided: "unknown", model.Inapplicable: "note"}[state]
	text := map[model.ProtectionState]string{model.Inapplicable: "n/a"}[state]
	text = cmp.Or(text, string(state))
	if paint, ok := t.grades[grade]; ok {
		return paint.Sprint(text)
	}
	return t.bold.Sprint(text)
}

// provided describes the means that are on: who writes it, how far back it goes.
func (t *textWriter) provided(p model.Protection) (details []string) {
	for _, m := range p.Means {
		if m.State != model.On {
			continue
		}
		text := m.Mechanism
		if days, ok := m.Window.Number(); ok {
			text += " " + window(days)
		}
		if region := m.Region.Text(); region != "" {
			text += " in " + region
		}
		details = append(details, text)
	}
	return details
}

func window(days float64) string {
	if days >= model.Forever {
		return "kept forever"
	}
	switch {
	case days >= 1, days == 0:
		return fmt.Sprintf("%s %s", rounded(days), plural(days, "day"))
	case days*24 >= 1:
		return fmt.Sprintf("%s %s", rounded(days*24), plural(days*24, "hour"))
	default:
		return fmt.Sprintf("%s %s", rounded(days*24*3600), plural(days*24*3600, "second"))
	}
}

// rounded leaves out what nobody reads of a number.
func rounded(number float64) string {
	return strconv.FormatFloat(math.Round(number*10)/10, 'f', -1, 64)
}

func plural(number float64, unit string) string {
	if rounded(number) == "1" {
		return unit
	}
	return unit + "s"
}

func (t *textWriter) fact(f model.Fact) string {
	switch f.State {
	case model.Known:
		return fmt.Sprint(f.Value)
	case model.Unknown:
		return "unknown: " + f.Why
	default:
		return ""
	}
}

func stages(a *model.Asset) string {
	var texts []string
	for _, s := range a.Stages {
		texts = append(texts, fmt.Sprintf("%s (%s, %s confidence)", s.Stage, s.Basis, s.Confidence))
	}
	return strings.Join(texts, "; ")
}
