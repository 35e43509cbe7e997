// Package lsptest is an editor for tests of the language server: it speaks the
// protocol over pipes and writes down what was said.
package lsptest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/drlint/drlint/internal/jsonrpc"
)

// patience is how long a test waits for what never comes.
const patience = 30 * time.Second

// Editor is one session with a server.
type Editor struct {
	t       testing.TB
	in      io.WriteCloser
	out     *jsonrpc.Writer
	arrived chan *jsonrpc.Message
	ended   chan error
	calls   int
	log     strings.Builder
	hidden  []string // pairs of what is replaced in the transcript
}

// Start lets a server serve. What is hidden are pairs for a strings.Replacer:
// the parts of a transcript that differ from run to run.
func Start(t testing.TB, serve func(in io.Reader, out io.Writer) error, hidden ...string) *Editor {
	t.Helper()
	fromEditor, in := io.Pipe()
	out, toEditor := io.Pipe()
	e := &Editor{
		t: t, in: in, out: jsonrpc.NewWriter(in), arrived: make(chan *jsonrpc.Message, 1000), ended: make(chan error, 1), hidden: hidden,
	}
	go func() {
		e.ended <- serve(fromEditor, toEditor)
		_ = toEditor.Close()
	}()
	go func() {
		defer close(e.arrived)
		for reader := jsonrpc.NewReader(out); ; {
			m, err := reader.Read()
			var flaw *jsonrpc.Error
			if errors.As(err, &flaw) {
				t.Errorf("the server sent what cannot be read: %v", err)
				continue
			}
			if err != nil {
				return
			}
			e.arrived <- m
		}
	}()
	t.Cleanup(func() { _ = in.Close() })
	return e
}

// Notify tells the server something.
func (e *Editor) Notify(method string, params any) {
	e.t.Helper()
	e.write("→ "+method, params)
	e.must(e.out.Notify(method, params))
}

// Send asks the server for something and returns the ID of the request.
func (e *Editor) Send(method string, params any) int {
	e.t.Helper()
	e.calls++
	e.write(fmt.Sprintf("→ %s (%d)", method, e.calls), params)
	e.must(e.out.Call(e.calls, method, params))
	return e.calls
}

// Call asks the server for something and returns the answer. What arrives before
// it is written down and dropped.
func (e *Editor) Call(method string, params any) json.RawMessage {
	e.t.Helper()
	m := e.Answer(e.Send(method, params))
	if m.Error != nil {
		e.t.Fatalf("%s: %v", method, m.Error)
	}
	return m.Result
}

// Answer waits for the response to a request.
func (e *Editor) Answer(id int) *jsonrpc.Message {
	e.t.Helper()
	return e.until(fmt.Sprintf("an answer to %d", id), func(m *jsonrpc.Message) bool {
		return m.IsResponse() && string(m.ID) == strconv.Itoa(id)
	})
}

// Await waits for a notification or request of the server.
func (e *Editor) Await(method string, params any) *jsonrpc.Message {
	e.t.Helper()
	m := e.until(method, func(m *jsonrpc.Message) bool { return m.Method == method })
	if params != nil {
		e.must(json.Unmarshal(m.Params, params))
	}
	return m
}

// Diagnostic is a diagnostic as far as tests look at it.
type Diagnostic struct {
	Range         Range
	Severity      int
	Code, Message string
}

// Diagnostics waits until something is published for a file.
func (e *Editor) Diagnostics(uri string) (found []Diagnostic) {
	e.t.Helper()
	var p struct {
		URI         string
		Diagnostics []Diagnostic
	}
	for p.URI != uri {
		p.Diagnostics = nil
		e.Await("textDocument/publishDiagnostics", &p)
	}
	return p.Diagnostics
}

// Agree answers a request of the server.
func (e *Editor) Agree(m *jsonrpc.Message) {
	e.t.Helper()
	e.must(e.out.Respond(m.ID, nil))
}

// Raw sends bytes as they are.
func (e *Editor) Raw(text string) {
	e.t.Helper()
	_, err := io.WriteString(e.in, text)
	e.must(err)
}

// Exit ends the session and returns how the server ended.
func (e *Editor) Exit() error {
	e.t.Helper()
	e.Call("shutdown", nil)
	e.Notify("exit", nil)
	return e.Ended()
}

// Close ends the session without a word.
func (e *Editor) Close() { _ = e.in.Close() }

// Ended waits for the end of the server.
func (e *Editor) Ended() error {
	e.t.Helper()
	select {
	case err := <-e.ended:
		return err
	case <-time.After(patience):
		e.t.Fatalf("the server does not end\n%s", e.Transcript())
		return nil
	}
}

func (e *Editor) until(what string, wanted func(*jsonrpc.Message) bool) *jsonrpc.Message {
	e.t.Helper()
	for {
		select {
		case m, ok := <-e.arrived:
			if !ok {
				e.t.Fatalf("the server ended before %s\n%s", what, e.Transcript())
			}
			e.note(m)
			if wanted(m) {
				return m
			}
		case <-time.After(patience):
			e.t.Fatalf("%s did not come\n%s", what, e.Transcript())
		}
	}
}

func (e *Editor) note(m *jsonrpc.Message) {
	switch {
	case m.Error != nil:
		e.write(fmt.Sprintf("← error (%s)", m.ID), m.Error)
	case m.IsResponse():
		e.write(fmt.Sprintf("← result (%s)", m.ID), m.Result)
	case m.IsRequest():
		e.write(fmt.Sprintf("← %s (%s)", m.Method, m.ID), m.Params)
	default:
		e.write("← "+m.Method, m.Params)
	}
}

func (e *Editor) write(headline string, value any) {
	fmt.Fprintln(&e.log, headline)
	if value == nil {
		return
	}
	body := value
	if raw, ok := value.(json.RawMessage); ok && raw == nil {
		return
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("  ", "  ")
	e.must(encoder.Encode(body))
	fmt.Fprintf(&e.log, "  %s", b.String())
}

// Transcript is everything that was said, with what differs from run to run replaced.
func (e *Editor) Transcript() string { return strings.NewReplacer(e.hidden...).Replace(e.log.String()) }

func (e *Editor) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}
