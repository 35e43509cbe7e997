package machine

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/drlint/drlint/internal/policy/value"
)

// translator translates one function.
type translator struct {
	linker *linker
	static *ir.Static
	fn     *function
	named  map[ir.Local]int // how often
}

func (t *translator) local(local ir.Local) int {
	t.fn.size = max(t.fn.size, int(local)+1, 2)
	return int(local)
}

func (t *translator) operand(o ir.Operand) operand {
	switch value := o.Value.(type) {
	case ir.Local:
		if value == ir.Input {
			t.fn.scoped = true
		}
		return operand{local: t.local(value)}
	case ir.StringIndex:
		return operand{constant: t.linker.text(t.static.Strings[value].Value)}
	default:
		return operand{constant: ast.InternedTerm(bool(value.(ir.Bool)))}
	}
}

func (t *translator) location(s ir.Stmt) *ast.Location {
	at := s.GetLocation()
	return &ast.Location{File: t.static.Files[at.File].Value, Row: at.Row, Col: at.Col}
}

func (t *translator) blocks(planned []*ir.Block) (all []block, err error) {
	for _, b := range planned {
		translated, err := t.block(b)
		if err != nil {
			return nil, err
		}
		all = append(all, translated)
	}
	return all, nil
}

func (t *translator) block(planned *ir.Block) (b block, err error) {
	for i := 0; i < len(planned.Stmts); i++ {
		if literal, target, size := t.literal(planned.Stmts[i:]); literal != nil {
			b = append(b, t.constant(literal, target))
			i += size
			continue
		}
		translated, err := t.statement(planned.Stmts[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.location(planned.Stmts[i]), err)
		}
		b = append(b, translated)
	}
	return b, nil
}

// literal recognizes a set or an array that is made of texts and truth values
// alone, and returns it with the number of statements that fill it.
func (t *translator) literal(planned []ir.Stmt) (literal *ast.Term, target ir.Local, size int) {
	var items []*ast.Term
	switch made := planned[0].(type) {
	case *ir.MakeSetStmt:
		target = made.Target
	case *ir.MakeArrayStmt:
		target = made.Target
	default:
		return nil, 0, 0
	}
	last := lastFill(planned, target)
	for _, s := range planned[1 : last+1] {
		var value ir.Operand
		switch s := s.(type) {
		case *ir.SetAddStmt:
			value = s.Value
		case *ir.ArrayAppendStmt:
			value = s.Value
		default:
			return nil, 0, 0
		}
		if _, varies := value.Value.(ir.Local); varies || !fills(s, target) {
			return nil, 0, 0
		}
		items = append(items, t.operand(value).constant)
	}
	if len(items) == 0 { // or filled by a comprehension
		return nil, 0, 0
	}
	if _, ok := planned[0].(*ir.MakeSetStmt); ok {
		return value.NewSet(items...).Term(), target, last
	}
	return value.NewList(items...).Term(), target, last
}

// lastFill returns the index of the last statement that fills a collection; 0 if
// none does.
func lastFill(planned []ir.Stmt, target ir.Local) (last int) {
	for i, s := range planned {
		if fills(s, target) {
			last = i
		}
	}
	return last
}

// fills tells whether a statement puts something into an array or a set.
func fills(s ir.Stmt, target ir.Local) bool {
	var inner []*ir.Block
	switch s := s.(type) {
	case *ir.ArrayAppendStmt:
		return s.Array == target
	case *ir.SetAddStmt:
		return s.Set == target
	case *ir.BlockStmt:
		inner = s.Blocks
	case *ir.ScanStmt:
		inner = []*ir.Block{s.Block}
	}
	return slices.ContainsFunc(inner, func(b *ir.Block) bool {
		return slices.ContainsFunc(b.Stmts, func(s ir.Stmt) bool { return fills(s, target) })
	})
}

func (t *translator) statement(s ir.Stmt) (statement, error) {
	switch s := s.(type) {
	case *ir.BlockStmt:
		inner, err := t.blocks(s.Blocks)
		return &blocks{inner}, err
	case *ir.NotStmt:
		inner, err := t.block(s.Block)
		return &negation{inner}, err
	case *ir.ScanStmt:
		inner, err := t.block(s.Block)
		if s.Source == ir.Input {
			t.fn.scoped = true
		}
		return &scan{t.local(s.Source), t.local(s.Key), t.local(s.Value), t.named[s.Key] == 1, inner}, err
	case *ir.CallStmt:
		return t.call(s)
	case *ir.BreakStmt:
		return &jump{leave + signal(s.Index)}, nil
	case *ir.ReturnLocalStmt:
		return &result{t.local(s.Source)}, nil
	case *ir.DotStmt:
		return t.dot(s), nil
	case *ir.LenStmt:
		return &length{t.operand(s.Source), t.local(s.Target)}, nil
	case *ir.EqualStmt:
		return &comparison{t.operand(s.A), t.operand(s.B), true}, nil
	case *ir.NotEqualStmt:
		return &comparison{t.operand(s.A), t.operand(s.B), false}, nil
	case *ir.IsArrayStmt:
		return &collection{t.operand(s.Source), value.IsList}, nil
	case *ir.IsObjectStmt:
		return &collection{t.operand(s.Source), value.IsObject}, nil
	case *ir.IsSetStmt:
		return &collection{t.operand(s.Source), value.IsSet}, nil
	case *ir.IsDefinedStmt:
		return &defined{t.local(s.Source), true}, nil
	case *ir.IsUndefinedStmt:
		return &defined{t.local(s.Source), false}, nil
	default:
		return t.value(s)
	}
}

// value translates statements that make values.
func (t *translator) value(s ir.Stmt) (statement, error) {
	switch s := s.(type) {
	case *ir.AssignVarStmt:
		return &assign{source: t.operand(s.Source), target: t.local(s.Target)}, nil
	case *ir.AssignVarOnceStmt:
		return &assign{source: t.operand(s.Source), target: t.local(s.Target), once: true, at: t.location(s)}, nil
	case *ir.AssignIntStmt:
		return t.constant(ast.InternedTerm(s.Value), s.Target), nil
	case *ir.ResetLocalStmt:
		return &reset{t.local(s.Target)}, nil
	case *ir.MakeNullStmt:
		return t.constant(ast.InternedNullTerm, s.Target), nil
	case *ir.MakeNumberIntStmt:
		return t.constant(ast.InternedTerm(s.Value), s.Target), nil
	case *ir.MakeNumberRefStmt:
		return t.constant(ast.NumberTerm(json.Number(t.static.Strings[s.Index].Value)), s.Target), nil
	case *ir.MakeArrayStmt:
		return &makeList{t.local(s.Target)}, nil
	case *ir.MakeObjectStmt:
		return &makeObject{t.local(s.Target)}, nil
	case *ir.MakeSetStmt:
		return &makeSet{t.local(s.Target)}, nil
	case *ir.ArrayAppendStmt:
		return &push{t.operand(s.Value), t.local(s.Array)}, nil
	case *ir.ObjectInsertStmt:
		return &insert{key: t.operand(s.Key), value: t.operand(s.Value), object: t.local(s.Object)}, nil
	case *ir.ObjectInsertOnceStmt:
		return &insert{key: t.operand(s.Key), value: t.operand(s.Value), object: t.local(s.Object), once: true, at: t.location(s)}, nil
	case *ir.SetAddStmt:
		return &add{t.operand(s.Value), t.local(s.Set)}, nil
	default:
		return nil, fmt.Errorf("%T is not supported", s)
	}
}

func (t *translator) constant(term *ast.Term, target ir.Local) statement {
	return &assign{source: operand{constant: term}, target: t.local(target)}
}

// dot notes which keys of the input are used.
func (t *translator) dot(s *ir.DotStmt) statement {
	key, isText := s.Key.Value.(ir.StringIndex)
	if !isText {
		return &dot{t.operand(s.Source), t.operand(s.Key), t.local(s.Target)}
	}
	name := t.static.Strings[key].Value
	source := operand{local: int(ir.Input)}
	if s.Source.Value != ir.Input || !slices.Contains(t.linker.options.Common, name) {
		source = t.operand(s.Source)
	}
	return &field{source, t.linker.text(name), t.linker.options.Vocabulary.Number(name), t.local(s.Target)}
}

func (t *translator) call(s *ir.CallStmt) (statement, error) {
	if fn, err := t.linker.link(s.Func); fn != nil || err != nil {
		return t.function(fn, s), err
	}
	var args []operand
	for _, arg := range s.Args {
		args = append(args, t.operand(arg))
	}
	if is := relations[s.Func]; is != nil {
		return &relation{is, args[0], args[1], t.local(s.Result)}, nil
	}
	known, fn := ast.BuiltinMap[s.Func], topdown.GetBuiltin(s.Func)
	if fn == nil || known == nil || known.Relation {
		return nil, fmt.Errorf("%s is not supported", s.Func)
	}
	return &builtin{fn: fn, native: natives[s.Func], args: args, target: t.local(s.Result), at: t.location(s)}, nil
}

func (t *translator) function(fn *function, s *ir.CallStmt) statement {
	if fn == nil {
		return nil
	}
	t.fn.scoped = t.fn.scoped || fn.scoped
	made := &call{fn: fn, target: t.local(s.Result)}
	for _, arg := range s.Args[2:] { // without input and data
		made.args = append(made.args, t.operand(arg))
	}
	return made
}
