package datafactory

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
)

// settingLanguage is the language of a notebook.
const settingLanguage = "language"

func notebooks() draft.Mapper {
	return draft.Mapper{Service: "notebooks", Types: typesOf(notebookKind), Declare: each(notebookKind, declareNotebook)}
}

func declareNotebook(d *draft.Draft, o *object) {
	a := declare(d, o, model.Notebook)
	d.Set(a, settingLanguage, draft.Text(o.at("metadata.language_info.name")))
}

// addNotebook adds what a notebook does, which only its code says.
func addNotebook(d *draft.Draft, pipeline *model.Asset, a *activity, s schedule) {
	name := a.at("notebookPath")
	if a.typ == "SynapseNotebook" {
		name = a.at("notebook").Get("referenceName")
	}
	flow := a.flow(pipeline, "notebook", s)
	codeFacts(&flow, "what a notebook reads and writes is in its code", orElse(name.At, a.v.At))
	d.AddFlow(flow)
}

// addProcedure adds what a stored procedure does within its database.
func addProcedure(d *draft.Draft, pipeline *model.Asset, a *activity, s schedule) {
	flow := a.flow(pipeline, "stored_procedure", s)
	codeFacts(&flow, "what a stored procedure reads and writes is in its own code", orElse(a.at("storedProcedureName").At, a.v.At))
	within(d, &flow, a)
	d.AddFlow(flow)
}

// changing matches the statements by which a script writes.
var changing = regexp.MustCompile(`(?i)\b(insert|update|merge|delete|truncate|into|drop|copy)\b`)

// addScript adds a script that writes; one that only reads moves nothing.
func addScript(d *draft.Draft, pipeline *model.Asset, a *activity, s schedule) {
	writes := a.at("scripts").IsUnknown()
	for _, script := range a.at("scripts").Items {
		r := fold(script.Get("text"), a.scope())
		writes = writes || r.Value.IsUnknown() && strings.Trim(r.Value.Hint, "\uFFFC ") == "" || changing.MatchString(r.Readable())
	}
	if !writes {
		return
	}
	flow := a.flow(pipeline, "script", s)
	codeFacts(&flow, "what a script reads and writes is in its statements, which are not followed", orElse(a.at("scripts").At, a.v.At))
	within(d, &flow, a)
	d.AddFlow(flow)
}

// codeFacts states that code decides everything about a flow.
func codeFacts(flow *model.Flow, why string, at sourceRange) {
	open := model.UnknownFact(why, at)
	flow.Source, flow.Sink, flow.Mode, flow.Write, flow.Dated = open, open, open, open, open
}

// within places a flow in the database of the activity's linked service.
func within(d *draft.Draft, flow *model.Flow, a *activity) {
	p := place{kind: tablePlace, at: flow.At}
	p.setLink(a.pipeline, a.v.Get("linkedServiceName"), a.scope())
	if p.link == nil {
		return
	}
	if t, _ := p.target(); t.database != "" {
		flow.Sink = model.KnownFact(t.database, flow.Sink.At)
	}
	flow.From, flow.To = idOf(p.asset(d)), idOf(p.asset(d))
	flow.Runtime = runtimeOf(d, p)
}
