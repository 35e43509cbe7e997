package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/drlint/drlint/internal/scan"
)

// patience is how long a scan may take before it says what it is doing.
const patience = time.Second

// progress is one line on a terminal that says what a scan is doing. It appears
// when the scan takes long and is gone before the report is written.
type progress struct {
	out io.Writer
	// after calls a function later and returns what prevents that.
	after func(time.Duration, func()) (stop func() bool)

	mu   sync.Mutex
	now  scan.Phase
	wait func() bool // prevents the line from appearing; nil while no scan runs
	seen bool        // the line is on the terminal
}

// watch returns what a scan tells its phases, nil where nobody would read them.
func watch(out io.Writer) func(scan.Phase) {
	file, ok := out.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) || os.Getenv("TERM") == "dumb" || os.Getenv("CI") != "" {
		return nil
	}
	p := &progress{out: out, after: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }}
	return p.tell
}

func (p *progress) tell(phase scan.Phase) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = phase
	switch {
	case phase.Name == scan.Done:
		if p.wait != nil {
			p.wait()
		}
		if p.seen {
			fmt.Fprint(p.out, "\r\x1b[K")
		}
		p.wait, p.seen = nil, false
	case p.wait == nil:
		p.wait = p.after(patience, p.appear)
	case p.seen:
		p.draw()
	}
}

func (p *progress) appear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wait == nil {
		return // the scan ended while this was about to run
	}
	p.seen = true
	p.draw()
}

func (p *progress) draw() {
	text := map[scan.PhaseName]string{
		scan.Reading: "reading %d files", scan.Modelling: "working out what %d resources mean", scan.Judging: "judging %d assets",
	}[p.now.Name]
	fmt.Fprintf(p.out, "\r\x1b[Kdrlint: "+text+" …", p.now.Count)
}
