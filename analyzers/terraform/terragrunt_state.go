package terraform

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// unitState is a remote_state block, as the unit reads it.
type unitState struct {
	unit   *unitFile
	block  *block
	name   string
	fields []resource.Field
}

// evaluate reads the block when the unit is read; nil has nothing to read.
func (s *unitState) evaluate(ev *evaluation) {
	if s == nil {
		return
	}
	at, why := s.block.header, "remote_state has no backend"
	if a := s.block.body.attr("backend"); a != nil {
		s.name, why = ev.text(s.unit, a)
		at = rangeOf(a.expr)
	}
	kind := resource.StringAt(at, s.name)
	if why != "" {
		s.name, kind = "unknown", resource.UnknownAt(at, why)
	}
	s.fields = []resource.Field{{Name: "type", At: s.block.header, Value: kind}}
	if a := s.block.body.attr("config"); a != nil {
		given := inputSet{values: map[string]inputValue{}}
		ev.gather(s.unit, a.expr, &given)
		for _, key := range sortedKeys(given.values) {
			v := given.values[key]
			s.fields = append(s.fields, resource.Field{Name: key, At: v.at, Value: ev.converted(portable(v.value), v.at, undecided)})
		}
	}
	s.fields = uniqueFields(s.fields)
}

// emitUnitState hands out where the state of a module is kept that a unit runs.
// Terragrunt writes the backend block; without one, and with none in the
// module, the state is a local file.
func (ev *evaluation) emitUnitState() bool {
	r := ev.task.unit
	switch {
	case r == nil || r.lost && r.state == nil:
		return false
	case r.state != nil:
		ev.emitState(r.state)
		return true
	case r.made.hasBackend() || backend(ev.loader.module(ev.task.dir)) != nil || firstManaged(ev.loader.module(ev.task.dir)) == nil:
		return false
	}
	at, whole := r.header()
	ev.emitSetting("terraform_backend", "local", "terraform.backend.local", at, whole, []resource.Field{
		{Name: "type", At: at, Value: resource.StringAt(at, "local")},
	})
	return true
}

func (ev *evaluation) emitState(s *unitState) {
	ev.emitSetting("terraform_backend", s.name, "terraform.backend."+s.name, s.block.header, s.block.whole, s.fields)
}

// header is where a unit says what it runs, and the whole of that.
func (r *unitRun) header() (at, whole source.Range) {
	if r.at != nil {
		return r.at.header, r.at.whole
	}
	for _, b := range r.file.body.blocks {
		return b.header, b.whole
	}
	for _, a := range r.file.body.attrs {
		return a.nameAt, a.nameAt
	}
	return source.Range{File: r.file.path}, source.Range{File: r.file.path}
}

// generated is the configuration that a unit writes beside its module. Its
// syntax has positions in the text that was computed, which stand for the
// expression that computes it.
type generated struct {
	blocks map[string][]*block     // by the label of the generate block
	places map[string]source.Range // by the name that the text has as a file
	whys   map[string]string       // why a part of a text is not known
}

func (g *generated) hasBackend() bool {
	if g == nil {
		return false
	}
	for _, blocks := range g.blocks {
		if slices.ContainsFunc(blocks, func(b *block) bool { return b.kind == "terraform" }) {
			return true
		}
	}
	return false
}

// generate reads the providers, backends, variables and locals that a generate
// block writes.
// What else it writes is noted, since it is not read.
func (r *unitRun) generate(u *unitFile, b *block) {
	a := b.body.attr("contents")
	if a == nil || len(b.labels) != 1 {
		return
	}
	if r.made == nil {
		r.made = &generated{blocks: map[string][]*block{}, places: map[string]source.Range{}, whys: map[string]string{}}
	}
	delete(r.made.blocks, b.labels[0])
	if off := b.body.attr("disable"); off != nil {
		if plain, _ := r.ev.convert(r.ev.eval(u.env(), off.expr), cty.Bool).Unmark(); plain.IsKnown() && !plain.IsNull() && plain.True() {
			return
		}
	}
	value := r.ev.whole(u, a.expr)
	plain, marks := value.Unmark()
	text := hint(value)
	if plain.Type() == cty.String && plain.IsKnown() && !plain.IsNull() {
		text = plain.AsString()
	}
	at, name := rangeOf(a.expr), "generated "+strconv.Itoa(len(r.made.places))
	blocks := parseGenerated(name, text)
	r.made.places[name], r.made.whys[name] = at, cmp.Or(read(marks, nil).why(), undecided)
	for _, found := range blocks {
		if r.made.take(b.labels[0], found) || isReadOver(found.kind) {
			continue
		}
		r.ev.report(source.Diagnostic{
			Code: "terragrunt/generate", Severity: source.Note, At: at,
			Summary: found.kind + " blocks that Terragrunt generates are not read",
			Detail:  "Providers, backends, variables and locals are.",
		})
	}
}

// parseGenerated returns the blocks of generated text. What is not known of it
// may leave no syntax to read.
func parseGenerated(name, text string) []*block {
	if guard.Check(name, []byte(text), guard.HCL) != nil {
		return nil
	}
	parsed, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	native, ok := parsed.Body.(*hclsyntax.Body)
	if diags.HasErrors() || !ok {
		return nil
	}
	return nativeBody(native).blocks
}

// take keeps a block that counts: a provider, a variable, locals, or where the
// state is kept. Versions are the module's own business.
func (g *generated) take(label string, b *block) bool {
	switch {
	case b.kind == "terraform":
		state := backend(&module{terraform: []*block{b}})
		if state == nil {
			return true
		}
		b.body = &body{blocks: []*block{state}}
	case b.kind == "locals":
	case b.kind != "provider" && b.kind != "variable" || len(b.labels) != 1:
		return false
	}
	g.blocks[label] = append(g.blocks[label], b)
	return true
}

// extend returns a module with what a unit generates beside it.
func (r *unitRun) extend(m *module) *module {
	if r == nil || r.made == nil {
		return m
	}
	extended := *m
	extended.providers = maps.Clone(m.providers)
	extended.terraform = slices.Clone(m.terraform)
	extended.variables = maps.Clone(m.variables)
	extended.locals = maps.Clone(m.locals)
	for _, label := range sortedKeys(r.made.blocks) {
		for _, b := range r.made.blocks[label] {
			extended.add(b)
		}
	}
	return &extended
}

// add files a generated block. What the module declares itself stays: the
// generated file is often committed too.
func (m *module) add(b *block) {
	switch b.kind {
	case "terraform":
		m.terraform = append(m.terraform, b)
	case "variable":
		if m.variables[b.labels[0]] == nil {
			m.declareVariable(b, false)
		}
	case "locals":
		for _, a := range b.body.attrs {
			if m.locals[a.name] == nil {
				m.locals[a.name] = a
			}
		}
	default:
		_, key := m.table(b)
		m.providers[key] = b
	}
}

// relocateResources moves what resources take from generated variables.
func (r *unitRun) relocateResources(resources []resource.Resource) {
	if r == nil || r.made == nil {
		return
	}
	for i := range resources {
		r.relocateValue(&resources[i].Attrs)
		r.relocateValue(&resources[i].Provider)
	}
}

// written returns the place that stands for one in generated text.
func (r *unitRun) written(at source.Range) source.Range {
	if r == nil || r.made == nil {
		return at
	}
	if place, ok := r.made.places[at.File]; ok {
		return place
	}
	return at
}

// relocate moves fields from generated text to the expression that computes
// it. A part of the text that is not known leaves its value unknown.
func (r *unitRun) relocate(fields []resource.Field) {
	if r == nil || r.made == nil {
		return
	}
	for i := range fields {
		fields[i].At = r.written(fields[i].At)
		r.relocateValue(&fields[i].Value)
	}
}

func (r *unitRun) relocateValue(v *resource.Value) {
	file, at := v.At.File, r.written(v.At)
	v.At = at
	if why := r.made.whys[file]; why != "" && v.State == resource.Known && v.Kind == resource.String && containsHole(v.Text) {
		*v = resource.Value{State: resource.Unknown, At: at, Hint: v.Text, Why: why}
	}
	for i := range v.Origin {
		v.Origin[i] = r.written(v.Origin[i])
	}
	for i := range v.Items {
		r.relocateValue(&v.Items[i])
	}
	r.relocate(v.Fields)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
