package remedy

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/layout"
	"github.com/drlint/drlint/internal/resource"
)

// add writes a further block after that of a resource. It fails where the
// dialect or the place does not allow one, or its name is taken.
func (d *document) add(r *resource.Resource, body *layout.Body, a *Addition, p *planner) (finding.Edit, bool) {
	end := d.lineStop(r.Body.End)
	if d.dialect.quoted || !d.ownLine(r.Body.Start) || d.indent(r.Body.Start) != "" || !d.closes(r.Body.End, end) {
		return finding.Edit{}, false
	}
	text, ok := "", false
	if d.dialect.colon {
		text, ok = d.bicepResource(r, body, a)
	} else if a.Terraform != "" && !p.declares(r, a.Type) {
		text, ok = d.hclBlock(r, body, a), true
	}
	return d.replace(end, end, "\n\n"+text), ok
}

// declares reports whether a directory has a resource of a type with the name of
// another one.
func (p *planner) declares(r *resource.Resource, kind string) bool {
	return slices.ContainsFunc(p.set.OfType(kind), func(other *resource.Resource) bool {
		return other.Name == r.Name && path.Dir(other.Body.File) == path.Dir(r.Body.File)
	})
}

// hclBlock writes a resource that belongs to another one, instance by instance
// where that is repeated, and with the same provider.
func (d *document) hclBlock(r *resource.Resource, body *layout.Body, a *Addition) string {
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
	return "resource \"" + a.Type + "\" \"" + r.Name + "\" {\n" + head + strings.ReplaceAll(a.Terraform, "{self}", self) + "}"
}

var apiVersion = regexp.MustCompile(`@([\w.-]+)'`)

// bicepResource writes a resource that belongs to another one. One that is made
// under a condition or in a loop would need the same, and is left alone.
func (d *document) bicepResource(r *resource.Resource, body *layout.Body, a *Addition) (string, bool) {
	symbol, kind := r.Name+a.Label, a.Type
	taken := regexp.MustCompile(`\b` + regexp.QuoteMeta(symbol) + `\b`)
	head := string(d.data[min(r.At.End, body.Braces.Start):body.Braces.Start])
	if a.Bicep == "" || strings.TrimSpace(head) != "=" || taken.Match(d.data) {
		return "", false
	}
	if !strings.Contains(kind, "@") {
		version := apiVersion.FindStringSubmatch(d.text(r.At))
		if version == nil {
			return "", false
		}
		kind += "@" + version[1]
	}
	return "resource " + symbol + " '" + kind + "' = {\n" + strings.ReplaceAll(a.Bicep, "{self}", r.Name) + "}", true
}
