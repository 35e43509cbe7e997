package rules_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/rules"
)

// Every rule has a plan, and it was made of what the rule says now.
func TestPlansAreFresh(t *testing.T) {
	plans, err := policy.Plans(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range plans {
		if have, err := os.ReadFile(name); err != nil || !bytes.Equal(have, want) {
			t.Errorf("%s is stale; run go generate ./rules (%v)", name, err)
		}
	}
	for _, pattern := range []string{"*/*.plan", "*/*/*.plan"} {
		names, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if plans[name] == nil {
				t.Errorf("%s is the plan of nothing", name)
			}
		}
	}
}

// unplanned hides the plans, so that the rules are compiled.
type unplanned struct{ fs.FS }

func (f unplanned) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".plan") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f.FS.Open(name)
}

// The rules themselves say about every example what their plans, which the other
// tests use, say.
func TestRulesSayWhatPlansSayOfExamples(t *testing.T) {
	index, err := rules.Index()
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := policy.Load(unplanned{rules.FS}, index)
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Compile(context.Background()); err != nil {
		t.Fatal(err)
	}
	for i := range index {
		data, err := fs.ReadFile(os.DirFS("."), index[i].ID+"/examples.txtar")
		if err != nil {
			t.Fatal(err)
		}
		_, examples, err := pages.ParseExamples(data)
		if err != nil {
			t.Fatal(err)
		}
		for j := range examples {
			got, _ := evaluate(t, compiled, &index[i], &examples[j])
			if diff := cmp.Diff(examples[j].Want, got); diff != "" {
				t.Errorf("%s %s/%s: %s", index[i].ID, examples[j].Verdict, examples[j].Name, diff)
			}
		}
	}
}

// The plans of all rules say about an estate what the rules themselves say.
func TestPlansSayWhatRulesSay(t *testing.T) {
	index, err := rules.Index()
	if err != nil {
		t.Fatal(err)
	}
	m := estate(t, 500)
	var said [2][]string
	for i, fsys := range []fs.FS{unplanned{rules.FS}, rules.FS} {
		set, err := policy.Load(fsys, index)
		if err != nil {
			t.Fatal(err)
		}
		out, err := set.Eval(context.Background(), m, policy.Options{Timeout: time.Minute})
		if err != nil || len(out.Problems) > 0 {
			t.Fatal(err, out.Problems)
		}
		for _, v := range out.Verdicts {
			said[i] = append(said[i], fmt.Sprint(v.Rule.ID, " ", v.Asset.ID, " ", v.Verdict, " ", v.Message, " ", v.Path, " ", v.At))
		}
		for _, c := range out.Counts {
			said[i] = append(said[i], fmt.Sprint(c.Rule.ID, " ", c.Checked, c.Pass, c.Fail, c.Unknown, c.Exempt))
		}
	}
	if diff := cmp.Diff(said[0], said[1]); diff != "" {
		t.Errorf("plans differ from rules: %.2000s", diff)
	}
}
