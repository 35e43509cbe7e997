package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/report"
)

// outputs are the options that say where and how reports are written.
type outputs struct {
	formats     []string // NAME or NAME=FILE
	file, color string
	unknown     bool
	// condition completes the message about a format that is not known: " with --fault".
	condition string
	// prefix leads from the top of the repository to the scanned directory.
	prefix string
}

func (o *outputs) flags(cmd *cobra.Command, format string, formats []string) {
	cmd.Flags().StringArrayVar(&o.formats, "format", []string{format},
		"output format, `NAME[=FILE]`, repeated for several in one run: "+strings.Join(formats, ", "))
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write the format that names no file to `FILE` instead of standard output")
	cmd.Flags().StringVar(&o.color, "color", "auto", "colour, as `WHEN`: auto, always or never (NO_COLOR is honoured)")
	complete(cmd, "format", formats...)
	complete(cmd, "color", "auto", "always", "never")
}

// complete offers the values of a flag to shell completion. The flag was
// declared by the caller, which is the only way this can fail.
func complete(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// destination is where one format goes; an empty file is standard output.
type destination struct{ format, file string }

// destinations reads the flags before anything is scanned, so that a mistake in
// them costs no time. Several formats never share a file or standard output.
func (o *outputs) destinations(known []string) ([]destination, error) {
	var all []destination
	printed, files := false, map[string]bool{}
	for _, text := range o.formats {
		name, file, named := strings.Cut(text, "=")
		if err := o.known(name, known); err != nil {
			return nil, err
		}
		switch {
		case named && file == "":
			return nil, usage("--format %s: the name of the file is missing", text)
		case file == "-":
			file = ""
		case !named:
			file, o.file = o.file, ""
		}
		if file == "" && printed {
			return nil, usage("--format: only one format goes to standard output; give the others a file, such as --format %s=FILE", name)
		}
		if file != "" {
			place, err := writable(file)
			if err != nil {
				return nil, err
			}
			if files[place] {
				return nil, usage("--format: %s is named twice", file)
			}
			files[place] = true
		}
		printed = printed || file == ""
		all = append(all, destination{name, file})
	}
	if o.file != "" {
		return nil, usage("--output %s: every --format names a file already", o.file)
	}
	return all, nil
}

func (o *outputs) known(name string, known []string) error {
	if slices.Contains(known, name) {
		return nil
	}
	var hint string
	if strings.Contains(name, ",") {
		hint = "; repeat --format for several"
	} else {
		hint = meant(name, known)
	}
	return usage("--format cannot be %q%s: it is one of %s%s", name, o.condition, strings.Join(known, ", "), hint)
}

// render writes one format.
type render func(w io.Writer, format string, options report.Options) error

// write renders everything before it writes anything: a format that fails
// leaves no other behind.
func (o *outputs) write(cmd *cobra.Command, all []destination, render render) error {
	texts := make([]bytes.Buffer, len(all))
	for i, d := range all {
		colour, err := o.colour(cmd.OutOrStdout(), d.file)
		if err != nil {
			return err
		}
		if err := render(&texts[i], d.format, report.Options{Color: colour, Unknown: o.unknown, Timed: d.file == "", Prefix: o.prefix, Blob: blob()}); err != nil {
			return broken(err)
		}
	}
	for i, d := range all {
		var err error
		if d.file == "" {
			_, err = cmd.OutOrStdout().Write(texts[i].Bytes())
		} else {
			err = replaceFile(d.file, texts[i].Bytes())
		}
		if err != nil {
			return broken(err)
		}
	}
	return nil
}

// report writes what a scan found. Where no text says so, one line on standard
// error tells what the files hold: a job that fails without a word helps nobody.
func (o *outputs) report(cmd *cobra.Command, all []destination, r *report.Report) error {
	err := o.write(cmd, all, func(w io.Writer, format string, options report.Options) error {
		write, _ := report.Format(format)
		return write(w, r, options)
	})
	silent := func(d destination) bool { return d.file != "" && d.format != "text" }
	if err != nil || slices.ContainsFunc(all, func(d destination) bool { return !silent(d) }) {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "drlint: "+report.Headline(r))
	return nil
}

func (o *outputs) colour(w io.Writer, file string) (bool, error) {
	switch o.color {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		terminal, ok := w.(*os.File)
		return ok && file == "" && isatty.IsTerminal(terminal.Fd()) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", nil
	default:
		return false, usage("--color cannot be %q: it is auto, always or never%s", o.color, meant(o.color, []string{"auto", "always", "never"}))
	}
}
