package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/discover"
)

// stdin is the option that says what the text on standard input is: editors and
// hooks pass what is not written yet.
type stdin struct{ name string }

func (s *stdin) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.name, "stdin-filename", "", "with -, the `FILE` of the repository whose content is read from standard input")
}

// dash stands for standard input among the paths.
const dash = "-"

// open opens what the paths name, or with "-" the repository of the file that
// standard input stands for.
func (s *stdin) open(cmd *cobra.Command, in *inputs, paths []string) (*target, error) {
	switch {
	case !slices.Contains(paths, dash) && s.name == "":
		return in.open(cmd, paths)
	case !slices.Contains(paths, dash):
		return nil, usage("--stdin-filename is for check -, which reads the file from standard input")
	case s.name == "":
		return nil, usage("check - reads standard input and has to know which file that is: add --stdin-filename FILE")
	case len(paths) > 1:
		return nil, usage("check - looks at one file, so it takes no further paths")
	}
	dir, file, err := discover.Locate(s.name)
	if err != nil {
		return nil, usage("--stdin-filename: %w", err)
	}
	content, err := readTyped(cmd.InOrStdin())
	if err != nil {
		return nil, err
	}
	t, err := in.openAt(dir, []string{file}, map[string][]byte{file: content})
	if err != nil {
		return nil, told(cmd, err)
	}
	t.typed = file
	if file != t.config.File && !slices.Contains(t.options.Tree.Files, file) {
		fmt.Fprintf(cmd.ErrOrStderr(), "drlint: %s is not scanned: .gitignore or the configuration leaves it out\n", file)
	}
	return t, nil
}

// readTyped reads no more than any format admits.
func readTyped(r io.Reader) ([]byte, error) {
	const most = 64 << 20
	content, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, broken(fmt.Errorf("standard input: %w", err))
	case len(content) > most:
		return nil, usage("standard input is larger than any file that is scanned")
	}
	return content, nil
}
