package draft

import (
	"slices"
	"strings"

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
// last segments of an ARN or a resource ID. Names are compared within the same
// root first, then within the whole scan, because a name is often repeated in
// every environment.
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
	var same, other []*model.Asset
	for _, a := range d.names[strings.ToLower(name)] {
		if a.Provider != provider || !ofKind(a, kinds) {
			continue
		}
		if a.Root == root {
			same = append(same, a)
		} else {
			other = append(other, a)
		}
	}
	if len(same) > 0 {
		return same
	}
	return other
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
