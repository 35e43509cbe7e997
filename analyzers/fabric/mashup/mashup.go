// Package mashup finds in Power Query M what a query connects to: calls of
// known connectors and the host, address or path that they name, as a literal,
// a parameter or something that only a refresh knows.
package mashup

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Query is the text of one expression and where it stands.
type Query struct {
	Text string
	// Place maps a range of the text to one of the file.
	Place func(start, end int) source.Range
}

// Parameters are the values of a model's parameters, by name.
type Parameters map[string]resource.Value

// Source is one connector that a query calls.
type Source struct {
	// Connector is the function: "Sql.Database".
	Connector string
	// Host is its first argument, Database the second where that names one.
	// Values that parameters set are unknown, with their text as a hint.
	Host, Database resource.Value
	// Parameters names the parameters that decide the host.
	Parameters []string
	At         source.Range
}

// connectors are the functions that open a source, by what they take first
// (Power Query M function reference). Database says whether the second argument
// names a database.
var connectors = map[string]struct{ database bool }{
	"AmazonRedshift.Database": {true}, "AnalysisServices.Database": {true}, "AnalysisServices.Databases": {}, "AzureDataExplorer.Contents": {true},
	"AzureStorage.BlobContents": {}, "AzureStorage.Blobs": {}, "AzureStorage.DataLake": {}, "AzureStorage.DataLakeContents": {}, "AzureStorage.Tables": {},
	"CommonDataService.Database": {}, "Databricks.Catalogs": {}, "Databricks.Contents": {}, "Databricks.Query": {}, "DatabricksMultiCloud.Catalogs": {},
	"DB2.Database": {true}, "DocumentDB.Contents": {true}, "Excel.Workbook": {}, "File.Contents": {}, "Folder.Contents": {}, "Folder.Files": {},
	"GoogleBigQuery.Database": {}, "Hdfs.Files": {}, "Informix.Database": {true}, "Kusto.Contents": {true}, "MySQL.Database": {true}, "OData.Feed": {},
	"Odbc.DataSource": {}, "Odbc.Query": {}, "OleDb.DataSource": {}, "OleDb.Query": {}, "Oracle.Database": {}, "PostgreSQL.Database": {true},
	"SapBusinessWarehouse.Cubes": {}, "SapHana.Database": {}, "SharePoint.Contents": {}, "SharePoint.Files": {}, "SharePoint.Tables": {},
	"Snowflake.Databases": {}, "Sql.Database": {true}, "Sql.Databases": {}, "Sybase.Database": {true}, "Teradata.Database": {}, "Web.BrowserContents": {},
	"Web.Contents": {}, "Web.Page": {},
}

// wrappers take content, not an address: their argument calls a connector.
var wrappers = []string{"Excel.Workbook", "Web.Page"}

// maxSources bounds what is kept of one query.
const maxSources = 200

// Find returns the connectors that a query calls, in order.
func Find(q Query, parameters Parameters) (found []Source) {
	tokens := lex(q.Text)
	s := &scan{query: q, tokens: tokens, parameters: parameters, local: locals(tokens)}
	for i, t := range tokens {
		shape, known := connectors[t.text]
		if t.kind != word || !known || slices.Contains(wrappers, t.text) || !s.is(i+1, "(") {
			continue
		}
		if len(found) == maxSources {
			return found
		}
		args, end := s.arguments(i + 1)
		one := Source{Connector: t.text, At: q.Place(t.start, end)}
		one.Host, one.Parameters = s.argument(args, 0, one.At)
		if shape.database && len(args) > 1 {
			one.Database, _ = s.argument(args, 1, one.At)
		}
		found = append(found, one)
	}
	return found
}

// Words returns the names that a query has as words of their own, each once.
func Words(q Query) (names []string) {
	seen := map[string]bool{}
	for _, t := range lex(q.Text) {
		if t.kind == word && !seen[t.text] {
			seen[t.text] = true
			names = append(names, t.text)
		}
	}
	return names
}

// Parameter reads an expression that is a parameter: a value with
// "meta [IsParameterQuery=true]" behind it. The value of a text is its text.
func Parameter(q Query) (value resource.Value, ok bool) {
	tokens := lex(q.Text)
	for i, t := range tokens {
		if t.kind != word || t.text != "IsParameterQuery" || i+2 >= len(tokens) || tokens[i+1].text != "=" || tokens[i+2].text != "true" {
			continue
		}
		first := tokens[0]
		switch first.kind {
		case text, number:
			return resource.StringAt(q.Place(first.start, first.end), first.text), true
		default:
			return resource.UnknownAt(q.Place(first.start, first.end), "the parameter is set by an expression"), true
		}
	}
	return resource.Value{}, false
}

type scan struct {
	query      Query
	tokens     []token
	parameters Parameters
	local      map[string][]token
}

func (s *scan) is(i int, sign string) bool {
	return i < len(s.tokens) && s.tokens[i].kind == punctuation && s.tokens[i].text == sign
}

// arguments splits what stands between brackets at its commas. A call that is
// not closed has none.
func (s *scan) arguments(open int) (args [][]token, end int) {
	depth, start := 0, open+1
	for i := open; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.kind != punctuation {
			continue
		}
		switch t.text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				if i > start {
					args = append(args, s.tokens[start:i])
				}
				return args, t.end
			}
		case ",":
			if depth == 1 {
				args = append(args, s.tokens[start:i])
				start = i + 1
			}
		}
		if i-open > maxArguments {
			break
		}
	}
	return nil, s.tokens[open].end
}

// maxArguments is the number of tokens up to which a call is read.
const maxArguments = 2000

// argument evaluates one argument: literals and names of literals, joined by "&".
func (s *scan) argument(args [][]token, index int, call source.Range) (v resource.Value, parameters []string) {
	if index >= len(args) || len(args[index]) == 0 {
		return resource.UnknownAt(call, "the call names none"), nil
	}
	tokens := args[index]
	at := s.query.Place(tokens[0].start, tokens[len(tokens)-1].end)
	var b strings.Builder
	why := ""
	for i, t := range tokens {
		if i%2 == 1 {
			if t.kind != punctuation || t.text != "&" {
				return resource.UnknownAt(at, "only a refresh knows it"), nil
			}
			continue
		}
		written, parameter, ok := s.term(t)
		b.WriteString(written)
		if parameter {
			parameters = append(parameters, t.text)
			why = "the parameter " + t.text + " sets it"
		} else if !ok && why == "" {
			why = "only a refresh knows it"
		}
	}
	if why != "" {
		v = resource.UnknownAt(at, why)
		v.Hint = b.String()
		return v, parameters
	}
	v = resource.StringAt(at, b.String())
	if local := s.local[tokens[0].text]; len(tokens) == 1 && tokens[0].kind == word && len(local) == 1 {
		v.At, v.Origin = s.query.Place(local[0].start, local[0].end), []source.Range{at}
	}
	return v, nil
}

// term evaluates a literal, a name that the query sets to one, or a parameter,
// whose value is what it has as long as nobody sets another one.
func (s *scan) term(t token) (written string, parameter, ok bool) {
	if t.kind == text || t.kind == number {
		return t.text, false, true
	}
	if local := s.local[t.text]; t.kind == word && len(local) == 1 {
		return local[0].text, false, true
	}
	value := s.parameters[t.text]
	if t.kind != word || value.State == resource.Absent {
		return string(resource.Hole), false, false
	}
	if text, known := value.AsString(); known {
		return text, true, false
	}
	return string(resource.Hole), true, false
}

// locals are the steps of a query that are nothing but a literal and are set once.
func locals(tokens []token) map[string][]token {
	found := map[string][]token{}
	for i, t := range tokens {
		if t.kind != word || i+1 >= len(tokens) || tokens[i+1].text != "=" || tokens[i+1].kind != punctuation {
			continue
		}
		if i+2 >= len(tokens) || tokens[i+2].kind != text || i+3 < len(tokens) && tokens[i+3].text != "," && tokens[i+3].text != "in" {
			found[t.text] = append(found[t.text], token{}, token{})
			continue
		}
		found[t.text] = append(found[t.text], tokens[i+2])
	}
	return found
}
