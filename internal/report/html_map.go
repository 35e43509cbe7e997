package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/recoverymap"
)

// htmlMap is the map of every environment.
type htmlMap struct {
	Sheets []htmlSheet
	Legend string
}

type htmlSheet struct {
	recoverymap.Sheet
	ID string // of its element
	// Name is what the choice of environments calls it.
	Name   string
	Groups []htmlGroup
	// Totals are the columns of the overview.
	Totals []htmlTotal
	// Picture is the drawing as a data URL; empty for a platform too large to draw.
	Picture template.URL
	// Left counts the lines that the page leaves out.
	Left int
}

type htmlGroup struct {
	recoverymap.SheetGroup
	Totals []htmlTotal
	Lines  []htmlMapLine
}

// htmlTotal is a cell of the overview: a bar and its figures.
type htmlTotal struct {
	Fault string
	All   int
	Parts []htmlShare
}

// htmlMapLine is a line of the map and what is found about its assets.
type htmlMapLine struct {
	recoverymap.Line
	Name string
	// Folded says that Name does not name them all.
	Folded   bool
	Findings []htmlLink
}

type htmlLink struct{ ID, Text string }

const (
	// pictureAssets is how many assets the pictures of a page show together;
	// drawing thousands takes seconds, and no page has room for them.
	pictureAssets = 300
	// mapLines is how many lines all sheets of a page have together.
	mapLines = 1500
)

// recoveryMap draws what survives; empty without a model.
func (v *htmlView) recoveryMap(findings []htmlFinding) htmlMap {
	r := v.report
	if r.Model == nil {
		return htmlMap{}
	}
	atlas := recoverymap.Build(recoverymap.Source{Version: r.Version, Model: r.Model, Shown: r.Shown, Sources: r.Sources, Diagnostics: r.Diagnostics})
	links := linksOf(findings)
	room, canvas := mapLines, pictureAssets
	m := htmlMap{Legend: recoverymap.Legend}
	for i, sheet := range recoverymap.Sheets(atlas) {
		h := htmlSheet{Sheet: sheet, ID: fmt.Sprintf("map-%d", i+1), Name: sheet.Environment, Totals: totals(sheet, sheet.Totals)}
		if h.Name == "" {
			h.Name = "shared by all"
		}
		if rows := rowsOf(sheet); rows <= canvas {
			h.Picture = picture(atlas, i)
			canvas -= rows
		}
		for _, g := range sheet.Groups {
			group := htmlGroup{SheetGroup: g, Totals: totals(sheet, g.Totals)}
			take := min(room, len(g.Lines))
			for _, line := range g.Lines[:take] {
				group.Lines = append(group.Lines, mapLine(line, links))
			}
			room -= take
			h.Left += len(g.Lines) - take
			h.Groups = append(h.Groups, group)
		}
		m.Sheets = append(m.Sheets, h)
	}
	return m
}

// rowsOf counts what a sheet names, copies included.
func rowsOf(sheet recoverymap.Sheet) (n int) {
	for _, group := range sheet.Groups {
		n += group.Assets
	}
	return n
}

func totals(sheet recoverymap.Sheet, list []recoverymap.Total) (columns []htmlTotal) {
	for i, t := range list {
		columns = append(columns, htmlTotal{Fault: string(sheet.Faults[i]), All: t.All(), Parts: shares([]htmlShare{
			{Name: "answered", Class: string(recoverymap.Answered), Count: t.Answered},
			{Name: "rebuilt", Class: string(recoverymap.Again), Count: t.Again},
			{Name: "without an answer", Class: string(recoverymap.Gap), Count: t.Gap},
			{Name: "unknown", Class: string(recoverymap.Open), Count: t.Open},
		})})
	}
	return columns
}

func mapLine(line recoverymap.Line, links map[string][]htmlLink) htmlMapLine {
	h := htmlMapLine{Line: line}
	h.Name, h.Folded = shortened(line.Names)
	for _, id := range line.IDs {
		for _, link := range links[id] {
			if !slices.Contains(h.Findings, link) {
				h.Findings = append(h.Findings, link)
			}
		}
	}
	const mostFindings = 20
	h.Findings = h.Findings[:min(mostFindings, len(h.Findings))]
	return h
}

// shortened names the first few of many, and says whether it leaves any out.
func shortened(names []string) (text string, left bool) {
	const longest = 90 // letters, whatever the number of names
	for i, name := range names {
		if i > 0 && len(text)+len(name) > longest && len(names) > i+1 {
			return fmt.Sprintf("%s and %d more", text, len(names)-i), true
		}
		if i > 0 {
			text += ", "
		}
		text += name
	}
	return text, false
}

// linksOf lists, by asset, the findings that fail or are unknown.
func linksOf(findings []htmlFinding) map[string][]htmlLink {
	links := map[string][]htmlLink{}
	for i := range findings {
		f := &findings[i]
		if f.Verdict == string(finding.Fail) || f.Verdict == string(finding.Unknown) {
			for _, id := range f.assets {
				links[id] = append(links[id], htmlLink{f.ID, f.Rule})
			}
		}
	}
	return links
}

// picture draws one map. As an image it keeps its style to itself.
func picture(atlas *recoverymap.Atlas, at int) template.URL {
	one := *atlas
	one.Maps = atlas.Maps[at : at+1]
	var b bytes.Buffer
	if err := recoverymap.SVG(&b, &one, recoverymap.Options{}); err != nil {
		return "" // memory takes everything
	}
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(b.Bytes()))
}
