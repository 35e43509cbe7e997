package datafactory

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// The ways of writing.
const (
	appends    = "append"
	overwrites = "overwrite"
	upserts    = "upsert"
	newFiles   = "new_file"
)

// dated says whether every run writes to a path of its own.
func (p place) dated() model.Fact {
	if p.why != "" || p.dataset == nil && p.link == nil {
		return model.UnknownFact(whyText(p.why, "the dataset is not known"), p.at)
	}
	if p.kind != filePlace {
		return p.datedTable()
	}
	path := p.path()
	at := p.at
	for _, part := range []adf.Result{p.container, p.folder, p.file} {
		if part.Moment != 0 {
			at = part.Value.At
			break
		}
	}
	switch {
	case path.Moment.Daily():
		return model.KnownFact(true, at)
	case path.Value.IsKnown():
		return model.KnownFact(false, p.written())
	case path.On == adf.OnItem:
		// A list that is written out gives the same paths to every run.
		return model.KnownFact(false, p.written())
	case path.Moment != 0:
		return model.UnknownFact("the path holds only a part of a date, which several runs share", at)
	default:
		return model.UnknownFact(whyOr(path.Value, "the path is not known"), p.openAt())
	}
}

// datedTable is dated for a table: its name may hold a date.
func (p place) datedTable() model.Fact {
	switch table := p.table; {
	case table.Moment.Daily():
		return model.KnownFact(true, table.Value.At)
	case len(table.Parts) == 0 || table.Value.IsKnown() || table.On == adf.OnItem:
		return model.KnownFact(false, orElse(table.Value.At, p.at))
	default:
		return model.UnknownFact(whyOr(table.Value, "the name of the table is not known"), orElse(table.Value.At, p.at))
	}
}

// write says what a Copy activity does to what its sink already holds.
func (a *activity) write(from, to place) model.Fact {
	sink := a.at("sink")
	if sink.IsUnknown() {
		return model.UnknownFact(sink.Why, sink.At)
	}
	if behaviour := sink.Get("writeBehavior"); behaviour.State != resource.Absent {
		switch text, ok := behaviour.AsString(); {
		case !ok:
			return model.UnknownFact(whyOr(behaviour, "writeBehavior is an expression"), behaviour.At)
		case strings.EqualFold(text, "upsert"), strings.EqualFold(text, "merge"):
			return model.KnownFact(upserts, behaviour.At)
		}
	}
	if to.kind == filePlace {
		return a.writeFiles(from, to)
	}
	return a.writeTable(sink, to)
}

func (a *activity) writeTable(sink resource.Value, to place) model.Fact {
	if v := sink.Get("sqlWriterStoredProcedureName"); v.State != resource.Absent {
		return model.UnknownFact("a stored procedure writes the rows", v.At)
	}
	if v := sink.Get("tableActionOption"); strings.EqualFold(v.Text, "Overwrite") {
		return model.KnownFact(overwrites, v.At)
	}
	if v := sink.Get("preCopyScript"); v.State != resource.Absent && !isEmpty(v) {
		return a.readScript(v, to)
	}
	if to.kind != tablePlace {
		return model.UnknownFact(whyText(to.why, "what the sink does with the rows is up to its service"), orElse(sink.Get("type").At, sink.At))
	}
	// Copy activity, sinks of databases: the default of writeBehavior is
	// insert, which appends.
	return model.KnownFact(appends, orElse(sink.Get("writeBehavior").At, sink.Get("type").At))
}

var (
	truncation = regexp.MustCompile(`(?i)\b(?:truncate\s+table|drop\s+table(?:\s+if\s+exists)?|delete\s+from|delete)\s+([^\s;()]+)`)
	deletion   = regexp.MustCompile(`(?i)\bdelete\b`)
)

// readScript judges what runs before rows are written.
func (a *activity) readScript(v resource.Value, to place) model.Fact {
	text, table, known := a.scriptTarget(v)
	switch {
	case !known:
		return model.UnknownFact(whyOr(fold(v, a.scope()).Value, "what preCopyScript does is not known"), v.At)
	case table == "", otherTable(table, to.table):
		return model.KnownFact(appends, v.At)
	case deletion.MatchString(text) && where.MatchString(text):
		// Rows of a range are deleted and written again.
		return model.KnownFact(upserts, v.At)
	default:
		return model.KnownFact(overwrites, v.At)
	}
}

// scriptTarget returns a script with holes for what is unknown and the table
// that it empties, "" for none.
func (a *activity) scriptTarget(v resource.Value) (text, table string, known bool) {
	r := fold(v, a.scope())
	text, known = r.Text()
	if !known {
		text = r.Value.Hint
		if strings.Trim(text, string(resource.Hole)+" ") == "" {
			return "", "", false
		}
	}
	if found := truncation.FindStringSubmatch(text); found != nil {
		return text, found[1], true
	}
	return text, "", true
}

// otherTable reports whether a script empties a table that is certainly not the
// sink: a staging table is emptied before every load, whatever the load.
func otherTable(name string, sink adf.Result) bool {
	text, ok := sink.Text()
	if !ok || strings.ContainsRune(name, resource.Hole) {
		return false
	}
	return bare(name) != bare(text)
}

// bare is the last part of a name without quotes, in lower case.
func bare(name string) string {
	name = strings.NewReplacer("[", "", "]", "", `"`, "", "`", "", "'", "").Replace(strings.ToLower(name))
	return name[strings.LastIndexByte(name, '.')+1:]
}

// staging matches the names of tables that a load only passes through.
var staging = regexp.MustCompile(`(?i)(^|[^a-z])(stg|stage|staging|tmp|temp|landing|work)([^a-z]|$)`)

// emptied reports whether the final table is emptied before it is written; a
// staging table says nothing about the load.
func (a *activity) emptied(sink resource.Value, to place) (at sourceRange, ok bool) {
	v := sink.Get("preCopyScript")
	if v.State == resource.Absent {
		return at, false
	}
	text, table, known := a.scriptTarget(v)
	if !known || table == "" || where.MatchString(text) || otherTable(table, to.table) {
		return at, false
	}
	if staging.MatchString(table) || staging.MatchString(to.table.Readable()) {
		return at, false
	}
	return v.At, true
}

// keepsNames reports whether a Copy activity gives files the names they have at
// the source: it copies files, names none and does not make names up (Microsoft
// Learn, Copy activity: fileName and copyBehavior of file-based sinks).
func (a *activity) keepsNames(from, to place) bool {
	name, known := to.file.Text()
	behaviour := a.copyBehavior().Text
	return from.kind == filePlace && (!to.hasFile || known && name == "") &&
		!strings.EqualFold(behaviour, "FlattenHierarchy") && !strings.EqualFold(behaviour, "MergeFiles")
}

func (a *activity) copyBehavior() resource.Value {
	sink := a.at("sink")
	if v := sink.Get("storeSettings").Get("copyBehavior"); v.State != resource.Absent {
		return v
	}
	return sink.Get("copyBehavior")
}

// datedCopy says whether every run of a Copy activity writes to a path of its
// own; the date may be in the names that files bring along.
func (a *activity) datedCopy(from, to place) model.Fact {
	dated := to.dated()
	if dated.State == model.Known && dated.Value == false && a.keepsNames(from, to) && from.file.Moment.Daily() {
		return model.KnownFact(true, from.file.Value.At)
	}
	return dated
}

// someFiles finds what keeps a Copy activity from reading all files of a path.
func (a *activity) someFiles(from place) (at sourceRange, ok bool) {
	source := a.at("source")
	if at, ok = a.newFiles(source); ok {
		return at, true
	}
	if v := source.Get("storeSettings").Get("fileListPath"); v.State != resource.Absent && !isEmpty(v) {
		return v.At, true
	}
	return a.movesFiles(from)
}

// writeFiles judges a sink of files. A name that is neither written nor brought
// along is made up for every run.
func (a *activity) writeFiles(from, to place) model.Fact {
	dated := a.datedCopy(from, to)
	if dated.State == model.Known && dated.Value == true {
		return model.KnownFact(newFiles, dated.At)
	}
	name, known := to.file.Text()
	unnamed := !to.hasFile || known && name == ""
	switch behaviour := a.copyBehavior(); {
	case unnamed && !a.keepsNames(from, to):
		if behaviour.State == resource.Absent {
			behaviour.At = to.written()
		}
		return model.KnownFact(newFiles, behaviour.At)
	case dated.State != model.Known:
		return model.UnknownFact(dated.Why, dated.At)
	case unnamed && (from.path().Value.IsUnknown() || from.why != ""):
		return model.UnknownFact("the files keep their names, and the path of the source is not known", to.written())
	default:
		if at, ok := a.someFiles(from); ok && unnamed {
			return model.UnknownFact("the files keep their names, and new ones may have names of their own", at)
		}
		return model.KnownFact(overwrites, to.written())
	}
}
