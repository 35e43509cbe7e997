package mashup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func query(text string) Query {
	return Query{Text: text, Place: func(start, end int) source.Range { return source.Range{File: "q", Start: start, End: end} }}
}

// describe shows the sources of a query: connector, host, database; what is not
// known has a question mark, what parameters set their names.
func describe(text string, parameters Parameters) string {
	var lines []string
	for _, s := range Find(query(text), parameters) {
		line := s.Connector
		for _, v := range []resource.Value{s.Host, s.Database} {
			switch {
			case v.IsUnknown():
				line += " ?" + strings.ReplaceAll(v.Hint, string(resource.Hole), "…")
			case v.IsKnown():
				line += " " + v.Text
			}
		}
		if len(s.Parameters) > 0 {
			line += " by " + strings.Join(s.Parameters, ",")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestFind(t *testing.T) {
	parameters := Parameters{
		"Server":   resource.StringAt(source.Range{File: "p"}, "srv.database.windows.net"),
		"Env Name": resource.UnknownAt(source.Range{File: "p"}, "the parameter is set by an expression"),
	}
	for _, c := range []struct{ name, text, want string }{
		{"a literal", `let Source = Sql.Database("srv", "db") in Source`, "Sql.Database srv db"},
		{"options", `Sql.Database("srv", "db", [Query="select ""a, b"""])`, "Sql.Database srv db"},
		{"a parameter", `Sql.Database(Server, "db")`, "Sql.Database ?srv.database.windows.net db by Server"},
		{"a quoted parameter", `Web.Contents("https://" & #"Env Name" & ".example.com")`, "Web.Contents ?https://….example.com by Env Name"},
		{"a step of the query", "let\n Host = \"srv\",\n Source = Sql.Database(Host, \"db\")\nin Source", "Sql.Database srv db"},
		{"a step that is set twice", "let\n Host = \"a\", B = let Host = \"b\" in Host,\n Source = Sql.Databases(Host)\nin Source", "Sql.Databases ?…"},
		{"another expression", `AzureStorage.DataLake(Text.Combine({"a", "b"}))`, "AzureStorage.DataLake ?"},
		{"a wrapper", `Excel.Workbook(File.Contents("C:\a.xlsx"), null, true)`, `File.Contents C:\a.xlsx`},
		{"a comment", "// Sql.Database(\"a\", \"b\")\n/* Web.Contents(\"c\") */ 1", ""},
		{"a text", `"Sql.Database(""a"", ""b"")"`, ""},
		{"no call", `Sql.Database`, ""},
		{"no argument", `Sql.Databases()`, "Sql.Databases ?"},
		{"two sources", `{Odbc.DataSource("dsn=x"), OData.Feed("https://o")}`, "Odbc.DataSource dsn=x\nOData.Feed https://o"},
		{"the end is missing", `Sql.Database("a", "b"`, "Sql.Database ?"},
		{"another function", `Sql.DatabaseX("a"), MySql.Database("b")`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, describe(c.text, parameters)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A literal is placed where it is written, also when a step of the query names it.
func TestPlaces(t *testing.T) {
	text := "let\n H = \"srv\",\n S = Sql.Database(H, \"db\") in S"
	found := Find(query(text), nil)
	if len(found) != 1 {
		t.Fatalf("%d sources", len(found))
	}
	at := func(r source.Range) string { return text[r.Start:r.End] }
	if got := at(found[0].At); got != `Sql.Database(H, "db")` {
		t.Errorf("the call is placed at %q", got)
	}
	if got := at(found[0].Host.At); got != `"srv"` {
		t.Errorf("the host is placed at %q", got)
	}
	if got := at(found[0].Database.At); got != `"db"` {
		t.Errorf("the database is placed at %q", got)
	}
}

func TestParameter(t *testing.T) {
	for text, want := range map[string]string{
		`"srv" meta [IsParameterQuery=true, Type="Text"]`:                "srv",
		"0.6 meta [IsParameterQuery = true]":                             "0.6",
		"#datetime(2020, 1, 1, 0, 0, 0) meta [IsParameterQuery = true]":  "?",
		`"srv" meta [IsParameterQuery=false]`:                            "none",
		`let Source = "x" in Source`:                                     "none",
		`"meta [IsParameterQuery=true]"`:                                 "none",
		`"srv" meta [IsParameterQuery=true, IsParameterQueryRequired=1]`: "srv",
	} {
		value, ok := Parameter(query(text))
		got := "none"
		if ok {
			got = "?"
			if value.IsKnown() {
				got = value.Text
			}
		}
		if got != want {
			t.Errorf("Parameter(%s) = %s, want %s", text, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add(`let H = "srv", Source = Sql.Database(H & "x", #"d b", [Q="a""b"]) in Source`)
	f.Add("Web.Contents(((\"a\"),{")
	f.Fuzz(func(t *testing.T, text string) {
		q := Query{Text: text, Place: func(start, end int) source.Range {
			if start < 0 || start > end || end > len(text) {
				t.Fatalf("%d-%d lies outside of %d bytes", start, end, len(text))
			}
			return source.Range{File: "q", Start: start, End: end}
		}}
		for _, s := range Find(q, Parameters{"a": resource.StringAt(source.Range{}, "b")}) {
			if s.Host.IsUnknown() && s.Host.Why == "" {
				t.Fatal("a host is unknown without a reason")
			}
		}
		Parameter(q)
		Words(q)
	})
}
