package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// GitHub writes workflow commands, which GitHub Actions turns into annotations
// of a pull request, and one line that says how the run went.
func GitHub(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	for _, a := range annotations(r, o) {
		command := map[finding.Severity]string{finding.High: "error", finding.Medium: "warning"}[a.grade]
		if command == "" {
			command = "notice"
		}
		fmt.Fprintf(out, "::%s %s::%s\n", command, githubProperties(a), githubData.Replace(a.text()))
	}
	fmt.Fprintln(out, Headline(r))
	return out.Flush()
}

// githubProperties are the properties of a command. Columns are dropped by the
// runner where a span has several lines, so that they are not written there.
func githubProperties(a annotation) string {
	var properties []string
	add := func(name, value string) {
		if value != "" {
			properties = append(properties, name+"="+githubProperty.Replace(value))
		}
	}
	number := func(name string, n int) { add(name, strconv.Itoa(n)) }
	add("file", printable(a.place.File))
	if start, end := a.place.Start, a.place.End; start.Line > 0 {
		number("line", start.Line)
		number("endLine", max(start.Line, end.Line))
		if start.Line == end.Line {
			number("col", start.Column)
			number("endColumn", max(start.Column, end.Column))
		}
	}
	add("title", a.title)
	return strings.Join(properties, ",")
}

// The escapes of the runner: of what follows a command, and of its properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
