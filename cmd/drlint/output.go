package main

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/report"
)

// outputs are the options that say where and how a report is written.
type outputs struct {
	format, file, color string
	unknown             bool
}

func (o *outputs) flags(cmd *cobra.Command, format string, formats []string) {
	cmd.Flags().StringVar(&o.format, "format", format, "output format: "+strings.Join(formats, ", "))
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write the report to a file instead of standard output")
	cmd.Flags().StringVar(&o.color, "color", "auto", "colour: auto, always or never (NO_COLOR is honoured)")
	complete(cmd, "format", formats...)
	complete(cmd, "color", "auto", "always", "never")
}

// complete offers the values of a flag to shell completion. The flag was
// declared by the caller, which is the only way this can fail.
func complete(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

func (o *outputs) writer() (report.Writer, error) {
	write, ok := report.Format(o.format)
	if !ok {
		return nil, usage("--format cannot be %q: it is one of %s", o.format, strings.Join(report.Formats(), ", "))
	}
	return write, nil
}

// write writes the whole report or nothing: a file is replaced only when the
// report is complete.
func (o *outputs) write(cmd *cobra.Command, r *report.Report, write report.Writer) error {
	colour, err := o.colour(cmd.OutOrStdout())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, r, report.Options{Color: colour, Unknown: o.unknown}); err != nil {
		return broken(err)
	}
	if o.file == "" {
		_, err = cmd.OutOrStdout().Write(b.Bytes())
	} else {
		err = os.WriteFile(o.file, b.Bytes(), 0o644)
	}
	if err != nil {
		return broken(err)
	}
	return nil
}

func (o *outputs) colour(w io.Writer) (bool, error) {
	switch o.color {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		file, ok := w.(*os.File)
		return ok && o.file == "" && isatty.IsTerminal(file.Fd()) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", nil
	default:
		return false, usage("--color cannot be %q: it is auto, always or never", o.color)
	}
}
