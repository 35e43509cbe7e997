package scan

import (
	"context"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// Surveyed is the model of a scan with what could not be read.
type Surveyed struct {
	Files int
	Model *model.Model
	// Within reports whether an asset lies below the paths that were asked for.
	Within      func(*model.Asset) bool
	Diagnostics []source.Diagnostic
	Sources     *source.Store
}

// Survey reads and maps without judging, and keeps the whole model: a copy or a
// flow may lead out of the paths that were asked for.
func Survey(ctx context.Context, o Options) Surveyed {
	defer o.tell(Done, 0)
	o = o.sorted()
	files, resources, diagnostics := analyze(ctx, o)
	m, notes := modelOf(o, resources)
	return Surveyed{
		Files: files, Model: m, Diagnostics: ordered(diagnostics, notes), Sources: source.NewStore(o.Tree.FS),
		Within: func(a *model.Asset) bool { return below(o.Only, a.At.File) },
	}
}
