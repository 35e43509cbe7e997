package lsp

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/drlint/drlint/internal/jsonrpc"
)

// initialize learns what the editor can do and says what the server can.
func (s *server) initialize(params json.RawMessage) (any, error) {
	var p initializeParams
	var lenient *json.UnmarshalTypeError
	if err := json.Unmarshal(params, &p); err != nil && !errors.As(err, &lenient) {
		return nil, &jsonrpc.Error{Code: jsonrpc.InvalidParams, Message: "the parameters cannot be read: " + err.Error()}
	}
	c := &p.Capabilities
	s.client = client{
		unit:            choose(c.General.PositionEncodings),
		related:         c.TextDocument.PublishDiagnostics.RelatedInformation,
		versions:        c.TextDocument.PublishDiagnostics.VersionSupport,
		links:           c.TextDocument.PublishDiagnostics.CodeDescriptionSupport,
		unnecessary:     slices.Contains(c.TextDocument.PublishDiagnostics.TagSupport.ValueSet, tagUnnecessary),
		documentChanges: c.Workspace.WorkspaceEdit.DocumentChanges,
		creates:         slices.Contains(c.Workspace.WorkspaceEdit.ResourceOperations, "create"),
		watches:         c.Workspace.DidChangeWatchedFiles.DynamicRegistration,
		progress:        c.Window.WorkDoneProgress,
		literals:        c.TextDocument.CodeAction.CodeActionLiteralSupport != nil,
		styled:          slices.Contains(c.TextDocument.Hover.ContentFormat, markdown),
	}
	if p.WorkspaceFolders == nil && p.RootURI != "" {
		p.WorkspaceFolders = []folder{{URI: p.RootURI}}
	}
	s.addFolders(p.WorkspaceFolders)
	s.phase = running
	return map[string]any{
		"serverInfo": map[string]any{"name": "drlint", "version": s.Version},
		"capabilities": map[string]any{
			"positionEncoding": s.client.unit,
			"textDocumentSync": map[string]any{"openClose": true, "change": 2, "save": map[string]any{"includeText": false}},
			"hoverProvider":    true,
			"codeActionProvider": map[string]any{
				"codeActionKinds": []string{kindQuickFix, kindFixAll},
			},
			"workspace": map[string]any{
				"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true},
			},
		},
	}, nil
}

// watched are the files that may change a verdict: those of every format that is
// read, the users' own rules and what decides which files count.
const watched = "**/{.drlint.yaml,.drlint.yml,.gitignore,*.rego,*.tf,*.tofu,*.tfvars,*.hcl,*.bicep,*.bicepparam,*.json,*.yaml,*.yml,*.sql,*.py,*.sh,*.ps1}"

// onInitialized asks the editor to tell about files that others change.
func (s *server) onInitialized(json.RawMessage) error {
	if s.client.watches {
		s.call("client/registerCapability", map[string]any{"registrations": []any{map[string]any{
			"id": "watched", "method": "workspace/didChangeWatchedFiles",
			"registerOptions": map[string]any{"watchers": []any{map[string]any{"globPattern": watched}}},
		}}}, func(bool) {})
	}
	return nil
}

func (s *server) addFolders(folders []folder) {
	for _, f := range folders {
		if path, ok := pathOf(f.URI); ok {
			s.folders = append(s.folders, path)
		}
	}
}

func (s *server) onFolders(params json.RawMessage) error {
	p, err := read[foldersParams](params)
	if err != nil {
		return err
	}
	for _, removed := range p.Event.Removed {
		path, _ := pathOf(removed.URI)
		s.folders = slices.DeleteFunc(s.folders, func(f string) bool { return f == path })
	}
	s.addFolders(p.Event.Added)
	s.relocate()
	return nil
}

// shutdown stops all scans; only exit may follow.
func (s *server) shutdown() {
	s.phase = stopped
	for _, r := range s.roots {
		r.stop()
	}
	for _, waiting := range slices.Clone(s.waiting) {
		waiting.fail(&jsonrpc.Error{Code: jsonrpc.RequestCancelled, Message: "the server shuts down"})
	}
}

// request is what the editor waits for.
type request struct {
	id       json.RawMessage
	server   *server
	root     *root
	then     func() (any, error)
	deferred bool
}

func (r *request) respond(result any) {
	r.done()
	r.server.sent(r.server.out.Respond(r.id, result))
}

func (r *request) fail(err error) {
	r.done()
	var known *jsonrpc.Error
	if !errors.As(err, &known) {
		known = &jsonrpc.Error{Code: jsonrpc.InternalError, Message: err.Error()}
	}
	r.server.sent(r.server.out.Fail(r.id, known))
}

func (r *request) done() {
	r.server.waiting = slices.DeleteFunc(r.server.waiting, func(other *request) bool { return other == r })
}

// whenScanned answers a request at once when the last scan saw what the editor
// shows, and else after the scan that does, which then no longer waits for a
// quiet moment.
func (s *server) whenScanned(r *request, on *root, then func() (any, error)) (any, error) {
	if on.current() {
		return then()
	}
	r.root, r.then, r.deferred = on, then, true
	s.waiting = append(s.waiting, r)
	on.start()
	return nil, nil
}

// answer serves the requests that wait for a scan of a root.
func (s *server) answer(on *root) {
	for _, r := range slices.Clone(s.waiting) {
		if r.root != on {
			continue
		}
		if result, err := r.then(); err != nil {
			r.fail(err)
		} else {
			r.respond(result)
		}
	}
}

func (s *server) onCancel(params json.RawMessage) error {
	p, err := read[cancelParams](params)
	if err != nil {
		return err
	}
	for _, r := range slices.Clone(s.waiting) {
		if string(r.id) == string(p.ID) {
			r.fail(&jsonrpc.Error{Code: jsonrpc.RequestCancelled, Message: "the request was cancelled"})
		}
	}
	return nil
}
