package tmdl

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = "/// What was sold\n" +
	"table 'Net ''Sales'''\n" +
	"\tlineageTag: abc\n" +
	"\n" +
	"\trefreshPolicy\n" +
	"\t\tpolicyType: basic\n" +
	"\t\trollingWindowPeriods: 8\n" +
	"\t\tsourceExpression =\n" +
	"\t\t\tlet\n" +
	"\t\t\t    Source = Sql.Database(Server, \"db\")\n" +
	"\n" +
	"\t\t\tin\n" +
	"\t\t\t    Source\n" +
	"\n" +
	"\tmeasure Total = SUM(Sales[Amount])\n" +
	"\t\tformatString: 0\n" +
	"\n" +
	"\tmeasure Fenced = ```\n" +
	"\t\t\tmode: not a property\n" +
	"\t\t\t```\n" +
	"\t\tisHidden\n" +
	"\n" +
	"\tpartition 'Net Sales' = m\n" +
	"\t\tmode: import\n" +
	"\t\tsource =\n" +
	"\t\t\t\tlet\n" +
	"\t\t\t\t\tmode = 1\n" +
	"\t\t\t\tin\n" +
	"\t\t\t\t\tmode\n" +
	"\r\n" +
	"\tannotation X = {\"a\":1}\r\n" +
	"ref table Other\n" +
	"expression Server = \"srv\" meta [IsParameterQuery=true]\n" +
	"\tlineageTag: d\n"

func outline(b *strings.Builder, n *Node, depth int) {
	for _, child := range n.Children {
		b.WriteString(strings.Repeat("  ", depth) + child.Kind)
		if child.Name != "" {
			b.WriteString(" <" + child.Name + ">")
		}
		if child.Value.Written() {
			b.WriteString(" [" + child.Value.Text + "]")
		}
		b.WriteString("\n")
		outline(b, child, depth+1)
	}
}

func TestParse(t *testing.T) {
	root, complete := Parse([]byte(sample))
	if !complete {
		t.Error("the file was not read to its end")
	}
	var b strings.Builder
	outline(&b, root, 0)
	want := `table <Net 'Sales'>
  lineageTag [abc]
  refreshPolicy
    policyType [basic]
    rollingWindowPeriods [8]
    sourceExpression [let
			    Source = Sql.Database(Server, "db")

			in
			    Source]
  measure <Total> [SUM(Sales[Amount])]
    formatString [0]
  measure <Fenced> [			mode: not a property]
    isHidden
  partition <Net Sales> [m]
    mode [import]
    source [let
					mode = 1
				in
					mode]
  annotation <X> [{"a":1}]
ref
expression <Server> ["srv" meta [IsParameterQuery=true]]
  lineageTag [d]
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every offset names the text that it stands for.
func TestOffsets(t *testing.T) {
	root, _ := Parse([]byte(sample))
	var visit func(n *Node)
	visit = func(n *Node) {
		for _, child := range n.Children {
			if !strings.HasPrefix(sample[child.Start:], child.Kind) {
				t.Errorf("%s starts at %q", child.Kind, sample[child.Start:child.End])
			}
			if got := sample[child.Value.Start:child.Value.End]; got != child.Value.Text {
				t.Errorf("the value of %s is %q and stands at %q", child.Kind, child.Value.Text, got)
			}
			visit(child)
		}
	}
	visit(root)
	policy := root.Children[0].Get("refreshPolicy")
	if got := sample[policy.Start:policy.Last]; !strings.HasPrefix(got, "refreshPolicy") || !strings.HasSuffix(got, "Source") {
		t.Errorf("refreshPolicy spans %q", got)
	}
}

func TestIndentedWithSpaces(t *testing.T) {
	root, _ := Parse([]byte("table A\n    partition P = m\n        mode: import\n        source = \n            let\n                x = 1\n            in x\n    column C\n"))
	table := root.Get("table")
	if got := table.Get("partition").Get("source").Value.Text; !strings.HasPrefix(got, "let") || !strings.HasSuffix(got, "in x") {
		t.Errorf("source is %q", got)
	}
	if table.Get("column") == nil || table.Get("column").Name != "C" {
		t.Error("the column behind the expression is lost")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("a\n\tb =\n\t\t```\n"))
	f.Add([]byte("A=\f0"))
	f.Add([]byte("\xef\xbb\xbftable 'x\n =\n\t= y"))
	f.Fuzz(func(t *testing.T, data []byte) {
		root, _ := Parse(data)
		var visit func(n *Node)
		visit = func(n *Node) {
			for _, child := range n.Children {
				if child.Start < 0 || child.Start > child.End || child.Last > len(data) || child.Value.Start > child.Value.End || child.Value.End > len(data) {
					t.Fatalf("%+v lies outside of %d bytes", child, len(data))
				}
				if string(data[child.Value.Start:child.Value.End]) != child.Value.Text {
					t.Fatalf("the value %q is not what is written", child.Value.Text)
				}
				visit(child)
			}
		}
		visit(root)
	})
}
