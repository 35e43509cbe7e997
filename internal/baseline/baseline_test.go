package baseline

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
)

var rule = &finding.Rule{ID: "raw/not-replicated", Aliases: []string{"raw/single-region"}, Kinds: []string{"object_store"}}

func entry(file, address string, ordinal int) Entry {
	return Entry{Identity: finding.Identity{Rule: rule.ID, File: file, Address: address, Path: "protections.geo_replication", Ordinal: ordinal}}
}

func found(e Entry) finding.Finding {
	return finding.Finding{Rule: rule, Verdict: finding.Fail, Identity: e.Identity}
}

// One entry absorbs one finding, of its own file and address.
func TestMark(t *testing.T) {
	known := entry("a.tf", "aws_s3_bucket.raw", 0)
	b := &Baseline{Entries: []Entry{known, entry("gone.tf", "aws_s3_bucket.raw", 0)}}
	accepted, undecided := found(known), found(known)
	accepted.Suppressed = &finding.Suppression{Kind: finding.Inline}
	undecided.Verdict = finding.Unknown
	findings := []finding.Finding{
		undecided, accepted, found(known), found(known),
		found(entry("b.tf", "aws_s3_bucket.raw", 0)), found(entry("a.tf", "aws_s3_bucket.other", 0)), found(entry("a.tf", "aws_s3_bucket.raw", 1)),
	}
	unmatched := b.Mark(findings, func(string, string, string) bool { return false }).Unmatched
	var marked []int
	for i, f := range findings {
		if f.Suppressed != nil && f.Suppressed.Kind == finding.Baseline {
			marked = append(marked, i)
		}
	}
	if diff := cmp.Diff([]int{2}, marked); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Entry{b.Entries[1]}, unmatched); diff != "" {
		t.Error(diff)
	}
}

// What moved to another file stays known, one finding by one entry.
func TestMarkMoved(t *testing.T) {
	stays, goes := entry("a.tf", "aws_s3_bucket.raw", 0), entry("b.tf", "aws_s3_bucket.raw", 0)
	there := entry("c.tf", "aws_s3_bucket.raw", 0)
	b := &Baseline{Entries: []Entry{stays, goes}}
	findings := []finding.Finding{found(there), found(entry("d.tf", "aws_s3_bucket.raw", 0)), found(entry("c.tf", "aws_s3_bucket.more", 0)), found(stays)}
	got := b.Mark(findings, func(_, from, _ string) bool { return from == "b.tf" })
	var known []bool
	for _, f := range findings {
		known = append(known, f.Suppressed != nil)
	}
	if diff := cmp.Diff([]bool{true, false, false, true}, known); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Marked{Moved: map[finding.Identity]finding.Identity{goes.Identity: there.Identity}}, got); diff != "" {
		t.Error(diff)
	}
	update := Renew(b, []Entry{stays, there}, nil, got.Moved, true)
	if diff := cmp.Diff([]Entry{stays, there}, update.Entries); diff != "" || update.Added != nil || update.Removed != nil {
		t.Error(diff, update)
	}
}

func TestRenamedRulesStayKnown(t *testing.T) {
	old := entry("a.tf", "aws_s3_bucket.raw", 0)
	b := &Baseline{Entries: []Entry{old, old}}
	b.Entries[0].Rule = "raw/single-region"
	b.Rename([]*finding.Rule{rule})
	if diff := cmp.Diff([]Entry{old}, b.Entries); diff != "" {
		t.Error(diff)
	}
}

func TestRenew(t *testing.T) {
	a, b, c, d := entry("a.tf", "x", 0), entry("b.tf", "x", 0), entry("c.tf", "x", 0), entry("d.tf", "x", 0)
	old := &Baseline{Entries: []Entry{a, b, c}}
	got := Renew(old, []Entry{a, d}, []finding.Identity{b.Identity}, nil, false)
	want := Update{Entries: []Entry{a, c, d}, Added: []Entry{d}, Removed: []Entry{b}, Kept: []Entry{a, c}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = Renew(old, []Entry{a, d}, []finding.Identity{b.Identity}, nil, true)
	if diff := cmp.Diff([]Entry{a, c}, got.Entries); diff != "" || got.Added != nil {
		t.Error(diff, got.Added)
	}
}

// Entries that two branches add change no line that both have.
func TestEncodeMeetsInNoLine(t *testing.T) {
	a, b, c := entry("a.tf", "x", 0), entry("b.tf", "<x>", 0), entry("c.tf", "x", 2)
	lines := func(entries ...Entry) []string {
		data, err := Encode(entries)
		if err != nil {
			t.Fatal(err)
		}
		return strings.SplitAfter(string(data), "\n")
	}
	for _, line := range lines(b) {
		if !strings.Contains(strings.Join(lines(c, b, a, b), ""), line) {
			t.Errorf("%q is written in another way beside other entries", line)
		}
	}
	want := []string{
		"[{\"drlint-baseline\":1}\n",
		",{\"file\":\"b.tf\",\"rule\":\"raw/not-replicated\",\"address\":\"<x>\",\"path\":\"protections.geo_replication\"}\n", "]\n", "",
	}
	if diff := cmp.Diff(want, lines(b)); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		``:                                       "the file holds no value",
		`{}`:                                     `this is no baseline: it is no list that begins with {"drlint-baseline":1}`,
		`[]`:                                     `this is no baseline: it is no list that begins with {"drlint-baseline":1}`,
		`[{"version": 1}]`:                       `this is no baseline: its first item is not {"drlint-baseline":1}`,
		`[{"drlint-baseline":2}]`:                "the baseline has version 2, and this drlint reads version 1",
		`[{"drlint-baseline":1}, 1]`:             "an entry is an object with file and rule",
		`[{"drlint-baseline":1}, {"file": "a"}]`: "an entry needs file and rule",
		`[{"drlint-baseline":1}, {"file": 1, "rule": "a"}]`:             "file is no text",
		`[{"drlint-baseline":1}, {"file":"a","rule":"b","ordinal":-1}]`: "ordinal is no number that counts",
		"<<<<<<< HEAD\n":          "a merge left its marks in the baseline",
		strings.Repeat("[", 1000): "",
	} {
		b, problems := Load(fstest.MapFS{"b.json": {Data: []byte(text)}}, "b.json")
		if b != nil || len(problems) == 0 || want != "" && problems[0].Summary != want {
			t.Errorf("%q: %v %+v", text, b, problems)
		}
	}
}

// FuzzParse: what is read is written again and read alike; nothing panics.
func FuzzParse(f *testing.F) {
	for _, entries := range [][]Entry{nil, {entry("a.tf", "x", 0), entry("b.tf", "module.a[\"x\"].b", 3)}} {
		data, err := Encode(entries)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`[{"drlint-baseline":1},{"file":"\ud83d","rule":"a","ordinal":1e9}]`))
	f.Add([]byte("[{\"drlint-baseline\":1}\n<<<<<<< HEAD\n,{}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, problems := Load(fstest.MapFS{"b.json": {Data: data}}, "b.json")
		if (b == nil) == (len(problems) == 0) {
			t.Fatalf("%v %v", b, problems)
		}
		for _, p := range problems {
			if p.At.Start < 0 || p.At.End > len(data) {
				t.Errorf("%+v is outside of the file", p)
			}
		}
		if b == nil {
			return
		}
		written, err := Encode(b.Entries)
		if err != nil {
			t.Fatal(err)
		}
		again, problems := Parse("b.json", written)
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, written)
		}
		rewritten, err := Encode(again.Entries)
		if err != nil || !bytes.Equal(written, rewritten) {
			t.Errorf("%s is read as %s (%v)", written, rewritten, err)
		}
	})
}
