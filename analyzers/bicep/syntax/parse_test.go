package syntax

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/source"
)

// TestPrecedence writes every operation with parentheses around it.
func TestPrecedence(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a + b * c - d", "((a + (b * c)) - d)"},
		{"a % b / c", "((a % b) / c)"},
		{"a < b == c >= d", "((a < b) == (c >= d))"},
		{"a ?? b || c && d", "(a ?? (b || (c && d)))"},
		{"a ?? b ?? c", "((a ?? b) ?? c)"},
		{"!a && -b > +c", "((!a) && ((-b) > (+c)))"},
		{"!a.b[c]", "(!a.b[c])"},
		{"a!.b", "a!.b"},
		{"a ? b : c ? d : e", "(a ? b : (c ? d : e))"},
		{"a ? b ? c : d : e", "(a ? (b ? c : d) : e)"},
		{"a =~ b ? c : d ?? e", "((a =~ b) ? c : (d ?? e))"},
		{"x => x ?? y", "(x => (x ?? y))"},
		{"(a + b) * c", "((a + b) * c)"},
	}
	for _, test := range tests {
		file, problems := Parse("x.bicep", []byte("var v = "+test.text))
		if len(problems) > 0 {
			t.Errorf("%s: %v", test.text, problems)
			continue
		}
		if got := spell(file.Statements[0].(*Var).Value); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func spell(value Expr) string {
	switch e := value.(type) {
	case *Variable:
		return e.Name
	case *Paren:
		return spell(e.X)
	case *Unary:
		return "(" + string(e.Op) + spell(e.X) + ")"
	case *Binary:
		return "(" + spell(e.X) + " " + string(e.Op) + " " + spell(e.Y) + ")"
	case *Ternary:
		return "(" + spell(e.Condition) + " ? " + spell(e.Then) + " : " + spell(e.Else) + ")"
	case *Member:
		return spell(e.Target) + "." + e.Name.Text
	case *Index:
		return spell(e.Target) + "[" + spell(e.Key) + "]"
	case *NonNull:
		return spell(e.Target) + "!"
	case *Lambda:
		return "(" + e.Params[0].Text + " => " + spell(e.Body) + ")"
	}
	return fmt.Sprintf("%T", value)
}

// TestPlaces asserts places as reports show them, with a byte order mark,
// Windows newlines and characters of several bytes before them.
func TestPlaces(t *testing.T) {
	const text = "\ufeffvar é = 1\r\n\r\nvar b = 'ü' // é\r\nparam c string\r\nvar d = 'ü${\r\n"
	file, problems := Parse("x.bicep", []byte(text))
	lines := source.NewLines([]byte(text))
	var got []string
	for _, statement := range file.Statements {
		at := statement.At()
		got = append(got, fmt.Sprintf("%v-%v %q", lines.Pos(at.Start), lines.Pos(at.End), text[at.Start:at.End]))
	}
	for _, problem := range problems {
		got = append(got, fmt.Sprintf("%v %s %s", lines.Pos(problem.At.Start), problem.Code, problem.At.File))
	}
	want := []string{
		`{1 1}-{1 10} "var é = 1"`,
		`{3 1}-{3 12} "var b = 'ü'"`,
		`{4 1}-{4 15} "param c string"`,
		`{5 1}-{5 13} "var d = 'ü${"`,
		"{1 5} bicep/syntax x.bicep",
		"{5 13} bicep/syntax x.bicep",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHelpers(t *testing.T) {
	file, problems := Parse("x.bicep", []byte(`
@sys.secure()
@minLength(3)
param p string
resource r 'a/b@c' = { name: 'n', 'quoted': 1, '${x}': 2, name: 'second' }
import { a as b, c } from 'f.bicep'
var v = ((w))
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	param := file.Statements[0].(*Param)
	if found := param.Decorator("secure"); found == nil || found.Namespace.Text != "sys" {
		t.Errorf("secure: %v", found)
	}
	if found := param.Decorator("minLength"); found == nil || len(found.Args) != 1 {
		t.Errorf("minLength: %v", found)
	}
	if found := param.Decorator("maxLength"); found != nil {
		t.Errorf("maxLength: %v", found)
	}
	resource := file.Statements[1].(*Resource)
	if text, ok := Literal(resource.Type); text != "a/b@c" || !ok {
		t.Errorf("type: %q %v", text, ok)
	}
	body := resource.Body.(*Object)
	if text, _ := Literal(body.Property("name").Value); text != "n" {
		t.Errorf("the first of two names is %q", text)
	}
	if body.Property("quoted") == nil || body.Property("x") != nil {
		t.Error("a quoted name is found, an interpolated one is not")
	}
	symbols := file.Statements[2].(*Import).Symbols
	if symbols[0].Local().Text != "b" || symbols[1].Local().Text != "c" {
		t.Errorf("symbols: %v", symbols)
	}
	if value, ok := Bare(file.Statements[3].(*Var).Value).(*Variable); !ok || value.Name != "w" {
		t.Error("parentheses are left")
	}
}

// TestKeywordsAreNames declares something under each keyword and uses it.
func TestKeywordsAreNames(t *testing.T) {
	for keyword := range statements {
		text := fmt.Sprintf("var %[1]s = { %[1]s: %[1]s.%[1]s(%[1]s) }", keyword)
		if file, problems := Parse("x.bicep", []byte(text)); len(problems) > 0 || len(file.Statements) != 1 {
			t.Errorf("%s: %v", text, problems)
		}
	}
}

// TestHostile reads texts that would exhaust the stack, or time that is not in
// proportion to their length.
func TestHostile(t *testing.T) {
	const many = 50_000
	tests := map[string]string{
		"parentheses":      "var a = " + strings.Repeat("(", many),
		"closed":           "var a = " + strings.Repeat("(", many) + "1" + strings.Repeat(")", many),
		"arrays":           "var a = " + strings.Repeat("[", many),
		"lines of arrays":  "var a = " + strings.Repeat("[\n", many),
		"objects":          "var a = " + strings.Repeat("{a:", many),
		"closed objects":   "var a = " + strings.Repeat("{a:", many) + strings.Repeat("}", many),
		"interpolations":   "var a = " + strings.Repeat("'${", many),
		"closed strings":   "var a = " + strings.Repeat("'${", many) + "1" + strings.Repeat("}'", many),
		"not":              "var a = " + strings.Repeat("!", many) + "b",
		"sum":              "var a = 1" + strings.Repeat("+1", many),
		"members":          "var a = b" + strings.Repeat(".c", many),
		"indexes":          "var a = b" + strings.Repeat("[0]", many),
		"calls":            "var a = " + strings.Repeat("f(", many),
		"ternaries":        "var a = " + strings.Repeat("b ? c : ", many) + "d",
		"lambdas":          "var a = " + strings.Repeat("x => ", many) + "d",
		"types":            "type a = " + strings.Repeat("[", many),
		"type suffixes":    "type a = b" + strings.Repeat("[]", many),
		"unions":           "type a = b" + strings.Repeat("|b", many),
		"type arguments":   "type a = " + strings.Repeat("b<", many),
		"nested resources": strings.Repeat("resource a 'b' = {\n", many),
		"indented":         strings.Repeat("resource a 'b' = {\n ", many),
		"decorators":       strings.Repeat("@a", many),
		"closers":          strings.Repeat("}])", many),
		"mixed":            "var a = " + strings.Repeat("([{", many) + strings.Repeat(")", many),
		"comments":         strings.Repeat("/*\n", many),
		"triple quotes":    strings.Repeat("$'''${\n", many),
		"quotes":           strings.Repeat("'", many),
		"braces":           "var a = '${" + strings.Repeat("{", many) + "\n}'",
		"keywords":         strings.Repeat("param ", many),
		"lines":            strings.Repeat("param\n", many),
		"one line":         strings.Repeat("[1 2],", many),
		"signs":            strings.Repeat("§", many),
		"returns":          strings.Repeat("\r", many) + "x",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			file, problems := Parse("x.bicep", []byte(text+"\nparam last string\n"))
			if len(problems) == 0 && name != "unions" && name != "decorators" {
				t.Error("no diagnostic")
			}
			if len(problems) > maxProblems+1 {
				t.Errorf("%d diagnostics", len(problems))
			}
			check(t, text, file)
			if last, ok := file.Statements[len(file.Statements)-1].(*Param); !ok || last.Name.Text != "last" {
				t.Errorf("the statement at the end is lost")
			}
		})
	}
}

// check walks a tree: every span lies in the text and in the span around it,
// unless it is that of something missing; nothing that must be there is nil,
// and the tree is not too high.
func check(t *testing.T, text string, file *File) {
	t.Helper()
	end := 0
	for _, statement := range file.Statements {
		if at := statement.At(); at.Start < end {
			t.Errorf("%T at %d overlaps the statement before, which ends at %d", statement, at.Start, end)
		}
		end = statement.At().End
		head := statement.Lead()
		if head.Header.Start < head.Start || head.Header.End > head.End {
			t.Errorf("%T at %v has the header %v", statement, head.Span, head.Header)
		}
		checkNode(t, reflect.ValueOf(statement), Span{0, len(text) + len("\nparam last string\n")}, 0)
	}
}

var (
	exprType = reflect.TypeFor[Expr]()
	typeType = reflect.TypeFor[Type]()
	optional = map[string]bool{
		"Param.Type": true, "Param.Value": true, "Var.Type": true, "Using.Path": true, "ItemType.Index": true,
		"ResourceType.Of": true, "ParameterizedType.Namespace": true, "StringPart.Expr": true,
	}
)

func checkNode(t *testing.T, value reflect.Value, around Span, height int) {
	t.Helper()
	if height > 2*heightLimit+100 {
		t.Fatal("the tree is too high")
	}
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			checkNode(t, value.Elem(), around, height)
		}
	case reflect.Slice:
		for i := range value.Len() {
			checkNode(t, value.Index(i), around, height)
		}
	case reflect.Struct:
		checkStruct(t, value, around, height)
	}
}

func checkStruct(t *testing.T, value reflect.Value, around Span, height int) {
	t.Helper()
	if node, ok := value.Addr().Interface().(Node); ok {
		at := node.At()
		if at.Start > at.End || at.Start < at.End && (at.Start < around.Start || at.End > around.End) {
			t.Errorf("%s at %v is not within %v", value.Type().Name(), at, around)
		}
		if around = at; value.Type() == reflect.TypeFor[Span]() {
			return
		}
	}
	for i := range value.NumField() {
		field, name := value.Field(i), value.Type().Name()+"."+value.Type().Field(i).Name
		if (field.Type() == exprType || field.Type() == typeType) && field.IsNil() && !optional[name] {
			t.Errorf("%s is nil", name)
		}
		checkNode(t, field, around, height+1)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"statements", "expressions", "strings", "types", "recovery"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if file.Name != "want" {
				f.Add(file.Data, strings.HasSuffix(file.Name, "param"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, params bool) {
		path := "x.bicep"
		if params {
			path += "param"
		}
		file, problems := Parse(path, data)
		check(t, string(data), file)
		for _, problem := range problems {
			if problem.Summary == "" || problem.At.Start > problem.At.End || problem.At.End > len(data) {
				t.Errorf("%+v", problem)
			}
		}
		broken := 0
		for _, statement := range file.Statements {
			if statement.Lead().Broken {
				broken++
			}
		}
		if broken > 0 && len(problems) == 0 {
			t.Error("a statement is broken and nothing says so")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	archive, err := txtar.ParseFile("testdata/statements.txtar")
	if err != nil {
		b.Fatal(err)
	}
	data := []byte(strings.Repeat(string(archive.Files[0].Data), 100))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse("x.bicep", data); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
