package machine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"

	"github.com/open-policy-agent/opa/v1/ir"
)

// Plan holds encoded functions. They are decoded when a program is linked, and
// only those that it needs.
type Plan struct {
	static    *ir.Static
	functions map[string][]byte
}

// kinds are the statements that can be encoded, by number. A new one goes to the
// end.
var kinds = []func() ir.Stmt{
	of[ir.BlockStmt], of[ir.NotStmt], of[ir.ScanStmt], of[ir.CallStmt], of[ir.BreakStmt], of[ir.ReturnLocalStmt],
	of[ir.DotStmt], of[ir.LenStmt], of[ir.EqualStmt], of[ir.NotEqualStmt], of[ir.IsArrayStmt], of[ir.IsObjectStmt],
	of[ir.IsSetStmt], of[ir.IsDefinedStmt], of[ir.IsUndefinedStmt], of[ir.AssignVarStmt], of[ir.AssignVarOnceStmt],
	of[ir.AssignIntStmt], of[ir.ResetLocalStmt], of[ir.MakeNullStmt], of[ir.MakeNumberIntStmt], of[ir.MakeNumberRefStmt],
	of[ir.MakeArrayStmt], of[ir.MakeObjectStmt], of[ir.MakeSetStmt], of[ir.ArrayAppendStmt], of[ir.ObjectInsertStmt],
	of[ir.ObjectInsertOnceStmt], of[ir.SetAddStmt],
}

func of[T any, S interface {
	*T
	ir.Stmt
}]() ir.Stmt {
	return S(new(T))
}

var numbers = func() map[reflect.Type]int {
	all := map[reflect.Type]int{}
	for number, kind := range kinds {
		all[reflect.TypeOf(kind())] = number
	}
	return all
}()

// fields lists what a statement consists of, for encoding and decoding alike.
func fields(s ir.Stmt) []any {
	switch s := s.(type) {
	case *ir.BlockStmt:
		return []any{&s.Blocks}
	case *ir.NotStmt:
		return []any{&s.Block}
	case *ir.ScanStmt:
		return []any{&s.Source, &s.Key, &s.Value, &s.Block}
	case *ir.CallStmt:
		return []any{&s.Func, &s.Args, &s.Result, &s.Location}
	case *ir.BreakStmt:
		return []any{&s.Index}
	case *ir.ReturnLocalStmt:
		return []any{&s.Source}
	case *ir.DotStmt:
		return []any{&s.Source, &s.Key, &s.Target}
	case *ir.LenStmt:
		return []any{&s.Source, &s.Target}
	case *ir.EqualStmt:
		return []any{&s.A, &s.B}
	case *ir.NotEqualStmt:
		return []any{&s.A, &s.B}
	case *ir.IsArrayStmt:
		return []any{&s.Source}
	case *ir.IsObjectStmt:
		return []any{&s.Source}
	case *ir.IsSetStmt:
		return []any{&s.Source}
	case *ir.IsDefinedStmt:
		return []any{&s.Source}
	case *ir.IsUndefinedStmt:
		return []any{&s.Source}
	default:
		return valueFields(s)
	}
}

func valueFields(s ir.Stmt) []any {
	switch s := s.(type) {
	case *ir.AssignVarStmt:
		return []any{&s.Source, &s.Target}
	case *ir.AssignVarOnceStmt:
		return []any{&s.Source, &s.Target, &s.Location}
	case *ir.AssignIntStmt:
		return []any{&s.Value, &s.Target}
	case *ir.ResetLocalStmt:
		return []any{&s.Target}
	case *ir.MakeNullStmt:
		return []any{&s.Target}
	case *ir.MakeNumberIntStmt:
		return []any{&s.Value, &s.Target}
	case *ir.MakeNumberRefStmt:
		return []any{&s.Index, &s.Target}
	case *ir.MakeArrayStmt:
		return []any{&s.Target}
	case *ir.MakeObjectStmt:
		return []any{&s.Target}
	case *ir.MakeSetStmt:
		return []any{&s.Target}
	case *ir.ArrayAppendStmt:
		return []any{&s.Value, &s.Array}
	case *ir.ObjectInsertStmt:
		return []any{&s.Key, &s.Value, &s.Object}
	case *ir.ObjectInsertOnceStmt:
		return []any{&s.Key, &s.Value, &s.Object, &s.Location}
	case *ir.SetAddStmt:
		return []any{&s.Value, &s.Set}
	default:
		return nil
	}
}

var errCorrupt = errors.New("the plan is corrupt")

// Encode writes the functions of a plan, but only the texts that they use.
func Encode(functions []*ir.Func, static *ir.Static) ([]byte, error) {
	e := &encoder{static: static, known: map[string]int{}}
	var bodies []byte
	for _, fn := range functions {
		e.data = nil
		e.function(fn)
		body := e.data
		e.data = bodies
		e.text(fn.Name)
		e.int(len(body))
		e.data = append(e.data, body...)
		bodies = e.data
	}
	e.data = nil
	e.int(len(e.texts))
	for _, text := range e.texts {
		e.int(len(text))
		e.data = append(e.data, text...)
	}
	e.int(len(functions))
	return append(e.data, bodies...), e.err
}

type encoder struct {
	static *ir.Static
	data   []byte
	texts  []string
	known  map[string]int
	err    error
}

func (e *encoder) int(value int) { e.data = binary.AppendVarint(e.data, int64(value)) }

func (e *encoder) text(value string) {
	number, ok := e.known[value]
	if !ok {
		number = len(e.texts)
		e.known[value], e.texts = number, append(e.texts, value)
	}
	e.int(number)
}

func (e *encoder) function(fn *ir.Func) {
	e.int(len(fn.Params))
	for _, param := range fn.Params {
		e.int(int(param))
	}
	e.int(int(fn.Return))
	e.blocks(fn.Blocks)
}

func (e *encoder) blocks(all []*ir.Block) {
	e.int(len(all))
	for _, b := range all {
		e.block(b)
	}
}

func (e *encoder) block(b *ir.Block) {
	e.int(len(b.Stmts))
	for _, s := range b.Stmts {
		number, ok := numbers[reflect.TypeOf(s)]
		if !ok {
			e.err = fmt.Errorf("%T is not supported", s)
		}
		e.int(number)
		for _, field := range fields(s) {
			e.field(field)
		}
	}
}

func (e *encoder) field(field any) {
	switch field := field.(type) {
	case *ir.Local:
		e.int(int(*field))
	case *ir.Operand:
		e.operand(*field)
	case *[]ir.Operand:
		e.int(len(*field))
		for _, o := range *field {
			e.operand(o)
		}
	case **ir.Block:
		e.block(*field)
	case *[]*ir.Block:
		e.blocks(*field)
	case *string:
		e.text(*field)
	case *int64:
		e.int(int(*field))
	case *uint32:
		e.int(int(*field))
	case *int: // a number, which is written as text
		e.text(e.static.Strings[*field].Value)
	case *ir.Location:
		e.text(e.static.Files[field.File].Value)
		e.int(field.Row)
		e.int(field.Col)
	}
}

// The kinds of operands.
const (
	localOperand = iota
	textOperand
	falseOperand
	trueOperand
)

func (e *encoder) operand(o ir.Operand) {
	switch value := o.Value.(type) {
	case ir.Local:
		e.int(localOperand)
		e.int(int(value))
	case ir.StringIndex:
		e.int(textOperand)
		e.text(e.static.Strings[value].Value)
	case ir.Bool:
		if value {
			e.int(trueOperand)
		} else {
			e.int(falseOperand)
		}
	}
}
