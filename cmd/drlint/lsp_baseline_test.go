package main

import (
	"bytes"
	"context"
	"io"
	"testing"
)

// What the baseline knows is not shown again in the editor; what is new is, and
// a baseline that cannot be read is a problem of its file.
func TestEditorKnowsTheBaseline(t *testing.T) {
	s := converse(t, bucket, "--rule", "raw/not-replicated")
	var stderr bytes.Buffer
	if code := Main(context.Background(), []string{"baseline", s.dir, "--rule", "raw/not-replicated"}, io.Discard, &stderr); code != exitClean {
		t.Fatal(stderr.String())
	}
	s.initialize()
	text := "resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"acme-raw\"\n}\n" +
		"provider \"aws\" {\n  region = \"eu-central-1\"\n}\n"
	s.open("lake/main.tf", text+"resource \"aws_s3_bucket\" \"raw_again\" {\n  bucket = \"acme-raw-again\"\n}\n")
	if found := s.Diagnostics(s.uri("lake/main.tf")); len(found) != 1 || found[0].Range.Start.Line != 6 {
		t.Errorf("got %v, want one finding about the bucket that is new", found)
	}
	s.open(".drlint-baseline.json", "{")
	if found := s.Diagnostics(s.uri(".drlint-baseline.json")); len(found) != 1 || found[0].Severity != 1 {
		t.Errorf("got %v, want one error", found)
	}
	if err := s.Exit(); err != nil {
		t.Error(err)
	}
}
