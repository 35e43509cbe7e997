package remedy

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/layout"
	"github.com/drlint/drlint/internal/resource"
)

// add writes a further block after that of a resource. It fails where there is
// one of that type and name already.
func (d *document) add(r *resource.Resource, body *layout.Body, a *Addition, p *planner) (finding.Edit, bool) {
	taken := slices.ContainsFunc(p.set.OfType(a.Type), func(other *resource.Resource) bool {
		return other.Name == r.Name && path.Dir(other.Body.File) == path.Dir(r.Body.File)
	})
	template := a.template(d.dialect)
	if taken || template == "" || !d.ownLine(r.Body.Start) || !d.closes(r.Body.End, d.lineStop(r.Body.End)) {
		return finding.Edit{}, false
	}
	var text string
	if d.dialect.colon {
		return finding.Edit{}, false
	}
	text, ok := d.hclBlock(r, body, a.Type, template)
	end := d.lineStop(r.Body.End)
	return d.replace(end, end, "\n\n"+text), ok
}

func (a *Addition) template(d *dialect) string {
	switch {
	case !d.colon:
		return a.Terraform
	case !d.quoted:
		return a.Bicep
	default:
		return ""
	}
}

// hclBlock writes a resource that belongs to another one, instance by instance
// where that is repeated, and with the same provider.
func (d *document) hclBlock(r *resource.Resource, body *layout.Body, kind, template string) (string, bool) {
	self, head := r.Type+"."+r.Name, ""
	var meta []assignment
	if count := body.Find("count", d.equal); len(count) == 1 {
		meta = append(meta, assignment{"count", "length(" + self + ")"})
		self += "[count.index]"
	} else if each := body.Find("for_each", d.equal); len(each) == 1 {
		meta = append(meta, assignment{"for_each", self})
		self = "each.value"
	}
	if provider := body.Find("provider", d.equal); len(provider) == 1 {
		meta = append(meta, assignment{"provider", d.spanText(provider[0].Value)})
	}
	if len(meta) > 0 {
		head = d.members(meta, nil, "  ") + "\n"
	}
	text := strings.NewReplacer("{self}", self, "{name}", r.Name).Replace(template)
	return "resource \"" + kind + "\" \"" + r.Name + "\" {\n" + head + text + "}", len(r.Name) > 0
}
