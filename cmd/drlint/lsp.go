package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/lsp"
	"github.com/drlint/drlint/internal/overlay"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
)

func newLSP() *cobra.Command {
	var in inputs
	var unknown bool
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor with findings while you type",
		Long: strings.TrimSpace(`
Lsp is a language server: editors start it and speak with it over standard input
and output. It reports what check reports, for what is in the editor, explains
findings under the cursor, and offers to fix or to ignore them.`),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			home, _ := os.UserHomeDir() // without one, every directory may be scanned
			if full, err := filepath.EvalSymlinks(home); err == nil {
				home = full
			}
			err := lsp.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), lsp.Options{
				Scan: in.scanFor, Version: version(), Unknown: unknown,
				Quiet: lsp.Quiet, Patience: lsp.Patience, Home: home, Log: cmd.ErrOrStderr(),
			})
			if errors.Is(err, lsp.ErrNoShutdown) {
				return failure{exitFindings, err} // the status that the protocol demands
			}
			if err != nil {
				return broken(err)
			}
			return nil
		},
	}
	in.flags(cmd)
	in.ruleFlags(cmd)
	cmd.Flags().BoolVar(&unknown, "unknown", true, "show what could not be decided, as hints")
	cmd.Flags().Bool("stdio", true, "speak over standard input and output, which is the only way; some editors insist on saying it")
	return cmd
}

// scanFor scans as check does, with texts that are not saved.
func (in *inputs) scanFor(ctx context.Context, dir string, unsaved map[string][]byte) (*lsp.Outcome, error) {
	t, err := in.openAt(dir, nil, unsaved)
	if err == nil {
		if t.options.Baseline, err = t.ownBaseline(); err != nil {
			t.close()
		}
	}
	var settings invalid
	var own rulesError
	switch {
	case errors.As(err, &settings), errors.As(err, &own):
		return unusable(dir, unsaved, settings, own)
	case err != nil:
		return nil, err
	}
	r, err := scan.Run(ctx, t.options)
	if err != nil {
		t.close()
		return nil, err
	}
	t.annotate(r)
	outcome := &lsp.Outcome{Findings: r.Findings, Diagnostics: r.Diagnostics, Files: t.fsys, Close: t.close}
	if !t.foreign {
		outcome.Config = cmp.Or(t.config.File, config.Names[0])
	}
	return outcome, nil
}

// unusable shows the problems of a configuration or of rules as diagnostics.
func unusable(dir string, unsaved map[string][]byte, settings invalid, own rulesError) (*lsp.Outcome, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, broken(err)
	}
	files := overlay.New(root.FS(), unsaved)
	outcome := &lsp.Outcome{Invalid: true, Diagnostics: settings.problems, Files: files, Close: func() { _ = root.Close() }}
	if settings.foreign {
		for i := range outcome.Diagnostics {
			outcome.Diagnostics[i].At = source.Range{}
		}
	}
	sources := source.NewStore(files)
	for _, p := range own.problems {
		d := source.Diagnostic{Code: p.Code, Severity: source.Error, Summary: p.Message}
		if own.below != "" {
			d.At.File = path.Join(own.below, p.File)
		}
		if lines := sources.Lines(d.At.File); lines != nil {
			d.At.Start = lines.Offset(source.Pos{Line: p.Line, Column: p.Column})
			d.At.End = lines.Offset(source.Pos{Line: p.Line, Column: p.Column + len(lines.Text(p.Line))})
		}
		outcome.Diagnostics = append(outcome.Diagnostics, d)
	}
	return outcome, nil
}
