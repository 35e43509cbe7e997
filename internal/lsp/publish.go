package lsp

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/suppression"
)

// scanned is an outcome as the editor sees it.
type scanned struct {
	asked   int
	invalid bool
	views   map[string]*view // by path below the root
	config  string
	// settings is the text of the configuration, nil when there is none yet.
	settings *text
	// remarks are the diagnostics that belong to no file.
	remarks []string
}

// view is what is said about one file.
type view struct {
	text    *text
	entries []entry
	// safe are the edits of all safe fixes that go together.
	safe []fileEdits
}

// entry is one finding, or a diagnostic where finding is nil.
type entry struct {
	at       source.Range
	finding  *finding.Finding
	shown    diagnostic
	remedies []remedy
}

// sent is what the editor knows about a file.
type sent struct {
	uri         string
	version     *int32
	diagnostics []diagnostic
}

// builder turns an outcome into views; it reads each file once.
type builder struct {
	snapshot
	outcome *Outcome
	read    map[string]*text
	done    *scanned
}

func newScanned(shot snapshot, outcome *Outcome, unknown bool) *scanned {
	b := &builder{snapshot: shot, outcome: outcome, read: map[string]*text{}}
	b.done = &scanned{asked: shot.asked, invalid: outcome.Invalid, views: map[string]*view{}, config: outcome.Config}
	for file := range shot.texts {
		b.view(file)
	}
	for i := range outcome.Findings {
		f := &outcome.Findings[i]
		if f.Suppressed == nil && (f.Verdict == finding.Fail || f.Verdict == finding.Unknown && unknown) {
			b.add(f.At, f, b.finding(f))
		}
	}
	for _, d := range outcome.Diagnostics {
		if d.At.IsZero() {
			b.done.remarks = append(b.done.remarks, d.Summary)
			continue
		}
		b.add(d.At, nil, b.flaw(d))
	}
	for _, file := range slices.Sorted(maps.Keys(shot.texts)) {
		v := b.view(file)
		var err error
		if v.safe, err = b.safe(v); err != nil {
			b.done.remarks = append(b.done.remarks, "the fixes of "+file+" do not go together: "+err.Error())
		}
	}
	if outcome.Config != "" {
		if _, err := fs.Stat(outcome.Files, outcome.Config); err == nil {
			b.done.settings = b.text(outcome.Config)
		}
	}
	return b.done
}

// text returns the text of a file: what is open, else what was scanned.
func (b *builder) text(file string) *text {
	if t := b.texts[file]; t != nil {
		return t
	}
	t := b.read[file]
	if t == nil {
		data, _ := fs.ReadFile(b.outcome.Files, file) // what cannot be read has no lines
		t = newText(data, b.client.unit)
		b.read[file] = t
	}
	return t
}

func (b *builder) view(file string) *view {
	v := b.done.views[file]
	if v == nil {
		v = &view{text: b.text(file)}
		b.done.views[file] = v
	}
	return v
}

func (b *builder) add(at source.Range, f *finding.Finding, d diagnostic) {
	v := b.view(at.File)
	e := entry{at: at, finding: f, shown: d}
	if f != nil {
		e.remedies = b.remedies(f)
	}
	v.entries = append(v.entries, e)
}

func (b *builder) span(at source.Range) span { return b.text(at.File).span(at.Start, at.End) }

func (b *builder) finding(f *finding.Finding) diagnostic {
	d := diagnostic{
		Range: b.span(f.At), Severity: severityHint, Code: f.Rule.ID, Source: "drlint", Message: printable(f.Message),
	}
	if where := f.Where(); where != "" {
		d.Message += ", in " + printable(where)
	}
	if f.Verdict == finding.Fail {
		d.Severity = severities[f.Severity]
	}
	if b.client.unnecessary && suppression.Unused(f.Rule) {
		d.Tags = []int{tagUnnecessary}
	}
	if b.client.links && !f.Rule.Custom {
		d.CodeDescription = &codeDescription{Href: report.RulePage(f.Rule.ID)}
	}
	if b.client.related {
		d.RelatedInformation = b.related(f)
	}
	return d
}

var severities = map[finding.Severity]int{
	finding.High: severityError, finding.Medium: severityWarning, finding.Low: severityInformation, finding.Info: severityInformation,
}

// related lists the module calls that lead to the subject and what else helps.
func (b *builder) related(f *finding.Finding) (places []relatedPlace) {
	add := func(at source.Range, message string) {
		if !at.IsZero() {
			places = append(places, relatedPlace{location{b.uri(at.File), b.span(at)}, printable(message)})
		}
	}
	for _, call := range f.Via {
		add(call.At, "through "+call.Name)
	}
	for _, r := range f.Related {
		add(r.At, r.Message)
	}
	for _, instance := range f.Instances {
		for _, call := range instance.Via {
			add(call.At, "also "+instance.Subject.Address+", through "+call.Name)
		}
	}
	return places
}

// The tag of text that has no effect, which editors fade.
const tagUnnecessary = 1

// flaw is a diagnostic of drlint itself: what could not be read or resolved.
func (b *builder) flaw(d source.Diagnostic) diagnostic {
	shown := diagnostic{Range: b.span(d.At), Severity: severityInformation, Code: d.Code, Source: "drlint", Message: printable(d.Summary)}
	if d.Detail != "" {
		shown.Message += "\n" + printable(d.Detail)
	}
	switch d.Severity {
	case source.Error:
		shown.Severity = severityError
	case source.Warning:
		shown.Severity = severityWarning
	}
	return shown
}

// publish tells the editor what changed about the files of a root; nil takes
// everything back. Problems of a configuration leave what was said about other
// files, since nothing was judged anew.
func (r *root) publish(done *scanned) {
	files := map[string]bool{}
	switch {
	case done == nil:
		for file := range r.sent {
			files[file] = true
		}
		done = &scanned{}
	case done.invalid:
		for file := range r.flawed {
			files[file] = true
		}
		clear(r.flawed)
		for file, v := range done.views {
			if len(v.entries) > 0 {
				files[file], r.flawed[file] = true, true
			}
		}
	default:
		clear(r.flawed)
		for file := range r.sent {
			files[file] = true
		}
		for file := range done.views {
			files[file] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		r.publishFile(file, done.views[file])
	}
	for _, remark := range done.remarks {
		r.server.tell(remark)
	}
}

func (r *root) publishFile(file string, v *view) {
	known, before := r.sent[file]
	now := sent{uri: r.uri(file), diagnostics: []diagnostic{}}
	if v != nil {
		for _, e := range v.entries {
			now.diagnostics = append(now.diagnostics, e.shown)
		}
	}
	d := r.docs[file]
	if d != nil && r.server.client.versions {
		now.version = &d.version
	}
	if before && known.uri != now.uri {
		r.server.notify("textDocument/publishDiagnostics", diagnosticsParams{URI: known.uri, Diagnostics: []diagnostic{}})
	}
	if !before && d == nil && len(now.diagnostics) == 0 || before && !r.due[file] && reflect.DeepEqual(known, now) {
		return
	}
	delete(r.due, file)
	r.server.notify("textDocument/publishDiagnostics", diagnosticsParams{URI: now.uri, Version: now.version, Diagnostics: now.diagnostics})
	if r.sent[file] = now; len(now.diagnostics) == 0 && d == nil {
		delete(r.sent, file)
	}
}
