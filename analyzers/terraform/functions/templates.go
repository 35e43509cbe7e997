package functions

import (
	"slices"
	"strconv"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/drlint/drlint/internal/guard"
)

func (t *table) templateFunctions() map[string]entry {
	return map[string]entry{
		"templatefile": {fn: template("path", func(written string, vars cty.Value) (cty.Value, error) {
			source, err := t.read(written)
			if err != nil {
				return cty.NilVal, err
			}
			if _, err := fileText(source); err != nil {
				return cty.NilVal, err
			}
			return t.render(written, source, vars)
		})},
		"templatestring": {fn: template("template", func(text string, vars cty.Value) (cty.Value, error) {
			return t.render("the template", []byte(text), vars)
		})},
	}
}

// template is a function of a text and the variables of a template. A template
// that is a single interpolation may give a value of any type.
func template(name string, impl func(text string, vars cty.Value) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{textParam(name), anyParam("vars")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if ty := args[1].Type(); !ty.IsMapType() && !ty.IsObjectType() {
				return cty.NilVal, function.NewArgErrorf(1, "must be a map or an object, not %s", ty.FriendlyName())
			}
			v, err := impl(args[0].AsString(), args[1])
			return settled(cty.DynamicPseudoType, v, err)
		},
	})
}

// nestedTemplate stands for a template function inside of a template, which
// Terraform refuses and OpenTofu allows.
func nestedTemplate(name string) function.Function {
	return template(name, func(string, cty.Value) (cty.Value, error) {
		return cty.NilVal, unreadError{name + "() is called inside a template, which only OpenTofu allows"}
	})
}

// templateCache keeps the templates of one table, which modules often render
// once an instance.
type templateCache struct {
	mu       sync.Mutex
	bySource map[string]parsedTemplate
}

type parsedTemplate struct {
	hclsyntax.Expression
	references []hcl.Traversal
}

func (t *table) parse(name string, source []byte) (parsed parsedTemplate, err error) {
	t.parsed.mu.Lock()
	defer t.parsed.mu.Unlock()
	if parsed, ok := t.parsed.bySource[string(source)]; ok {
		return parsed, nil
	}
	// Parsing allocates some 270 bytes for each byte.
	const parseSteps = 8
	if why := t.budget.spend(int64(len(source)) * parseSteps); why != "" {
		return parsed, unreadError{why}
	}
	if problem := guard.Check(name, source, guard.HCLTemplate); problem != nil {
		return parsed, unreadError{"the template cannot be read: " + problem.Summary}
	}
	expr, diags := hclsyntax.ParseTemplate(source, name, hcl.InitialPos)
	if diags.HasErrors() {
		return parsed, diags
	}
	parsed = parsedTemplate{expr, expr.Variables()}
	t.budget.meterAll(expr)
	if t.parsed.bySource == nil {
		t.parsed.bySource = make(map[string]parsedTemplate)
	}
	t.parsed.bySource[string(source)] = parsed
	return parsed, nil
}

func (t *table) render(name string, source []byte, vars cty.Value) (cty.Value, error) {
	parsed, err := t.parse(name, source)
	if err != nil {
		return cty.NilVal, err
	}
	variables := vars.AsValueMap()
	names := make([]string, 0, len(variables))
	for variable := range variables {
		names = append(names, variable)
	}
	slices.Sort(names)
	for _, variable := range names {
		if !hclsyntax.ValidIdentifier(variable) {
			return cty.NilVal, function.NewArgErrorf(1, "%s cannot be the name of a template variable", strconv.Quote(variable))
		}
	}
	for _, traversal := range parsed.references {
		if _, ok := variables[traversal.RootName()]; !ok {
			return cty.NilVal, function.NewArgErrorf(1, "%s uses %q, which is not among the variables given", name, traversal.RootName())
		}
	}
	refusals := t.budget.refusals.Load()
	v, diags := parsed.Value(&hcl.EvalContext{Variables: variables, Functions: t.inTemplates})
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	// A loop whose content is unknown loses what its marks say.
	if _, whys := Reasons(v); len(whys) == 0 && !v.IsWhollyKnown() && t.budget.refusals.Load() > refusals {
		return cty.NilVal, unreadError{budgetSpent}
	}
	return v, nil
}
