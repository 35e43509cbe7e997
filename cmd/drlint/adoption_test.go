package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/synthetic"
)

// TestAdoption adopts a repository with 300 findings (init, baseline, hook), and
// makes twenty commits in it: from then on only new trouble speaks, in the whole
// repository, in the hook and in a pull request alike. With DRLINT_ADOPT it adopts
// a copy of the repository in that directory instead.
func TestAdoption(t *testing.T) {
	needGit(t)
	a := &adoption{T: t, dir: t.TempDir(), least: 300}
	if dir := os.Getenv("DRLINT_ADOPT"); dir != "" {
		a.copy(dir)
		a.least = 1
	} else {
		for name, data := range synthetic.Neglected() {
			a.write(name, string(data))
		}
	}
	t.Chdir(a.dir)
	_ = os.RemoveAll(".git")
	a.git("init", "-q", "-b", "main")
	a.git("add", "-A")
	a.git("commit", "-qm", "Everything so far")
	a.adopt()
	for i, step := range adoptionSteps() {
		a.step(i+1, step)
	}
}

// adoption is a repository on its way.
type adoption struct {
	*testing.T
	dir   string
	least int            // how many findings there are at the beginning
	old   []adoptionFact // what is known from the baseline now, in order of place
	want  []string       // what an edit brings, beside what its step says
	lost  struct {       // what was remedied
		file, text string
		findings   []string
	}
}

// adoptionFact is what the test asks of a finding in a JSON report.
type adoptionFact struct {
	Rule, Verdict string
	Asset         struct{ Address string }
	Location      struct {
		File  string
		Start struct{ Line int }
	}
	Via        []struct{ Location struct{ File string } }
	Suppressed *struct{ Kind string }
}

func (f *adoptionFact) String() string {
	return strings.TrimSpace(f.Rule + " " + f.Location.File + " " + f.Asset.Address)
}

// adoptionStep is one commit.
type adoptionStep struct {
	name string
	// edit changes files; false means that the repository has nothing of the kind.
	edit func(*adoption) bool
	// want is what speaks afterwards: rule, file and address.
	want []string
	// note is part of what is said beside the findings.
	note string
}

// adopt is the minute that adoption takes.
func (a *adoption) adopt() {
	a.Helper()
	if code, _, stderr := a.drlint("init"); code != exitClean {
		a.Fatalf("init: exit %d: %s", code, stderr)
	}
	if code, _, stderr := a.drlint("baseline"); code != exitClean {
		a.Fatalf("baseline: exit %d: %s", code, stderr)
	}
	a.git("add", "-A")
	a.git("commit", "-qm", "Adopt drlint")
	facts, _ := a.check()
	a.old = known(facts)
	if len(a.old) < a.least {
		a.Fatalf("the baseline knows %d findings, want %d", len(a.old), a.least)
	}
	a.Logf("%d findings are known", len(a.old))
	if got := speaking(facts); len(got) > 0 {
		a.Fatalf("after adoption: %v", got)
	}
}

// step edits, asks for what the commit brings, commits, and asks again.
func (a *adoption) step(number int, s adoptionStep) {
	a.Helper()
	a.want = nil
	if !s.edit(a) {
		a.Logf("%d %s: there is nothing of the kind", number, s.name)
		return
	}
	a.git("add", "-A")
	a.compare(number, s)
	a.compare(number, s, append([]string{"--pre-commit"}, a.named()...)...) // as the hook does
	a.git("commit", "--allow-empty", "-qm", s.name)
	a.compare(number, s, "--since", "HEAD~1")
}

// compare runs check and compares what it says.
func (a *adoption) compare(number int, s adoptionStep, options ...string) {
	a.Helper()
	facts, notes := a.check(options...)
	got := speaking(facts)
	if diff := cmp.Diff(slices.Sorted(slices.Values(slices.Concat(s.want, a.want))), got); diff != "" {
		a.Errorf("%d %s: check %s (-want +got):\n%s", number, s.name, strings.Join(options, " "), diff)
	}
	if len(options) > 0 {
		return
	}
	a.old = known(facts)
	if !strings.Contains(notes, s.note) {
		a.Errorf("%d %s: nothing says %q:\n%s", number, s.name, s.note, notes)
	}
}

// check returns the findings of a run and what is said beside them.
func (a *adoption) check(options ...string) (findings []adoptionFact, notes string) {
	a.Helper()
	code, stdout, stderr := a.drlint(append([]string{"check", "--format", "json"}, options...)...)
	var got struct {
		Findings    []adoptionFact
		Diagnostics []struct{ Summary string }
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		a.Fatalf("check %v: exit %d: %v: %s", options, code, err, stderr)
	}
	for _, d := range got.Diagnostics {
		notes += d.Summary + "\n"
	}
	return got.Findings, notes
}

// known are the findings that the baseline knows.
func known(findings []adoptionFact) (old []adoptionFact) {
	for _, f := range findings {
		if f.Suppressed != nil && f.Suppressed.Kind == "baseline" {
			old = append(old, f)
		}
	}
	return old
}

// speaking are the findings that somebody has to read.
func speaking(findings []adoptionFact) (names []string) {
	for _, f := range findings {
		if f.Verdict == "fail" && f.Suppressed == nil {
			names = append(names, f.String())
		}
	}
	slices.Sort(names)
	return names
}

// named are the files that pre-commit names to a hook.
func (a *adoption) named() []string {
	listed := a.git("diff", "--staged", "--name-only", "--no-ext-diff", "--diff-filter=ACMRTUXB", "-z")
	return slices.DeleteFunc(strings.Split(listed, "\x00"), func(name string) bool { return name == "" })
}

func (a *adoption) drlint(arguments ...string) (code int, stdout, stderr string) {
	var out, errors bytes.Buffer
	code = Main(context.Background(), arguments, &out, &errors)
	return code, out.String(), errors.String()
}

func (a *adoption) git(arguments ...string) string {
	a.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "core.autocrlf=false"}, arguments...)...)
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := command.CombinedOutput()
	if err != nil {
		a.Fatalf("git %v: %v\n%s", arguments, err, out)
	}
	return string(out)
}

func (a *adoption) write(name, text string) {
	a.Helper()
	writeExample(a.T, filepath.Join(a.dir, filepath.FromSlash(name)), text)
}

func (a *adoption) read(name string) string {
	a.Helper()
	data, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(name)))
	if err != nil {
		a.Fatal(err)
	}
	return string(data)
}

// copy copies the regular files that a repository holds.
func (a *adoption) copy(from string) {
	a.Helper()
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		below, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil {
			a.write(below, string(data))
		}
		return err
	})
	if err != nil {
		a.Fatal(err)
	}
}
