package datafactory

import (
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// reading is what a query reads.
type reading uint8

const (
	openReading      reading = iota // it cannot be told
	wholeReading                    // the same selection every time
	windowReading                   // what is new by date or window
	watermarkReading                // what lies beyond the output of an activity
)

// query is a query in terms of the rows it selects.
type query struct {
	reading reading
	// activities are those whose output the filter compares with.
	activities []string
	// moving is set when the filter also depends on time.
	moving bool
	why    string
}

var (
	comments = regexp.MustCompile(`--[^\n]*|(?s:/\*.*?\*/)`)
	where    = regexp.MustCompile(`(?i)\b(where|having)\b`)
	// clock are the functions by which a database itself moves a filter on.
	clock   = regexp.MustCompile(`(?i)\b(getdate|getutcdate|sysdatetime|sysutcdatetime|dateadd|now|current_date|sysdate|curdate)\s*\(|\b(current_timestamp|current_date|sysdate)\b`)
	changes = regexp.MustCompile(`(?i)\b(changetable\s*\(|cdc\.fn_cdc_get_)`)
	// named is what stands before the name of a column, schema or table.
	named   = regexp.MustCompile(`(?i)(\bfrom|\bjoin|\bselect|\bdistinct|,|\.|\[|"|` + "`" + `)\s*$`)
	compare = regexp.MustCompile(`(?i)[<>]|\bbetween\b`)
)

// readQuery judges a query that is folded as far as it can be.
func readQuery(r adf.Result) query {
	text, holes := textWithHoles(r)
	if changes.MatchString(text) {
		return query{reading: windowReading}
	}
	if len(holes) == 0 {
		text = comments.ReplaceAllString(text, " ")
	}
	if strings.TrimSpace(strings.Trim(text, string(resource.Hole))) == "" {
		return query{why: whyOr(r.Value, "the query is not written")}
	}
	start := len(text)
	if filter := where.FindStringIndex(text); filter != nil {
		start = filter[0]
	}
	q := query{reading: wholeReading}
	for at, char := range text {
		if char != resource.Hole {
			continue
		}
		hole := holes[0]
		holes = holes[1:]
		if at >= start {
			q.weigh(hole, text[start:at], text[at+len(string(resource.Hole)):])
		} else if !named.MatchString(text[:at]) {
			return query{why: "part of the query, " + hole.Expression + ", is not known"}
		}
	}
	if q.reading == wholeReading && clock.MatchString(text[start:]) {
		q.reading = windowReading
	}
	return q
}

// textWithHoles writes a text with a hole for each part that is not known.
func textWithHoles(r adf.Result) (text string, holes []adf.Part) {
	var b strings.Builder
	for _, part := range r.Parts {
		if part.Expression == "" {
			b.WriteString(strings.ReplaceAll(part.Text, string(resource.Hole), " "))
		} else {
			b.WriteRune(resource.Hole)
			holes = append(holes, part)
		}
	}
	return b.String(), holes
}

// weigh judges an unknown part of the filter by what it depends on.
func (q *query) weigh(hole adf.Part, before, after string) {
	switch {
	case (strings.HasSuffix(strings.TrimSpace(before), ".") || columnNext.MatchString(before)) && compared.MatchString(after):
		// The name of a column: what it is compared with comes next.
	case hole.On&(adf.OnTime|adf.OnWindow|adf.OnEvent) != 0 && hole.On&adf.OnActivity == 0:
		q.moving = true
		if q.reading != watermarkReading {
			q.reading = windowReading
		}
	case hole.On&adf.OnActivity != 0 && compare.MatchString(before):
		q.reading = watermarkReading
		for _, name := range hole.Activities {
			if !slices.Contains(q.activities, name) {
				q.activities = append(q.activities, name)
			}
		}
	case q.reading == wholeReading:
		q.reading, q.why = openReading, "part of the filter, "+hole.Expression+", is not known"
	}
}

// columnNext is what stands before the name of a column in a filter, compared
// what stands after it.
var (
	columnNext = regexp.MustCompile(`(?i)\b(where|and|or|having|not)\s*[(\["]*\s*$`)
	compared   = regexp.MustCompile(`(?i)^[\]")]*\s*([<>=!]|(not\s+)?(between|in|like)\b|is\b)`)
)
