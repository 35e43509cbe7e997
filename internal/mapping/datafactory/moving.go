package datafactory

import (
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// moves reports whether a path changes from run to run.
func moves(path adf.Result) bool {
	return path.On&(adf.OnTime|adf.OnWindow|adf.OnEvent) != 0
}

// moving judges what is read from a path that changes from run to run. The
// window of a trigger or the file of an event is new data. Below the date of the
// run lies what somebody else wrote that day: everything, or what was new.
func (p place) moving(f *factory) model.Fact {
	at := p.at
	var on adf.Dependence
	for _, part := range []adf.Result{p.container, p.folder, p.file} {
		if on |= part.On; moves(part) && at == p.at {
			at = part.Value.At
		}
	}
	if on&(adf.OnWindow|adf.OnEvent) != 0 {
		return incremental(at)
	}
	var found []model.Fact
	for _, a := range f.writersOf(p) {
		found = append(found, a.loads())
	}
	for _, mode := range found {
		if mode.State != model.Known || mode.Value != found[0].Value {
			return model.UnknownFact("the path moves with the date, and what is written there each time is not known to be all or what is new", at)
		}
	}
	if len(found) == 0 {
		return model.UnknownFact("the path moves with the date, and no scanned pipeline shows whether all or what is new is written there", at)
	}
	return model.KnownFact(found[0].Value, at)
}

// folderKey names a folder below which paths move.
type folderKey struct {
	link              *object
	container, prefix string
}

func (p place) folderKey() folderKey {
	return folderKey{p.link, p.container.Readable(), slashed(p.folder.Prefix())}
}

// writersOf returns the Copy activities that write where a place is read.
func (f *factory) writersOf(p place) []*activity {
	if f.writers == nil {
		f.writers = map[folderKey][]*activity{}
		for _, o := range f.all {
			if o.kind == pipelineKind && !o.copied {
				f.addWriters(o)
			}
		}
	}
	return f.writers[p.folderKey()]
}

func (f *factory) addWriters(o *object) {
	for _, a := range o.steps() {
		if a.typ != "Copy" {
			continue
		}
		if _, to := a.ends(); to.kind == filePlace && to.link != nil && moves(to.path()) {
			f.writers[to.folderKey()] = append(f.writers[to.folderKey()], a)
		}
	}
}
