package datafactory

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// queryNames are the members of a copy source that hold a query.
var queryNames = []string{"sqlReaderQuery", "query", "oracleReaderQuery", "azureTableSourceQuery", "soqlQuery", "SOQLQuery", "readQuery"}

func full(at sourceRange) model.Fact { return model.KnownFact(string(model.FullLoad), at) }
func incremental(at sourceRange) model.Fact {
	return model.KnownFact(string(model.IncrementalLoad), at)
}

// mode says whether a Copy activity loads everything or what is new. What shows
// that it is incremental decides first: a merge by keys, a window of file dates,
// change capture, a filter that moves. Names say nothing.
func (a *activity) mode(from, to place) model.Fact {
	source, sink := a.at("source"), a.at("sink")
	if behaviour := sink.Get("writeBehavior"); strings.EqualFold(behaviour.Text, "upsert") || strings.EqualFold(behaviour.Text, "merge") {
		return incremental(behaviour.At)
	}
	if at, ok := a.newFiles(source); ok {
		return incremental(at)
	}
	if at, ok := a.movesFiles(from); ok {
		return incremental(at)
	}
	found := a.sourceMode(source, from)
	if found.State == model.Unknown {
		if at, ok := a.emptied(sink, to); ok {
			return full(at)
		}
	}
	return found
}

// newFiles finds what limits a source to new files or changes.
func (a *activity) newFiles(source resource.Value) (at sourceRange, ok bool) {
	store := source.Get("storeSettings")
	for _, name := range []string{"modifiedDatetimeStart", "modifiedDatetimeEnd"} {
		for _, holder := range []resource.Value{store, source} {
			if v := holder.Get(name); isDynamic(v) {
				return v.At, true
			}
		}
	}
	if v := store.Get("deleteFilesAfterCompletion"); v.Truth {
		return v.At, true
	}
	for _, name := range []string{"enableChangeDataCapture", "enableCdc", "enableNativeChangeTracking"} {
		if v := source.Get(name); v.Truth {
			return v.At, true
		}
	}
	if kind := source.Get("type"); kind.Text == "Office365Source" {
		// A window of dates by the column that dateFilterColumn names.
		for _, name := range []string{"startTime", "endTime"} {
			if v := source.Get(name); isDynamic(v) {
				return v.At, true
			}
		}
	}
	if v := source.Get("extractionMode"); strings.EqualFold(v.Text, "Delta") {
		return v.At, true
	}
	return at, false
}

// movesFiles finds a step after the copy that deletes the files it has read, so
// that every run finds new ones only.
func (a *activity) movesFiles(from place) (at sourceRange, ok bool) {
	if from.kind != filePlace || from.link == nil {
		return at, false
	}
	for _, step := range a.pipeline.steps() {
		if step.typ != "Delete" || !step.follows(a) {
			continue
		}
		p := step.deleted()
		read, deleted := slashed(from.container.Readable()+"/"+from.folder.Readable()), slashed(p.container.Readable()+"/"+p.folder.Readable())
		if p.link == from.link && deleted != "" && (read == deleted || strings.HasPrefix(read, deleted+"/")) {
			return step.v.Get("type").At, true
		}
	}
	return at, false
}

// deleted is the place that a Delete activity empties.
func (a *activity) deleted() place {
	if a.deletes == nil {
		p := placeOf(a.pipeline.factory, a.at("dataset"), a.scope())
		a.deletes = &p
	}
	return *a.deletes
}

// sourceMode judges what a source reads.
func (a *activity) sourceMode(source resource.Value, from place) model.Fact {
	if source.IsUnknown() {
		return model.UnknownFact(source.Why, source.At)
	}
	for _, name := range queryNames {
		if v := source.Get(name); v.State != resource.Absent && !isEmpty(v) {
			return a.queryMode(v)
		}
	}
	for _, name := range []string{"sqlReaderStoredProcedureName", "storedProcedureName"} {
		if v := source.Get(name); v.State != resource.Absent {
			return a.procedureMode(source, v)
		}
	}
	switch from.kind {
	case filePlace:
		return a.fileMode(source, from)
	case tablePlace:
		if from.dataset != nil {
			// Without a query or a filter the whole table is read.
			return full(orElse(source.Get("type").At, source.At))
		}
	}
	why := from.why
	if why == "" {
		why = "what " + from.dataset.typ() + " dataset " + from.dataset.name + " returns is up to its service"
	}
	return model.UnknownFact(why, from.at)
}

func isEmpty(v resource.Value) bool {
	text, ok := v.AsString()
	return ok && strings.TrimSpace(text) == ""
}

// queryMode judges a query. A filter by the output of an activity is a
// watermark only when something else shows it: a lookup that reads it, or a step
// that writes it back.
func (a *activity) queryMode(v resource.Value) model.Fact {
	q := readQuery(fold(v, a.scope()))
	switch q.reading {
	case wholeReading:
		return full(v.At)
	case windowReading:
		return incremental(v.At)
	case watermarkReading:
		if q.moving || a.readsMark(q.activities) || a.writesMark(q.activities) {
			return incremental(v.At)
		}
		return model.UnknownFact("the query filters by the output of "+strings.Join(q.activities, ", ")+", and nothing shows that this is a watermark", v.At)
	default:
		return model.UnknownFact(q.why, v.At)
	}
}

var (
	maximum   = regexp.MustCompile(`(?i)\bmax\s*\(`)
	watermark = regexp.MustCompile(`(?i)water.?mark|last.?(run|load|modif|updat|sync)|high.?value|control.?table`)
)

// readsMark reports whether one of the activities looks up a highest value or
// reads a table of watermarks.
func (a *activity) readsMark(names []string) bool {
	for _, name := range names {
		step := a.pipeline.step(name)
		if step == nil || step.typ != "Lookup" {
			continue
		}
		source := step.at("source")
		for _, key := range queryNames {
			if text := fold(source.Get(key), step.scope()).Readable(); maximum.MatchString(text) || watermark.MatchString(text) {
				return true
			}
		}
		p := placeOf(a.pipeline.factory, step.at("dataset"), step.scope())
		if watermark.MatchString(p.table.Readable()) {
			return true
		}
	}
	return false
}

// writesMark reports whether a later step writes back what the activities, or
// the copy itself, put out.
func (a *activity) writesMark(names []string) bool {
	for _, step := range a.pipeline.steps() {
		if step.typ != "SqlServerStoredProcedure" && step.typ != "Script" && step.typ != "SqlPoolStoredProcedure" || !step.follows(a) {
			continue
		}
		for _, argument := range arguments(step) {
			r := fold(argument, step.scope())
			if r.On&(adf.OnTime|adf.OnWindow) != 0 {
				return true
			}
			for _, used := range r.Activities {
				for _, name := range append(names, a.name) {
					if strings.EqualFold(used, name) && r.On&adf.OnItem == 0 {
						return true
					}
				}
			}
		}
	}
	return false
}

// arguments are the values that a stored procedure or a script gets.
func arguments(step *activity) (values []resource.Value) {
	for _, field := range step.at("storedProcedureParameters").Fields {
		values = append(values, field.Value.Get("value"))
	}
	for _, script := range step.at("scripts").Items {
		values = append(values, script.Get("text"))
		for _, parameter := range script.Get("parameters").Items {
			values = append(values, parameter.Get("value"))
		}
	}
	return values
}

// procedureMode judges a stored procedure by its arguments.
func (a *activity) procedureMode(source, name resource.Value) model.Fact {
	for _, field := range source.Get("storedProcedureParameters").Fields {
		r := fold(field.Value.Get("value"), a.scope())
		if r.On&(adf.OnTime|adf.OnWindow) != 0 {
			return incremental(field.Value.At)
		}
	}
	return model.UnknownFact("what a stored procedure returns is in its own code", name.At)
}

// fileMode judges which files are read: those of a path that moves with time or
// with the event are new, those of a fixed path are all.
func (a *activity) fileMode(source resource.Value, from place) model.Fact {
	if from.dataset == nil || from.why != "" {
		return model.UnknownFact(whyText(from.why, "the dataset is not known"), from.at)
	}
	store := source.Get("storeSettings")
	if list := store.Get("fileListPath"); list.State != resource.Absent && !isEmpty(list) {
		return model.UnknownFact("the files are those of a list that is kept elsewhere", list.At)
	}
	paths := []adf.Result{from.container, from.folder, from.file}
	for _, name := range []string{"wildcardFolderPath", "wildcardFileName", "prefix"} {
		if v := store.Get(name); v.State != resource.Absent {
			paths = append(paths, fold(v, a.scope()))
		}
	}
	for _, path := range paths {
		switch {
		case path.Value.IsKnown(), len(path.Parts) == 0:
		case moves(path):
			return from.moving(a.pipeline.factory)
		default:
			return model.UnknownFact(whyOr(path.Value, "the path of the source is not known"), orElse(path.Value.At, from.at))
		}
	}
	return full(orElse(source.Get("type").At, source.At))
}

func whyText(why, fallback string) string {
	if why != "" {
		return why
	}
	return fallback
}
