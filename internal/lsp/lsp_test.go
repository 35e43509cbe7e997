package lsp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/jsonrpc"
	"github.com/drlint/drlint/internal/lsp"
	"github.com/drlint/drlint/internal/lsp/lsptest"
	"github.com/drlint/drlint/internal/overlay"
	"github.com/drlint/drlint/internal/source"
)

var rule = &finding.Rule{ID: "raw/bad", Title: "Nothing is bad", Description: "It is *bad*.", Fix: finding.Advice{finding.Everywhere: "Write good."}, Severity: finding.High}

// findBad finds every "bad" of every unsaved file, and offers to write "good".
func findBad(_ context.Context, dir string, unsaved map[string][]byte) (*lsp.Outcome, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	o := &lsp.Outcome{Config: ".drlint.yaml", Files: overlay.New(root.FS(), unsaved), Close: func() { _ = root.Close() }}
	for file, content := range unsaved {
		for at := 0; ; {
			next := bytes.Index(content[at:], []byte("bad"))
			if next < 0 {
				break
			}
			where := source.Range{File: file, Start: at + next, End: at + next + 3}
			o.Findings = append(o.Findings, finding.Finding{
				Rule: rule, Verdict: finding.Fail, Severity: finding.High, Message: "this is [bad](x)\x1b", At: where, Body: where,
				Subject: finding.Subject{Address: "a[0]"},
				Fixes: []finding.Fix{
					{Title: "Write good", Safe: true, Edits: []finding.Edit{{At: where, New: "good"}}},
					{Title: "Buy better", Edits: []finding.Edit{{At: where, New: "better"}}},
				},
			})
			at = where.End
		}
	}
	return o, nil
}

// start makes a repository with the files and a session about it.
func start(t *testing.T, o lsp.Options, files ...string) (e *lsptest.Editor, uri func(string) string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	serve := func(in io.Reader, out io.Writer) error { return lsp.Serve(context.Background(), in, out, o) }
	uri = func(name string) string {
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/" + name}).String()
	}
	return lsptest.Start(t, serve, uri(""), "file:///repository/", dir, "/repository"), uri
}

func initialize(e *lsptest.Editor, capabilities string) {
	e.Call("initialize", map[string]any{"capabilities": json.RawMessage(capabilities)})
	e.Notify("initialized", map[string]any{})
}

const able = `{"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
	"textDocument": {"hover": {"contentFormat": ["markdown"]}, "codeAction": {"codeActionLiteralSupport": {}}}}`

func open(e *lsptest.Editor, uri, text string) {
	e.Notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": text}})
}

func write(e *lsptest.Editor, uri string, version int, text string) {
	e.Notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": version},
		"contentChanges": []any{map[string]any{"text": text}},
	})
}

func TestMessagesOutOfOrderGetTheirErrors(t *testing.T) {
	e, _ := start(t, lsp.Options{Scan: findBad})
	code := func(method string) int {
		if m := e.Answer(e.Send(method, map[string]any{})); m.Error != nil {
			return m.Error.Code
		}
		return 0
	}
	var got []int
	got = append(got, code("textDocument/hover"), code("shutdown"))
	initialize(e, `{"general": 7, "textDocument": []}`)
	got = append(got, code("initialize"), code("textDocument/definition"), code("$/unknown"))
	e.Notify("$/unknown", nil)
	e.Notify("textDocument/didChange", []int{1})
	e.Raw("Content-Length: 3\r\n\r\n{]}")
	e.Raw("nonsense\r\n\r\n")
	got = append(got, code("textDocument/hover"), code("shutdown"), code("textDocument/hover"))
	want := []int{
		jsonrpc.ServerNotInitialized, jsonrpc.ServerNotInitialized, jsonrpc.InvalidRequest, jsonrpc.MethodNotFound,
		jsonrpc.MethodNotFound, 0, 0, jsonrpc.InvalidRequest,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	e.Notify("exit", nil)
	if err := e.Ended(); err != nil {
		t.Error(err)
	}
	if log := e.Transcript(); strings.Count(log, "-32700") != 2 {
		t.Errorf("what is no message is not answered:\n%s", log)
	}
}

func TestEndWithoutShutdown(t *testing.T) {
	for name, end := range map[string]func(*lsptest.Editor){
		"exit":         func(e *lsptest.Editor) { e.Notify("exit", nil) },
		"end of input": (*lsptest.Editor).Close,
	} {
		e, _ := start(t, lsp.Options{Scan: findBad})
		initialize(e, "{}")
		end(e)
		if err := e.Ended(); !errors.Is(err, lsp.ErrNoShutdown) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Findings are published for all open files of a root, again when something
// changes, and taken back with the last file.
func TestDiagnosticsFollowTheText(t *testing.T) {
	e, uri := start(t, lsp.Options{Scan: findBad}, ".drlint.yaml", "a.tf", "b.tf", "inner/.drlint.yaml", "inner/c.tf")
	initialize(e, able)
	a, b, c := uri("a.tf"), uri("b.tf"), uri("inner/c.tf")
	open(e, a, "bad bad")
	if found := e.Diagnostics(a); len(found) != 2 || found[1].Range.Start.Character != 4 {
		t.Errorf("got %v", found)
	}
	open(e, b, "good")
	if found := e.Diagnostics(b); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	open(e, c, "\n bad")
	if found := e.Diagnostics(c); len(found) != 1 || found[0].Range.Start != (lsptest.Position{Line: 1, Character: 1}) {
		t.Errorf("got %v", found)
	}
	write(e, a, 2, "good")
	if found := e.Diagnostics(a); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	e.Notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": a}})
	if found := e.Diagnostics(a); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	e.Notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": c}})
	if found := e.Diagnostics(c); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
}

func TestActions(t *testing.T) {
	e, uri := start(t, lsp.Options{Scan: findBad}, ".drlint.yaml", "a.tf", "b.json")
	initialize(e, able)
	a, b := uri("a.tf"), uri("b.json")
	text := "😀 bad\r\n  bad\r\n"
	open(e, a, text)
	actions := e.Actions(a, 1, 3, 3)
	want := "Write good\nBuy better (unsafe: costs money or changes what runs)\nIgnore raw/bad here, with a reason\nMake all safe fixes of drlint in this file"
	if diff := cmp.Diff(want, lsptest.Titles(actions)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for i, want := range []string{
		"😀 bad\r\n  good\r\n", "😀 bad\r\n  better\r\n",
		"😀 bad\r\n  # drlint:ignore raw/bad reason=\"why this is accepted\"\r\n  bad\r\n", "😀 good\r\n  good\r\n",
	} {
		if got := lsptest.Apply(text, actions[i].EditsOf(a)); got != want {
			t.Errorf("%s: got %q, want %q", actions[i].Title, got, want)
		}
	}
	if !actions[0].IsPreferred || actions[1].IsPreferred || *actions[0].Edit.DocumentChanges[0].TextDocument.Version != 1 {
		t.Errorf("got %+v", actions[:2])
	}
	if all := e.Actions(a, 0, 0, 0, "source.fixAll"); len(all) != 1 || all[0].Kind != "source.fixAll.drlint" {
		t.Errorf("got %v", all)
	}
	if none := e.Actions(a, 0, 3, 4, "refactor"); len(none) != 0 {
		t.Errorf("got %v", none)
	}
	// JSON takes no comments.
	open(e, b, `{"bad": 1}`)
	actions = e.Actions(b, 0, 2, 2, "quickfix")
	last := actions[len(actions)-1]
	got := lsptest.Apply("", last.EditsOf(uri(".drlint.yaml")))
	if want := "version: 1\nignore:\n  - rule: raw/bad\n    address: \"a\\\\[0\\\\]\"\n    path: b.json\n    reason: why this is accepted\n"; got != want {
		t.Errorf("%s: got %s", last.Title, got)
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
}

// blocked scans until it is told to go on, or cancelled.
type blocked struct {
	started chan struct{}
	resume  chan struct{}
	running atomic.Int32
	overlap atomic.Bool
}

func (b *blocked) scan(ctx context.Context, dir string, unsaved map[string][]byte) (*lsp.Outcome, error) {
	if b.running.Add(1) > 1 {
		b.overlap.Store(true)
	}
	defer b.running.Add(-1)
	b.started <- struct{}{}
	select {
	case <-b.resume:
		return findBad(ctx, dir, unsaved)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// What is typed during a scan makes it outdated: only the newest text is judged.
func TestOutdatedScansAreDropped(t *testing.T) {
	b := &blocked{started: make(chan struct{}, 100), resume: make(chan struct{})}
	e, uri := start(t, lsp.Options{Scan: b.scan}, "a.tf")
	initialize(e, able)
	a := uri("a.tf")
	open(e, a, "bad")
	<-b.started
	for version := 2; version < 5; version++ {
		write(e, a, version, strings.Repeat("bad ", version))
		<-b.started
	}
	close(b.resume)
	if found := e.Diagnostics(a); len(found) != 4 {
		t.Errorf("got %v, want those of version 4 first", found)
	}
	if b.overlap.Load() {
		t.Error("two scans of one root ran at a time")
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
}

func TestRequestsWaitForTheScanAndCanBeCancelled(t *testing.T) {
	b := &blocked{started: make(chan struct{}, 100), resume: make(chan struct{})}
	e, uri := start(t, lsp.Options{Scan: b.scan, Quiet: time.Hour}, "a.tf")
	initialize(e, able)
	at := map[string]any{"textDocument": map[string]any{"uri": uri("a.tf")}, "position": map[string]any{"line": 0, "character": 1}}
	open(e, uri("a.tf"), "bad")
	first, second := e.Send("textDocument/hover", at), e.Send("textDocument/hover", at)
	e.Notify("$/cancelRequest", map[string]any{"id": first})
	e.Notify("$/cancelRequest", map[string]any{"id": 99})
	if m := e.Answer(first); m.Error == nil || m.Error.Code != jsonrpc.RequestCancelled {
		t.Errorf("got %s", m.Result)
	}
	close(b.resume)
	got := string(e.Answer(second).Result)
	for _, want := range []string{`It is \\*bad\\*.`, `this is \\[bad\\](x)\\\\u001b`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s does not contain %s", got, want)
		}
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
}

func TestFaultsCostOneScan(t *testing.T) {
	faulty := func(ctx context.Context, dir string, unsaved map[string][]byte) (*lsp.Outcome, error) {
		switch string(unsaved["a.tf"]) {
		case "panic":
			var nothing []string
			_ = nothing[len(dir)]
		case "error":
			return nil, errors.New("the disk is on fire")
		}
		return findBad(ctx, dir, unsaved)
	}
	e, uri := start(t, lsp.Options{Scan: faulty}, "a.tf")
	initialize(e, able)
	open(e, uri("a.tf"), "panic")
	e.Await("window/logMessage", nil)
	write(e, uri("a.tf"), 2, "error")
	e.Await("window/logMessage", nil)
	if result := e.Call("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri("a.tf")}}); string(result) != "null" {
		t.Errorf("got %s", result)
	}
	write(e, uri("a.tf"), 3, "bad")
	if found := e.Diagnostics(uri("a.tf")); len(found) != 1 {
		t.Errorf("got %v", found)
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
	if log := e.Transcript(); !strings.Contains(log, "which is a bug of drlint: runtime error: index out of range") || !strings.Contains(log, "the disk is on fire") {
		t.Error(log)
	}
}

// Progress is shown when a scan takes long, and only where editors show it.
func TestProgress(t *testing.T) {
	b := &blocked{started: make(chan struct{}, 100), resume: make(chan struct{})}
	e, uri := start(t, lsp.Options{Scan: b.scan}, "a.tf")
	initialize(e, `{"window": {"workDoneProgress": true}}`)
	open(e, uri("a.tf"), "bad")
	e.Agree(e.Await("window/workDoneProgress/create", nil))
	e.Await("$/progress", nil)
	close(b.resume)
	e.Await("$/progress", nil)
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
	if log := e.Transcript(); !strings.Contains(log, `"kind": "begin"`) || !strings.Contains(log, `"kind": "end"`) {
		t.Error(log)
	}
}

// A configuration that comes makes its directory a root of its own.
func TestConfigurationsMoveTheBorder(t *testing.T) {
	var roots atomic.Value
	e, uri := start(t, lsp.Options{Scan: func(ctx context.Context, dir string, unsaved map[string][]byte) (*lsp.Outcome, error) {
		roots.Store(filepath.Base(dir))
		return findBad(ctx, dir, unsaved)
	}}, ".drlint.yaml", "inner/a.tf")
	initialize(e, `{"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}`)
	e.Agree(e.Await("client/registerCapability", nil))
	open(e, uri("inner/a.tf"), "bad")
	e.Diagnostics(uri("inner/a.tf"))
	before := roots.Load()
	config, err := url.Parse(uri("inner/.drlint.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.FromSlash(config.Path), []byte("version: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	e.Notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uri("inner/.drlint.yaml"), "type": 1}}})
	for roots.Load() == before {
		e.Diagnostics(uri("inner/a.tf"))
	}
	if got := roots.Load(); got != "inner" {
		t.Errorf("scanned %v", got)
	}
	if err := e.Exit(); err != nil {
		t.Error(err)
	}
}

func FuzzServe(f *testing.F) {
	frame := func(bodies ...string) (stream []byte) {
		for _, body := range bodies {
			stream = fmt.Appendf(stream, "Content-Length: %d\r\n\r\n%s", len(body), body)
		}
		return stream
	}
	f.Add(frame(
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///nowhere/a.tf","text":"bad"}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///nowhere/a.tf"},"contentChanges":[{"range":{"start":{"line":-1,"character":9},"end":{"line":0,"character":-2}},"text":"x"}]}}`,
		`{"jsonrpc":"2.0","id":"h","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///nowhere/a.tf"},"position":{"line":9}}}`,
		`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`,
	))
	f.Add([]byte("Content-Length: 2\r\n\r\n{}"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		scan := func(context.Context, string, map[string][]byte) (*lsp.Outcome, error) {
			return nil, errors.New("no disk here")
		}
		err := lsp.Serve(context.Background(), bytes.NewReader(stream), io.Discard, lsp.Options{Scan: scan, Log: t.Output()})
		if err != nil && !errors.Is(err, lsp.ErrNoShutdown) {
			t.Fatal(err)
		}
	})
}
