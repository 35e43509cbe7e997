package finding

import (
	"testing"

	"github.com/drlint/drlint/internal/source"
)

func verdict(rule, address string, offset int) Finding {
	return Finding{
		Rule: &Rule{ID: rule}, Verdict: Fail, Path: "protections.backup",
		Subject: Subject{ID: ".#" + address, Address: address},
		At:      source.Range{File: "main.tf", Start: offset, End: offset + 1},
	}
}

func everybody(Finding) bool { return true }

func TestGroupJoinsWhatOneTextDecides(t *testing.T) {
	got := Group([]Finding{
		verdict("raw/b", "module.lake[1].aws_s3_bucket.raw", 50),
		verdict("raw/b", "module.lake[0].aws_s3_bucket.raw", 50),
		verdict("raw/a", "aws_s3_bucket.other", 90),
		verdict("raw/b", "aws_s3_bucket.other", 90),
	}, nil, everybody)
	if len(got) != 3 {
		t.Fatalf("got %d findings, want 3", len(got))
	}
	first := got[0]
	if first.Subject.Address != "module.lake[0].aws_s3_bucket.raw" || len(first.Instances) != 1 {
		t.Errorf("first finding: %+v", first)
	}
	if got[1].Rule.ID != "raw/a" || got[2].Rule.ID != "raw/b" {
		t.Errorf("findings at one place are not ordered by rule: %s, %s", got[1].Rule.ID, got[2].Rule.ID)
	}
}

// A call of a module that goes away, or is accepted, renames nothing.
func TestFingerprintKnowsTheTextNotItsCalls(t *testing.T) {
	of := func(accepted string, addresses ...string) string {
		var verdicts []Finding
		for _, address := range addresses {
			v := verdict("raw/a", address, 50)
			v.Decider = "aws_s3_bucket.raw"
			if address == accepted {
				v.Suppressed = &Suppression{Kind: Inline}
			}
			verdicts = append(verdicts, v)
		}
		for _, f := range Group(verdicts, nil, everybody) {
			if f.Suppressed == nil {
				return f.Fingerprint
			}
		}
		return ""
	}
	all := of("", "module.a.aws_s3_bucket.raw", "module.b.aws_s3_bucket.raw")
	if all != of("", "module.b.aws_s3_bucket.raw") {
		t.Error("removing a call renames the finding of the others")
	}
	if all != of("module.a.aws_s3_bucket.raw", "module.a.aws_s3_bucket.raw", "module.b.aws_s3_bucket.raw") {
		t.Error("accepting a call renames the finding of the others")
	}
}

func TestFingerprintSurvivesMovedLines(t *testing.T) {
	before := Group([]Finding{verdict("raw/a", "aws_s3_bucket.raw", 50)}, nil, everybody)
	after := Group([]Finding{verdict("raw/a", "aws_s3_bucket.raw", 700)}, nil, everybody)
	if before[0].Fingerprint != after[0].Fingerprint {
		t.Error("moving the block changed the fingerprint")
	}
	other := Group([]Finding{verdict("raw/a", "aws_s3_bucket.raw", 50), verdict("raw/a", "aws_s3_bucket.raw", 80)}, nil, everybody)
	if other[0].Fingerprint == other[1].Fingerprint {
		t.Error("two findings on one asset share a fingerprint")
	}
}
