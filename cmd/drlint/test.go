package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/ruletest"
)

// rulesTest are the options of the command test.
type rulesTest struct {
	in               inputs
	format, run      string
	coverage, update bool
	least            float64
}

func newTest() *cobra.Command {
	var t rulesTest
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Test your own rules",
		Long: strings.TrimSpace(`
Test runs what lies beside your own rules in DIR (default: custom-rules of
.drlint.yaml): unit tests in *_test.rego, and the small repositories in
examples.txtar, which go through the whole pipeline and must give the verdicts
that they expect.

Exit status: 0 all pass, 1 something fails, 2 wrong usage.`),
		Example: "drlint test policy --coverage --min-coverage 90",
		Args:    cobra.MaximumNArgs(1),
		RunE:    t.execute,
	}
	t.in.flags(cmd)
	cmd.Flags().StringVar(&t.run, "run", "", "run only the tests whose name matches this regular `EXPRESSION`")
	cmd.Flags().StringVar(&t.format, "format", "text", "output `FORMAT`: "+strings.Join(ruletest.Formats, ", "))
	cmd.Flags().BoolVar(&t.coverage, "coverage", false, "say which lines of each rule no test and no example reaches")
	cmd.Flags().Float64Var(&t.least, "min-coverage", 0, "fail when less than `PERCENT` of the lines of a file are reached")
	cmd.Flags().BoolVar(&t.update, "update", false, "rewrite the verdicts that examples expect to what the rules say")
	complete(cmd, "format", ruletest.Formats...)
	return cmd
}

func (t *rulesTest) execute(cmd *cobra.Command, arguments []string) error {
	write, ok := ruletest.Writers[t.format]
	if !ok {
		return unknownValue("--format", t.format, ruletest.Formats)
	}
	if t.least < 0 || t.least > 100 {
		return usage("--min-coverage cannot be %g: it is a share from 0 to 100", t.least)
	}
	run, err := regexp.Compile(t.run)
	if err != nil {
		return usage("--run: %w", err)
	}
	dir, err := t.in.ownRules(cmd, arguments)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return broken(err)
	}
	defer func() { _ = root.Close() }()
	suite := ruletest.Suite{FS: root.FS()}
	if t.run != "" {
		suite.Run = run
	}
	if t.coverage || t.least > 0 {
		suite.Coverage = policy.NewCoverage()
	}
	if t.update {
		suite.Update = func(name string, data []byte) error { return root.WriteFile(filepath.FromSlash(name), data, 0o644) }
	}
	outcomes, err := suite.Test(cmd.Context())
	if err != nil {
		return broken(err)
	}
	report := &ruletest.Report{Directory: filepath.ToSlash(dir), Outcomes: outcomes, Least: t.least}
	if suite.Coverage != nil {
		report.Coverage = suite.Coverage.Files(suite.FS)
	}
	var b bytes.Buffer
	if err := write(&b, report); err != nil {
		return broken(err)
	}
	if _, err := cmd.OutOrStdout().Write(b.Bytes()); err != nil {
		return broken(err)
	}
	if !report.Passed() {
		return errFindings
	}
	return nil
}

// ownRules is the directory with users' own rules: the one that is named, else
// the one of the configuration, relative to the working directory where it lies
// below it.
func (in *inputs) ownRules(cmd *cobra.Command, named []string) (string, error) {
	if len(named) == 1 {
		if info, err := os.Stat(named[0]); err != nil || !info.IsDir() {
			return "", usage("%s is not a directory", named[0])
		}
		return named[0], nil
	}
	dir, err := in.configured(cmd)
	if err != nil {
		return "", err
	}
	if dir == "" {
		return "", usage("name the directory of your rules, or set custom-rules in .drlint.yaml")
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", usage("custom-rules: %s is not a directory", dir)
	}
	return dir, nil
}
