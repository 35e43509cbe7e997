package machine

import (
	"encoding/binary"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// Decode reads what Encode wrote.
func Decode(data []byte) (*Plan, error) {
	d := &decoder{data: data}
	p := &Plan{static: &ir.Static{}, functions: map[string][]byte{}}
	for range d.count() {
		p.static.Strings = append(p.static.Strings, &ir.StringConst{Value: string(d.bytes())})
	}
	p.static.Files, d.static = p.static.Strings, p.static
	for range d.count() {
		name := d.text()
		p.functions[name] = d.bytes()
	}
	if d.corrupt || len(d.data) > 0 {
		return nil, errCorrupt
	}
	return p, nil
}

// function decodes one function, and counts where each of its locals is named.
func (p *Plan) function(name string) (*ir.Func, map[ir.Local]int, error) {
	d := &decoder{data: p.functions[name], static: p.static, named: map[ir.Local]int{}}
	fn := &ir.Func{Name: name}
	for range d.count() {
		fn.Params = append(fn.Params, ir.Local(d.int()))
	}
	fn.Return = ir.Local(d.int())
	fn.Blocks = d.blocks()
	if d.corrupt || len(d.data) > 0 {
		return nil, nil, errCorrupt
	}
	return fn, d.named, nil
}

type decoder struct {
	data    []byte
	static  *ir.Static
	corrupt bool
	named   map[ir.Local]int
}

func (d *decoder) int() int {
	value, size := binary.Varint(d.data)
	if size <= 0 {
		d.corrupt, d.data = true, nil
		return 0
	}
	d.data = d.data[size:]
	return int(value)
}

// count reads how many things follow. Each takes a byte at least.
func (d *decoder) count() int {
	n := d.int()
	if n < 0 || n > len(d.data) {
		d.corrupt, d.data = true, nil
		return 0
	}
	return n
}

func (d *decoder) bytes() []byte {
	n := d.count()
	value := d.data[:n]
	d.data = d.data[n:]
	return value
}

// index reads the number of a text.
func (d *decoder) index() int {
	i := d.int()
	if i < 0 || i >= len(d.static.Strings) {
		d.corrupt = true
		return 0
	}
	return i
}

func (d *decoder) text() string {
	if i := d.index(); !d.corrupt {
		return d.static.Strings[i].Value
	}
	return ""
}

func (d *decoder) blocks() []*ir.Block {
	all := make([]*ir.Block, d.count())
	for i := range all {
		all[i] = d.block()
	}
	return all
}

func (d *decoder) block() *ir.Block {
	b := &ir.Block{Stmts: make([]ir.Stmt, d.count())}
	for i := range b.Stmts {
		kind := d.int()
		if kind < 0 || kind >= len(kinds) {
			d.corrupt, kind = true, 0
		}
		b.Stmts[i] = kinds[kind]()
		for _, field := range fields(b.Stmts[i]) {
			d.field(field)
		}
	}
	return b
}

func (d *decoder) field(field any) {
	switch field := field.(type) {
	case *ir.Local:
		*field = d.local()
	case *ir.Operand:
		*field = d.operand()
	case *[]ir.Operand:
		*field = make([]ir.Operand, d.count())
		for i := range *field {
			(*field)[i] = d.operand()
		}
	case **ir.Block:
		*field = d.block()
	case *[]*ir.Block:
		*field = d.blocks()
	case *string:
		*field = d.text()
	case *int64:
		*field = int64(d.int())
	case *uint32:
		*field = uint32(d.int()) //nolint:gosec // it was one when it was encoded
	case *int:
		*field = d.index()
	case *ir.Location:
		field.File, field.Row, field.Col = d.index(), d.int(), d.int()
	}
}

func (d *decoder) local() ir.Local {
	local := ir.Local(d.int())
	d.named[local]++
	return local
}

func (d *decoder) operand() ir.Operand {
	switch d.int() {
	case localOperand:
		return ir.Operand{Value: d.local()}
	case textOperand:
		return ir.Operand{Value: ir.StringIndex(d.index())}
	case trueOperand:
		return ir.Operand{Value: ir.Bool(true)}
	default:
		return ir.Operand{Value: ir.Bool(false)}
	}
}

// Has tells whether a plan holds a function.
func (p *Plan) Has(name string) bool { return p != nil && p.functions[name] != nil }

// Names lists the functions of a plan.
func (p *Plan) Names() []string { return slices.Sorted(maps.Keys(p.functions)) }
