// Package stage decides which stage of the guide the data of an asset belongs
// to, and keeps why. Evidence is weighed in this order of trust: a tag, a
// declaration, the name of the container or database, the name of the account
// or bucket, the names that the code gives it. The first kind of evidence that
// says anything decides; all stages that it names are kept.
package stage

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Declaration assigns a stage to the assets that match all of its globs; an
// empty glob matches everything. Tag is "key=value", the value being a glob.
type Declaration struct {
	Stage                    model.Stage
	Address, Name, Path, Tag string
	At                       source.Range
}

// Infer classifies every store of the model.
func Infer(m *model.Model, declarations []Declaration) {
	for _, a := range m.Assets {
		if holdsData(a.Kind) {
			a.Stages = infer(a, declarations)
		}
	}
}

func holdsData(kind model.Kind) bool {
	switch kind {
	case model.ObjectStore, model.Container, model.FileShare, model.Database, model.DatabaseServer, model.Table, model.OpaqueModule:
		return true
	default:
		return kindStages[kind] != ""
	}
}

// kindStages are the kinds whose data belongs to one stage whatever its name:
// events pass through, a semantic model is the model store, a cache is a cache.
var kindStages = map[model.Kind]model.Stage{
	model.EventStream: model.Ingest, model.SemanticModel: model.ModelStore, model.CacheStore: model.Cache,
}

func infer(a *model.Asset, declarations []Declaration) []model.StageFact {
	for _, evidence := range []func(*model.Asset, []Declaration) []model.StageFact{byTag, byDeclaration, byKind, byName, byLabel} {
		if facts := evidence(a, declarations); len(facts) > 0 {
			return facts
		}
	}
	return nil
}

// tagKeys are the tag keys that name a stage, most explicit first.
var tagKeys = []string{"data-stage", "datastage", "data-layer", "datalayer", "data-zone", "datalake-zone", "medallion", "stage", "layer", "zone"}

func byTag(a *model.Asset, _ []Declaration) []model.StageFact {
	tags := map[string]string{}
	for key, value := range a.Tags {
		tags[strings.ReplaceAll(strings.ToLower(key), "_", "-")] = value
	}
	for _, key := range tagKeys {
		value := strings.ToLower(strings.TrimSpace(tags[key]))
		stage, ok := words[value]
		if !ok && slices.Contains(model.Stages, model.Stage(value)) {
			stage, ok = model.Stage(value), true
		}
		if ok {
			return []model.StageFact{{Stage: forKind(stage, a.Kind), Basis: "tag " + key + " = " + value, Confidence: model.High, At: a.At}}
		}
	}
	return nil
}

func byDeclaration(a *model.Asset, declarations []Declaration) (facts []model.StageFact) {
	for _, d := range declarations {
		if d.Matches(a) && !slices.ContainsFunc(facts, func(f model.StageFact) bool { return f.Stage == d.Stage }) {
			facts = append(facts, model.StageFact{Stage: d.Stage, Basis: "declared in the configuration", Confidence: model.High, At: d.At})
		}
	}
	return facts
}

// Matches reports whether all globs of a declaration match an asset.
func (d Declaration) Matches(a *model.Asset) bool {
	if d.Tag != "" {
		key, glob, _ := strings.Cut(d.Tag, "=")
		value, ok := a.Tags[key]
		if !ok || glob != "" && !Globs(glob, value) {
			return false
		}
	}
	return Globs(d.Address, a.Address) && Globs(d.Path, a.At.File) && Globs(d.Name, nameOf(a))
}

// Globs matches a doublestar pattern; addresses and names hold no slashes that
// would separate, so a single star may cross dots.
func Globs(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	ok, err := doublestar.Match(pattern, text)
	return err == nil && ok
}

func byKind(a *model.Asset, _ []Declaration) []model.StageFact {
	stage, ok := kindStages[a.Kind]
	if !ok {
		return nil
	}
	return []model.StageFact{{Stage: stage, Basis: "kind " + string(a.Kind), Confidence: model.Medium, At: a.At}}
}

// nameOf is the name as far as it is known, with resource.Hole for what is not.
func nameOf(a *model.Asset) string {
	if name := a.Name.Text(); name != "" {
		return name
	}
	return a.NameHint
}

func byName(a *model.Asset, _ []Declaration) (facts []model.StageFact) {
	name, carrier := nameOf(a), "name"
	if a.Kind == model.Container {
		carrier = "container name"
	}
	confidence := model.Medium
	if a.Name.State != model.Known {
		confidence = model.Low
	}
	for _, m := range stagesOf(name, a.Kind == model.Container || a.Kind == model.Database) {
		facts = append(facts, factOf(a, m, carrier, confidence))
	}
	if len(facts) == 0 && a.Provider == "azure" && a.Kind == model.ObjectStore {
		if m, ok := affixOf(strings.ReplaceAll(name, string(resource.Hole), "")); ok {
			facts = append(facts, factOf(a, m, carrier, model.Low))
		}
	}
	return facts
}

// byLabel reads the names that the code itself uses: the block's label and
// instance key, then the module calls, innermost first, then the directory. They
// say of a server or table which system it serves ("ingestion_db"), so words
// that only name the parts of a lake count for containers alone.
func byLabel(a *model.Asset, _ []Declaration) []model.StageFact {
	carriers := []struct{ name, carrier string }{{lastSegment(a.Address), "address"}}
	for _, call := range slices.Backward(a.Calls) {
		carriers = append(carriers, struct{ name, carrier string }{strings.TrimPrefix(call, "module."), "module call"})
	}
	carriers = append(carriers, struct{ name, carrier string }{path.Base(path.Dir(a.At.File)), "directory"})
	for _, c := range carriers {
		var facts []model.StageFact
		for _, m := range stagesOf(c.name, a.Kind == model.Container) {
			facts = append(facts, factOf(a, m, c.carrier, model.Low))
		}
		if len(facts) > 0 {
			return facts
		}
	}
	return nil
}

// lastSegment is the label and key of an address: `raw["eu"]` of
// `module.lake.aws_s3_bucket.raw["eu"]`, `raw` of `lake::blobs::raw`.
func lastSegment(address string) string {
	key := ""
	if open := strings.IndexByte(address, '['); open >= 0 && strings.HasSuffix(address, "]") {
		if last := strings.LastIndex(address, "["); last > strings.LastIndexAny(address, "./:") {
			address, key = address[:last], address[last:]
		}
	}
	return address[strings.LastIndexAny(address, "./:")+1:] + key
}

func factOf(a *model.Asset, m match, carrier string, confidence model.Confidence) model.StageFact {
	at := a.Name.At
	if at.IsZero() {
		at = a.At
	}
	return model.StageFact{
		Stage: forKind(m.stage, a.Kind), Basis: carrier + " token \"" + m.token + "\"", Confidence: confidence, At: at,
	}
}

// forKind resolves "gold": in a lake it is curated data, in a database product
// it is what consumers query.
func forKind(stage model.Stage, kind model.Kind) model.Stage {
	if stage == model.Curated && (kind == model.Database || kind == model.DatabaseServer) {
		return model.Presentation
	}
	return stage
}
