package draft

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Match is the answer to "which asset does this value mean?".
type Match struct {
	Assets []*model.Asset
	// Outside is set when the value names something that no scanned resource
	// declares: it is known and lies elsewhere.
	Outside bool
	// Why completes "unknown because …" when the value cannot be resolved.
	Why string
}

// Resolved reports whether the value names assets of the model.
func (m Match) Resolved() bool { return len(m.Assets) > 0 }

// Find resolves a value to assets of the given kinds (any without): by the
// resources that its expression refers to, else by literal name, else by the
// last segments of an ARN or a resource ID. root is that of the resource which
// holds the value. Names are compared within the same evaluation first, then in
// other roots for an environment of the same name, then in all other roots,
// because a name is often repeated in every environment; the same root in
// another environment is never meant.
func (d *Draft) Find(v resource.Value, root, provider string, kinds ...model.Kind) Match {
	if assets := d.referents(v, kinds); len(assets) > 0 {
		return Match{Assets: assets}
	}
	text, ok := v.AsString()
	if !ok {
		why := v.Why
		if why == "" {
			why = "it is not written"
		}
		return Match{Why: why}
	}
	if assets := d.named(literalName(text), root, provider, kinds); len(assets) > 0 {
		return Match{Assets: assets}
	}
	return Match{Outside: true}
}

func (d *Draft) referents(v resource.Value, kinds []model.Kind) []*model.Asset {
	var found []*model.Asset
	for _, r := range d.Resources.Referents(v) {
		if a := d.byID[r.ID]; a != nil && ofKind(a, kinds) && !slices.Contains(found, a) {
			found = append(found, a)
		}
	}
	return found
}

func (d *Draft) named(name, root, provider string, kinds []model.Kind) []*model.Asset {
	var same, like, other []*model.Asset
	from := d.evaluated(root)
	for _, a := range d.names[strings.ToLower(name)] {
		switch {
		case a.Provider != provider || !ofKind(a, kinds):
		case a.Root == root:
			same = append(same, a)
		case environment.Root(a.Root, a.Environment) == from.root:
		case a.Environment == from.environment:
			like = append(like, a)
		default:
			other = append(other, a)
		}
	}
	for _, nearest := range [][]*model.Asset{same, like} {
		if len(nearest) > 0 {
			return nearest
		}
	}
	return other
}

// evaluated is what an evaluation is of: a root, and the environment it is for.
type evaluated struct{ root, environment string }

func (d *Draft) evaluated(evaluation string) evaluated {
	for _, r := range d.Resources.OfRoot(evaluation) {
		return evaluated{environment.Root(evaluation, r.Environment), r.Environment}
	}
	return evaluated{root: evaluation}
}

func (d *Draft) indexNames() {
	for _, a := range d.assets {
		if name := a.Name.Text(); name != "" {
			key := strings.ToLower(name)
			d.names[key] = append(d.names[key], a)
		}
	}
}

func ofKind(a *model.Asset, kinds []model.Kind) bool {
	return len(kinds) == 0 || slices.Contains(kinds, a.Kind)
}

// literalName takes the name out of an ARN ("arn:aws:s3:::lake") or an Azure
// resource ID ("/subscriptions/…/storageAccounts/lake").
func literalName(text string) string {
	if strings.HasPrefix(text, "arn:") {
		text = text[strings.LastIndexByte(text, ':')+1:]
	}
	text = strings.TrimSuffix(text, "/*")
	return text[strings.LastIndexByte(text, '/')+1:]
}
