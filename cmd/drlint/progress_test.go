package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/drlint/drlint/internal/scan"
)

// clock lets a test decide when the time is up.
type clock struct{ due func() }

func (c *clock) after(_ time.Duration, f func()) func() bool {
	c.due = f
	return func() bool { c.due = nil; return true }
}

func TestProgressAppearsWhenTheTimeIsUp(t *testing.T) {
	var out bytes.Buffer
	var c clock
	p := &progress{out: &out, after: c.after}
	p.tell(scan.Phase{Name: scan.Reading, Count: 7})
	if out.Len() > 0 {
		t.Fatalf("too early: %q", out.String())
	}
	c.due()
	p.tell(scan.Phase{Name: scan.Judging, Count: 3})
	p.tell(scan.Phase{Name: scan.Done})
	const erase = "\r\x1b[K"
	want := erase + "drlint: reading 7 files …" + erase + "drlint: judging 3 assets …" + erase
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	if c.due != nil {
		t.Error("the timer still runs")
	}
	p.appear()
	if out.String() != want {
		t.Error("the line appears after the scan")
	}
}

func TestQuickScansShowNoProgress(t *testing.T) {
	var out bytes.Buffer
	var c clock
	p := &progress{out: &out, after: c.after}
	for range 2 { // two scans share a line
		p.tell(scan.Phase{Name: scan.Reading, Count: 1})
		p.tell(scan.Phase{Name: scan.Modelling, Count: 1})
		p.tell(scan.Phase{Name: scan.Done})
	}
	if out.Len() > 0 || c.due != nil {
		t.Errorf("got %q", out.String())
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	if watch(&strings.Builder{}) != nil {
		t.Error("progress is told to a buffer")
	}
}
