package notebook

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// maxFound bounds what is kept of one file.
const maxFound = 1000

// scanner gathers what the cells of one file hold.
type scanner struct {
	file       string
	size       int
	names      names // of all cells: they share one session
	writes     []resource.Value
	vacuums    []resource.Value
	properties []resource.Value
	clones     []resource.Value
	truncated  []string
	check      resource.Value
	delta      bool // the code names DeltaTable
}

// scan reads all cells. What they set is learned first: a name that a later
// cell sets again is no constant.
func (s *scanner) scan(cells []cell) {
	codes := make([]*code, len(cells))
	for i := range cells {
		if cells[i].language == python || cells[i].language == scala {
			codes[i] = &code{scanner: s, cell: &cells[i], tokens: lex(&cells[i])}
			s.names.learn(&cells[i], codes[i].tokens)
		}
	}
	for i := range cells {
		switch {
		case codes[i] != nil:
			codes[i].scan()
		case cells[i].language == sql:
			s.sql(&statements{scanner: s, cell: &cells[i], raw: cells[i].text, masked: maskTemplates(cells[i].text)})
		}
	}
}

// place is the range in the file of a range in a cell.
func (s *scanner) place(c *cell, start, end int) source.Range {
	from, to := c.offset(start), 0
	if end > start {
		to = c.offset(end-1) + 1
	}
	from = min(max(from, 0), s.size)
	return source.Range{File: s.file, Start: from, End: min(max(to, from), s.size)}
}

// object builds an object of present members.
func object(at source.Range, fields ...resource.Field) resource.Value {
	v := resource.ObjectAt(at)
	for _, field := range fields {
		if field.Value.State != resource.Absent {
			v.Fields = append(v.Fields, field)
		}
	}
	return v
}

func member(name string, v resource.Value) resource.Field {
	return resource.Field{Name: name, At: v.At, Value: v}
}

// write is one statement that writes.
type write struct {
	at, modeAt         source.Range
	call               string
	target             resource.Value
	mode               string
	modeWhy            string // the mode is unknown for this reason
	dated              resource.Value
	partitioned, limit bool
}

func (s *scanner) addWrite(w write) {
	if len(s.writes) >= maxFound {
		return
	}
	mode := resource.StringAt(w.modeAt, w.mode)
	if w.modeWhy != "" {
		mode = resource.UnknownAt(w.modeAt, w.modeWhy)
	}
	s.writes = append(s.writes, object(w.at,
		member("call", resource.StringAt(w.at, w.call)), member("target", w.target), member("mode", mode), member("dated", w.dated),
		member("partitioned", resource.BoolAt(w.at, w.partitioned)), member("replaces", resource.BoolAt(w.at, w.limit))))
}

func (s *scanner) addVacuum(at source.Range, table, hours resource.Value) {
	if len(s.vacuums) < maxFound {
		s.vacuums = append(s.vacuums, object(at, member("table", table), member("retain_hours", hours)))
	}
}

// addProperty keeps a retention property of Delta.
func (s *scanner) addProperty(at source.Range, table resource.Value, name string, value resource.Value) {
	if len(s.properties) >= maxFound {
		return
	}
	hours := resource.UnknownAt(value.At, "the interval is not a plain one")
	if text, ok := value.AsString(); !ok {
		hours.Why = value.Why
	} else if n, ok := IntervalHours(text); ok {
		hours = resource.NumberAt(value.At, n)
	}
	s.properties = append(s.properties, object(at, member("table", table), member("name", resource.StringAt(at, name)), member("value", value), member("hours", hours)))
}

// retentionCheck is Spark's switch for vacuums below the safe retention.
const retentionCheck = "spark.databricks.delta.retentionDurationCheck.enabled"

// propertyName returns the table property that a name sets, "" for another one:
// the property itself or the session's default for new tables.
func propertyName(name string) string {
	name = strings.TrimPrefix(name, "spark.databricks.delta.properties.defaults.")
	switch strings.TrimPrefix(name, "delta.") {
	case "deletedFileRetentionDuration", "logRetentionDuration":
		return "delta." + strings.TrimPrefix(name, "delta.")
	default:
		return ""
	}
}

// IntervalHours reads an interval of Delta's properties: "interval 7 days",
// "30 days", "168 hours" (Delta table properties; calendar intervals of fixed
// length only).
func IntervalHours(interval string) (float64, bool) {
	words := strings.Fields(strings.ToLower(strings.TrimSpace(interval)))
	if len(words) > 0 && words[0] == "interval" {
		words = words[1:]
	}
	if len(words) == 0 || len(words)%2 != 0 {
		return 0, false
	}
	units := map[string]float64{"week": 7 * 24, "day": 24, "hour": 1, "minute": 1.0 / 60, "second": 1.0 / 3600}
	total := 0.0
	for i := 0; i < len(words); i += 2 {
		n, err := strconv.ParseFloat(strings.Trim(words[i], "'\""), 64)
		unit := units[strings.TrimSuffix(words[i+1], "s")]
		if err != nil || unit == 0 || n < 0 || n > 1e6 {
			return 0, false
		}
		total += n * unit
	}
	return total, true
}

// attrs builds the file's object.
func (s *scanner) attrs(language, origin string, at source.Range) resource.Value {
	v := object(at,
		member("path", resource.StringAt(at, s.file)), member("language", resource.StringAt(at, language)), member("origin", resource.StringAt(at, origin)))
	s.settleTruncates()
	for _, list := range []struct {
		name  string
		items []resource.Value
	}{{"writes", s.writes}, {"vacuums", s.vacuums}, {"properties", s.properties}, {"clones", s.clones}} {
		if len(list.items) > 0 {
			v.Fields = append(v.Fields, resource.Field{Name: list.name, At: at, Value: resource.ListAt(at, list.items...)})
		}
	}
	if s.check.State != resource.Absent {
		v.Fields = append(v.Fields, member("retention_check", s.check))
	}
	return v
}

// settleTruncates makes appends to a table that the file truncates what they
// are together: an overwrite.
func (s *scanner) settleTruncates() {
	for _, table := range s.truncated {
		for i, w := range s.writes {
			target, _ := w.Get("target").AsString()
			mode, _ := w.Get("mode").AsString()
			if target != table || mode != "append" {
				continue
			}
			fields := append([]resource.Field(nil), w.Fields...)
			for j := range fields {
				if fields[j].Name == "mode" {
					fields[j].Value.Text = "overwrite"
				}
			}
			s.writes[i].Fields = fields
		}
	}
}
