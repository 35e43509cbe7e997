package shell

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/syntax/powershell"
)

// cmdlet is a function and the script that it is written in.
type cmdlet struct {
	body   []powershell.Statement
	reader *powerShellReader
}

// call runs a function with its arguments, in a scope of its own.
func (p *powerShellReader) call(name string, c cmdlet, run invocation, ctx context) {
	if p.r.active[name] || ctx.depth >= maxWalk {
		p.r.emit(run, p.frame, ctx)
		return
	}
	p.r.active[name] = true
	defer delete(p.r.active, name)
	inner := *c.reader
	inner.ctx = ctx.in(newScope(ctx.scope))
	inner.ctx.depth++
	inner.blocks = nil
	p.r.setArguments(inner.ctx.scope, run.words[1:])
	inner.frame.via = append(slices.Clip(p.frame.via), run.at)
	inner.frame.call = run.at
	inner.statements(c.body)
	p.r.keepDir(inner.ctx.scope, ctx.scope)
}

// bind gives the parameters of a script the arguments of its call.
func (p *powerShellReader) bind(params []powershell.Param) {
	all, called := p.ctx.scope.get(arguments)
	named, positional, open := splitArguments(all.items, params)
	for _, param := range params {
		key := scopeName(param.Name)
		value, given := named[param.Name]
		if !given && !param.Switch && len(positional) > 0 {
			value, given = positional[0], true
			positional = positional[1:]
		}
		switch {
		case given:
			set(p.ctx.scope, key, value)
		case open || !called:
			p.r.forget(p.ctx.scope, key, "parameter "+param.Name+" is given when the script is called")
		case len(param.Default.Pieces) > 0:
			set(p.ctx.scope, key, p.field(param.Default))
		default:
			p.r.forget(p.ctx.scope, key, "parameter "+param.Name+" is not given")
		}
	}
}

// splitArguments tells "-Name value" and "-Name:value" from other arguments. It
// is open when an argument that is not known may be several.
func splitArguments(args []field, params []powershell.Param) (named map[string]field, positional []field, open bool) {
	named = map[string]field{}
	for i := 0; i < len(args); i++ {
		text := args[i].text
		if isHole(text) {
			open = true
			continue
		}
		if !strings.HasPrefix(text, "-") || len(text) < 2 {
			positional = append(positional, args[i])
			continue
		}
		name, value, joined := strings.Cut(strings.ToLower(text[1:]), ":")
		at := slices.IndexFunc(params, func(p powershell.Param) bool { return p.Name == name })
		switch {
		case joined:
			v := args[i]
			v.text, v.exact = text[len(text)-len(value):], false
			named[name] = v
		case at >= 0 && params[at].Switch:
			v := args[i]
			v.text, v.exact = "True", false
			named[name] = v
		case i+1 < len(args):
			named[name] = args[i+1]
			i++
		}
	}
	return named, positional, open
}
