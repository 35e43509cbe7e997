// Package lsp is a language server: it keeps what is open in an editor, has the
// repositories of the open files scanned as they would be if everything were
// saved, and publishes what is found.
//
// One goroutine owns all state. Messages, timers and finished scans reach it as
// functions to call, so nothing is locked and every answer sees one state.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/drlint/drlint/internal/jsonrpc"
)

// Options are what a server needs.
type Options struct {
	// Scan scans a repository. Calls for different repositories may overlap.
	Scan    Scan
	Version string
	// Unknown publishes what could not be decided, as hints.
	Unknown bool
	// Quiet is how long nothing must change before what is typed is scanned, and
	// Patience how long a scan may take before the editor shows its progress.
	Quiet, Patience time.Duration
	// Home is the directory of the user, which is no repository.
	Home string
	// Log takes what only a person who looks for a fault wants to read.
	Log io.Writer
}

// The delays that suit people.
const (
	Quiet    = 300 * time.Millisecond
	Patience = time.Second
	// settle gathers what editors send at once, such as all files of a session.
	settle = 20 * time.Millisecond
)

// ErrNoShutdown says that the editor went away without asking the server to shut down.
var ErrNoShutdown = errors.New("the editor ended the session without a shutdown request")

type phase int

const (
	created phase = iota
	running
	stopped
)

type server struct {
	Options
	ctx    context.Context
	out    *jsonrpc.Writer
	events chan func()
	phase  phase
	client client
	// folders are the workspace folders as paths.
	folders []string
	docs    map[string]*document     // by URI
	roots   map[string]*root         // by directory
	waiting []*request               // for a scan
	calls   map[string]func(ok bool) // by ID of the request
	called  int
	broken  error // of the output
	ended   bool
}

// client is what the editor can do.
type client struct {
	unit                                encoding
	related, versions, links            bool
	unnecessary                         bool
	documentChanges, creates            bool
	watches, progress, literals, styled bool
}

// Serve speaks with an editor until it says exit or its output ends.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{
		Options: o, ctx: ctx, out: jsonrpc.NewWriter(out), events: make(chan func()),
		docs: map[string]*document{}, roots: map[string]*root{}, calls: map[string]func(bool){},
	}
	var ended error
	go func() {
		err := s.listen(jsonrpc.NewReader(in))
		s.post(func() { s.ended, ended = true, err })
	}()
	for !s.ended && s.broken == nil {
		select {
		case event := <-s.events:
			event()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	switch {
	case s.broken != nil:
		return s.broken
	case s.phase != stopped:
		return errors.Join(ErrNoShutdown, ended)
	default:
		return nil
	}
}

// post has a function called by the goroutine that owns the state.
func (s *server) post(event func()) {
	select {
	case s.events <- event:
	case <-s.ctx.Done():
	}
}

// listen hands on messages until there are no more; an end is no error.
func (s *server) listen(in *jsonrpc.Reader) error {
	for {
		m, err := in.Read()
		var flaw *jsonrpc.Error
		switch {
		case errors.As(err, &flaw):
			s.post(func() { s.sent(s.out.Fail(nil, flaw)) })
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		default:
			s.post(func() { s.receive(m) })
		}
	}
}

// sent remembers that the editor no longer reads, which ends the session.
func (s *server) sent(err error) {
	if err != nil && s.broken == nil {
		s.broken = err
	}
}

func (s *server) notify(method string, params any) { s.sent(s.out.Notify(method, params)) }

// call asks the editor; then is called with whether it agreed.
func (s *server) call(method string, params any, then func(ok bool)) {
	s.called++
	s.calls[strconv.Itoa(s.called)] = then
	s.sent(s.out.Call(s.called, method, params))
}

// receive answers a message. A fault of the server costs one answer.
func (s *server) receive(m *jsonrpc.Message) {
	defer func() {
		if fault := recover(); fault != nil {
			s.fault("the request", fault)
			if m.IsRequest() {
				s.sent(s.out.Fail(m.ID, &jsonrpc.Error{Code: jsonrpc.InternalError, Message: "drlint failed to answer; this is a bug"}))
			}
		}
	}()
	switch {
	case m.IsResponse():
		if then := s.calls[string(m.ID)]; then != nil {
			delete(s.calls, string(m.ID))
			then(m.Error == nil)
		}
	case m.IsRequest():
		r := &request{id: m.ID, server: s}
		if result, err := s.request(r, m); err != nil {
			r.fail(err)
		} else if !r.deferred {
			r.respond(result)
		}
	case m.Method != "":
		s.notification(m)
	}
}

// fault tells about a bug: shortly in the editor, in full in the log.
func (s *server) fault(what string, fault any) {
	fmt.Fprintf(s.Log, "drlint: %s failed: %v\n%s", what, fault, debug.Stack())
	s.tell(fmt.Sprintf("%s failed, which is a bug of drlint: %v", what, fault))
}

// tell writes into the log that editors keep of a server.
func (s *server) tell(text string) {
	s.notify("window/logMessage", map[string]any{"type": messageError, "message": printable(text)})
}

// request answers what the editor waits for.
func (s *server) request(r *request, m *jsonrpc.Message) (any, error) {
	switch {
	case m.Method == "initialize" && s.phase == created:
		return s.initialize(m.Params)
	case s.phase == created:
		return nil, &jsonrpc.Error{Code: jsonrpc.ServerNotInitialized, Message: "initialize comes first"}
	case s.phase == stopped || m.Method == "initialize":
		return nil, &jsonrpc.Error{Code: jsonrpc.InvalidRequest, Message: m.Method + " is not possible at this stage of the session"}
	}
	switch m.Method {
	case "shutdown":
		s.shutdown()
		return nil, nil
	case "textDocument/hover":
		return s.onHover(r, m.Params)
	case "textDocument/codeAction":
		return s.onCodeAction(r, m.Params)
	default:
		return nil, &jsonrpc.Error{Code: jsonrpc.MethodNotFound, Message: "drlint does not offer " + m.Method}
	}
}

// notification takes note of what the editor tells; what is not known is ignored.
func (s *server) notification(m *jsonrpc.Message) {
	if m.Method == "exit" {
		s.ended = true
		return
	}
	if s.phase != running {
		return
	}
	handle := map[string]func(json.RawMessage) error{
		"initialized":                         s.onInitialized,
		"$/cancelRequest":                     s.onCancel,
		"textDocument/didOpen":                s.onOpen,
		"textDocument/didChange":              s.onChange,
		"textDocument/didSave":                s.onSave,
		"textDocument/didClose":               s.onClose,
		"workspace/didChangeWatchedFiles":     s.onWatched,
		"workspace/didChangeWorkspaceFolders": s.onFolders,
	}[m.Method]
	if handle == nil {
		return
	}
	if err := handle(m.Params); err != nil {
		s.tell(m.Method + ": " + err.Error())
	}
}

// read decodes the parameters of a message.
func read[T any](params json.RawMessage) (T, error) {
	var value T
	if err := json.Unmarshal(params, &value); err != nil {
		return value, &jsonrpc.Error{Code: jsonrpc.InvalidParams, Message: "the parameters cannot be read: " + err.Error()}
	}
	return value, nil
}
