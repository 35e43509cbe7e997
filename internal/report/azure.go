package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// Azure writes logging commands, which Azure Pipelines lists as the issues of a
// run, and one line that says how the run went. It has errors and warnings only.
// The result of the step is left to the exit status.
func Azure(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	for _, a := range annotations(r, o) {
		kind := "warning"
		if a.grade == finding.High {
			kind = "error"
		}
		fmt.Fprintf(out, "##vso[task.logissue type=%s;", kind)
		if a.place.File != "" {
			fmt.Fprintf(out, "sourcepath=%s;", azureProperty.Replace(printable(a.place.File)))
		}
		if a.place.Start.Line > 0 {
			fmt.Fprintf(out, "linenumber=%d;columnnumber=%d;", a.place.Start.Line, a.place.Start.Column)
		}
		fmt.Fprintf(out, "code=%s]%s\n", azureProperty.Replace(a.rule), azureData.Replace(a.text()))
	}
	fmt.Fprintln(out, Headline(r))
	return out.Flush()
}

// The escapes of the agent: of what follows a command, and of its properties.
var (
	azureData     = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A")
	azureProperty = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A", "]", "%5D", ";", "%3B")
)
