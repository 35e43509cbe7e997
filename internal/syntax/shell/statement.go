package shell

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/drlint/drlint/internal/source"
)

// stmt follows one statement in the order in which the shell runs it.
func (r *reader) stmt(s *syntax.Stmt, f frame, ctx context) {
	if !r.spend(s) {
		r.exhausted(f.place(s))
		return
	}
	ctx.depth++
	if ctx.depth > maxWalk {
		r.report("shell/nesting", source.Warning, f.place(s), "A script nests deeper than is followed",
			"The commands inside are not checked.")
		return
	}
	r.command(s, f, ctx)
}

// spend counts a statement, and its length where following it costs as much.
func (r *reader) spend(s *syntax.Stmt) bool {
	r.steps++
	switch s.Cmd.(type) {
	case *syntax.BinaryCmd, *syntax.Block, *syntax.Subshell, *syntax.IfClause, *syntax.FuncDecl:
	default:
		r.steps += int(s.End().Offset()-s.Pos().Offset()) / stepSize
	}
	return r.steps <= maxSteps && len(r.commands) < maxCommands
}

func (r *reader) exhausted(at source.Range) {
	r.report("shell/budget", source.Warning, at, "A script has more commands than are followed",
		"The commands after this one are not checked. Split the script.")
}

func (r *reader) command(s *syntax.Stmt, f frame, ctx context) {
	switch cmd := s.Cmd.(type) {
	case *syntax.CallExpr:
		r.call(cmd, s.Redirs, f, ctx)
	case *syntax.BinaryCmd:
		r.binary(cmd, f, ctx)
	case *syntax.Block:
		r.stmts(cmd.Stmts, f, ctx)
	case *syntax.Subshell:
		r.stmts(cmd.Stmts, f, ctx.in(newScope(ctx.scope)))
	case *syntax.IfClause:
		r.ifClause(cmd, f, ctx)
	case *syntax.WhileClause:
		r.whileClause(cmd, f, ctx)
	case *syntax.ForClause:
		r.forClause(cmd, f, ctx)
	case *syntax.CaseClause:
		r.caseClause(cmd, f, ctx)
	case *syntax.FuncDecl:
		if cmd.Name != nil {
			r.functions[cmd.Name.Value] = function{body: cmd.Body, frame: f}
		}
	case *syntax.DeclClause:
		r.declare(cmd, f, ctx)
	case *syntax.TimeClause:
		if cmd.Stmt != nil {
			r.stmt(cmd.Stmt, f, ctx)
		}
	case *syntax.CoprocClause:
		r.stmt(cmd.Stmt, f, ctx)
	case *syntax.TestClause, *syntax.ArithmCmd, *syntax.LetClause:
		r.substitutions(cmd, f, ctx)
	}
}

func (r *reader) stmts(list []*syntax.Stmt, f frame, ctx context) {
	for _, s := range list {
		r.stmt(s, f, ctx)
	}
}

// binary follows a list or pipeline. The parser nests "a && b && c" to the
// left, so the chain is unrolled instead of recursed into.
func (r *reader) binary(b *syntax.BinaryCmd, f frame, ctx context) {
	chain := []*syntax.BinaryCmd{b}
	for {
		next, ok := chain[len(chain)-1].X.Cmd.(*syntax.BinaryCmd)
		if !ok || len(chain[len(chain)-1].X.Redirs) > 0 {
			break
		}
		chain = append(chain, next)
	}
	first := chain[len(chain)-1]
	left, maybe := first.X, false
	r.stmt(left, f, r.side(first.Op, ctx, false))
	for i := len(chain) - 1; i >= 0; i-- {
		link := chain[i]
		maybe = maybe || link.Op == syntax.OrStmt || link.Op == syntax.AndStmt && isTest(left)
		right := r.side(link.Op, ctx.when(maybe), true)
		if maybe && right.scope == ctx.scope {
			right.scope = newScope(ctx.scope)
			r.stmt(link.Y, f, right)
			r.merge(ctx.scope, "a branch", right.scope, newScope(ctx.scope))
		} else {
			r.stmt(link.Y, f, right)
		}
		left = link.Y
	}
}

// side returns the context of one side of an operator: both ends of a pipe run
// in shells of their own.
func (r *reader) side(op syntax.BinCmdOperator, ctx context, right bool) context {
	if op != syntax.Pipe && op != syntax.PipeAll {
		ctx.piped = ctx.piped && !right
		return ctx
	}
	piped := ctx.piped || right
	ctx = ctx.in(newScope(ctx.scope))
	ctx.piped = piped
	return ctx
}

// isTest reports whether a statement asks a question, so that what follows "&&"
// depends on the answer. Other commands are expected to succeed.
func isTest(s *syntax.Stmt) bool {
	if s.Negated {
		return true
	}
	switch cmd := s.Cmd.(type) {
	case *syntax.TestClause, *syntax.ArithmCmd:
		return true
	case *syntax.BinaryCmd:
		return isTest(cmd.Y)
	case *syntax.CallExpr:
		if len(cmd.Args) == 0 {
			return false
		}
		switch cmd.Args[0].Lit() {
		case "[", "test", "grep", "egrep", "fgrep", "which", "type", "hash", "false", "diff", "cmp":
			return true
		case "command":
			return len(cmd.Args) > 1 && strings.HasPrefix(cmd.Args[1].Lit(), "-")
		case "git":
			return len(cmd.Args) > 1 && strings.HasPrefix(cmd.Args[1].Lit(), "diff")
		}
	}
	return false
}

func (r *reader) ifClause(c *syntax.IfClause, f frame, ctx context) {
	var branches []*scope
	inner := ctx
	for c != nil && len(branches) < maxWalk {
		r.stmts(c.Cond, f, inner)
		inner = inner.when(true)
		branch := newScope(ctx.scope)
		r.stmts(c.Then, f, inner.in(branch))
		branches = append(branches, branch)
		if c.Else != nil && !c.Else.ThenPos.IsValid() { // a plain "else"
			branch = newScope(ctx.scope)
			r.stmts(c.Else.Then, f, inner.in(branch))
			branches = append(branches, branch)
			r.merge(ctx.scope, "a branch", branches...)
			return
		}
		c = c.Else
	}
	r.merge(ctx.scope, "a branch", append(branches, newScope(ctx.scope))...)
}

func (r *reader) caseClause(c *syntax.CaseClause, f frame, ctx context) {
	r.expand(c.Word, f, ctx)
	branches := []*scope{}
	complete := false
	for _, item := range c.Items {
		branch := newScope(ctx.scope)
		r.stmts(item.Stmts, f, ctx.when(true).in(branch))
		branches = append(branches, branch)
		for _, pattern := range item.Patterns {
			complete = complete || pattern.Lit() == "*"
		}
	}
	if !complete {
		branches = append(branches, newScope(ctx.scope))
	}
	r.merge(ctx.scope, "a branch", branches...)
}

func (r *reader) whileClause(c *syntax.WhileClause, f frame, ctx context) {
	branch := newScope(ctx.scope)
	inner := ctx.in(branch)
	r.forgetAssigned(c, inner)
	r.stmts(c.Cond, f, inner)
	r.stmts(c.Do, f, inner.when(true))
	r.merge(ctx.scope, "a loop", branch, newScope(ctx.scope))
}

// forgetAssigned makes unknown what a loop sets: its first round is not its last.
func (r *reader) forgetAssigned(loop syntax.Node, ctx context) {
	syntax.Walk(loop, func(n syntax.Node) bool {
		if a, ok := n.(*syntax.Assign); ok && a.Name != nil && !a.Naked {
			r.forget(ctx.scope, a.Name.Value, "$"+a.Name.Value+" is set in a loop")
		}
		return true
	})
}

func (r *reader) forClause(c *syntax.ForClause, f frame, ctx context) {
	loop, ok := c.Loop.(*syntax.WordIter)
	if !ok {
		branch := newScope(ctx.scope)
		r.forgetAssigned(c, ctx.in(branch))
		r.stmts(c.Do, f, ctx.when(true).in(branch))
		r.merge(ctx.scope, "a loop", branch, newScope(ctx.scope))
		return
	}
	name := loop.Name.Value
	items, known := r.loopItems(loop, f, ctx)
	if known && !c.Select {
		for _, item := range items {
			ctx.scope.set(name, variable{items: []field{item}})
			r.stmts(c.Do, f, ctx)
		}
		return
	}
	branch := newScope(ctx.scope)
	inner := ctx.when(true).in(branch)
	r.forgetAssigned(c, inner)
	r.forget(branch, name, "$"+name+" is set by a loop")
	r.stmts(c.Do, f, inner)
	r.merge(ctx.scope, "a loop", branch, newScope(ctx.scope))
}

// loopItems returns what a loop runs over and whether that is all written down.
func (r *reader) loopItems(loop *syntax.WordIter, f frame, ctx context) ([]field, bool) {
	if !loop.InPos.IsValid() {
		return nil, false
	}
	var items []field
	known := true
	for _, word := range loop.Items {
		for _, part := range word.Parts {
			if lit, ok := part.(*syntax.Lit); ok && strings.ContainsAny(lit.Value, "*?[{") {
				known = false
			}
		}
		for _, item := range r.expand(word, f, ctx) {
			known = known && !hasHole(item.text)
			items = append(items, item)
		}
	}
	return items, known && len(items) <= maxUnroll
}

func (f frame) place(n syntax.Node) source.Range {
	return f.at(int(n.Pos().Offset()), int(n.End().Offset()))
}
