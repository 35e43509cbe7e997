package finding

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/source"
)

// in is a verdict about the asset a of the root infra in an environment.
func in(environment string, v Verdict, offset int, message string) Finding {
	return Finding{
		Rule: &Rule{ID: "raw/a"}, Verdict: v, Path: "protections.backup", Message: message,
		Subject: Subject{ID: "infra@" + environment + "#a", Address: "a", Root: "infra", Environment: environment},
		At:      source.Range{File: "main.tf", Start: offset, End: offset + 1},
		Related: []Related{{Message: "the value is set", At: source.Range{File: environment + ".tfvars", End: 1}, Quote: true}},
	}
}

func group(verdicts ...Finding) []Finding {
	return Group(verdicts, map[string][]string{"infra": {"prod", "dev", "test", "qa"}}, everybody)
}

func TestGroupJoinsEnvironments(t *testing.T) {
	got := group(in("test", Fail, 10, "it is LRS"), in("dev", Fail, 10, "it is LRS"), in("qa", Unknown, 10, "open"))
	if len(got) != 2 {
		t.Fatalf("got %d findings, want 2", len(got))
	}
	fail, open := got[0], got[1]
	if fail.Verdict == Unknown {
		fail, open = open, fail
	}
	if diff := cmp.Diff([]string{"dev", "test"}, fail.Environments); diff != "" {
		t.Error(diff)
	}
	if len(fail.Instances) != 0 {
		t.Errorf("one asset in two environments has instances: %+v", fail.Instances)
	}
	if diff := cmp.Diff("dev, test (unknown in qa; not in prod)", fail.Where()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("qa (fails in dev, test; not in prod)", open.Where()); diff != "" {
		t.Error(diff)
	}
	want := []Related{
		{Message: "the value is set", At: source.Range{File: "dev.tfvars", End: 1}, Quote: true},
		{Message: "the value is set in test", At: source.Range{File: "test.tfvars", End: 1}, Quote: true},
	}
	if diff := cmp.Diff(want, fail.Related); diff != "" {
		t.Error(diff)
	}
}

func TestGroupSaysWhatDiffers(t *testing.T) {
	test := in("test", Fail, 10, "it is ZRS")
	test.Related = nil
	got := group(in("dev", Fail, 10, "it is LRS"), test, in("qa", Exempt, 10, ""), in("prod", Fail, 99, "elsewhere"))
	if got[0].Message != "it is LRS" || got[0].Related[1].Message != "it is ZRS, in test" {
		t.Errorf("%+v", got[0])
	}
	if diff := cmp.Diff("dev, test (decided elsewhere in prod; not needed in qa)", got[0].Where()); diff != "" {
		t.Error(diff)
	}
}

func TestGroupKeepsRootsApart(t *testing.T) {
	other := in("dev", Fail, 10, "it is LRS")
	other.Subject.ID, other.Subject.Root = "lake@dev#a", "lake"
	got := group(in("dev", Fail, 10, "it is LRS"), in("prod", Fail, 10, "it is LRS"), other)
	if len(got) != 1 || len(got[0].Instances) != 1 {
		t.Fatalf("%+v", got)
	}
	if diff := cmp.Diff([]string{"dev"}, got[0].Instances[0].Environments); diff != "" {
		t.Error(diff)
	}
}

func TestFingerprintsDoNotDependOnEnvironments(t *testing.T) {
	prints := func(verdicts ...Finding) map[string]bool {
		set := map[string]bool{}
		for _, f := range group(verdicts...) {
			if f.Verdict == Fail {
				set[f.Fingerprint] = true
			}
		}
		return set
	}
	plain := in("", Fail, 10, "it is LRS")
	want := prints(plain)
	for name, verdicts := range map[string][]Finding{
		"one":               {in("prod", Fail, 10, "it is LRS")},
		"several":           {in("prod", Fail, 10, "it is LRS"), in("dev", Fail, 10, "it is ZRS")},
		"one is open":       {in("prod", Fail, 10, "it is LRS"), in("dev", Unknown, 10, "open")},
		"one is open first": {in("prod", Fail, 10, "it is LRS"), in("dev", Unknown, 2, "open")},
	} {
		if diff := cmp.Diff(want, prints(verdicts...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestGroupConcerns keeps every environment of what concerns somebody in one.
func TestGroupConcerns(t *testing.T) {
	verdicts := []Finding{in("dev", Fail, 10, "it is LRS"), in("test", Fail, 10, "it is LRS"), in("test", Fail, 70, "it is LRS")}
	got := Group(verdicts, map[string][]string{"infra": {"dev", "test"}}, func(f Finding) bool {
		return f.At.Start == 10 && f.Subject.Environment == "test"
	})
	if len(got) != 1 || got[0].Where() != "dev, test" {
		t.Errorf("%+v", got)
	}
}

func TestWhereCutsLongLists(t *testing.T) {
	f := Finding{Environments: []string{"a", "b", "c", "d", "e", "f", "g"}}
	if got, want := f.Where(), "a, b, c, d, e, …"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (&Finding{}).Where(); got != "" {
		t.Errorf("got %q without environments", got)
	}
}
