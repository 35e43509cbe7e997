package lsp

import (
	"fmt"
	"path"
	"time"
)

// progress is shown in the editor while a scan takes its time.
type progress struct {
	server       *server
	token        string
	timer        *time.Timer
	begun, ended bool
}

// watch shows the progress of a scan when it takes longer than patience lasts.
func (s *server) watch(r *root) *progress {
	p := &progress{server: s, token: fmt.Sprintf("drlint/%d", r.asked)}
	if s.client.progress {
		p.timer = time.AfterFunc(s.Patience, func() { s.post(func() { p.begin(path.Base(r.shown)) }) })
	}
	return p
}

// begin asks for a place to show progress at; the scan may be over before the
// editor agrees.
func (p *progress) begin(name string) {
	if p.ended {
		return
	}
	p.server.call("window/workDoneProgress/create", map[string]any{"token": p.token}, func(ok bool) {
		if ok && !p.ended {
			p.begun = true
			p.say(map[string]any{"kind": "begin", "title": "drlint", "message": "scanning " + printable(name)})
		}
	})
}

func (p *progress) end() {
	p.ended = true
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.begun {
		p.say(map[string]any{"kind": "end"})
	}
}

func (p *progress) say(value map[string]any) {
	p.server.notify("$/progress", map[string]any{"token": p.token, "value": value})
}
